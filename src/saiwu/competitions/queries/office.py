"""What waits for the committee's office and the organiser over a whole competition: decisions and change requests.

Who asks has made sure that the viewer sits over the competition.
"""

from __future__ import annotations

from django.db.models import Case, IntegerField, QuerySet, When

from saiwu.audit.frame import NotFound
from saiwu.competitions.models import ChangeRequest, Decision
from saiwu.competitions.queries.asked import AskedChange, AskedDecision, change_rows, decision_rows
from saiwu.rules.procedure import Open

COUNT = 50
"""Rows of a page."""

OPEN_FIRST = Case(When(state=Open.ASKED, then=0), default=1, output_field=IntegerField())


def decisions(competition_id: int, *, start: int = 0, count: int = COUNT) -> tuple[AskedDecision, ...]:
    """Decisions of a competition, open ones first, the oldest of them first; then the newest. 1 SQL statement."""
    rows = _decisions(competition_id).order_by(OPEN_FIRST, Case(When(state=Open.ASKED, then="pk")), "-taken_at", "-pk")
    return tuple(map(AskedDecision.of, rows[start : start + count]))


def open_decisions(competition_id: int) -> tuple[AskedDecision, ...]:
    """Those that nobody has taken, the oldest first. 1 SQL statement."""
    rows = _decisions(competition_id).filter(state=Open.ASKED).order_by("raised_at", "pk")
    return tuple(map(AskedDecision.of, rows))


def count_decisions(competition_id: int) -> int:
    """How many there are, in whatever state. 1 SQL statement."""
    return Decision.objects.filter(event__competition_id=competition_id).count()


def decision(competition_id: int, decision_id: int) -> AskedDecision:
    """One decision. 1 SQL statement. Raises NotFound where the competition has none of that id."""
    row = _decisions(competition_id).filter(pk=decision_id).first()
    if row is None:
        raise NotFound(f"decision {decision_id}")
    return AskedDecision.of(row)


def _decisions(competition_id: int) -> QuerySet[Decision]:
    return decision_rows().filter(event__competition_id=competition_id)


def change_requests(competition_id: int, *, start: int = 0, count: int = COUNT) -> tuple[AskedChange, ...]:
    """Change requests of a competition, open ones first, the oldest of them first; then the newest. 1 SQL statement."""
    rows = _changes(competition_id).order_by(OPEN_FIRST, Case(When(state=Open.ASKED, then="pk")), "-settled_at", "-pk")
    return tuple(map(AskedChange.of, rows[start : start + count]))


def open_change_requests(competition_id: int) -> tuple[AskedChange, ...]:
    """Those that nobody has settled, the oldest first. 1 SQL statement."""
    rows = _changes(competition_id).filter(state=Open.ASKED).order_by("asked_at", "pk")
    return tuple(map(AskedChange.of, rows))


def count_change_requests(competition_id: int) -> int:
    """How many there are, in whatever state. 1 SQL statement."""
    return ChangeRequest.objects.filter(event__competition_id=competition_id).count()


def change_request(competition_id: int, change_id: int) -> AskedChange:
    """One change request. 1 SQL statement. Raises NotFound where the competition has none of that id."""
    row = _changes(competition_id).filter(pk=change_id).first()
    if row is None:
        raise NotFound(f"change request {change_id}")
    return AskedChange.of(row)


def waiting(competition_id: int) -> tuple[int, int]:
    """How many decisions and how many change requests wait. 2 SQL statements."""
    within = {"event__competition_id": competition_id, "state": Open.ASKED}
    return Decision.objects.filter(**within).count(), ChangeRequest.objects.filter(**within).count()


def _changes(competition_id: int) -> QuerySet[ChangeRequest]:
    return change_rows().filter(event__competition_id=competition_id)
