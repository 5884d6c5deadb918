"""What was asked of others and what no program decided: change requests and decisions, as its own people read them.

Here stand the rows and the questions about one event; `office` asks about a whole competition.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from saiwu.competitions.models import ChangeRequest, Decision
from saiwu.competitions.queries.changes import Value, values_of
from saiwu.rules.procedure import Open, Role


@dataclass(frozen=True, slots=True)
class AskedChange:
    """A change request in whatever state. `values` before → after; `settled_by`: the account's name, `settled_role`: in
    words; `version`: the rulebook's that it made, None where it made none."""

    id: int
    event: str
    kind: str
    values: tuple[Value, ...]
    reason: str
    state: Open
    asked_by: str
    asked_at: datetime
    settled_by: str
    settled_role: str
    settled_at: datetime | None
    letter: str
    remark: str
    version: int | None

    @classmethod
    def of(cls, row: ChangeRequest) -> AskedChange:
        """Of a row of `change_rows`."""
        return cls(
            id=row.pk,
            event=row.event.slug,
            kind=row.kind,
            values=values_of(row),
            reason=row.reason,
            state=Open(row.state),
            asked_by=row.asked_by.name,
            asked_at=row.asked_at,
            settled_by=row.settled_by.name if row.settled_by else "",
            settled_role=Role(row.settled_role).chinese if row.settled_role else "",
            settled_at=row.settled_at,
            letter=row.letter,
            remark=row.remark,
            version=row.version.version if row.version else None,
        )

    @property
    def open(self) -> bool:
        """Whether nobody has settled it."""
        return self.state is Open.ASKED


def change_rows() -> QuerySet[ChangeRequest]:
    """Change requests with all that is read of them."""
    return ChangeRequest.objects.select_related("event", "asked_by", "settled_by", "version")


def asked_changes(event_id: int) -> tuple[AskedChange, ...]:
    """Change requests of an event, the newest first. 1 SQL statement."""
    return tuple(map(AskedChange.of, change_rows().filter(event_id=event_id).order_by("-asked_at", "-id")))


@dataclass(frozen=True, slots=True)
class AskedDecision:
    """A decision in whatever state. `concerns` are codes where it concerns some entries; `choice` in words, empty while
    it is open; `taken_by`: the account's name, `taken_role`: in words."""

    id: int
    event: str
    event_id: int
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
    taken_role: str
    taken_at: datetime | None
    letter: str

    @classmethod
    def of(cls, row: Decision) -> AskedDecision:
        """Of a row of `decision_rows`."""
        return cls(
            id=row.pk,
            event=row.event.slug,
            event_id=row.event_id,
            kind=row.kind,
            division=row.division.slug if row.division else "",
            message=row.message,
            options=tuple(row.options),
            concerns=tuple(row.concerns),
            clause=row.clause,
            may_take=Role(row.may_take),
            state=Open(row.state),
            raised_at=row.raised_at,
            choice="、".join(map(str, row.choice)) if isinstance(row.choice, list) else str(row.choice or ""),
            reason=row.reason,
            taken_by=row.taken_by.name if row.taken_by else "",
            taken_role=Role(row.taken_role).chinese if row.taken_role else "",
            taken_at=row.taken_at,
            letter=row.letter,
        )

    @property
    def open(self) -> bool:
        """Whether nobody has taken it."""
        return self.state is Open.ASKED


def decision_rows() -> QuerySet[Decision]:
    """Decisions with all that is read of them."""
    return Decision.objects.select_related("event", "division", "taken_by")


def decisions_of(event_id: int) -> tuple[AskedDecision, ...]:
    """Decisions of an event, open ones first, then the newest. 1 SQL statement."""
    rows = decision_rows().filter(event_id=event_id).order_by("-raised_at", "-id")
    return tuple(sorted(map(AskedDecision.of, rows), key=lambda row: not row.open))


def open_decisions_of(event_id: int) -> tuple[AskedDecision, ...]:
    """Those that nobody has taken, the oldest first. 1 SQL statement."""
    rows = decision_rows().filter(event_id=event_id, state=Open.ASKED).order_by("raised_at", "id")
    return tuple(map(AskedDecision.of, rows))
