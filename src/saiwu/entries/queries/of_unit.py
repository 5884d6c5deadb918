"""What a unit reads of its own entries in one competition, and of the people who pre-registered in its name.

Who asks has made sure that the viewer acts for the unit; nothing of another unit is ever found. Numbers are masked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from saiwu.accounts.models import Unit
from saiwu.audit.frame import NotFound
from saiwu.entries.claiming import number_of, phone_of
from saiwu.entries.known import preregistered_for
from saiwu.entries.models import Entry, Evidence, Instructor, Member, Preregistration, Review
from saiwu.entries.queries.review import Kept
from saiwu.entries.verdicts import from_json
from saiwu.people.models import Person, Photo
from saiwu.privacy import fields
from saiwu.rules.procedure import LIVE, EntryState, Open


@dataclass(frozen=True, slots=True)
class Contestant:
    """A member of an entry of the unit. `shown_for`: the rules for which a document was uploaded."""

    position: int
    person: int
    role: str
    name: str
    number: str
    phone: str
    facts: Mapping[str, Any]
    has_photo: bool
    shown_for: frozenset[str]


@dataclass(frozen=True, slots=True)
class Teacher:
    """An instructor of an entry of the unit. The number is masked."""

    person: int
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver that the host asked for, and how it was settled."""

    rule: str
    state: Open
    grounds: str
    asked_at: datetime
    settled_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the host decided of a round, and why."""

    round: int
    outcome: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """An entry of the unit. Event and division by their ids in the rulebook."""

    id: int
    number: str
    state: EntryState
    event: str
    event_id: int
    division: str
    team: str
    round: int
    submitted_at: datetime
    members: tuple[Contestant, ...]
    instructors: tuple[Teacher, ...]
    findings: tuple[Kept, ...]
    waivers: tuple[Waived, ...]
    told: tuple[Told, ...]

    @property
    def shown(self) -> str:
        """The team, or whoever competes alone."""
        return self.team or "、".join(one.name for one in self.members if one.name) or self.number

    @property
    def live(self) -> bool:
        """Whether it is neither withdrawn nor rejected."""
        return self.state in LIVE

    @property
    def open(self) -> bool:
        """Whether photos and documents can still be handed in."""
        return self.state in (EntryState.SUBMITTED, EntryState.RETURNED, EntryState.WAITING)

    @property
    def without_photo(self) -> tuple[Contestant, ...]:
        """Members whose photo is missing."""
        return tuple(one for one in self.members if not one.has_photo)


def entries_of(unit_id: int, competition_id: int) -> tuple[OwnEntry, ...]:
    """All entries of a unit, in the order of events and divisions. 7 SQL statements, however many (1 where there are
    none)."""
    return _entries(unit_id, competition_id)


def entry_of(unit_id: int, competition_id: int, entry_id: int) -> OwnEntry:
    """One of them. 7 SQL statements. Raises NotFound where the unit has none of that id."""
    found = _entries(unit_id, competition_id, pk=entry_id)
    if not found:
        raise NotFound(f"entry {entry_id}")
    return found[0]


def _entries(unit_id: int, competition_id: int, **only: int) -> tuple[OwnEntry, ...]:
    rows = list(
        Entry.objects.filter(unit_id=unit_id, event__competition_id=competition_id, **only)
        .select_related("event", "division")
        .prefetch_related(
            Prefetch("members", Member.objects.select_related("person").order_by("position")),
            Prefetch("instructors", Instructor.objects.select_related("person").order_by("position")),
            Prefetch("reviews", Review.objects.order_by("round")),
            "waivers",
        )
        .order_by("event__position", "division__position", "submitted_at", "id")
    )
    if not rows:
        return ()
    people = {member.person_id for row in rows for member in row.members.all()}
    with_photo = set(Photo.objects.filter(person__in=people).values_list("person_id", flat=True))
    shown: dict[int, set[str]] = defaultdict(set)
    for person, rule in Evidence.objects.filter(unit_id=unit_id, person__in=people).values_list("person_id", "rule"):
        shown[person].add(rule)
    return tuple(_own(row, with_photo, shown) for row in rows)


def _own(row: Entry, with_photo: set[int], shown: Mapping[int, set[str]]) -> OwnEntry:
    return OwnEntry(
        id=row.pk,
        number=row.number,
        state=EntryState(row.state),
        event=row.event.slug,
        event_id=row.event_id,
        division=row.division.slug,
        team=row.team_name,
        round=row.round,
        submitted_at=row.submitted_at,
        members=tuple(
            Contestant(
                position=member.position,
                person=member.person_id,
                role=member.role,
                name=member.person.name,
                number=masked_number(member.person),
                phone=masked_phone(member.person),
                facts=member.facts,
                has_photo=member.person_id in with_photo,
                shown_for=frozenset(shown.get(member.person_id, ())),
            )
            for member in row.members.all()
        ),
        instructors=tuple(
            Teacher(one.person_id, one.person.name, masked_number(one.person)) for one in row.instructors.all()
        ),
        findings=tuple(Kept(finding, kept.get("member")) for kept, finding in _paired(row.findings)),
        waivers=tuple(
            Waived(one.rule, Open(one.state), one.grounds, one.asked_at, one.settled_at, one.reason)
            for one in sorted(row.waivers.all(), key=lambda one: one.pk)
        ),
        told=tuple(Told(one.round, one.outcome, one.reason, one.at) for one in row.reviews.all()),
    )


def _paired(kept: list[dict[str, Any]]) -> Any:
    return zip(kept, from_json(kept), strict=True)


def masked_number(person: Person) -> str:
    """The ID number as pages show it; empty once it is erased."""
    number = number_of(person)
    return fields.masked_number(number) if number else ""


def masked_phone(person: Person) -> str:
    """The phone number as pages show it; empty without one."""
    phone = phone_of(person)
    return fields.masked_phone(phone) if phone else ""


@dataclass(frozen=True, slots=True)
class Preregistered:
    """Somebody who pre-registered in the unit's name. `entered`: whether he stands in a live entry of that event."""

    id: int
    person: int
    name: str
    number: str
    phone: str
    event: str
    division: str
    answers: Mapping[str, Any]
    at: datetime
    entered: bool


def preregistered(unit_id: int, competition_id: int) -> tuple[Preregistered, ...]:
    """Live pre-registrations that name the unit, longest waiting first. 4 SQL statements, however many (2 where none)."""
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        return ()
    rows = list(
        preregistered_for(unit, competition_id).select_related("person", "event", "division").order_by("at", "id")
    )
    if not rows:
        return ()
    entered = set(
        Member.objects.filter(person__in=[row.person_id for row in rows], entry__state__in=tuple(LIVE)).values_list(
            "person_id", "entry__event_id"
        )
    )
    return tuple(_preregistered(row, (row.person_id, row.event_id) in entered) for row in rows)


def preregistration_of(unit_id: int, competition_id: int, pk: int) -> Preregistered:
    """One of them. As many SQL statements. Raises NotFound where none of that id names the unit."""
    for one in preregistered(unit_id, competition_id):
        if one.id == pk:
            return one
    raise NotFound("preregistration")


def _preregistered(row: Preregistration, entered: bool) -> Preregistered:
    return Preregistered(
        id=row.pk,
        person=row.person_id,
        name=row.person.name,
        number=masked_number(row.person),
        phone=masked_phone(row.person),
        event=row.event.slug,
        division=row.division.slug,
        answers=row.answers,
        at=row.at,
        entered=entered,
    )
