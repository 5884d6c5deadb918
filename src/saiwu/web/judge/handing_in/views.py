"""Handing in 提交评分: what is left, or one button."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from saiwu.audit.frame import Refused
from saiwu.marking.actions import hand_in as do_hand_in
from saiwu.marking.queries.judging import judging_of
from saiwu.web.desk import Desk, desk
from saiwu.web.judge.desks import JUDGE, page, place, tabs_of


@desk(JUDGE, tabs=tabs_of)
def hand_in(request: HttpRequest, at: Desk) -> HttpResponse:
    """Ask once, then put it on record. Who has handed in already is told so."""
    refused = None
    if request.method == "POST":
        try:
            do_hand_in(event_id=at.event.id, by=at.account, at=at.now)
            return at.redirect("judge-home", *place(at))
        except Refused as error:
            refused = error
    own = judging_of(at.event.id, seen_by=at.account, at=at.now)
    if own.handed_in_at is not None:
        return at.redirect("judge-home", *place(at))
    open_ = sum(sheet.left for sheet in own.sheets)
    return page(
        at,
        "judge/handing_in/page.html",
        status=409 if refused else 200,
        own=own,
        others=open_ - len(own.must),
        refused=refused,
    )
