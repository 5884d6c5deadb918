"""Review 资格审核: what the host sees of one entry, and which comes next. For the host of the event alone."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from saiwu.accounts.queries import names_of as names_of_accounts
from saiwu.audit.frame import NotFound
from saiwu.audit.models import Record
from saiwu.entries.claiming import number_of, phone_of
from saiwu.entries.models import Entry, Evidence
from saiwu.entries.queries.of_event import Filter, filtered
from saiwu.entries.verdicts import from_json
from saiwu.people.models import Photo
from saiwu.privacy import fields
from saiwu.rules.findings import Finding
from saiwu.rules.procedure import EntryState, Open

_SHOWN_OF_A_NUMBER = 4


@dataclass(frozen=True, slots=True)
class Kept:
    """A finding as it was kept; `member`: the position in the team of whom it speaks, None: of the whole."""

    finding: Finding
    member: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A document shown for a person. `rule`: what it is to bear out, empty: the whole."""

    id: int
    rule: str
    name: str
    media: str
    size: int
    by: str
    at: datetime

    @property
    def picture(self) -> bool:
        """Whether a page can show it."""
        return self.media.startswith("image/")


@dataclass(frozen=True, slots=True)
class Claimant:
    """A member of an entry. `number` and `phone` are masked: their last four places."""

    position: int
    role: str
    name: str
    sex: str
    born: date | None
    number: str
    phone: str
    facts: Mapping[str, Any]
    has_photo: bool
    evidence: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A waiver that was asked for."""

    rule: str
    state: Open
    grounds: str
    asked_at: datetime
    reason: str
    letter: str


@dataclass(frozen=True, slots=True)
class Step:
    """What was done to the entry. `by`: the account's name, empty for a visitor or the program."""

    verb: str
    role: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided of a round, and why."""

    round: int
    outcome: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EntryClaim:
    """An entry with all that a reviewer goes by."""

    id: int
    number: str
    state: EntryState
    round: int
    division: str
    unit: str
    unit_kind: str
    district: str
    team: str
    submitted_at: datetime
    members: tuple[Claimant, ...]
    instructors: tuple[str, ...]
    findings: tuple[Kept, ...]
    waivers: tuple[Asked, ...]
    decided: tuple[Decided, ...]
    history: tuple[Step, ...]

    @property
    def shown(self) -> str:
        """The team, or whoever competes alone."""
        return self.team or "、".join(one.name for one in self.members if one.name) or self.number


def claim_of(event_id: int, entry_id: int) -> EntryClaim:
    """One entry of an event. 8 SQL statements. Raises NotFound where the event has none of that id."""
    entry = (
        Entry.objects.filter(event_id=event_id, pk=entry_id)
        .select_related("division", "unit")
        .prefetch_related("members__person", "instructors__person", "waivers", "reviews__by")
        .first()
    )
    if entry is None:
        raise NotFound(f"entry {entry_id}")
    people = [member.person_id for member in entry.members.all()]
    evidence: dict[int, list[Shown]] = {}
    rows = Evidence.objects.filter(person__in=people, unit=entry.unit_id).defer("content_sealed").select_related("by")
    for row in rows.order_by("at", "id"):
        one = Shown(row.pk, row.rule, row.name, row.media, row.size, row.by.name, row.at)
        evidence.setdefault(row.person_id, []).append(one)
    with_photo = set(Photo.objects.filter(person__in=people).values_list("person_id", flat=True))
    return EntryClaim(
        id=entry.pk,
        number=entry.number,
        state=EntryState(entry.state),
        round=entry.round,
        division=entry.division.slug,
        unit=entry.unit.name,
        unit_kind=entry.unit.kind,
        district=entry.unit.district,
        team=entry.team_name,
        submitted_at=entry.submitted_at,
        members=tuple(
            Claimant(
                position=member.position,
                role=member.role,
                name=member.person.name,
                sex=member.person.sex,
                born=member.person.born,
                number=_last(number_of(member.person)),
                phone=_last(phone_of(member.person)),
                facts=member.facts,
                has_photo=member.person_id in with_photo,
                evidence=tuple(evidence.get(member.person_id, ())),
            )
            for member in sorted(entry.members.all(), key=lambda one: one.position)
        ),
        instructors=tuple(one.person.name for one in entry.instructors.all() if one.person.name),
        findings=tuple(_kept(row) for row in entry.findings),
        waivers=tuple(
            Asked(one.rule, Open(one.state), one.grounds, one.asked_at, one.reason, one.letter)
            for one in sorted(entry.waivers.all(), key=lambda one: one.pk)
        ),
        decided=tuple(
            Decided(one.round, one.outcome, one.reason, one.by.name, one.at)
            for one in sorted(entry.reviews.all(), key=lambda one: one.round)
        ),
        history=_history(entry.pk),
    )


def _history(entry_id: int) -> tuple[Step, ...]:
    """2 SQL statements (1 where nobody with an account had a hand in it)."""
    rows = list(Record.objects.filter(object=f"entry:{entry_id}").order_by("id"))
    accounts = {int(row.actor.partition(":")[2]) for row in rows if row.actor.startswith("account:")}
    names = names_of_accounts(accounts)
    found = []
    for row in rows:
        kind, _, pk = row.actor.partition(":")
        found.append(Step(row.verb, row.role, names.get(int(pk), "") if kind == "account" else "", row.at))
    return tuple(found)


def _kept(row: Mapping[str, Any]) -> Kept:
    [finding] = from_json([row])
    return Kept(finding, row.get("member"))


def _last(text: str) -> str:
    return text[-_SHOWN_OF_A_NUMBER:]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where an entry stands in a queue: how many before it, and who is next and before. None: nobody."""

    before: int
    next: int | None
    previous: int | None


def neighbours(event_id: int, only: Filter, entry_id: int, submitted_at: datetime) -> Neighbours:
    """The queue around an entry, by time; it need not be in it (any more). 3 SQL statements."""
    rows = filtered(event_id, only)
    earlier = rows.filter(Q(submitted_at__lt=submitted_at) | Q(submitted_at=submitted_at, pk__lt=entry_id))
    later = rows.filter(Q(submitted_at__gt=submitted_at) | Q(submitted_at=submitted_at, pk__gt=entry_id))
    return Neighbours(
        before=earlier.count(),
        next=later.order_by("submitted_at", "id").values_list("pk", flat=True).first(),
        previous=earlier.order_by("-submitted_at", "-id").values_list("pk", flat=True).first(),
    )


def first_of(event_id: int, only: Filter) -> int | None:
    """Who has waited longest. 1 SQL statement."""
    return filtered(event_id, only).order_by("submitted_at", "id").values_list("pk", flat=True).first()


def photo_of(event_id: int, entry_id: int, position: int) -> bytes:
    """The photo of a member, as JPEG. 1 SQL statement. Raises NotFound where there is none."""
    of_member = Photo.objects.filter(
        person__memberships__entry_id=entry_id,
        person__memberships__entry__event_id=event_id,
        person__memberships__position=position,
    )
    photo = of_member.select_related("person").first()
    if photo is None:
        raise NotFound("photo")
    return base64.b64decode(fields.unseal(bytes(photo.jpeg_sealed), f"person:{photo.person.key}:photo"))
