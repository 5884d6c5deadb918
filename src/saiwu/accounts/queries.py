"""Questions about accounts that a door asks before it lets anybody in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.tokens import default_token_generator
from django.db.models import Q, QuerySet

from saiwu.accounts.authority import in_force
from saiwu.accounts.models import Account, Appointment, Attempt, Scope, Unit
from saiwu.audit.frame import NotFound
from saiwu.privacy import fields
from saiwu.rules.procedure import Role


def subject_digest(kind: str, subject: str) -> str:
    """The keyed digest under which failed attempts at something are kept: a login or a receipt is no text of the table."""
    return fields.digest(f"attempt {kind}", subject)


def locked_out(kind: str, subject: str, *, most: int, within: timedelta, at: datetime) -> bool:
    """Whether so many attempts at that subject failed within that time. 1 SQL statement."""
    since = Attempt.objects.filter(kind=kind, subject=subject_digest(kind, subject), at__gt=at - within)
    return since.count() >= most


def needs_second_factor(account: Account, at: datetime) -> bool:
    """Whether the account acts for more than a unit: then a password alone does not do. 1 SQL statement."""
    return in_force(account, at).exclude(role=Role.UNIT).exists()


def invited(account_id: int, token: str) -> Account:
    """The account whose invitation that is. 1 SQL statement. Raises NotFound where it does not hold (any more)."""
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    if account is None or not default_token_generator.check_token(account, token):
        raise NotFound("invitation")
    return account


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account in a list. `state` in words; `roles` in words with what they are over."""

    id: int
    login: str
    name: str
    is_active: bool
    has_password: bool
    has_second_factor: bool
    reset_asked_at: datetime | None
    last_login: datetime | None
    appointments: tuple[Appointed, ...]


@dataclass(frozen=True, slots=True)
class Appointed:
    """A role that an account holds. `scope_id` and `kind` say over what; `unit` is a unit's name, else empty."""

    id: int
    role: Role
    kind: Scope.Kind
    scope_id: int
    unit: str
    since: datetime
    until: datetime | None


def accounts(*, search: str = "", reset_only: bool = False, start: int = 0, count: int = 50) -> list[AccountRow]:
    """Accounts by login, those who wait for a new password first. 3 SQL statements, however many rows.

    For the committee's office, which alone is shown them.
    """
    rows = _searched(search, reset_only).prefetch_related("appointments__scope__unit")
    ordered = rows.order_by("reset_asked_at", "login", "id") if reset_only else rows.order_by("login", "id")
    return [_row(account) for account in ordered[start : start + count]]


def count_accounts(*, search: str = "", reset_only: bool = False) -> int:
    """How many there are. 1 SQL statement."""
    return _searched(search, reset_only).count()


def account(account_id: int) -> AccountRow:
    """One account. 3 SQL statements. Raises NotFound."""
    row = Account.objects.filter(pk=account_id).prefetch_related("appointments__scope__unit").first()
    if row is None:
        raise NotFound(f"account {account_id}")
    return _row(row)


def names_of(account_ids: set[int]) -> Mapping[int, str]:
    """Names by id. 1 SQL statement."""
    return dict(Account.objects.filter(pk__in=account_ids).values_list("pk", "name"))


def _searched(search: str, reset_only: bool) -> QuerySet[Account]:
    rows = Account.objects.all()
    if reset_only:
        rows = rows.filter(reset_asked_at__isnull=False)
    if search:
        rows = rows.filter(Q(login__icontains=search) | Q(name__icontains=search))
    return rows


def _row(account: Account) -> AccountRow:
    return AccountRow(
        id=account.pk,
        login=account.login,
        name=account.name,
        is_active=account.is_active,
        has_password=account.has_usable_password(),
        has_second_factor=account.second_factor_sealed is not None,
        reset_asked_at=account.reset_asked_at,
        last_login=account.last_login,
        appointments=tuple(_appointed(one) for one in account.appointments.all()),
    )


def _appointed(row: Appointment) -> Appointed:
    unit = row.scope.unit.name if row.scope.kind == Scope.Kind.UNIT else ""
    return Appointed(row.pk, Role(row.role), Scope.Kind(row.scope.kind), row.scope_id, unit, row.since, row.until)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in a list."""

    id: int
    name: str
    credit_code: str
    kind: str
    school_kind: str
    district: str


def unit(unit_id: int) -> UnitRow:
    """One unit. 1 SQL statement. Raises NotFound. Who asks has made sure that the viewer may see it."""
    row = Unit.objects.filter(pk=unit_id).first()
    if row is None:
        raise NotFound(f"unit {unit_id}")
    return _unit(row)


def units(*, search: str = "", start: int = 0, count: int = 50) -> list[UnitRow]:
    """Units by name. 1 SQL statement."""
    return [_unit(row) for row in _units(search).order_by("name", "id")[start : start + count]]


def count_units(*, search: str = "") -> int:
    """How many there are. 1 SQL statement."""
    return _units(search).count()


def _units(search: str) -> QuerySet[Unit]:
    rows = Unit.objects.all()
    return rows.filter(Q(name__icontains=search) | Q(credit_code__iexact=search)) if search else rows


def _unit(row: Unit) -> UnitRow:
    return UnitRow(row.pk, row.name, row.credit_code, row.kind, row.school_kind, row.district)
