"""The office's first account, and accounts after it. How people sign in with them is the doors' business."""

from __future__ import annotations

from datetime import datetime

from saiwu.accounts.authority import begin_at_large, installation_scope
from saiwu.accounts.models import SYSTEM, Account, Actor, Appointment, Scope
from saiwu.audit.frame import Refused, action, record
from saiwu.rules.procedure import Role


@action
def found(*, login: str, name: str, at: datetime) -> int:
    """Set up the installation's scope, if it has none, and an account of the committee's office over all of it.

    Done by the engineer at the command line, on record as the system. Returns the account's id.
    """
    scope, _ = Scope.objects.get_or_create(kind=Scope.Kind.INSTALLATION)
    begin_at_large("accounts.found", scope, by=SYSTEM, at=at)
    account = _add(login, name, at)
    Appointment.objects.create(account=account, role=Role.COMMITTEE, scope=scope, since=at)
    record("accounts.found", account, by=SYSTEM, at=at)
    return account.pk


@action
def add_account(*, login: str, name: str, by: Actor, at: datetime) -> int:
    """Add an account, which can do nothing until it is appointed. Returns its id. Raises Refused for a login in use."""
    begin_at_large("accounts.add_account", installation_scope(), by=by, at=at)
    account = _add(login, name, at)
    record("accounts.add_account", account, by=by, at=at)
    return account.pk


def _add(login: str, name: str, at: datetime) -> Account:
    if not login.strip() or not name.strip():
        raise Refused("请填写登录名和姓名。", rule="account", field="login" if not login.strip() else "name")
    account = Account(login=login.strip().lower(), name=name.strip(), created_at=at)
    account.set_unusable_password()
    account.save()
    return account
