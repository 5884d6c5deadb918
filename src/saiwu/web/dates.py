"""Days and instants in words, Chinese and English. A day as an end is written with its last second as 24:00."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from saiwu.rules.rulebook.values import END_OF_DAY

_WEEKDAYS = "一二三四五六日"
_ENGLISH_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def local(point: date, zone: tzinfo) -> date:
    """An instant in that zone; a day as it is."""
    return point.astimezone(zone) if isinstance(point, datetime) else point


def words(point: date, *, english: bool = False, year: bool = False, weekday: bool = True) -> str:
    """10月5日（周日）18:00; with the year 2025年10月5日（周日）; 5 Oct 2025 (Sun) 18:00."""
    if english:
        text = f"{point.day} {_MONTHS[point.month - 1]}{f' {point.year}' if year else ''}"
        return text + (f" ({_ENGLISH_WEEKDAYS[point.weekday()]})" if weekday else "") + _clock(point, before=" ")
    text = f"{f'{point.year}年' if year else ''}{point.month}月{point.day}日"
    return (
        text + (f"（周{_WEEKDAYS[point.weekday()]}）" if weekday else "") + _clock(point, before="" if weekday else " ")
    )


def weekday(day: date, *, english: bool = False) -> str:
    """周三; Wed."""
    return _ENGLISH_WEEKDAYS[day.weekday()] if english else f"周{_WEEKDAYS[day.weekday()]}"


def iso(point: date) -> str:
    """As `<time datetime>` wants it: a day, or an instant to the minute with its offset."""
    return point.isoformat(timespec="minutes") if isinstance(point, datetime) else point.isoformat()


def clock(point: datetime) -> str:
    """18:00; 24:00 for the last second of a day."""
    return _clock(point, before="")


def _clock(point: date, before: str) -> str:
    if not isinstance(point, datetime):
        return ""
    if point.time().replace(microsecond=0, tzinfo=None) == END_OF_DAY:
        return f"{before}24:00"
    return f"{before}{point:%H:%M}"
