"""Review: queue, evidence, claim and decision side by side. Two reviewers at once: the second is told, and goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from saiwu.audit.frame import Refused
from saiwu.entries import actions
from saiwu.entries.queries.of_event import count_of, rows_of
from saiwu.entries.queries.review import EntryClaim, claim_of, first_of, neighbours
from saiwu.rules import procedure
from saiwu.rules.findings import Verdict
from saiwu.rules.procedure import EntryState, EventState
from saiwu.web.desk import Desk, desk
from saiwu.web.forms import Form
from saiwu.web.host.desks import HOST, place, tabs_of
from saiwu.web.host.review.filters import Queue
from saiwu.web.host.review.forms import Accept, AskWaiver, Reject, Return
from saiwu.web.host.review.shown import Paper, findings_of, papers_of, phrases_of
from saiwu.web.shared.facts import age_of, facts_of
from saiwu.web.shared.history import history_of
from saiwu.web.shared.pages import COUNT, Pages, page_number

_ALREADY = frozenset({"state", "one_decision_a_review"})
"""Rules by which a verb says that somebody has decided already."""
_VERBS = {
    "accept": "entries.accept",
    "give_back": "entries.return",
    "reject": "entries.reject",
    "waiver": "waivers.ask",
}
_MAY_REVIEW = frozenset({EventState.REGISTERING, EventState.REVIEWING})


@desk(HOST, tabs=tabs_of)
def queue(request: HttpRequest, at: Desk) -> HttpResponse:
    """The queue, with whoever has waited longest (of the page that the address asks for)."""
    asked = _queue(request, at)
    pages = Pages.of(page_number(request), count_of(at.event.id, asked.only), asked.said)
    rows = rows_of(at.event.id, asked.only, start=pages.start)
    if not rows:
        return at.page("host/review/empty.html", here="review", queue=asked, **_choices(at))
    return _page(request, at, claim_of(at.event.id, rows[0].id), asked, {}, pages=pages, rows=rows)


@desk(HOST, tabs=tabs_of)
def entry(request: HttpRequest, at: Desk, entry_id: int) -> HttpResponse:
    """One entry, in the queue or out of it."""
    return _page(request, at, claim_of(at.event.id, entry_id), _queue(request, at), {})


@require_POST
@desk(HOST, tabs=tabs_of)
def accept(request: HttpRequest, at: Desk, entry_id: int) -> HttpResponse:
    """通过, with what was seen."""
    claim = claim_of(at.event.id, entry_id)
    form = Accept(findings_of(at.site, at.event.slug, claim), request.POST)
    if form.is_valid():

        def do() -> None:
            actions.accept(entry_id=claim.id, evidence=form.seen(), by=at.account, at=at.now)

        return _decide(request, at, claim, "accept", form, do, "审核通过")
    return _page(request, at, claim, _queue(request, at), {"accept": form})


@require_POST
@desk(HOST, tabs=tabs_of)
def give_back(request: HttpRequest, at: Desk, entry_id: int) -> HttpResponse:
    """退回修改, with what to mend."""
    claim = claim_of(at.event.id, entry_id)
    form = Return(phrases_of(findings_of(at.site, at.event.slug, claim)), request.POST)
    if form.is_valid():
        reason = form.cleaned_data["said"]

        def do() -> None:
            actions.return_for_correction(entry_id=claim.id, reason=reason, by=at.account, at=at.now)

        return _decide(request, at, claim, "give_back", form, do, "已退回")
    return _page(request, at, claim, _queue(request, at), {"give_back": form})


@require_POST
@desk(HOST, tabs=tabs_of)
def reject(request: HttpRequest, at: Desk, entry_id: int) -> HttpResponse:
    """不予受理, with the reason, asked once more."""
    claim = claim_of(at.event.id, entry_id)
    form = Reject(request.POST)
    if not form.is_valid():
        return _page(request, at, claim, _queue(request, at), {"reject": form})
    if "sure" not in request.POST:
        asked = _queue(request, at)
        return at.page("host/review/reject.html", here="review", claim=claim, form=form, queue=asked)

    def do() -> None:
        actions.reject(entry_id=claim.id, reason=form.cleaned_data["reason"], by=at.account, at=at.now)

    return _decide(request, at, claim, "reject", form, do, "已不予受理")


@require_POST
@desk(HOST, tabs=tabs_of)
def waiver(request: HttpRequest, at: Desk, entry_id: int) -> HttpResponse:
    """Ask that a rule be waived. The entry stays in the queue until that is decided."""
    claim = claim_of(at.event.id, entry_id)
    form = AskWaiver(findings_of(at.site, at.event.slug, claim), request.POST)
    if form.is_valid():
        given = form.cleaned_data

        def do() -> None:
            actions.ask_waiver(
                entry_id=claim.id, rule=given["rule"], grounds=given["grounds"], by=at.account, at=at.now
            )

        return _decide(request, at, claim, "waiver", form, do, "已请求豁免")
    return _page(request, at, claim, _queue(request, at), {"waiver": form})


def _decide(
    request: HttpRequest, at: Desk, claim: EntryClaim, key: str, form: Form, do: Any, told: str
) -> HttpResponse:
    """Do it and go to the next. Where somebody was faster: say so, and go to the next as well."""
    asked = _queue(request, at)
    around = neighbours(at.event.id, asked.only, claim.id, claim.submitted_at)
    try:
        do()
    except Refused as refused:
        now = claim_of(at.event.id, claim.id).state
        if refused.rule not in _ALREADY or now.value in procedure.step(_VERBS[key]).starts:
            form.take_back(refused)
            return _page(request, at, claim, asked, {key: form})
        messages.warning(request, f"{claim.shown}刚刚已由他人处理（{now.chinese}），您的决定没有生效。")
    else:
        at.told(f"{told}：{claim.shown}（{claim.unit}）。")
    return _on(at, asked, around.next or around.previous or first_of(at.event.id, asked.only))


def _on(at: Desk, asked: Queue, entry_id: int | None) -> HttpResponse:
    """To that entry, its name in focus; to the queue where there is none."""
    if entry_id is None:
        return at.redirect("host-review", *place(at), query=asked.said)
    response = at.redirect("host-review-entry", *place(at), entry_id, query=asked.said)
    response["Location"] += "#name"
    return response


@dataclass(frozen=True, slots=True)
class Revealed:
    """A whole ID number on the page, this once."""

    position: int
    number: str


def shown_page(request: HttpRequest, at: Desk, claim: EntryClaim, revealed: Revealed) -> HttpResponse:
    """The page of an entry with one number whole."""
    return _page(request, at, claim, _queue(request, at), {}, revealed=revealed)


def _queue(request: HttpRequest, at: Desk) -> Queue:
    return Queue.of(request, tuple(at.site.book.events[at.event.slug].divisions))


def _choices(at: Desk) -> dict[str, Any]:
    rules = at.site.book.events[at.event.slug]
    return {
        "divisions": [(key, one.name or key) for key, one in rules.divisions.items()],
        "verdicts": list(Verdict),
    }


def _page(
    request: HttpRequest, at: Desk, claim: EntryClaim, asked: Queue, bound: dict[str, Form], **known: Any
) -> HttpResponse:
    """The three of them. `bound`: the form that came back with faults."""
    findings = findings_of(at.site, at.event.slug, claim)
    around = neighbours(at.event.id, asked.only, claim.id, claim.submitted_at)
    pages: Pages = known.get("pages") or Pages.of(
        around.before // COUNT + 1, count_of(at.event.id, asked.only), asked.said
    )
    rows = known.get("rows") or rows_of(at.event.id, asked.only, start=pages.start)
    papers = papers_of(claim)
    today = at.now.astimezone(at.site.book.zone).date()
    rules = at.site.book.events[at.event.slug]
    open_ = [one for one in findings if one.open]
    forms: dict[str, Form] = {
        "accept": Accept(findings),
        "give_back": Return(phrases_of(findings)),
        "reject": Reject(),
        "waiver": AskWaiver(findings),
    } | bound
    return at.page(
        "host/review/page.html",
        here="review",
        claim=claim,
        division=rules.division_name(claim.division),
        findings=[one for one in findings if one.verdict is not Verdict.OK],
        in_order=[one for one in findings if one.verdict is Verdict.OK],
        barred=len(open_),
        wanted=sum(1 for one in findings if one.wants_evidence),
        people=[(one, facts_of(at.site, at.event.slug, one), age_of(one.born, today)) for one in claim.members],
        history=history_of(claim),
        papers=papers,
        paper=_paper(papers, request.GET.get("show", "")),
        queue=asked,
        rows=[(row, _waited(at, row.submitted_at)) for row in rows],
        pages=pages,
        around=around,
        forms=forms,
        failed=next(iter(bound), ""),
        faulty=next(iter(bound.values()), None),
        may_accept=claim.state is EntryState.SUBMITTED and at.event.state in _MAY_REVIEW,
        may_reject=claim.state in (EntryState.SUBMITTED, EntryState.WAITING, EntryState.RETURNED)
        and at.event.state in _MAY_REVIEW,
        may_ask=any(one.may_ask for one in findings) and at.event.state in _MAY_REVIEW,
        revealed=known.get("revealed"),
        **_choices(at),
    )


def _paper(papers: tuple[Paper, ...], key: str) -> Paper | None:
    return next((one for one in papers if one.key == key), papers[0] if papers else None)


def _waited(at: Desk, since: Any) -> int:
    """Whole days in the notice's zone."""
    zone = at.site.book.zone
    return int((at.now.astimezone(zone).date() - since.astimezone(zone).date()).days)
