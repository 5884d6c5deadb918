"""Refused attempts at a second claim, for the office that settles them.

A conflict is kept by a keyed digest. Where the competition knows a person of that digest, the office may know who it
is: his name, and the last four places of his number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from saiwu.audit.frame import NotFound
from saiwu.audit.models import Record
from saiwu.entries.claiming import number_of
from saiwu.entries.models import Claim, Conflict
from saiwu.entries.queries.of_event import COUNT
from saiwu.people.models import Person
from saiwu.privacy.fields import masked_number

SETTLE = "entries.settle_conflict"


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """An attempt that was refused. `event`: for which it was made; `holds`: the event that the person has, empty where
    he has none now. `route`: visitor, account or system. `outcome`: how it was
    settled, a key of `OUTCOMES`."""

    id: int
    event: str
    rule: str
    route: str
    at: datetime
    name: str
    number: str
    holds: str
    settled_at: datetime | None
    outcome: str


def conflicts(competition_id: int, *, start: int = 0, count: int = COUNT) -> tuple[ConflictRow, ...]:
    """Conflicts of a competition, the unsettled first, then the newest. 4 SQL statements, however many rows."""
    rows = Conflict.objects.filter(competition_id=competition_id).select_related("event")
    return _rows(competition_id, rows.order_by(F("settled_at").desc(nulls_first=True), "-pk")[start : start + count])


def open_conflicts(competition_id: int, *, count: int = 3) -> tuple[ConflictRow, ...]:
    """The newest that nobody has settled. 4 SQL statements."""
    rows = Conflict.objects.filter(competition_id=competition_id, settled_at=None).select_related("event")
    return _rows(competition_id, rows.order_by("-pk")[:count])


def count_conflicts(competition_id: int, *, open_only: bool = False) -> int:
    """How many there are. 1 SQL statement."""
    rows = Conflict.objects.filter(competition_id=competition_id)
    return (rows.filter(settled_at=None) if open_only else rows).count()


def conflict(competition_id: int, conflict_id: int) -> ConflictRow:
    """One conflict. 4 SQL statements. Raises NotFound where the competition has none of that id."""
    rows = Conflict.objects.filter(competition_id=competition_id, pk=conflict_id).select_related("event")
    found = _rows(competition_id, rows)
    if not found:
        raise NotFound(f"conflict {conflict_id}")
    return found[0]


def _rows(competition_id: int, rows: QuerySet[Conflict]) -> tuple[ConflictRow, ...]:
    found = list(rows)
    digests = {row.number_digest for row in found}
    people = {
        person.number_digest: person
        for person in Person.objects.filter(competition_id=competition_id, number_digest__in=digests)
    }
    held = dict(
        Claim.objects.filter(competition_id=competition_id, person__in=[one.pk for one in people.values()]).values_list(
            "person_id", "event__slug"
        )
    )
    outcomes = _outcomes(found)
    return tuple(_row(row, people.get(row.number_digest), held, outcomes) for row in found)


def _row(row: Conflict, person: Person | None, held: Mapping[int, str], outcomes: Mapping[str, str]) -> ConflictRow:
    return ConflictRow(
        id=row.pk,
        event=row.event.slug,
        rule=row.rule,
        route=row.actor.partition(":")[0],
        at=row.at,
        name=person.name if person else "",
        number=masked_number(number_of(person)) if person and bytes(person.number_sealed) else "",
        holds=held.get(person.pk, "") if person else "",
        settled_at=row.settled_at,
        outcome=outcomes.get(f"conflict:{row.pk}", ""),
    )


def _outcomes(rows: Iterable[Conflict]) -> Mapping[str, str]:
    """1 SQL statement."""
    keys = [f"conflict:{row.pk}" for row in rows]
    records = Record.objects.filter(object__in=keys, verb=SETTLE).values_list("object", "facts")
    return {key: str(facts.get("outcome", "")) for key, facts in records}
