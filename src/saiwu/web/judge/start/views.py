"""Starting to mark: asked once, since the competition is over with it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from saiwu.competitions.actions import start_marking
from saiwu.marking.queries.judging import penalties_allowed
from saiwu.rules.procedure import EventState
from saiwu.web.desk import Desk, desk
from saiwu.web.judge.desks import CHIEF, page, place, tabs_of


@desk(CHIEF, tabs=tabs_of)
def start(request: HttpRequest, at: Desk) -> HttpResponse:
    """Where marking has begun already, home says so."""
    if at.event.state is EventState.MARKING:
        return at.redirect("judge-home", *place(at))
    if request.method == "POST":
        start_marking(event_id=at.event.id, by=at.account, at=at.now)
        at.told("评分已开始，裁判员可以录入。")
        return at.redirect("judge-home", *place(at))
    return page(
        at,
        "judge/start/page.html",
        codes=len(penalties_allowed(at.event.id).codes),
        may=at.event.state is EventState.RUNNING,
    )
