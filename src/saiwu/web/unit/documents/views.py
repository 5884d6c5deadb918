"""Documents to print and sign. They show whole ID numbers, so each is made by a POST that goes on record."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from saiwu.audit.frame import NotFound
from saiwu.competitions.queries import events_of
from saiwu.documents.fonts import MissingGlyphs
from saiwu.entries import actions
from saiwu.entries.queries.of_unit import entries_of, entry_of
from saiwu.rules.procedure import EntryState
from saiwu.web.desk import Desk, desk
from saiwu.web.shared.files import DOCX, PDF, XLSX, download
from saiwu.web.unit.desks import UNIT, place, tabs_of

_ON_THE_LIST = (EntryState.FINALIST, EntryState.CHECKED_IN)


@desk(UNIT, tabs=tabs_of)
def documents(request: HttpRequest, at: Desk) -> HttpResponse:
    """What can be printed now, and what will come when."""
    entries = [one for one in entries_of(at.unit.id, at.site.id) if one.live]
    finals = []
    for row in events_of(at.site):
        own = [one for one in entries if one.event == row.slug]
        if own:
            on_list = [one for one in own if one.state in _ON_THE_LIST]
            finals.append((row, sum(len(one.members) for one in on_list), row.listed))
    return at.page("unit/documents/page.html", here="documents", entries=entries, finals=finals)


def _remark() -> str:
    return "演示数据，人员均为虚构" if settings.DEMO else ""


def _given(content: bytes, kind: str, name: str) -> HttpResponse:
    response = download(content, kind, name)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@desk(UNIT)
def form(request: HttpRequest, at: Desk, entry_id: int) -> HttpResponse:
    """The registration form of an entry, PDF or DOCX."""
    own = entry_of(at.unit.id, at.site.id, entry_id)
    docx = request.POST.get("as") == "docx"
    try:
        made = actions.print_form(entry_id=own.id, docx=docx, remark=_remark(), by=at.account, at=at.now)
    except MissingGlyphs as missing:
        messages.warning(request, f"不能印成 PDF，请下载 Word：{missing}")
        return at.redirect("unit-entry", *place(at), own.id)
    ending = "docx" if docx else "pdf"
    return _given(made, DOCX if docx else PDF, f"form-{own.number}.{ending}")


@require_POST
@desk(UNIT)
def summary(request: HttpRequest, at: Desk) -> HttpResponse:
    """The summary table of all live entries of the unit."""
    made = actions.print_unit_summary(
        unit_id=at.unit.id, competition_id=at.site.id, remark=_remark(), by=at.account, at=at.now
    )
    return _given(made, XLSX, f"summary-{at.site.slug}-{at.unit.id}.xlsx")


@require_POST
@desk(UNIT)
def tickets(request: HttpRequest, at: Desk, in_event: str) -> HttpResponse:
    """The admission tickets of the unit's finalists of an event."""
    row = next((row for row in events_of(at.site) if row.slug == in_event), None)
    if row is None:
        raise NotFound(in_event)
    try:
        made = actions.print_tickets(unit_id=at.unit.id, event_id=row.id, remark=_remark(), by=at.account, at=at.now)
    except MissingGlyphs as missing:
        messages.warning(request, str(missing))
        return at.redirect("unit-documents", *place(at))
    return _given(made, PDF, f"tickets-{in_event}-{at.unit.id}.pdf")
