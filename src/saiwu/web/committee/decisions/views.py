"""Decisions over a competition: the list, and one with its options, the clause, and who may take it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from saiwu.competitions.actions import take_decision
from saiwu.competitions.queries import events_of
from saiwu.competitions.queries.office import count_decisions, decision, decisions
from saiwu.web.committee.decisions.forms import Take
from saiwu.web.committee.desks import DECIDERS, EVERYBODY, due, may_settle, needs_letter, tabs_of
from saiwu.web.committee.settling import settled
from saiwu.web.committee.words import KINDS
from saiwu.web.desk import Desk, desk
from saiwu.web.shared.countdown import left
from saiwu.web.shared.pages import Pages, page_number


@desk(*EVERYBODY, tabs=tabs_of)
def index(request: HttpRequest, at: Desk) -> HttpResponse:
    """Decisions, open ones first."""
    pages = Pages.of(page_number(request), count_decisions(at.site.id), {})
    return at.page(
        "committee/decisions/list.html",
        here="decisions",
        rows=decisions(at.site.id, start=pages.start),
        pages=pages,
        kinds=KINDS,
    )


@desk(*EVERYBODY, tabs=tabs_of)
def one(request: HttpRequest, at: Desk, decision_id: int) -> HttpResponse:
    """One decision: taken here by whoever may."""
    row = decision(at.site.id, decision_id)
    may = row.open and at.has(*DECIDERS) and may_settle(at, row.may_take)
    form = (
        Take(row, request.POST if request.method == "POST" else None, letter=needs_letter(at, row.may_take))
        if may
        else None
    )

    def do(form: Take) -> None:
        take_decision(
            decision_id=row.id,
            choice=form.chosen(),
            reason=form.cleaned_data["reason"],
            until=form.cleaned_data.get("until", ""),
            letter=form.cleaned_data.get("letter", ""),
            by=at.account,
            at=at.now,
        )

    if settled(form, do):
        at.told("裁定已登记，随即生效。")
        return at.redirect("committee-decision", at.site.slug, row.id)
    event = next(one for one in events_of(at.site) if one.slug == row.event)
    by = due(event, at.now) if row.open else None
    return at.page(
        "committee/decisions/page.html",
        here="decisions",
        row=row,
        event=event,
        title=KINDS.get(row.kind, "裁定"),
        division=at.site.book.events[row.event].divisions.get(row.division),
        form=form,
        by=by,
        left=left(at.now, by) if by else None,
    )
