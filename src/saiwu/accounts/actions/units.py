"""Units and the accounts that enter their people: setting up, correcting, appointing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from saiwu.accounts.authority import begin_at_large, installation_scope
from saiwu.accounts.models import Account, Actor, Appointment, Scope, Unit
from saiwu.audit.frame import NotFound, Refused, action, record
from saiwu.rules.identity import NotValid, read_credit_code
from saiwu.rules.procedure import Role
from saiwu.rules.rulebook.values import plain


@action
def add_unit(
    *,
    name: str,
    kind: str,
    credit_code: str = "",
    school_kind: str = "",
    district: str = "",
    account_id: int | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Set up a unit, and appoint the account that acts for it. Returns the unit's id.

    Raises Refused for an empty name, an unknown kind, a credit code that cannot be valid (GB 32100), or one in use.
    """
    begin_at_large("accounts.add_unit", installation_scope(), by=by, at=at)
    credit_code = _checked(name, kind, credit_code)
    scope = Scope.objects.create(kind=Scope.Kind.UNIT)
    unit = Unit.objects.create(
        name=name.strip(),
        name_key=plain(name),
        credit_code=credit_code,
        kind=kind,
        school_kind=school_kind,
        district=district,
        scope=scope,
    )
    if account_id is not None:
        account = _active(account_id)
        Appointment.objects.create(account=account, role=Role.UNIT, scope=scope, since=at)
    record("accounts.add_unit", unit, by=by, at=at, facts={"kind": kind, "account": account_id})
    return unit.pk


@action
def correct_unit(
    *,
    unit_id: int,
    name: str,
    kind: str,
    credit_code: str = "",
    school_kind: str = "",
    district: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Correct what is on record of a unit: its entries, lists and certificates bear the new name from now on.

    What was issued stays as it is. The trail keeps which of these changed, and the names, which are no personal data.
    Raises NotFound where there is no such unit, Refused as `add_unit`, or where nothing is changed.
    """
    begin_at_large("accounts.correct_unit", installation_scope(), by=by, at=at)
    unit = _unit(unit_id)
    values = {
        "name": name.strip(),
        "kind": kind,
        "credit_code": _checked(name, kind, credit_code),
        "school_kind": school_kind,
        "district": district.strip(),
    }
    changed = {key: [getattr(unit, key), value] for key, value in values.items() if getattr(unit, key) != value}
    if not changed:
        raise Refused("没有改动。", rule="unit")
    for key, value in values.items():
        setattr(unit, key, value)
    unit.name_key = plain(name)
    unit.save(update_fields=[*values, "name_key"])
    record("accounts.correct_unit", unit, by=by, at=at, facts={"changed": changed})


@action
def appoint_to_unit(*, unit_id: int, account_id: int, by: Actor, at: datetime) -> int:
    """Let an account act for a unit, beside those that do. Returns the appointment's id.

    Raises NotFound where there is no such unit, Refused where the account is deactivated or acts for it already.
    """
    begin_at_large("accounts.appoint_to_unit", installation_scope(), by=by, at=at)
    unit = _unit(unit_id)
    account = _active(account_id)
    if Appointment.objects.filter(_in_force(at), account=account, scope=unit.scope_id, role=Role.UNIT).exists():
        raise Refused("此人已是这个单位的经办人。", rule="appointment", field="account")
    appointment = Appointment.objects.create(account=account, role=Role.UNIT, scope_id=unit.scope_id, since=at)
    record("accounts.appoint_to_unit", unit, by=by, at=at, facts={"account": account.audit_key})
    return appointment.pk


@action
def end_unit_appointment(*, unit_id: int, appointment_id: int, by: Actor, at: datetime) -> None:
    """End that somebody acts for a unit, from this instant on. Raises Refused where he does not (any more)."""
    begin_at_large("accounts.end_unit_appointment", installation_scope(), by=by, at=at)
    unit = _unit(unit_id)
    rows = Appointment.objects.select_for_update().filter(_in_force(at), pk=appointment_id, scope=unit.scope_id)
    appointment = rows.first()
    if appointment is None:
        raise Refused("这项聘任已经结束。", rule="appointment")
    appointment.until = max(at, appointment.since + timedelta(microseconds=1))
    appointment.save(update_fields=["until"])
    facts = {"account": f"account:{appointment.account_id}"}
    record("accounts.end_unit_appointment", unit, by=by, at=at, facts=facts)


def _checked(name: str, kind: str, credit_code: str) -> str:
    """The credit code as it is kept. Raises Refused at what cannot be."""
    if not name.strip():
        raise Refused("请填写单位全称。", rule="unit", field="name")
    if kind not in Unit.Kind.values:
        raise Refused(f"单位性质可选：{'、'.join(Unit.Kind.values)}。", rule="unit", field="kind")
    if not credit_code:
        return ""
    try:
        return read_credit_code(credit_code)
    except NotValid as error:
        raise Refused(str(error), rule="unit_code", field="credit_code") from error


def _unit(unit_id: int) -> Unit:
    unit = Unit.objects.select_for_update().filter(pk=unit_id).first()
    if unit is None:
        raise NotFound(f"unit {unit_id}")
    return unit


def _active(account_id: int) -> Account:
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    if account is None:
        raise Refused("没有这个账号，或账号已停用。", rule="appointment", field="account")
    return account


def _in_force(at: datetime) -> Q:
    return Q(until__isnull=True) | Q(until__gt=at)
