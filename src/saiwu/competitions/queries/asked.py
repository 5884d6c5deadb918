"""What was asked of others in an event and what no program decided: change requests and decisions, for its own people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from saiwu.competitions.models import ChangeRequest, Decision
from saiwu.competitions.queries.changes import Value, values_of
from saiwu.rules.procedure import Open, Role


@dataclass(frozen=True, slots=True)
class AskedChange:
    """A change request in whatever state. `settled_by`: the role that settled it, in words."""

    id: int
    kind: str
    values: tuple[Value, ...]
    reason: str
    state: Open
    asked_by: str
    asked_at: datetime
    settled_by: str
    settled_at: datetime | None
    letter: str
    remark: str


def asked_changes(event_id: int) -> tuple[AskedChange, ...]:
    """Change requests of an event, the newest first. 1 SQL statement."""
    rows = ChangeRequest.objects.filter(event_id=event_id).select_related("asked_by").order_by("-asked_at", "-id")
    return tuple(
        AskedChange(
            id=row.pk,
            kind=row.kind,
            values=values_of(row),
            reason=row.reason,
            state=Open(row.state),
            asked_by=row.asked_by.name,
            asked_at=row.asked_at,
            settled_by=Role(row.settled_role).chinese if row.settled_role else "",
            settled_at=row.settled_at,
            letter=row.letter,
            remark=row.remark,
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision. `concerns` are codes where it concerns some entries; `choice` in words, empty while it is open."""

    id: int
    kind: str
    division: str
    message: str
    options: tuple[str, ...]
    concerns: tuple[str, ...]
    clause: str
    may_take: Role
    state: Open
    raised_at: datetime
    choice: str
    reason: str
    taken_by: str
    taken_at: datetime | None
    letter: str


def decisions_of(event_id: int) -> tuple[DecisionRow, ...]:
    """Decisions of an event, open ones first, then the newest. 1 SQL statement."""
    rows = Decision.objects.filter(event_id=event_id).select_related("division").order_by("-raised_at", "-id")
    found = [_decision(row) for row in rows]
    return tuple(sorted(found, key=lambda row: row.state is not Open.ASKED))


def open_decisions_of(event_id: int) -> tuple[DecisionRow, ...]:
    """Those that nobody has taken, the oldest first. 1 SQL statement."""
    rows = Decision.objects.filter(event_id=event_id, state=Open.ASKED).select_related("division")
    return tuple(_decision(row) for row in rows.order_by("raised_at", "id"))


def _decision(row: Decision) -> DecisionRow:
    choice = "、".join(str(one) for one in row.choice) if isinstance(row.choice, list) else str(row.choice or "")
    return DecisionRow(
        id=row.pk,
        kind=row.kind,
        division=row.division.slug if row.division else "",
        message=row.message,
        options=tuple(row.options),
        concerns=tuple(row.concerns),
        clause=row.clause,
        may_take=Role(row.may_take),
        state=Open(row.state),
        raised_at=row.raised_at,
        choice=choice,
        reason=row.reason,
        taken_by=Role(row.taken_role).chinese if row.taken_role else "",
        taken_at=row.taken_at,
        letter=row.letter,
    )
