"""Questions about accounts: what a door asks before it lets anybody in, and what the office sees of accounts and units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.tokens import default_token_generator
from django.db.models import Count, F, Q, QuerySet

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

    def in_force(self, at: datetime) -> bool:
        """Whether it holds at that instant."""
        return self.since <= at and (self.until is None or self.until > at)


class Which(StrEnum):
    """Accounts that the office looks for: who asked for a new password, who has set none, who may not sign in."""

    RESET = "reset"
    NO_PASSWORD = "no-password"  # noqa: S105 (a word of an address)
    DEACTIVATED = "deactivated"


_MEANING: Mapping[Which, Q] = {
    Which.RESET: Q(is_active=True, reset_asked_at__isnull=False),
    Which.NO_PASSWORD: Q(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX),
    Which.DEACTIVATED: Q(is_active=False),
}


def accounts(*, search: str = "", only: Which | None = None, start: int = 0, count: int = 50) -> list[AccountRow]:
    """Accounts by login; those who wait for a new password first, who asked first. 4 SQL statements, however many rows.

    For the committee's office, which alone is shown them.
    """
    rows = _searched(search, only).prefetch_related("appointments__scope__unit")
    ordered = rows.order_by(F("reset_asked_at").asc(nulls_last=True), "login", "id")
    return [_row(account) for account in ordered[start : start + count]]


def count_accounts(*, search: str = "", only: Which | None = None) -> int:
    """How many there are. 1 SQL statement."""
    return _searched(search, only).count()


@dataclass(frozen=True, slots=True)
class AccountCounts:
    """How many accounts there are, and of each of the kinds that the office looks for."""

    every: int
    of: Mapping[Which, int]


def account_counts() -> AccountCounts:
    """Over the whole installation. 1 SQL statement."""
    kinds = {f"of_{number}": Count("pk", filter=_MEANING[one]) for number, one in enumerate(Which)}
    found = Account.objects.aggregate(every=Count("pk"), **kinds)
    return AccountCounts(found["every"], {one: found[f"of_{number}"] for number, one in enumerate(Which)})


def account(account_id: int) -> AccountRow:
    """One account. 4 SQL statements. Raises NotFound."""
    row = Account.objects.filter(pk=account_id).prefetch_related("appointments__scope__unit").first()
    if row is None:
        raise NotFound(f"account {account_id}")
    return _row(row)


def account_of_login(login: str) -> AccountRow:
    """The account of that login, in whatever case it was typed. 5 SQL statements. Raises NotFound."""
    found = Account.objects.filter(login=login.strip().lower()).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound("login")
    return account(found)


def names_of(account_ids: set[int]) -> Mapping[int, str]:
    """Names by id. 1 SQL statement."""
    return dict(Account.objects.filter(pk__in=account_ids).values_list("pk", "name"))


def _searched(search: str, only: Which | None) -> QuerySet[Account]:
    rows = Account.objects.filter(_MEANING[only]) if only else Account.objects.all()
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


@dataclass(frozen=True, slots=True)
class Clerk:
    """An account that acts for a unit: a person of the unit, and his appointment."""

    appointment_id: int
    account_id: int
    name: str
    login: str
    is_active: bool
    has_password: bool
    since: datetime


def clerks_of(unit_ids: Iterable[int], at: datetime) -> Mapping[int, tuple[Clerk, ...]]:
    """Who acts for these units at that instant, by unit; the longest in office first. 1 SQL statement."""
    rows = Appointment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=at), scope__unit__in=tuple(unit_ids), role=Role.UNIT, since__lte=at
    )
    found: dict[int, list[Clerk]] = {}
    for row in rows.select_related("account", "scope__unit").order_by("since", "pk"):
        one = row.account
        clerk = Clerk(row.pk, one.pk, one.name, one.login, one.is_active, one.has_usable_password(), row.since)
        found.setdefault(row.scope.unit.pk, []).append(clerk)
    return {unit_id: tuple(clerks) for unit_id, clerks in found.items()}


def _units(search: str) -> QuerySet[Unit]:
    rows = Unit.objects.all()
    return rows.filter(Q(name__icontains=search) | Q(credit_code__iexact=search)) if search else rows


def _unit(row: Unit) -> UnitRow:
    return UnitRow(row.pk, row.name, row.credit_code, row.kind, row.school_kind, row.district)
