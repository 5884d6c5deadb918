"""How long there is until a deadline: days and hours, under two days hours alone. Its last second is still in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from saiwu.competitions.queries import EventRow, Planned
from saiwu.rules.procedure import EventState

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


def closing_next(rows: Iterable[EventRow], now: datetime) -> tuple[EventRow, Planned, datetime] | None:
    """The event that closes next to those who want to enter, with that date and its last second."""
    open_rows = [
        (planned.closes, row, planned)
        for row in rows
        if row.state in (EventState.ANNOUNCED, EventState.REGISTERING)
        and (planned := row.entering) is not None
        and planned.closes is not None
        and planned.closes >= now
    ]
    if not open_rows:
        return None
    closes, row, planned = min(open_rows, key=lambda one: (one[0], one[1].slug))
    return row, planned, closes
