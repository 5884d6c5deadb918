"""How long there is until a deadline: days and hours, under two days hours alone. Its last second is still in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

SOON = timedelta(days=3)
_HOURS_ALONE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Left:
    """`days` is None where hours stand alone. `minutes` is told only in the last hour."""

    days: int | None
    hours: int
    minutes: int
    over: bool
    soon: bool


def left(now: datetime, closes: datetime) -> Left:
    """What is left at `now` of a deadline that closes with the second `closes`."""
    rest = closes + timedelta(seconds=1) - now
    if rest <= timedelta(0):
        return Left(None, 0, 0, over=True, soon=False)
    hours = rest // timedelta(hours=1)
    minutes = rest // timedelta(minutes=1) - 60 * hours
    if rest < _HOURS_ALONE:
        return Left(None, hours, minutes, over=False, soon=True)
    return Left(hours // 24, hours % 24, minutes, over=False, soon=rest < SOON)
