"""The chief judge's page of a code: what each judge gave, what it makes, and the correction of any mark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.http import HttpRequest, HttpResponse

from saiwu.audit.frame import NotFound, Refused
from saiwu.competitions.queries import event_of
from saiwu.marking.actions import correct as do_correct
from saiwu.marking.queries.judging import Cell, code_of_replaced, overview_of, penalties_of
from saiwu.marking.written import allowed, read, shown
from saiwu.rules.rulebook.awards import HANDED_IN
from saiwu.rules.rulebook.values import marks as points
from saiwu.web.desk import Desk, desk
from saiwu.web.judge.desks import CHIEF, page, place, tabs_of
from saiwu.web.judge.marks.forms import CorrectionForm
from saiwu.web.judge.overview.views import SeenCell, seen_cell
from saiwu.web.judge.seen import how


@dataclass(frozen=True, slots=True)
class SeenWas:
    """A value that was replaced."""

    value: str
    judge: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class SeenMark:
    """A judge's mark, with what it replaced."""

    id: int
    judge: str
    value: str
    at: datetime
    by_chief: bool
    was: tuple[SeenWas, ...]


@dataclass(frozen=True, slots=True)
class SeenPart:
    """A part with its marks. `limit`: what the rulebook lets stand between judges."""

    name: str
    full: str
    how: str
    cell: SeenCell
    over: str
    marks: tuple[SeenMark, ...]


@desk(CHIEF, tabs=tabs_of)
def marks(request: HttpRequest, at: Desk, code: str) -> HttpResponse:
    """A code as all judges marked it."""
    whole = overview_of(at.event.id, at=at.now)
    row = whole.row(code)
    codes = [one.code for one in whole.rows]
    index = codes.index(code)
    zone = at.site.book.zone
    return page(
        at,
        "judge/marks/page.html",
        here="overview",
        row=row,
        division=at.site.book.events[at.event.slug].division_name(row.division),
        parts=[_part(cell, zone) for cell in row.cells],
        penalties=[one for one in penalties_of(at.event.id) if one.code == code],
        before=codes[index - 1] if index else "",
        after=codes[index + 1] if index + 1 < len(codes) else "",
    )


@desk(CHIEF, tabs=tabs_of)
def correct(request: HttpRequest, at: Desk, mark_id: int) -> HttpResponse:
    """Correct one mark. The same correction sent twice is one."""
    zone = at.site.book.zone
    try:
        row, cell, mark = overview_of(at.event.id, at=at.now).find(mark_id)
    except NotFound:
        code = code_of_replaced(at.event.id, mark_id)
        at.told("这一项已经更正过，下面是现在的评分。")
        return at.redirect("judge-marks", *place(at), code)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            day = at.now.astimezone(zone).date()
            if cell.part.id == HANDED_IN:
                day = event_of(at.site, at.event.slug).row.final_day() or day
            value = read(form.cleaned_data["value"], cell.part, day=day, zone=zone)
            reason = form.cleaned_data["reason"]
            do_correct(event_id=at.event.id, mark_id=mark_id, value=value, reason=reason, by=at.account, at=at.now)
        except Refused as refused:
            form.take_back(refused)
        else:
            at.told(f"已更正：{row.code} 的{cell.part.name} {shown(value, cell.part, zone)}")
            return at.redirect("judge-marks", *place(at), row.code)
    return page(
        at,
        "judge/marks/correct.html",
        here="overview",
        status=409 if form.errors else 200,
        form=form,
        row=row,
        part=cell.part,
        allowed=allowed(cell.part),
        given=shown(mark.value, cell.part, zone),
        by=mark.judge,
    )


def _part(cell: Cell, zone: tzinfo) -> SeenPart:
    part = cell.part
    over = f"{cell.over}：相差 {points(cell.spread)} 分" if cell.over else ""
    given = tuple(
        SeenMark(
            mark.id,
            mark.judge,
            shown(mark.value, part, zone),
            mark.at,
            mark.by_chief,
            tuple(SeenWas(shown(one.value, part, zone), one.judge, one.at, one.reason) for one in mark.was),
        )
        for mark in cell.marks
    )
    return SeenPart(part.name, "" if part.timed else points(part.full), how(part), seen_cell(cell, zone), over, given)
