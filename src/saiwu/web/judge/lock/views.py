"""The lock: what stands against it with the ways there, and one button."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from saiwu.audit.frame import Refused
from saiwu.marking.actions import lock as do_lock
from saiwu.marking.queries.judging import CellState, overview_of
from saiwu.rules.procedure import EventState
from saiwu.web.desk import Desk, desk
from saiwu.web.judge.desks import CHIEF, page, place, tabs_of
from saiwu.web.judge.overview.views import seen_cell

_SHOWN = 50


@desk(CHIEF, tabs=tabs_of)
def lock(request: HttpRequest, at: Desk) -> HttpResponse:
    """Ask once, with what is missing. Where it is locked already, home says so."""
    if at.event.state is EventState.SEALED:
        return at.redirect("judge-home", *place(at))
    refused = None
    if request.method == "POST":
        try:
            do_lock(event_id=at.event.id, by=at.account, at=at.now)
            at.told("评分已锁定。接下来由监督抽检复核，再解密。")
            return at.redirect("judge-home", *place(at))
        except Refused as error:
            refused = error
    whole = overview_of(at.event.id, at=at.now)
    against = [
        (row.code, seen_cell(cell, at.site.book.zone))
        for row in whole.rows
        for cell in row.cells
        if cell.state in (CellState.MISSING, CellState.APART, CellState.UNAGREED)
    ]
    return page(
        at,
        "judge/lock/page.html",
        here="home",
        status=409 if refused else 200,
        refused=refused,
        against=against[:_SHOWN],
        more=max(len(against) - _SHOWN, 0),
        judges_out=[one for one in whole.judges if one.name and one.handed_in_at is None],
        codes=len(whole.rows),
        marks=sum(one.marks for one in whole.judges),
    )
