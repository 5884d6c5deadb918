"""An event's divisions against the least numbers of the notice, as bars with a mark."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from saiwu.competitions.queries import EventRow
from saiwu.entries.queries.numbers import DivisionNumbers, EventNumbers, Least
from saiwu.rules.forecast import forecast
from saiwu.rules.procedure import EventState
from saiwu.rules.rulebook import Rulebook
from saiwu.rules.rulebook.days import Days


@dataclass(frozen=True, slots=True)
class Meter:
    """`ahead`: how many there will be at the deadline, None once it has passed. Lengths are hundredths of the bar; where
    the rulebook sets no minimum `at_least` is None and there is no bar. `short`: too few (or will be, at this pace).
    `until`: when registration of the division closes, where that is not when the event's does."""

    division: str
    have: int
    at_least: int | None
    measure: str
    ahead: int | None
    short: bool
    fill: str
    reach: str
    mark: str
    until: datetime | None = None


def entered(book: Rulebook, row: EventRow, numbers: EventNumbers, now: datetime) -> tuple[Meter, ...]:
    """Those who entered, with the forecast while people can."""
    open_ = row.state is EventState.REGISTERING
    found = []
    for one in numbers.divisions:
        if one.cancelled:
            continue
        closes = _closes(book, row, one.division)
        usual = row.registration.closes if row.registration else None
        meter = _meter(row, one, one.entered, _ahead(one.entered, now, closes) if open_ else None)
        found.append(replace(meter, until=closes if open_ and closes != usual else None))
    return tuple(found)


def _closes(book: Rulebook, row: EventRow, division: str) -> datetime | None:
    """When registration of a division closes: a decision may have moved it for that division alone."""
    term = row.rules.divisions[division].dates.get("registration")
    return Days(book, row.slug, division, row.days.timeline.moments).closes_at(term) if term else None


def finalists(row: EventRow, numbers: EventNumbers) -> tuple[Meter, ...]:
    """Those in the final, once the list is out."""
    return tuple(_meter(row, one, one.finalists, None) for one in numbers.divisions if not one.cancelled)


def _ahead(least: Least, now: datetime, closes: datetime | None) -> int:
    return forecast(least.have, least.lately, now=now, closes=closes)


def _meter(row: EventRow, one: DivisionNumbers, least: Least, ahead: int | None) -> Meter:
    name = row.rules.divisions[one.division].name or one.division
    if least.at_least is None:
        return Meter(name, least.have, None, least.measure, ahead, short=False, fill="0", reach="0", mark="0")
    reach = least.have if ahead is None else ahead
    whole = max(2 * least.at_least, reach, 1)
    return Meter(
        name,
        least.have,
        least.at_least,
        least.measure,
        ahead,
        short=reach < least.at_least and row.state not in (EventState.ANNOUNCED, EventState.CANCELLED),
        fill=f"{100 * least.have / whole:.1f}",
        reach=f"{100 * reach / whole:.1f}",
        mark=f"{100 * least.at_least / whole:.1f}",
    )
