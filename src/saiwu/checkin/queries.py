"""What anybody may read of draws: each step as soon as it is on record, the secret only once the draw is made.

And what the registrar sees at the door.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from saiwu.audit.frame import NotFound
from saiwu.checkin.models import Draw
from saiwu.entries.claiming import number_of
from saiwu.entries.models import Entry, Member
from saiwu.people.models import Photo
from saiwu.rules.procedure import DrawState, EntryState


@dataclass(frozen=True, slots=True)
class PublicDraw:
    """A draw. `commitment` is empty until committed; `transcript` (saiwu-draw/1) None until made."""

    id: int
    purpose: str
    division: str | None
    state: DrawState
    codes: tuple[str, ...]
    list_sha256: str
    stations: int | None
    frozen_at: datetime
    commitment: str
    committed_at: datetime | None
    public_input: str
    public_input_source: str
    fixed_at: datetime | None
    made_at: datetime | None
    transcript: Mapping[str, Any] | None


def draws_of(event_id: int) -> tuple[PublicDraw, ...]:
    """The draws of an event in the order in which their lists were frozen. 1 SQL statement."""
    rows = Draw.objects.filter(event_id=event_id).select_related("division").order_by("frozen_at", "id")
    return tuple(_public(row) for row in rows)


def draws_in(competition_id: int) -> tuple[tuple[str, PublicDraw], ...]:
    """The draws of a competition with their event's slug, in the order of events, then as frozen. 1 SQL statement."""
    rows = Draw.objects.filter(event__competition_id=competition_id).select_related("division", "event")
    return tuple((row.event.slug, _public(row)) for row in rows.order_by("event__position", "frozen_at", "id"))


def draw_of(event_id: int, draw_id: int) -> PublicDraw:
    """One draw of an event. 1 SQL statement. Raises NotFound where the event has none of that id."""
    row = Draw.objects.filter(event_id=event_id, pk=draw_id).select_related("division").first()
    if row is None:
        raise NotFound(f"draw {draw_id}")
    return _public(row)


def _public(row: Draw) -> PublicDraw:
    made = row.state == DrawState.MADE
    return PublicDraw(
        id=row.pk,
        purpose=row.purpose,
        division=row.division.slug if row.division else None,
        state=DrawState(row.state),
        codes=tuple(row.codes),
        list_sha256=row.list_sha256,
        stations=row.stations,
        frozen_at=row.frozen_at,
        commitment=row.commitment,
        committed_at=row.committed_at,
        public_input=row.public_input,
        public_input_source=row.public_input_source,
        fixed_at=row.fixed_at,
        made_at=row.made_at if made else None,
        transcript=row.transcript if made else None,
    )


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is to show his papers: `number` is the last four places of his ID number."""

    position: int
    role: str
    name: str
    number: str
    has_photo: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """An entry of the final at the door. `at`: when it checked in, None: not yet; `by`: who checked it in."""

    id: int
    number: str
    division: str
    unit: str
    team: str
    people: tuple[Guest, ...]
    at: datetime | None
    by: str

    @property
    def shown(self) -> str:
        """The team, or whoever competes alone."""
        return self.team or "、".join(one.name for one in self.people if one.name) or self.number


class Door(StrEnum):
    """Whom to show at the door."""

    ABSENT = "absent"
    HERE = "here"
    ALL = "all"


def arrivals(event_id: int, door: Door, *, search: str = "", start: int = 0, count: int = 50) -> tuple[Arrival, ...]:
    """Entries of the final by division, unit and number, for the registrar alone. 4 SQL statements."""
    rows = _at_the_door(event_id, door, search).select_related("division", "unit", "check_in__by")
    photos = Prefetch("members__person__photo", Photo.objects.defer("jpeg_sealed"))  # only whether there is one
    rows = rows.prefetch_related("members__person", photos).order_by("division__position", "unit__name", "number", "id")
    return tuple(_arrival(entry) for entry in rows[start : start + count])


def count_arrivals(event_id: int, door: Door, *, search: str = "") -> int:
    """How many there are. 1 SQL statement."""
    return _at_the_door(event_id, door, search).count()


_DOORS = {
    Door.ABSENT: (EntryState.FINALIST,),
    Door.HERE: (EntryState.CHECKED_IN,),
    Door.ALL: (EntryState.FINALIST, EntryState.CHECKED_IN),
}


def _at_the_door(event_id: int, door: Door, search: str) -> QuerySet[Entry]:
    rows = Entry.objects.filter(event_id=event_id, state__in=_DOORS[door])
    if search:
        people = Member.objects.filter(entry=OuterRef("pk"), person__name__icontains=search)
        rows = rows.filter(
            Q(number__iexact=search) | Q(team_name__icontains=search) | Q(unit__name__icontains=search) | Exists(people)
        )
    return rows


def _arrival(entry: Entry) -> Arrival:
    check_in = getattr(entry, "check_in", None)
    return Arrival(
        id=entry.pk,
        number=entry.number,
        division=entry.division.slug,
        unit=entry.unit.name,
        team=entry.team_name,
        people=tuple(
            Guest(
                position=member.position,
                role=member.role,
                name=member.person.name,
                number=number_of(member.person)[-4:],
                has_photo=getattr(member.person, "photo", None) is not None,
            )
            for member in sorted(entry.members.all(), key=lambda one: one.position)
        ),
        at=check_in.at if check_in else None,
        by=check_in.by.name if check_in else "",
    )
