"""Periods by the Civil Code (art. 201 to 203, 1259) and working days by the national calendar (§2, §16)."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import chinese_calendar

from saiwu.rules.rulebook.values import END_OF_DAY, Duration, Unit


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked: the notice's own `holidays` and `make_up` first, then the national calendar that ships."""

    holidays: frozenset[date] = frozenset()
    make_up: frozenset[date] = frozenset()

    @classmethod
    def of(cls, holidays: Iterable[date], make_up: Iterable[date]) -> WorkCalendar:
        """With the days that a notice names."""
        return cls(frozenset(holidays), frozenset(make_up))

    def is_working(self, day: date) -> bool:
        """Whether that day is worked; Monday to Friday in a year that the national calendar does not know."""
        if day in self.make_up:
            return True
        if day in self.holidays:
            return False
        if not knows(day):
            return day.weekday() < 5
        return bool(chinese_calendar.is_workday(day))

    def shifted(self, day: date, working_days: int) -> date:
        """The n-th working day after (or, negative, before) that day, which is not counted itself."""
        step = timedelta(days=1 if working_days > 0 else -1)
        for _ in range(abs(working_days)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def next_working(self, day: date) -> date:
        """That day, or the first working day after it (art. 203)."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def ends(self, start: datetime, duration: Duration) -> datetime:
        """When a period that starts at that instant ends; that second is still in time.

        By hours or minutes it runs at once; by days, months or years from the day after, to the last second of its last
        day, which if it is a holiday is the next working day. Raises OverflowError beyond the calendar.
        """
        if duration.unit is Unit.HOUR:
            return start + timedelta(hours=duration.number)
        if duration.unit is Unit.MINUTE:
            return start + timedelta(minutes=duration.number)
        day = self.next_working(shift(start.date(), duration.number, duration.unit, self))
        return datetime.combine(day, END_OF_DAY, tzinfo=start.tzinfo)


@dataclass(frozen=True, slots=True)
class _Known:
    first: int = field(default_factory=lambda: min(day.year for day in chinese_calendar.holidays))
    last: int = field(default_factory=lambda: max(day.year for day in chinese_calendar.holidays))


_KNOWN = _Known()


def knows(day: date) -> bool:
    """Whether the national calendar that ships knows that year; other years go by weekends (按周末推算)."""
    return _KNOWN.first <= day.year <= _KNOWN.last


def shift(day: date, number: int, unit: Unit, work: WorkCalendar) -> date:
    """That day moved by whole days, working days, months or years, forward or (negative) back.

    Months and years keep the day of the month; where it does not exist, the month's last (art. 202). Raises
    OverflowError where the result lies beyond the calendar.
    """
    if unit is Unit.DAY:
        return day + timedelta(days=number)
    if unit is Unit.WORKING_DAY:
        return work.shifted(day, number)
    months = day.year * 12 + day.month - 1 + number * (12 if unit is Unit.YEAR else 1)
    year, month = months // 12, months % 12 + 1
    if not 1 <= year <= 9999:
        raise OverflowError(f"{number}{unit}")
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
