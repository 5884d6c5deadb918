"""Marks that the host enters from paper, under blind codes: a sheet a part, many at a time, each row with its outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse

from saiwu.audit.frame import NotFound, Refused
from saiwu.competitions.queries import event_of
from saiwu.marking import actions
from saiwu.marking.actions import MarkRow
from saiwu.marking.queries.table import PartColumn, SheetRow, columns, own_mark, sheet
from saiwu.rules.procedure import EventState
from saiwu.web.desk import Desk, desk
from saiwu.web.host.desks import HOST, place, tabs_of
from saiwu.web.host.marks.forms import Correct
from saiwu.web.host.marks.typed import NotRead, hint, read, shown
from saiwu.web.host.meters import part_of
from saiwu.web.shared.pages import COUNT, Pages, page_number


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet: what was typed and what is wrong with it, where it did not go in."""

    row: SheetRow
    value: str
    typed: str
    fault: str


@desk(HOST, tabs=tabs_of)
def marks(request: HttpRequest, at: Desk) -> HttpResponse:
    """The sheet of one part; all parts with what is missing beside it."""
    parts = columns(at.event.id)
    chosen = _chosen(parts, request.POST.get("part", "") if request.method == "POST" else request.GET.get("part", ""))
    if chosen is None:
        return at.page("host/marks/none.html", here="marks")
    said = request.POST if request.method == "POST" else request.GET
    all_ = said.get("show", "") == "all"
    zone, on = at.site.book.zone, _day(request, at)
    faults: dict[str, str] = {}
    typed: dict[str, str] = {}
    refused = ""
    open_ = at.event.state is EventState.MARKING
    if request.method == "POST":
        typed = {
            name.removeprefix("mark-"): str(value).strip()
            for name, value in request.POST.items()
            if name.startswith("mark-") and str(value).strip()
        }
        rows, faults = _read(typed, chosen, on, zone)
        try:
            entered = _enter(at, rows, faults) if rows else 0
        except Refused as error:
            refused, entered = str(error), 0
        if entered and not faults:
            at.told(f"已录入 {entered} 个{chosen.part.name}。")
        if not faults and not refused and typed:
            query = {"part": chosen.part.id} | ({"show": "all"} if all_ else {})
            return at.redirect("host-marks", *place(at), query=query)
        if entered:
            at.told(f"已录入 {entered} 个，还有 {len(faults)} 个没有录入，见下。")
        parts = columns(at.event.id)
        chosen = _chosen(parts, chosen.part.id) or chosen
    rows_ = sheet(at.event.id, chosen.part.id, seen_by=at.account.pk, missing_only=not all_)
    pages = Pages.of(page_number(request), len(rows_), {"part": chosen.part.id, "show": "all" if all_ else ""})
    lines = [
        Line(
            row,
            shown(row.own, row.part, zone) if row.own is not None else "",
            typed.get(row.code, "") if row.code in faults or refused else "",
            faults.get(row.code, ""),
        )
        for row in rows_[pages.start : pages.start + COUNT]
    ]
    return at.page(
        "host/marks/page.html",
        here="marks",
        lines=lines,
        pages=pages,
        chosen=chosen,
        all=all_,
        parts=[(one, part_of(one.part.name, one.marked, one.codes, "个")) for one in parts],
        missing=sum(one.codes - one.marked for one in parts),
        hint=hint(chosen.part),
        day=on if chosen.part.timed else None,
        faults=[(line.row.code, line.fault) for line in lines if line.fault],
        unknown=[(code, fault) for code, fault in faults.items() if code not in {line.row.code for line in lines}],
        refused=refused,
        open=open_,
    )


def _read(typed: dict[str, str], chosen: PartColumn, on: date, zone: ZoneInfo) -> tuple[list[MarkRow], dict[str, str]]:
    rows, faults = [], {}
    for code, text in typed.items():
        try:
            rows.append(MarkRow(code, chosen.part.id, read(text, chosen.part, on=on, zone=zone)))
        except NotRead as error:
            faults[code] = str(error)
    return rows, faults


def _enter(at: Desk, rows: list[MarkRow], faults: dict[str, str]) -> int:
    """How many went in; the others' faults are added."""
    outcomes = actions.enter(event_id=at.event.id, marks=rows, by=at.account, at=at.now)
    faults |= {one.code: one.message for one in outcomes if one.message is not None}
    return sum(1 for one in outcomes if one.message is None)


def _chosen(parts: tuple[PartColumn, ...], key: str) -> PartColumn | None:
    return next((one for one in parts if one.part.id == key), parts[0] if parts else None)


def _day(request: HttpRequest, at: Desk) -> date:
    """The day on which papers were handed in: as typed, else the first day of the final."""
    try:
        return date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        first = event_of(at.site, at.event.slug).row.final_day()
        return first or at.now.astimezone(at.site.book.zone).date()


@desk(HOST, tabs=tabs_of)
def correct(request: HttpRequest, at: Desk, mark_id: int) -> HttpResponse:
    """Correct a mark that one entered oneself."""
    mark = own_mark(at.event.id, mark_id, seen_by=at.account.pk)
    zone = at.site.book.zone
    if at.event.state is not EventState.MARKING:
        raise NotFound("correction")
    form = (
        Correct(request.POST)
        if request.method == "POST"
        else Correct(initial={"value": shown(mark.value, mark.part, zone)})
    )
    if request.method == "POST" and form.is_valid():
        try:
            value = read(form.cleaned_data["value"], mark.part, on=_day(request, at), zone=zone)
            actions.correct(
                event_id=at.event.id,
                mark_id=mark.id,
                value=value,
                reason=form.cleaned_data["reason"],
                by=at.account,
                at=at.now,
            )
        except NotRead as error:
            form.add_error("value", str(error))
        except Refused as refused:
            form.take_back(refused)
        else:
            at.told(f"已更正 {mark.code} 的{mark.part.name}。")
            return at.redirect("host-marks", *place(at), query={"part": mark.part.id, "show": "all"})
    return at.page(
        "host/marks/correct.html",
        here="marks",
        form=form,
        mark=mark,
        was=shown(mark.value, mark.part, zone),
        hint=hint(mark.part),
    )
