"""Making documents that show whole ID numbers: each time on record, by whom, of whom."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Account, Unit
from saiwu.audit.frame import NotFound, action, frame, record
from saiwu.competitions.models import Competition, Event
from saiwu.competitions.rulebooks import in_force
from saiwu.documents import registration_form, summary_table
from saiwu.entries.documents import WITH, form_of, summary_of
from saiwu.entries.models import Entry
from saiwu.rules.procedure import LIVE

_RELATED = ("event__competition", "division", "unit")


@action
def print_form(*, entry_id: int, docx: bool = False, remark: str = "", by: Account, at: datetime) -> bytes:
    """The registration form of an entry, as PDF to sign or as DOCX to correct.

    Raises MissingGlyphs (of documents.fonts) where a name cannot be printed as PDF: found before anything is.
    """
    begin("entries.print_form", Entry, entry_id, by=by, at=at, related=_RELATED)
    entry = Entry.objects.select_related(*_RELATED).prefetch_related(*WITH).get(pk=entry_id)
    values = form_of(entry, at=at, remark=remark)
    made = registration_form.render_docx(values) if docx else registration_form.render(values)
    people = [member.person.key for member in entry.members.all()]
    record("entries.print_form", entry, by=by, at=at, facts={"people": people, "as": "docx" if docx else "pdf"})
    return made


@action
def print_unit_summary(*, unit_id: int, competition_id: int, remark: str = "", by: Account, at: datetime) -> bytes:
    """The summary table of all live entries of a unit in a competition, as XLSX."""
    unit = begin("entries.print_unit_summary", Unit, unit_id, by=by, at=at)
    competition = Competition.objects.filter(pk=competition_id).first()
    if competition is None:
        raise NotFound("competition")
    frame().competition = competition.slug
    entries = _live(competition).filter(unit=unit)
    made = summary_table.render(summary_of(in_force(competition), entries, at=at, remark=remark))
    record("entries.print_unit_summary", unit, by=by, at=at, facts={"entries": [entry.number for entry in entries]})
    return made


@action
def print_event_summary(*, event_id: int, remark: str = "", by: Account, at: datetime) -> bytes:
    """The summary table of all live entries of an event, as XLSX."""
    event = begin("entries.print_event_summary", Event, event_id, by=by, at=at, related=("competition",))
    entries = _live(event.competition).filter(event=event)
    made = summary_table.render(summary_of(in_force(event.competition), entries, at=at, remark=remark))
    record("entries.print_event_summary", event, by=by, at=at, facts={"entries": [one.number for one in entries]})
    return made


def _live(competition: Competition) -> QuerySet[Entry]:
    rows = Entry.objects.filter(event__competition=competition, state__in=tuple(LIVE))
    order = ("event__position", "division__position", "submitted_at", "id")
    return rows.select_related(*_RELATED).prefetch_related(*WITH).order_by(*order)
