"""Results of every event: what is public since when and until when, and confirming them once nobody may object."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from saiwu.audit.frame import NotFound, Refused
from saiwu.results.actions import confirm as confirm_results
from saiwu.results.queries import PublishedList
from saiwu.results.queries.of_competition import EventResults, results_of
from saiwu.rules.procedure import EventState
from saiwu.web.committee.desks import ARBITER, COMMITTEE, DECIDERS, tabs_of
from saiwu.web.desk import Desk, desk
from saiwu.web.forms import Form
from saiwu.web.shared.countdown import Left, left


@dataclass(frozen=True, slots=True)
class Line:
    """An event in the table; its lists with the names of their divisions (empty: all together)."""

    results: EventResults
    lists: tuple[tuple[PublishedList, str], ...]
    left: Left | None
    may_confirm: bool


def _line(at: Desk, one: EventResults) -> Line:
    rules = one.row.rules
    names = [rules.division_name(listed.division) for listed in one.lists]
    running = one.row.state is EventState.PUBLIC_NOTICE and one.until is not None
    return Line(
        one,
        tuple(zip(one.lists, names, strict=True)),
        left(at.now, one.until) if running and one.until else None,
        at.has(COMMITTEE) and one.may_confirm(at.now),
    )


@desk(*DECIDERS, ARBITER, tabs=tabs_of)
def index(request: HttpRequest, at: Desk) -> HttpResponse:
    """Every event, by its final."""
    lines = [_line(at, one) for one in results_of(at.site)]
    states = [line.results.row.state for line in lines]
    return at.page(
        "committee/results/page.html",
        here="results",
        lines=lines,
        ready=sum(1 for line in lines if line.results.may_confirm(at.now)),
        shown=states.count(EventState.PUBLIC_NOTICE),
        confirmed=states.count(EventState.CONFIRMED),
        any_list=any(line.lists for line in lines),
        office=at.has(COMMITTEE),
    )


@desk(COMMITTEE, tabs=tabs_of)
def confirm(request: HttpRequest, at: Desk, in_event: str) -> HttpResponse:
    """Say what follows; confirm. Confirmed twice, the second time says in which state the event is."""
    found = next((one for one in results_of(at.site) if one.row.slug == in_event), None)
    if found is None:
        raise NotFound(in_event)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            confirm_results(event_id=found.row.id, by=at.account, at=at.now)
        except Refused as refused:
            form.take_back(refused)
        else:
            at.told(f"已确认{found.row.rules.name or in_event}的成绩。下一步：颁发证书。")
            return at.redirect("committee-results", at.site.slug)
    return at.page("committee/results/confirm.html", here="results", form=form, line=_line(at, found), row=found.row)
