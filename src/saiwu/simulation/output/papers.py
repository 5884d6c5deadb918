"""What units hand in and hosts receive: the summary table of every event, and the forms of a sample of entries."""

from __future__ import annotations

import base64
from datetime import date

from saiwu.competitions.models import Competition
from saiwu.competitions.origins import origin_of
from saiwu.competitions.rulebooks import in_force
from saiwu.documents import registration_form as form
from saiwu.documents import summary_table as table
from saiwu.documents.fonts import MissingGlyphs
from saiwu.entries.models import Entry
from saiwu.people.models import Photo
from saiwu.privacy import fields
from saiwu.rules.procedure import LIVE, EntryState
from saiwu.rules.rulebook import Rulebook
from saiwu.rules.rulebook.eligibility import DeclarationTerm
from saiwu.simulation.facts import Entrant
from saiwu.simulation.kinds import Trouble
from saiwu.simulation.output.folder import Folder
from saiwu.simulation.plan import PlannedDivision, PlannedEntry
from saiwu.simulation.world import World

FORMS_A_DIVISION = 3
"""Forms of so many entries of a division are written, as PDF and as DOCX: all would be a thousand files alike."""
_CATEGORIES = {"在职": "职工"}


def write_papers(world: World, folder: Folder) -> int:
    """Summary tables and forms. Returns how many forms were written (a PDF and a DOCX each)."""
    book = in_force(Competition.objects.select_related("in_force").get(pk=world.competition_id))
    rows = Entry.objects.filter(event__competition_id=world.competition_id).order_by("submitted_at", "id")
    states = dict(rows.values_list("pk", "state"))
    planned = {entry.entry_id: entry for entry in world.plan.entries() if entry.entry_id}
    written = 0
    for slug in book.events:
        live = [
            planned[pk] for pk, state in states.items() if pk in planned and planned[pk].event == slug and state in LIVE
        ]
        folder.write(f"entries/{slug}/summary.xlsx", _summary(world, book, slug, live))
        for division in world.plan.divisions:
            if division.event == slug:
                in_final = (EntryState.FINALIST, EntryState.CHECKED_IN)
                own = [one for one in live if one.division == division.slug and states[one.entry_id] in in_final]
                written += _forms(world, book, division, own, folder)
    return written


def attachment(book: Rulebook, what: str) -> str:
    """What the notice calls a form: the key of the sentence that names it among its attachments; empty without."""
    return next((key for key, text in book.text.items() if key.startswith("附件") and what in text), "")


def _summary(world: World, book: Rulebook, slug: str, entries: list[PlannedEntry]) -> bytes:
    rules = book.events[slug]
    day = world.days(slug).day("报名截止") or world.clock.issued
    return table.render(
        table.SummaryTable(
            competition=book.head.name or "",
            made_on=day,
            rows=[row for entry in entries for row in _rows(world, book, entry)],
            events=(rules.name or slug,),
            divisions=tuple(one.name or key for key, one in rules.divisions.items()),
            attachment=attachment(book, "汇总表"),
            origin=origin_of(book, world.remark),
        )
    )


def _rows(world: World, book: Rulebook, entry: PlannedEntry) -> list[table.SummaryRow]:
    rules = book.events[entry.event].divisions[entry.division]
    return [
        table.SummaryRow(
            event=book.events[entry.event].name or entry.event,
            division=rules.name or entry.division,
            unit=entry.unit.name,
            unit_code=entry.unit.credit_code,
            team=entry.team_name,
            name=entrant.person.name,
            sex=entrant.person.sex,
            id_number=entrant.person.number,
            phone=entrant.person.phone,
            category=_category(entrant),
            basis=_basis(book, entry, entrant),
            school_and_major=_school(entry, entrant),
            level=str(entrant.facts.get("level", "")),
            level_occupation=_occupation(world, book, entry, entrant),
            years=str(entrant.facts.get("years", "")),
            former_retirement=str(entrant.facts.get("former_retirement", "")),
            instructors="、".join(one.name for one in entry.instructors),
            instructor_ids="、".join(one.number for one in entry.instructors),
        )
        for entrant in entry.entrants
    ]


def _category(entrant: Entrant) -> str:
    status = str(entrant.facts.get("status", ""))
    return _CATEGORIES.get(status, status)


def _basis(book: Rulebook, entry: PlannedEntry, entrant: Entrant) -> str:
    region = book.head.region or ""
    where = entry.unit.district if entry.unit.district.startswith(region) else region + entry.unit.district
    return "；".join(f"{ground}：{where}" for ground in entrant.facts.get("place", ()))


def _school(entry: PlannedEntry, entrant: Entrant) -> str:
    if entrant.facts.get("status") != "学生":
        return ""
    return f"{entry.unit.name} / {entrant.facts.get('major', '')}"


def _occupation(world: World, book: Rulebook, entry: PlannedEntry, entrant: Entrant) -> str:
    """The occupation of the certificate by its name."""
    within = entrant.facts.get("level_in")
    if not within or entrant.facts.get("level") in (None, "无"):
        return ""
    facts = world.plan.division(entry.event, entry.division).facts
    related = facts.related_occupations
    return related[0] if within == "相关职业" and related else facts.occupation or ""


def _forms(world: World, book: Rulebook, division: PlannedDivision, entries: list[PlannedEntry], folder: Folder) -> int:
    """Of the first entries, and of those whose name cannot be printed: these are found here, and have a DOCX only."""
    strange = [entry for entry in entries if Trouble.NAME_UNPRINTABLE in entry.troubles]
    chosen = list({entry.entry_id: entry for entry in (*entries[:FORMS_A_DIVISION], *strange)}.values())
    for entry in chosen:
        values = _form(world, book, entry)
        path = f"entries/{entry.event}/{entry.division}/{entry.number}"
        folder.write(f"{path}.docx", form.render_docx(values))
        try:
            folder.write(f"{path}.pdf", form.render(values))
        except MissingGlyphs:
            world.met(Trouble.NAME_UNPRINTABLE)
    return len(chosen)


def _form(world: World, book: Rulebook, entry: PlannedEntry) -> form.RegistrationForm:
    rules = book.events[entry.event].divisions[entry.division]
    row = Entry.objects.get(pk=entry.entry_id)
    said = [term for term in rules.eligibility.values() if isinstance(term, DeclarationTerm) and term.clause]
    return form.RegistrationForm(
        competition=book.head.name or "",
        event=book.events[entry.event].name or entry.event,
        division=rules.name or entry.division,
        unit=entry.unit.name,
        made_on=row.submitted_at.astimezone(book.zone).date(),
        members=tuple(_member(world, book, entry, entrant) for entrant in entry.entrants),
        unit_code=entry.unit.credit_code,
        district=entry.unit.district,
        team=entry.team_name,
        instructors=tuple(form.FormInstructor(one.name, entry.unit.name, one.phone) for one in entry.instructors),
        declarations=tuple(form.Declaration(book.text.get(one.clause or "", ""), one.clause or "") for one in said),
        attachment=attachment(book, "报名表"),
        number=entry.number,
        origin=origin_of(book, world.remark),
    )


def _member(world: World, book: Rulebook, entry: PlannedEntry, entrant: Entrant) -> form.FormMember:
    person, facts = entrant.person, entrant.facts
    studies = facts.get("status") == "学生"
    born: date = person.born
    return form.FormMember(
        name=person.name,
        sex=person.sex,
        born=born,
        id_number=person.number,
        phone=person.phone,
        category=_category(entrant),
        basis=_basis(book, entry, entrant),
        school=entry.unit.name if studies else "",
        major=str(facts.get("major", "")) if studies else "",
        occupation=_occupation(world, book, entry, entrant),
        level=str(facts.get("level", "")),
        years=str(facts.get("years", "")),
        photo=_photo(entry, person.name),
    )


def _photo(entry: PlannedEntry, name: str) -> bytes | None:
    """The photo as it was attached: decrypted with the keys in force."""
    found = Photo.objects.select_related("person").filter(
        person__memberships__entry_id=entry.entry_id, person__name=name
    )
    photo = found.first()
    if photo is None:
        return None
    sealed = fields.unseal(bytes(photo.jpeg_sealed), f"person:{photo.person.key}:photo")
    return base64.b64decode(sealed)
