"""What waits for the committee's office and the organiser over a whole competition: decisions and change requests.

Who asks has made sure that the viewer sits over the competition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, QuerySet, When

from saiwu.audit.frame import NotFound
from saiwu.competitions.models import ChangeRequest, Decision
from saiwu.competitions.queries.changes import Value, values_of
from saiwu.rules.procedure import Open, Role

COUNT = 50
"""Rows of a page."""

OPEN_FIRST = Case(When(state=Open.ASKED, then=0), default=1, output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class AskedDecision:
    """A decision of some event. `choice` in words, empty while it is open; `taken_by`: the account's name."""

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

    @property
    def open(self) -> bool:
        """Whether nobody has taken it."""
        return self.state is Open.ASKED


def decisions(competition_id: int, *, start: int = 0, count: int = COUNT) -> tuple[AskedDecision, ...]:
    """Decisions of a competition, open ones first, the oldest of them first; then the newest. 1 SQL statement."""
    rows = _decisions(competition_id).order_by(OPEN_FIRST, Case(When(state=Open.ASKED, then="pk")), "-taken_at", "-pk")
    return tuple(_decision(row) for row in rows[start : start + count])


def open_decisions(competition_id: int) -> tuple[AskedDecision, ...]:
    """Those that nobody has taken, the oldest first. 1 SQL statement."""
    rows = _decisions(competition_id).filter(state=Open.ASKED).order_by("raised_at", "pk")
    return tuple(_decision(row) for row in rows)


def count_decisions(competition_id: int) -> int:
    """How many there are, in whatever state. 1 SQL statement."""
    return Decision.objects.filter(event__competition_id=competition_id).count()


def decision(competition_id: int, decision_id: int) -> AskedDecision:
    """One decision. 1 SQL statement. Raises NotFound where the competition has none of that id."""
    row = _decisions(competition_id).filter(pk=decision_id).first()
    if row is None:
        raise NotFound(f"decision {decision_id}")
    return _decision(row)


def _decisions(competition_id: int) -> QuerySet[Decision]:
    rows = Decision.objects.filter(event__competition_id=competition_id)
    return rows.select_related("event", "division", "taken_by")


def _decision(row: Decision) -> AskedDecision:
    return AskedDecision(
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


@dataclass(frozen=True, slots=True)
class AskedOfOffice:
    """A change request of some event. `values` before → after; `settled_by`: the account's name; `version`: the
    rulebook's that it made, None where it made none."""

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

    @property
    def open(self) -> bool:
        """Whether nobody has settled it."""
        return self.state is Open.ASKED


def change_requests(competition_id: int, *, start: int = 0, count: int = COUNT) -> tuple[AskedOfOffice, ...]:
    """Change requests of a competition, open ones first, the oldest of them first; then the newest. 1 SQL statement."""
    rows = _changes(competition_id).order_by(OPEN_FIRST, Case(When(state=Open.ASKED, then="pk")), "-settled_at", "-pk")
    return _asked(rows[start : start + count])


def open_change_requests(competition_id: int) -> tuple[AskedOfOffice, ...]:
    """Those that nobody has settled, the oldest first. 1 SQL statement."""
    return _asked(_changes(competition_id).filter(state=Open.ASKED).order_by("asked_at", "pk"))


def count_change_requests(competition_id: int) -> int:
    """How many there are, in whatever state. 1 SQL statement."""
    return ChangeRequest.objects.filter(event__competition_id=competition_id).count()


def change_request(competition_id: int, change_id: int) -> AskedOfOffice:
    """One change request. 1 SQL statement. Raises NotFound where the competition has none of that id."""
    rows = _asked(_changes(competition_id).filter(pk=change_id))
    if not rows:
        raise NotFound(f"change request {change_id}")
    return rows[0]


def waiting(competition_id: int) -> tuple[int, int]:
    """How many decisions and how many change requests wait. 2 SQL statements."""
    within = {"event__competition_id": competition_id, "state": Open.ASKED}
    return Decision.objects.filter(**within).count(), ChangeRequest.objects.filter(**within).count()


def _changes(competition_id: int) -> QuerySet[ChangeRequest]:
    rows = ChangeRequest.objects.filter(event__competition_id=competition_id)
    return rows.select_related("event", "asked_by", "settled_by", "version")


def _asked(rows: Sequence[ChangeRequest] | QuerySet[ChangeRequest]) -> tuple[AskedOfOffice, ...]:
    return tuple(
        AskedOfOffice(
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
        for row in rows
    )
