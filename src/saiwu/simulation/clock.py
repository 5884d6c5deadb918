"""The simulated clock: instants worked out from the rulebook's dates, in the notice's zone, at hours at which people work.

What the rulebook does not say (an open registration, a day of issue) falls back to days before the first final.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from saiwu.rules.rulebook import Rulebook
from saiwu.rules.rulebook.days import Days
from saiwu.rules.rulebook.stages import FINAL

_DAYS_OF_NOTICE = 60
"""So long before its first final a notice without a day of issue is taken to have been issued."""
_OPENS, _CLOSES = 9 * 60, 17 * 60 + 30
"""Minutes of the day between which people send things."""


class Clock:
    """Instants of one competition. Whoever asks hands in the days as they stand, since a final may have moved."""

    def __init__(self, book: Rulebook) -> None:
        """`book` as it is published."""
        self.book = book
        self.zone = book.zone
        finals = [day for event in book.events if (day := self.final_day(Days(book, event))) is not None]
        first = min(finals)
        self.issued = book.head.issued or first - timedelta(days=_DAYS_OF_NOTICE)

    def at(self, day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
        """That time of that day, in the notice's zone."""
        return datetime.combine(day, time(hour, minute, second), tzinfo=self.zone)

    def final_day(self, days: Days) -> date | None:
        """The first day of an event's final."""
        return days.day(days.chapters.stages[FINAL])

    def last_day(self, days: Days) -> date | None:
        """The last day of an event's final."""
        point = days.last(days.chapters.stages[FINAL])
        return None if point is None else days.timeline.day(point)

    def window(self, days: Days, date_id: str) -> tuple[datetime, datetime] | None:
        """First and last instant of a date of `dates` as planned, from the notice's issue on; None where it has none."""
        term = days.chapters.dates.get(date_id)
        if term is None:
            return None
        opens = days.opens_at(term.from_ or term.on) or self.at(self.issued, 0)
        closes = days.closes_at(term.to or term.on)
        if closes is None:
            final = self.final_day(days)
            closes = self.at((final or self.issued + timedelta(days=_DAYS_OF_NOTICE)) - timedelta(days=7), 23)
        return max(opens, self.at(self.issued, 12)), closes

    def some_time(self, random: Random, start: datetime, end: datetime) -> datetime:
        """An instant between the two, both in time, during the day."""
        first, last = (one.astimezone(self.zone) for one in (start, end))
        day = first.date() + timedelta(days=random.randrange((last.date() - first.date()).days + 1))
        minute = random.randrange(_OPENS, _CLOSES)
        at = self.at(day, minute // 60, minute % 60, random.randrange(60))
        return min(max(at, start), end)

    def later(self, random: Random, at: datetime, *, hours: int) -> datetime:
        """Some time after `at`, within so many hours."""
        return at + timedelta(seconds=random.randrange(60, max(120, hours * 3600)))
