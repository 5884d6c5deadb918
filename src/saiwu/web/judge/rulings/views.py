"""Decisions of the chief judge: codes put in order, with buttons that work as forms, and the reason."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import HttpRequest, HttpResponse

from saiwu.audit.frame import Refused
from saiwu.competitions.actions import take_decision
from saiwu.marking.queries.rulings import ruling_of, rulings_of
from saiwu.rules.decisions import Kind
from saiwu.web.desk import Desk, desk
from saiwu.web.forms import Form
from saiwu.web.judge.desks import CHIEF, page, place, tabs_of


class RulingForm(Form):
    """Why the codes stand in this order."""

    reason = forms.CharField(max_length=500, label="理由", widget=forms.Textarea(attrs={"rows": 3}))


@desk(CHIEF, tabs=tabs_of)
def rulings(request: HttpRequest, at: Desk) -> HttpResponse:
    """Those that wait, then those taken."""
    return page(at, "judge/rulings/page.html", here="rulings", rulings=rulings_of(at.event.id))


@desk(CHIEF, tabs=tabs_of)
def ruling(request: HttpRequest, at: Desk, decision_id: int) -> HttpResponse:
    """Order the codes step by step, then decide. Of 晋级 those that are ticked go on."""
    one = ruling_of(at.event.id, decision_id)
    if not one.is_open:
        return page(at, "judge/rulings/taken.html", here="rulings", one=one)
    goes_on = one.kind == Kind.ADVANCE
    order = _order(request.POST.getlist("order"), one.concerns)
    ticked = request.POST.getlist("goes") if request.method == "POST" else list(one.concerns)
    form = RulingForm(request.POST or None)
    if "move" in request.POST:
        order = _moved(order, request.POST["move"])
        form = RulingForm(initial={"reason": request.POST.get("reason", "")})
    elif request.method == "POST" and form.is_valid():
        choice = [code for code in order if code in ticked] if goes_on else order
        try:
            take_decision(
                decision_id=one.id, choice=choice, reason=form.cleaned_data["reason"], by=at.account, at=at.now
            )
        except Refused as refused:
            form.take_back(refused)
        else:
            at.told("已裁定。由承办单位重新计算成绩后生效。")
            return at.redirect("judge-rulings", *place(at))
    return page(
        at,
        "judge/rulings/one.html",
        here="rulings",
        status=409 if form.errors else 200,
        one=one,
        form=form,
        order=[(code, code in ticked) for code in order],
        goes_on=goes_on,
    )


def _order(posted: Sequence[str], concerns: Sequence[str]) -> list[str]:
    """The order as posted; the decision's own where it is not the same codes."""
    return list(posted) if sorted(posted) == sorted(concerns) else list(concerns)


def _moved(order: list[str], move: str) -> list[str]:
    """`up:CODE` or `down:CODE`: that code one place further."""
    way, _, code = move.partition(":")
    if code not in order:
        return order
    here = order.index(code)
    there = max(here - 1, 0) if way == "up" else min(here + 1, len(order) - 1)
    order[here], order[there] = order[there], order[here]
    return order
