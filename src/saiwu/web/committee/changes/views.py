"""Change requests: the list, and one with what stands there and what would, and what the public will see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from saiwu.competitions.actions import approve_change, refuse_change
from saiwu.competitions.queries import event_of
from saiwu.competitions.queries.office import change_request, change_requests, count_change_requests
from saiwu.entries.queries import claimed
from saiwu.web.committee.changes.forms import Settle
from saiwu.web.committee.desks import DECIDERS, approves_changes, due, may_settle, needs_letter, tabs_of
from saiwu.web.committee.settling import settled
from saiwu.web.desk import Desk, desk
from saiwu.web.shared.countdown import left
from saiwu.web.shared.pages import Pages, page_number


@desk(*DECIDERS, tabs=tabs_of)
def index(request: HttpRequest, at: Desk) -> HttpResponse:
    """Change requests, open ones first."""
    pages = Pages.of(page_number(request), count_change_requests(at.site.id), {})
    return at.page(
        "committee/changes/list.html", here="changes", rows=change_requests(at.site.id, start=pages.start), pages=pages
    )


@desk(*DECIDERS, tabs=tabs_of)
def one(request: HttpRequest, at: Desk, change_id: int) -> HttpResponse:
    """One change request: approved or refused here by whoever may."""
    row = change_request(at.site.id, change_id)
    who = approves_changes(at)
    may = row.open and may_settle(at, who)
    form = Settle(request.POST if request.method == "POST" else None, letter=needs_letter(at, who)) if may else None
    approved = "approve" in request.POST

    def do(form: Settle) -> None:
        remark, letter = form.cleaned_data["remark"], form.cleaned_data.get("letter", "")
        verb = approve_change if approved else refuse_change
        verb(change_id=row.id, remark=remark, letter=letter, by=at.account, at=at.now)

    if settled(form, do):
        at.told("已同意变更，公开页面随即更新。" if approved else "已登记：不同意变更。")
        return at.redirect("committee-change", at.site.slug, row.id)
    page = event_of(at.site, row.event)
    by = due(page.row, at.now) if row.open else None
    term = at.site.book.changes
    return at.page(
        "committee/changes/page.html",
        here="changes",
        row=row,
        event=page.row,
        same_day=page.same_day,
        form=form,
        who=who,
        by=by,
        left=left(at.now, by) if by else None,
        claimed=claimed(at.site.id).get(row.event, 0),
        tell=[one.value for one in term.tell] if term else [],
        clause_key=term.clause if term else None,
    )
