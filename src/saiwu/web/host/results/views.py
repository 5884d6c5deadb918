"""From the lock to the public notice: second look, unsealing, computing, decisions, the list before it is public."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from saiwu.accounts.actions import prove
from saiwu.audit.frame import NotFound, Refused
from saiwu.competitions.queries import event_of
from saiwu.competitions.queries.asked import open_decisions_of
from saiwu.marking import actions as marking
from saiwu.marking.queries.table import marks_of, sample
from saiwu.results import actions
from saiwu.results.queries import shown_until
from saiwu.results.queries.preview import computed_bundle, preview, table
from saiwu.results.queries.progress import progress
from saiwu.results.queries.public import WHOLE
from saiwu.rules import canonical
from saiwu.rules.procedure import EventState
from saiwu.rules.rulebook import book as typed
from saiwu.web import address
from saiwu.web.desk import Desk, desk
from saiwu.web.forms import Form
from saiwu.web.host.desks import HOST, REGISTRAR, SUPERVISOR, place, tabs_of
from saiwu.web.host.marks.typed import shown as shown_mark
from saiwu.web.host.results.forms import Look, SendBack, Witness
from saiwu.web.host.results.steps import steps_of
from saiwu.web.host.steps.steps import STEPS
from saiwu.web.shared.countdown import left
from saiwu.web.shared.files import XLSX, download
from saiwu.web.shared.ranks import columns_of, counts_said, shown, tie_break_said


@desk(HOST, REGISTRAR, SUPERVISOR, tabs=tabs_of)
def results(request: HttpRequest, at: Desk) -> HttpResponse:
    """How far results have come, whose turn it is, and the lists."""
    return _page(at, Form())


@require_POST
@desk(HOST, tabs=tabs_of)
def compute(request: HttpRequest, at: Desk) -> HttpResponse:
    """Compute the lists (again)."""
    form = Form(request.POST)
    form.is_valid()
    try:
        done = actions.compute(event_id=at.event.id, by=at.account, at=at.now)
    except Refused as refused:
        form.take_back(refused)
        return _page(at, form)
    waiting = sum(one.open_decisions for one in done)
    at.told(f"已算出 {len(done)} 份名单" + (f"，有 {waiting} 项要裁定。" if waiting else "。"))
    return at.redirect("host-results", *place(at))


def _page(at: Desk, form: Form) -> HttpResponse:
    known = progress(at.event.id)
    rules = at.site.book.events[at.event.slug]
    until = shown_until(at.event.id)
    return at.page(
        "host/results/page.html",
        here="results",
        form=form,
        known=known,
        steps=steps_of(known, until),
        lists=[(one, _name(rules, one.division), one.division or WHOLE) for one in known.lists],
        lacking=[_name(rules, key) for key in known.lacking],
        decisions=open_decisions_of(at.event.id),
        until=until,
        left=left(at.now, until) if until else None,
        may_compute=at.has(HOST) and known.state is EventState.SEALED and known.unsealed is not None,
        may_publish=STEPS["publish"].allowed(at) and known.publishable,
        may_look=at.has(SUPERVISOR) and known.state is EventState.SEALED and known.unsealed is None,
        may_unseal=at.has(REGISTRAR) and known.state is EventState.SEALED and known.unsealed is None and known.looked,
        is_host=at.has(HOST),
        published=known.state in (EventState.PUBLIC_NOTICE, EventState.CONFIRMED),
    )


def _name(rules: typed.Event, division: str) -> str:
    return rules.division_name(division) if division in rules.divisions else ""


@desk(SUPERVISOR, tabs=tabs_of)
def look(request: HttpRequest, at: Desk) -> HttpResponse:
    """The second look: codes drawn at random with all their marks; put on record, or sent back."""
    if at.event.state is not EventState.SEALED or progress(at.event.id).unsealed is not None:
        raise NotFound("second look")
    said = request.POST if request.method == "POST" else request.GET
    codes = tuple(code for code in said.get("sample", "").split(" ") if code) or sample(at.event.id)
    back = "back-reason" in request.POST
    form = Look(codes, request.POST if request.method == "POST" and not back else None)
    returning = SendBack(request.POST if back else None)
    if back and returning.is_valid():
        try:
            actions.send_back(event_id=at.event.id, reason=returning.cleaned_data["reason"], by=at.account, at=at.now)
        except Refused as refused:
            returning.take_back(refused)
        else:
            at.told("已退回重评，裁判长更正后重新锁定。")
            return at.redirect("host-results", *place(at))
    elif form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            marking.check(event_id=at.event.id, codes=given["codes"], remark=given["remark"], by=at.account, at=at.now)
        except Refused as refused:
            form.take_back(refused)
        else:
            at.told(f"已登记复核 {len(given['codes'])} 个加密号。下一步：解密。")
            return at.redirect("host-results", *place(at))
    rules = at.site.book.events[at.event.slug]
    zone = at.site.book.zone
    return at.page(
        "host/results/look.html",
        here="results",
        form=form,
        returning=returning,
        sample=" ".join(codes),
        rows=[
            (
                one,
                _name(rules, one.division),
                [
                    (given.part.name, [(judge, shown_mark(value, given.part, zone)) for judge, value in given.marks])
                    for given in one.parts
                ],
            )
            for one in marks_of(at.event.id, codes)
        ],
    )


@sensitive_post_parameters()
@desk(REGISTRAR, tabs=tabs_of)
def unseal(request: HttpRequest, at: Desk) -> HttpResponse:
    """Join the codes back, before a supervisor who proves himself at the same screen."""
    known = progress(at.event.id)
    form = Witness(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            witness = prove(
                login=given["login"],
                password=given["password"],
                code=given["code"],
                address=address.of(request),
                moment=datetime.now(UTC),
                at=at.now,
            )
            actions.unseal(event_id=at.event.id, witness=witness, by=at.account, at=at.now)
        except Refused as refused:
            form.take_back(refused, {"witness": "login"})
        else:
            at.told("已解密。下一步：承办单位计算成绩。")
            return at.redirect("host-results", *place(at))
    return at.page(
        "host/results/unseal.html",
        here="results",
        form=form,
        known=known,
        may=known.state is EventState.SEALED and known.unsealed is None and known.looked,
    )


@desk(HOST, tabs=tabs_of)
def before(request: HttpRequest, at: Desk, key: str) -> HttpResponse:
    """A list as it would be published, with the reason of each rank."""
    row = event_of(at.site, at.event.slug).row
    page = preview(at.event.id, key)
    rules = row.rules.divisions[page.list.division] if page.list.division else row.rules
    return at.page(
        "host/results/preview.html",
        here="results",
        row=row,
        key=key,
        name=_name(row.rules, page.list.division or ""),
        page=page,
        columns=columns_of(page, rules),
        ranks=shown(page, at.site.book, rules),
        tie_break=tie_break_said(rules),
        teams=any(one.team for one in page.rows),
        counts=counts_said(page, rules),
        may_publish=STEPS["publish"].allowed(at) and progress(at.event.id).publishable,
    )


@desk(HOST)
def xlsx(request: HttpRequest, at: Desk, key: str) -> HttpResponse:
    """The table of a list, with names and units."""
    return download(table(at.event.id, key, at=at.now), XLSX, f"results-{at.site.slug}-{at.event.slug}-{key}.xlsx")


@desk(HOST)
def bundle(request: HttpRequest, at: Desk, key: str) -> HttpResponse:
    """The document that the list follows from, without names."""
    text = canonical.canonical(computed_bundle(at.event.id, key))
    name = f"results-{at.site.slug}-{at.event.slug}-{key}.json"
    return download(text, "application/json; charset=utf-8", name)
