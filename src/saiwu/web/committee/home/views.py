"""Home over a competition: what waits for a decision, conflicts, the events against their minimums, changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from saiwu.competitions.queries import EventRow, Site, changes_of, events_of
from saiwu.competitions.queries.office import open_change_requests, open_decisions
from saiwu.entries.queries.conflicts import count_conflicts, open_conflicts
from saiwu.entries.queries.interests import interests
from saiwu.entries.queries.numbers import EventNumbers, numbers_of
from saiwu.entries.queries.waivers import open_waivers
from saiwu.results.queries import bulletin_of
from saiwu.results.queries.issued import without_any
from saiwu.results.queries.of_competition import results_of
from saiwu.rules.procedure import EntryState
from saiwu.web.committee.desks import COMMITTEE, DECIDERS, EVERYBODY, tabs_of
from saiwu.web.committee.home.finishing import finishing
from saiwu.web.committee.home.meters import Meter, entered, finalists
from saiwu.web.committee.home.todos import Todo, todos
from saiwu.web.committee.words import ROUTES
from saiwu.web.desk import Desk, desk
from saiwu.web.shared.countdown import Left, closing_next, left

NEWS = 6


@dataclass(frozen=True, slots=True)
class Line:
    """An event in the table. `closes`: when pre-registration (else registration) ends, with why it is assumed."""

    row: EventRow
    meters: tuple[Meter, ...]
    final: tuple[Meter, ...]
    submitted: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Soonest:
    """Which event closes next."""

    row: EventRow
    closes: datetime
    left: Left


def lines_of(site: Site, rows: tuple[EventRow, ...], now: datetime) -> tuple[Line, ...]:
    """Every event with its numbers. 4 SQL statements."""
    numbers = numbers_of(site, now)
    return tuple(
        Line(
            row,
            entered(site.book, row, numbers.get(row.slug, _NONE), now),
            finalists(row, numbers.get(row.slug, _NONE)) if row.listed else (),
            numbers.get(row.slug, _NONE).many(EntryState.SUBMITTED),
            numbers.get(row.slug, _NONE).many(EntryState.WAITING),
        )
        for row in rows
    )


_NONE = EventNumbers(())


@desk(*EVERYBODY, tabs=tabs_of)
def home(request: HttpRequest, at: Desk) -> HttpResponse:
    """The home of the office, the organiser, the supervisor or the arbiter of a competition."""
    rows = events_of(at.site)
    by_slug = {row.slug: row for row in rows}
    deciders = at.has(*DECIDERS)
    decisions = todos(
        at,
        by_slug,
        open_decisions(at.site.id),
        open_waivers(at.site.id) if deciders else (),
        open_change_requests(at.site.id) if deciders else (),
    )
    waiting = (*(one for one in decisions if one.mine), *_finishing(at), *(one for one in decisions if not one.mine))
    lines = lines_of(at.site, rows, at.now)
    minimums = next((line.meters for line in lines if any(meter.at_least for meter in line.meters)), ())
    return at.page(
        "committee/home/page.html",
        here="home",
        todos=waiting,
        mine=sum(1 for one in waiting if one.mine),
        deciding=all(one.deed == "决定" for one in waiting if one.mine),
        conflicts=open_conflicts(at.site.id) if deciders else (),
        conflicts_open=count_conflicts(at.site.id, open_only=True) if deciders else 0,
        interests=interests(at.site.id, at.now) if deciders else (),
        routes=ROUTES,
        deciders=deciders,
        lines=lines,
        listed=[line for line in lines if line.final],
        least=next((meter.at_least for meter in minimums if meter.at_least), None),
        minimum=_clause(at, lines, final=False),
        minimum_final=_clause(at, lines, final=True),
        closing="预报名至" if any(row.preregistration for row in rows) else "报名至",
        submitted=sum(line.submitted for line in lines),
        soonest=_soonest(rows, at.now),
        changes=changes_of(at.site.id)[:NEWS],
        by_slug=by_slug,
        office=at.has(COMMITTEE),
    )


def _finishing(at: Desk) -> Iterator[Todo]:
    """What the office itself does next. 7 SQL statements for the office, none for others."""
    if at.has(COMMITTEE):
        out = bulletin_of(at.site.id) is not None
        yield from finishing(at, results_of(at.site), without_any(at.site.id), out=out)


def _clause(at: Desk, lines: tuple[Line, ...], *, final: bool) -> str | None:
    """The clause that sets the minimum, where all events have the same."""
    from_rules = {
        term.clause
        for line in lines
        for division in line.row.rules.divisions.values()
        for term in division.minimums.values()
        if (term.at == "决赛名单") == final and term.clause
    }
    return from_rules.pop() if len(from_rules) == 1 else None


def _soonest(rows: tuple[EventRow, ...], now: datetime) -> Soonest | None:
    found = closing_next(rows, now)
    if found is None:
        return None
    row, _, closes = found
    return Soonest(row, closes, left(now, closes))
