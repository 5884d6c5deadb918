"""Blind codes: issued once, printed for the registrar alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from saiwu.audit.frame import Refused
from saiwu.checkin import actions
from saiwu.entries.queries.of_event import standing
from saiwu.results.queries.progress import progress
from saiwu.rules import procedure
from saiwu.rules.procedure import EntryState
from saiwu.web.desk import Desk, desk
from saiwu.web.forms import Form
from saiwu.web.host.desks import REGISTRAR, place, tabs_of


@desk(REGISTRAR, tabs=tabs_of)
def codes(request: HttpRequest, at: Desk) -> HttpResponse:
    """Issue the codes, with what follows said first; print the slips."""
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            many = actions.issue_codes(event_id=at.event.id, by=at.account, at=at.now)
        except Refused as refused:
            form.take_back(refused)
        else:
            at.told(f"已编发 {many} 个加密号，检录已截止。")
            return at.redirect("host-codes", *place(at))
    return _page(at, form)


def _page(at: Desk, form: Form) -> HttpResponse:
    divisions = [one for one in standing(at.event.id) if not one.cancelled]
    issued = progress(at.event.id).codes
    state = at.event.state.value
    return at.page(
        "host/codes/page.html",
        here="codes",
        form=form,
        issued=issued,
        came=sum(one.by_state[EntryState.CHECKED_IN] for one in divisions),
        absent=sum(one.by_state[EntryState.FINALIST] for one in divisions),
        may_issue=not issued and state in procedure.step("checkin.issue_codes").starts,
        may_print=bool(issued) and state in procedure.step("checkin.print_codes").starts,
    )


@require_POST
@desk(REGISTRAR)
def slips(request: HttpRequest, at: Desk) -> HttpResponse:
    """The slips, to be printed and cut: each time on record. No address shows them again."""
    form = Form(request.POST)
    form.is_valid()
    try:
        made = actions.print_codes(event_id=at.event.id, by=at.account, at=at.now)
    except Refused as refused:
        form.take_back(refused)
        return _page(at, form)
    rules = at.site.book.events[at.event.slug]
    rows = [(slip, rules.division_name(slip.division)) for slip in made]
    return at.page("host/codes/slips.html", slips=rows)
