"""Conflicts: refused attempts at a second claim, settled by the office once it has spoken with the person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from saiwu.competitions.queries import event_of
from saiwu.entries.actions import settle_conflict
from saiwu.entries.actions.conflicts import OUTCOMES
from saiwu.entries.queries.conflicts import conflict, conflicts, count_conflicts
from saiwu.web.committee.conflicts.forms import Settle
from saiwu.web.committee.desks import COMMITTEE, DECIDERS, tabs_of
from saiwu.web.committee.settling import settled
from saiwu.web.committee.words import ROUTES, rule_clauses
from saiwu.web.desk import Desk, desk
from saiwu.web.shared.pages import Pages, page_number


@desk(*DECIDERS, tabs=tabs_of)
def index(request: HttpRequest, at: Desk) -> HttpResponse:
    """Conflicts, the unsettled first."""
    pages = Pages.of(page_number(request), count_conflicts(at.site.id), {})
    return at.page(
        "committee/conflicts/list.html",
        here="conflicts",
        rows=conflicts(at.site.id, start=pages.start),
        pages=pages,
        routes=ROUTES,
        outcomes=OUTCOMES,
    )


@desk(*DECIDERS, tabs=tabs_of)
def one(request: HttpRequest, at: Desk, conflict_id: int) -> HttpResponse:
    """One conflict, settled here by the office."""
    row = conflict(at.site.id, conflict_id)
    form = (
        Settle(request.POST if request.method == "POST" else None)
        if row.settled_at is None and at.has(COMMITTEE)
        else None
    )

    def do(form: Settle) -> None:
        settle_conflict(conflict_id=row.id, outcome=form.cleaned_data["outcome"], by=at.account, at=at.now)

    if settled(form, do):
        at.told("已登记处理结果。")
        return at.redirect("committee-conflicts", at.site.slug)
    return at.page(
        "committee/conflicts/page.html",
        here="conflicts",
        row=row,
        event=event_of(at.site, row.event).row,
        holds=at.site.book.events.get(row.holds),
        clauses=rule_clauses(at.site.book, row.event, row.rule),
        routes=ROUTES,
        outcomes=OUTCOMES,
        form=form,
    )
