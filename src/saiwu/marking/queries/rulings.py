"""Decisions that are the chief judge's: ties and who goes on, by code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from saiwu.audit.frame import NotFound
from saiwu.competitions.models import Decision
from saiwu.rules.procedure import Open, Role


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision. `concerns` and `choice` are codes; `choice` empty and `taken_at` None while nobody has taken it."""

    id: int
    kind: str
    message: str
    clause: str
    concerns: tuple[str, ...]
    raised_at: datetime
    is_open: bool
    choice: tuple[str, ...]
    reason: str
    taken_at: datetime | None


def rulings_of(event_id: int) -> tuple[Ruling, ...]:
    """Decisions of an event that its chief judge takes, those open first, then the latest. 1 SQL statement."""
    rows = Decision.objects.filter(event_id=event_id, may_take=Role.CHIEF_JUDGE).order_by("-raised_at", "-id")
    return tuple(sorted((_of(row) for row in rows), key=lambda one: not one.is_open))


def ruling_of(event_id: int, decision_id: int) -> Ruling:
    """One of them. 1 SQL statement. Raises NotFound where the event has none of that id for its chief judge."""
    row = Decision.objects.filter(event_id=event_id, pk=decision_id, may_take=Role.CHIEF_JUDGE).first()
    if row is None:
        raise NotFound(f"decision {decision_id}")
    return _of(row)


def _of(row: Decision) -> Ruling:
    choice = row.choice if isinstance(row.choice, list) else [row.choice] if row.choice else []
    return Ruling(
        row.pk,
        row.kind,
        row.message,
        row.clause,
        tuple(row.concerns),
        row.raised_at,
        row.state == Open.ASKED,
        tuple(str(one) for one in choice),
        row.reason,
        row.taken_at,
    )
