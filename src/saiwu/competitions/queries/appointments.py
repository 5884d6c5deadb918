"""Who holds which role over a competition and its events, from when until when. For whoever appoints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from saiwu.accounts.models import Appointment
from saiwu.audit.frame import NotFound
from saiwu.competitions.models import Competition
from saiwu.rules.procedure import Role

COUNT = 50
"""Rows of a page."""


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """An appointment. `event` empty: over the whole competition. `until`: not included; None: until further notice."""

    id: int
    account_id: int
    name: str
    login: str
    is_active: bool
    role: Role
    event: str
    since: datetime
    until: datetime | None

    def in_force(self, at: datetime) -> bool:
        """Whether it holds at that instant."""
        return self.since <= at and (self.until is None or self.until > at)


@dataclass(frozen=True, slots=True)
class Only:
    """Which appointments. Empty: all that are in force. `event`: a slug, or `WHOLE`; `ended`: those that are over."""

    event: str = ""
    role: Role | None = None
    search: str = ""
    ended: bool = False


WHOLE = "-"
"""Stands for the whole competition where an event is asked for: no slug is that."""


def appointments(competition_id: int, only: Only, at: datetime, *, start: int = 0) -> tuple[AppointmentRow, ...]:
    """A page of appointments, those over the whole competition first, then by event, role and name. 1 SQL statement."""
    rows = _filtered(competition_id, only, at).order_by(
        "scope__kind", "scope__event__position", "role", "account__name", "pk"
    )
    return tuple(_row(row) for row in rows[start : start + COUNT])


def count_appointments(competition_id: int, only: Only, at: datetime) -> int:
    """How many there are. 1 SQL statement."""
    return _filtered(competition_id, only, at).count()


def appointment(competition_id: int, appointment_id: int) -> AppointmentRow:
    """One appointment. 1 SQL statement. Raises NotFound where the competition has none of that id."""
    row = _of(competition_id).filter(pk=appointment_id).first()
    if row is None:
        raise NotFound(f"appointment {appointment_id}")
    return _row(row)


def _of(competition_id: int) -> QuerySet[Appointment]:
    whole = Competition.objects.filter(pk=competition_id).values("scope_id")
    within = Q(scope__in=whole) | Q(scope__event__competition_id=competition_id)
    return Appointment.objects.filter(within).select_related("account", "scope__event")


def _filtered(competition_id: int, only: Only, at: datetime) -> QuerySet[Appointment]:
    over = Q(until__isnull=False, until__lte=at)
    rows = _of(competition_id).filter(over if only.ended else ~over)
    if only.event:
        rows = rows.filter(scope__event=None) if only.event == WHOLE else rows.filter(scope__event__slug=only.event)
    if only.role is not None:
        rows = rows.filter(role=only.role)
    if only.search:
        rows = rows.filter(Q(account__name__icontains=only.search) | Q(account__login__icontains=only.search))
    return rows


def _row(row: Appointment) -> AppointmentRow:
    event = getattr(row.scope, "event", None)
    return AppointmentRow(
        id=row.pk,
        account_id=row.account_id,
        name=row.account.name,
        login=row.account.login,
        is_active=row.account.is_active,
        role=Role(row.role),
        event=event.slug if event else "",
        since=row.since,
        until=row.until,
    )
