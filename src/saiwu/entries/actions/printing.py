"""Making documents that show whole ID numbers: each time on record, by whom, of whom."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Account, Unit
from saiwu.audit.frame import NotFound, Refused, action, frame, record
from saiwu.competitions.models import Competition, Event
from saiwu.competitions.queries.events import LISTED
from saiwu.competitions.rulebooks import days_of, in_force
from saiwu.documents import admission_ticket, registration_form, summary_table
from saiwu.entries.documents import WITH, form_of, summary_of, tickets_of
from saiwu.entries.models import Entry
from saiwu.entries.statements import local_day
from saiwu.rules.procedure import LIVE, EntryState

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


@action
def print_tickets(*, unit_id: int, event_id: int, remark: str = "", by: Account, at: datetime) -> bytes:
    """The admission tickets of a unit's finalists in an event, in one PDF.

    Raises Refused before the list of finalists is published, or where the unit has none on it; MissingGlyphs as
    `print_form` does.
    """
    unit = begin("entries.print_tickets", Unit, unit_id, by=by, at=at)
    event = Event.objects.select_related("competition").filter(pk=event_id).first()
    if event is None:
        raise NotFound("event")
    frame().competition = event.competition.slug
    if event.state not in LISTED:
        raise Refused("决赛名单公布后才能打印参赛证。", rule="state")
    on_the_list = (EntryState.FINALIST, EntryState.CHECKED_IN)
    entries = list(_live(event.competition).filter(unit=unit, event=event, state__in=on_the_list))
    if not entries:
        raise Refused("本单位在这个赛项没有入围决赛的选手。", rule="state")
    book = in_force(event.competition)
    days = days_of(event)
    values = [ticket for entry in entries for ticket in tickets_of(book, entry, days, remark=remark)]
    made = admission_ticket.render(values, made_on=local_day(book, at))
    facts = {"event": event.slug, "entries": [entry.number for entry in entries]}
    record("entries.print_tickets", unit, by=by, at=at, facts=facts)
    return made


def _live(competition: Competition) -> QuerySet[Entry]:
    rows = Entry.objects.filter(event__competition=competition, state__in=tuple(LIVE))
    order = ("event__position", "division__position", "submitted_at", "id")
    return rows.select_related(*_RELATED).prefetch_related(*WITH).order_by(*order)
