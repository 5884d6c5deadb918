"""Entries as documents show them: the registration form (附件10 of the founding notice) and the summary table (附件11).

Whole ID numbers stand in both, so both are made by verbs that put it on record (`actions.printing`).
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from saiwu.competitions.origins import origin_of
from saiwu.competitions.rulebooks import in_force, rules_of
from saiwu.documents.admission_ticket import AdmissionTicket
from saiwu.documents.registration_form import Declaration, FormInstructor, FormMember, RegistrationForm
from saiwu.documents.summary_table import SummaryRow, SummaryTable
from saiwu.entries.claiming import number_of, phone_of
from saiwu.entries.models import Entry, Member
from saiwu.entries.statements import local_day
from saiwu.people.models import Person
from saiwu.privacy import fields
from saiwu.rules.rulebook import Rulebook
from saiwu.rules.rulebook.days import Days
from saiwu.rules.rulebook.stages import FINAL

WITH = ("members__person__photo", "instructors__person")
"""What to prefetch with entries whose documents are made: a fixed number of SQL statements, however many."""

_CATEGORY = {"在职": "职工"}


def form_of(entry: Entry, *, at: datetime, remark: str = "") -> RegistrationForm:
    """The registration form of one entry. Event, competition, division and unit are selected with it, WITH prefetched."""
    event, division = entry.event, entry.division
    division.event = event
    book = in_force(event.competition)
    rules = rules_of(division)
    declared = [term for term in rules.eligibility.values() if term.rule == "declaration" and term.clause]
    return RegistrationForm(
        competition=book.head.name or "",
        event=book.events[event.slug].name or event.slug,
        division=rules.name or division.slug,
        unit=entry.unit.name,
        made_on=local_day(book, at),
        members=tuple(_form_member(member, rules.occupation or "") for member in entry.members.all()),
        unit_code=entry.unit.credit_code,
        district=entry.unit.district,
        team=entry.team_name,
        instructors=tuple(
            FormInstructor(one.person.name, entry.unit.name, phone_of(one.person)) for one in entry.instructors.all()
        ),
        declarations=tuple(Declaration(book.text[term.clause], term.clause) for term in declared if term.clause),
        attachment=attachment(book, "报名表"),
        number=entry.number,
        origin=origin_of(book, remark),
    )


def _form_member(member: Member, occupation: str) -> FormMember:
    person, facts = member.person, member.facts
    return FormMember(
        name=person.name,
        sex=person.sex,
        born=person.born,
        id_number=number_of(person),
        phone=phone_of(person),
        category=_category(facts),
        basis=_said(facts.get("place_said") or facts.get("place")),
        school=_said(facts.get("school")),
        major=_said(facts.get("major")),
        occupation=_said(facts.get("occupation")) or (occupation if facts.get("years") else ""),
        level=_said(facts.get("level")),
        years=_said(facts.get("years")),
        photo=_photo(person),
    )


def _photo(person: Person) -> bytes | None:
    photo = getattr(person, "photo", None)
    if photo is None:
        return None
    return base64.b64decode(fields.unseal(bytes(photo.jpeg_sealed), f"person:{person.key}:photo"))


def tickets_of(book: Rulebook, entry: Entry, days: Days, *, remark: str = "") -> list[AdmissionTicket]:
    """The tickets of an entry's members. What they must bring is what the notice puts on contestants (`duties`)."""
    rules = book.events[entry.event.slug]
    final = rules.stages[FINAL]
    first, last = days.first(final), days.last(final)
    when = "待定" if first is None else _day_said(first, book)
    if first is not None and last is not None and last != first:
        when += f"—{_day_said(last, book)}"
    duties = [book.text[key] for key, who in book.duties.items() if "选手" in map(str, who) and key in book.text]
    return [
        AdmissionTicket(
            competition=book.head.name or "",
            event=rules.name or entry.event.slug,
            division=rules.divisions[entry.division.slug].name or "",
            unit=entry.unit.name,
            name=member.person.name,
            number=entry.number,
            when=when,
            venue=final.venue or "待定",
            team=entry.team_name,
            role="" if member.role == "选手" else member.role,
            photo=_photo(member.person),
            bring=tuple(duties),
            origin=origin_of(book, remark),
        )
        for member in entry.members.all()
    ]


def _day_said(point: date, book: Rulebook) -> str:
    there = point.astimezone(book.zone) if isinstance(point, datetime) else point
    clock = f" {there:%H:%M}" if isinstance(there, datetime) else ""
    return f"{there.year}年{there.month}月{there.day}日{clock}"


def summary_of(book: Rulebook, entries: Iterable[Entry], *, at: datetime, remark: str = "") -> SummaryTable:
    """The summary table of entries: a row a contestant, under the heads that the roster check reads."""
    rows = [row for entry in entries for row in _summary_rows(book, entry)]
    return SummaryTable(
        competition=book.head.name or "",
        made_on=local_day(book, at),
        rows=rows,
        events=tuple(event.name or slug for slug, event in book.events.items()),
        divisions=tuple(
            dict.fromkeys(one.name or slug for event in book.events.values() for slug, one in event.divisions.items())
        ),
        attachment=attachment(book, "汇总表"),
        origin=origin_of(book, remark),
    )


def _summary_rows(book: Rulebook, entry: Entry) -> list[SummaryRow]:
    rules = book.events[entry.event.slug]
    teachers = list(entry.instructors.all())
    return [
        SummaryRow(
            event=rules.name or entry.event.slug,
            division=rules.divisions[entry.division.slug].name or entry.division.slug,
            unit=entry.unit.name,
            unit_code=entry.unit.credit_code,
            team=entry.team_name,
            name=member.person.name,
            sex=member.person.sex,
            id_number=number_of(member.person),
            phone=phone_of(member.person),
            category=_category(member.facts),
            basis=_place(book, member.facts, entry.unit.district),
            school_and_major=_school_and_major(member.facts),
            level=_said(member.facts.get("level")),
            level_occupation=_level_occupation(member.facts, rules.occupation or ""),
            years=_said(member.facts.get("years")),
            former_retirement=_said(member.facts.get("former_retirement")),
            instructors="、".join(one.person.name for one in teachers),
            instructor_ids="、".join(number_of(one.person) for one in teachers),
        )
        for member in entry.members.all()
    ]


def _category(facts: Mapping[str, object]) -> str:
    status = _said(facts.get("status"))
    return _CATEGORY.get(status, status)


def _place(book: Rulebook, facts: Mapping[str, object], district: str) -> str:
    """The grounds on which somebody belongs to the region, as the roster check reads them: 工作：渝中区；居住：渝中区."""
    grounds = facts.get("place")
    if not isinstance(grounds, (list, tuple)):
        return _said(grounds)
    return "；".join(f"{ground}：{book.head.region or ''}{district}" for ground in grounds)


def _school_and_major(facts: Mapping[str, object]) -> str:
    return " / ".join(part for part in (_said(facts.get("school")), _said(facts.get("major"))) if part)


def _level_occupation(facts: Mapping[str, object], occupation: str) -> str:
    said = _said(facts.get("level_in"))
    return occupation if said == "本职业" else said


def _said(value: object) -> str:
    if value is None:
        return ""
    return "、".join(str(one) for one in value) if isinstance(value, (list, tuple)) else str(value)


def attachment(book: Rulebook, document: str) -> str:
    """What the notice calls a document: 附件10 where a clause of that key names it; else empty."""
    return next((key for key, text in book.text.items() if key.startswith("附件") and document in text), "")
