"""Penalties: those given, and giving one in two steps, since none is taken back."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from saiwu.audit.frame import Refused
from saiwu.marking.actions import penalise
from saiwu.marking.queries.judging import penalties_allowed, penalties_of
from saiwu.rules.procedure import EventState
from saiwu.rules.rulebook.stages import Penalty
from saiwu.rules.rulebook.values import marks as points
from saiwu.web.desk import Desk, desk
from saiwu.web.judge.desks import CHIEF, page, place, tabs_of
from saiwu.web.judge.penalties.forms import PenaltyForm
from saiwu.web.shared.pages import COUNT, Pages, page_number

_MAY = frozenset({EventState.RUNNING, EventState.MARKING})


@desk(CHIEF, tabs=tabs_of)
def penalties(request: HttpRequest, at: Desk) -> HttpResponse:
    """Those given, the latest first."""
    given = penalties_of(at.event.id)
    pages = Pages.of(page_number(request), len(given), {})
    rows = [(one, said(one.term, one.key)) for one in given[pages.start : pages.start + COUNT]]
    return page(at, "judge/penalties/page.html", here="penalties", rows=rows, pages=pages, may=at.event.state in _MAY)


@desk(CHIEF, tabs=tabs_of)
def give(request: HttpRequest, at: Desk) -> HttpResponse:
    """First what it would be, then, confirmed, it is given."""
    known = penalties_allowed(at.event.id)
    terms = {key: term for one in known.terms.values() for key, term in one.items()}
    words = [(key, said(term, key)) for key, term in terms.items()]
    start = {"code": request.GET.get("code", ""), "times": 1}
    form = PenaltyForm(request.POST or None, codes=list(known.codes), terms=words, initial=start)
    asked = None
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            asked = _asked(known.terms[known.codes[facts["code"]]], facts["penalty"], facts["times"] or 1)
            if "confirmed" in request.POST:
                penalise(
                    event_id=at.event.id,
                    code=facts["code"],
                    penalty=facts["penalty"],
                    times=facts["times"] or 1,
                    reason=facts["reason"],
                    by=at.account,
                    at=at.now,
                )
                at.told(f"已作出处罚：{facts['code']} {asked.name or facts['penalty']}")
                return at.redirect("judge-penalties", *place(at))
        except Refused as refused:
            form.take_back(refused)
            asked = None
    return page(
        at,
        "judge/penalties/give.html",
        here="penalties",
        status=409 if form.errors else 200,
        form=form,
        asked=asked,
        words=said(asked, form.cleaned_data["penalty"]) if asked else "",
        clauses=[term for term in terms.values() if term.clause],
        any_terms=bool(terms),
        any_codes=bool(known.codes),
        may=at.event.state in _MAY,
    )


def _asked(terms: Mapping[str, Penalty], key: str, times: int) -> Penalty:
    """The penalty of the code's own division. Raises Refused where it has none of that id, or counts it once."""
    term = terms.get(key)
    if term is None:
        raise Refused("这个组别没有这项处罚，请另选。", rule="penalty", field="penalty")
    if times > 1 and not term.each:
        raise Refused("这项处罚只计一次，请把次数改为 1。", rule="penalty", clause=term.clause, field="times")
    return term


def said(term: Penalty, key: str) -> str:
    """A penalty with what it does: 违规操作设备：扣 10 分（技能操作），按次计，至多 20 分."""
    effect = term.effect or ""
    if effect == "扣分":
        effect = f"扣 {points(term.points or 0)} 分"
    if term.part:
        effect += f"（{term.part}）"
    if term.each:
        effect += "，按次计"
    if term.cap is not None:
        effect += f"，至多 {points(term.cap)} 分"
    return f"{term.name or key}：{effect}" if effect else term.name or key
