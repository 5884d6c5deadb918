"""Setting up a unit with the account that enters its people."""

from __future__ import annotations

from datetime import datetime

from saiwu.accounts.authority import begin_at_large, installation_scope
from saiwu.accounts.models import Account, Actor, Appointment, Scope, Unit
from saiwu.audit.frame import Refused, action, record
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
    if not name.strip():
        raise Refused("请填写单位全称。", rule="unit", field="name")
    if kind not in Unit.Kind.values:
        raise Refused(f"单位性质可选：{'、'.join(Unit.Kind.values)}。", rule="unit", field="kind")
    if credit_code:
        try:
            credit_code = read_credit_code(credit_code)
        except NotValid as error:
            raise Refused(str(error), rule="unit_code", field="credit_code") from error
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
        account = Account.objects.filter(pk=account_id, is_active=True).first()
        if account is None:
            raise Refused("没有这个账号，或账号已停用。", rule="appointment", field="account")
        Appointment.objects.create(account=account, role=Role.UNIT, scope=scope, since=at)
    record("accounts.add_unit", unit, by=by, at=at, facts={"kind": kind, "account": account_id})
    return unit.pk
