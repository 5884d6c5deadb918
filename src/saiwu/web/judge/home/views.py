"""The judge's and the chief judge's home: what is to be marked, how far it is, what is next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from saiwu.audit.frame import Refused
from saiwu.competitions.queries import event_of
from saiwu.marking.parts import Part
from saiwu.marking.queries.judging import (
    Asked,
    CellState,
    Overview,
    OwnJudging,
    OwnSheet,
    Seat,
    asked_of_event,
    judging_of,
    overview_of,
)
from saiwu.marking.queries.rulings import rulings_of
from saiwu.rules.procedure import EventState
from saiwu.rules.rulebook.values import marks as points
from saiwu.web.desk import Desk, desk
from saiwu.web.judge.desks import BEFORE, CHIEF, JUDGE, only_unfinished, page, tabs_of
from saiwu.web.judge.seen import how
from saiwu.web.shared.pages import COUNT, Pages, page_number


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of a division and how far it is: marked of all codes that need a mark. `marked` None: not yet begun."""

    division: str
    name: str
    full: str
    how: str
    marked: int | None = None
    of: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """What the chief judge has before the lock: cells without a mark, cells where judges differ, judges not done."""

    missing: int
    apart: int
    judges_out: int
    codes: int


@desk(JUDGE, CHIEF, tabs=tabs_of)
def home(request: HttpRequest, at: Desk) -> HttpResponse:
    """What is to be done, for each of the two roles that somebody may have here."""
    state = at.event.state
    begun = state not in BEFORE and state is not EventState.CANCELLED
    own = judging_of(at.event.id, seen_by=at.account, at=at.now) if begun and at.has(JUDGE) else None
    whole = overview_of(at.event.id, at=at.now) if begun and at.has(CHIEF) else None
    shown = _shown(request, own) if own else []
    query = {"show": request.GET.get("show", "")} if only_unfinished(request) else {}
    pages = Pages.of(page_number(request), len(shown), query)
    asked, pending = _asked(at)
    return page(
        at,
        "judge/home/page.html",
        state=state.value,
        begun=begun,
        final=event_of(at.site, at.event.slug).row.final,
        lines=_lines(asked, own),
        pending=pending,
        own=own,
        left=sum(sheet.left for sheet in own.sheets) if own else 0,
        next_code=_next(own) if own else "",
        sheets=shown[pages.start : pages.start + COUNT],
        only_left=only_unfinished(request),
        pages=pages,
        whole=whole,
        counts=_counts(whole) if whole else None,
        rulings=[one for one in rulings_of(at.event.id) if one.is_open] if at.has(CHIEF) else [],
    )


def _asked(at: Desk) -> tuple[Sequence[Asked], str]:
    """What is marked, or why the rulebook cannot say yet."""
    try:
        return asked_of_event(at.event.id), ""
    except Refused as refused:
        return (), str(refused)


def _lines(asked: Sequence[Asked], own: OwnJudging | None) -> list[PartLine]:
    here = {sheet.division for sheet in own.sheets} if own else {one.division for one in asked}
    return [
        PartLine(
            one.name, part.name, "" if part.timed else points(part.full), how(part), *_far(one.division, part, own)
        )
        for one in asked
        if one.division in here
        for part in one.parts
    ]


def _far(division: str, part: Part, own: OwnJudging | None) -> tuple[int | None, int]:
    if own is None:
        return None, 0
    seats = [found.seat for sheet in own.sheets if sheet.division == division if (found := sheet.of(part.id))]
    marked = seats.count(Seat.MARKED)
    return marked, marked + seats.count(Seat.OPEN)


def _shown(request: HttpRequest, own: OwnJudging) -> list[OwnSheet]:
    return [sheet for sheet in own.sheets if sheet.left or not only_unfinished(request)]


def _next(own: OwnJudging) -> str:
    """The first code on which something is left."""
    return next((sheet.code for sheet in own.sheets if sheet.left), "")


def _counts(whole: Overview) -> Counts:
    states = [cell.state for row in whole.rows for cell in row.cells]
    return Counts(
        states.count(CellState.MISSING),
        states.count(CellState.APART) + states.count(CellState.UNAGREED),
        sum(1 for judge in whole.judges if judge.name and judge.handed_in_at is None),
        len(whole.rows),
    )
