"""Marking a code: one part at a time, each confirmation a small request of its own that may be sent twice.

The same page answers forms and the script: to whoever accepts JSON alone it says what became of the mark, else it goes
on to the next part. `sheets` is the same sheets of all codes, so that a page that is open can go on without a network.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse

from saiwu.audit.frame import NotFound, Refused
from saiwu.competitions.queries import event_of
from saiwu.marking.actions import MarkRow, correct, enter
from saiwu.marking.queries.judging import OwnJudging, OwnPart, Seat, code_of_judge, judging_of
from saiwu.marking.written import read, shown
from saiwu.rules.procedure import EventState
from saiwu.rules.rulebook.awards import HANDED_IN
from saiwu.web.desk import Desk, desk
from saiwu.web.judge.code.forms import MarkForm
from saiwu.web.judge.desks import JUDGE, page, place
from saiwu.web.judge.seen import SeenSheet, seen


@desk(JUDGE)
def code(request: HttpRequest, at: Desk, code: str) -> HttpResponse:
    """The sheet of a code, or what was confirmed on it."""
    if request.method == "POST":
        return _posted(request, at, code)
    return _sheet(at, code, open_part=request.GET.get("part"))


@desk(JUDGE)
def sheets(request: HttpRequest, at: Desk) -> HttpResponse:
    """The sheets of all codes, for the script of the page that is open."""
    judging = judging_of(at.event.id, seen_by=at.account, at=at.now)
    return page(
        at, "judge/code/sheets.html", silent=True, sheets=[_seen(at, judging, one.code) for one in judging.sheets]
    )


def _sheet(
    at: Desk, code: str, *, open_part: str | None = None, form: MarkForm | None = None, status: int = 200
) -> HttpResponse:
    judging = judging_of(at.event.id, seen_by=at.account, at=at.now)
    sheet = _seen(at, judging, code, open_part, form)
    if form is not None:
        number = next((one.number for one in sheet.parts if one.key == open_part), 0)
        form.auto_id = f"f-%s{number}"  # the fields stand once a part on the page
    return page(at, "judge/code/page.html", status=status, sheet=sheet, handed_in_at=judging.handed_in_at, form=form)


def _seen(
    at: Desk, judging: OwnJudging, code: str, open_part: str | None = None, form: MarkForm | None = None
) -> SeenSheet:
    sheet = judging.sheet(code)
    division = at.site.book.events[at.event.slug].divisions[sheet.division]
    return seen(
        judging,
        sheet,
        division=division.name or sheet.division,
        zone=at.site.book.zone,
        open_part=open_part,
        form=form,
        may=at.event.state is EventState.MARKING,
    )


@dataclass(frozen=True, slots=True)
class _Saved:
    mark_id: int
    name: str
    value: str


def _posted(request: HttpRequest, at: Desk, code: str) -> HttpResponse:
    form = MarkForm(request.POST)
    form.is_valid()
    scripted = request.headers.get("Accept", "").startswith("application/json")
    part = form.cleaned_data.get("part") or ""
    try:
        saved = _save(at, code, part, form)
    except Refused as refused:
        if scripted:
            own = _own(at, code, part)
            body = {"saved": False, "message": str(refused), "field": refused.field or "value", "mark": own.mark_id}
            return JsonResponse(body, status=409)
        form.take_back(refused)
        return _sheet(at, code, open_part=part, form=form, status=409)
    if scripted:
        return JsonResponse({"saved": True, "mark": saved.mark_id, "value": saved.value})
    at.told(f"已保存：{code} 的{saved.name} {saved.value}")
    return at.redirect("judge-code", *place(at), code)


def _save(at: Desk, code: str, part: str, form: MarkForm) -> _Saved:
    """Enter or correct. What is there already with the same value is saved: the request came twice."""
    posted_mark = form.cleaned_data.get("mark")
    judge = form.cleaned_data.get("judge")
    if judge and judge != code_of_judge(at.account):
        raise Refused("这一页是另一位裁判打开的，请用他的账号登录后再保存。", rule="marks")
    own = _own(at, code, part)
    day = at.now.astimezone(at.site.book.zone).date()
    if part == HANDED_IN:
        day = event_of(at.site, at.event.slug).row.final_day() or day
    value = read(form.cleaned_data.get("value") or "", own.part, day=day, zone=at.site.book.zone)
    if _is_there(own, value, posted_mark):
        return _saved(at, own)
    if own.seat is Seat.MARKED and posted_mark is None:
        before = shown(own.value or 0, own.part, at.site.book.zone)
        raise Refused(f"这一项您已评 {before}。要改，请写明理由。", rule="a_correction_says_why", field="reason")
    try:
        if posted_mark is None:
            row = MarkRow(code, part, value)
            outcome = enter(event_id=at.event.id, marks=[row], by=at.account, at=at.now)[0]
            if outcome.message:
                raise Refused(outcome.message, rule="marks", field="value")
        else:
            reason = form.cleaned_data.get("reason") or ""
            correct(event_id=at.event.id, mark_id=posted_mark, value=value, reason=reason, by=at.account, at=at.now)
    except Refused:
        again = _own(at, code, part)
        if _is_there(again, value, posted_mark) and again.mark_id != own.mark_id:
            return _saved(at, again)
        raise
    return _saved(at, _own(at, code, part))


def _is_there(own: OwnPart, value: int, posted_mark: int | None) -> bool:
    """Whether just this was saved before: as the first mark, or as the correction of the mark that was posted."""
    if own.seat is not Seat.MARKED or own.value != value:
        return False
    return posted_mark in (None, own.mark_id, own.replaces)


def _saved(at: Desk, own: OwnPart) -> _Saved:
    assert own.mark_id is not None
    return _Saved(own.mark_id, own.part.name, shown(own.value or 0, own.part, at.site.book.zone))


def _own(at: Desk, code: str, part: str) -> OwnPart:
    own = judging_of(at.event.id, seen_by=at.account, at=at.now).sheet(code).of(part)
    if own is None:
        raise NotFound(part)
    return own
