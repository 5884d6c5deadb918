"""Passwords and second factors: an invitation sets the first, everybody changes his own, nobody knows another's.

There is no mail: the office hands the link of an invitation over by the way by which it knows the person.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError

from saiwu.accounts import second_factor
from saiwu.accounts.authority import begin_at_large, begin_own, installation_scope
from saiwu.accounts.models import Account, Actor, Visitor
from saiwu.audit.frame import NotFound, Refused, action, record
from saiwu.privacy import fields
from saiwu.rules.procedure import Role


@action
def invite(*, account_id: int, by: Actor, at: datetime) -> str:
    """Make the token of a link by which the account sets its password; earlier links and the old password end at once,
    and so do its sessions. Returns the token, which is kept nowhere.

    Raises NotFound where there is no such account, Refused where it is deactivated.
    """
    begin_at_large("accounts.invite", installation_scope(), by=by, at=at)
    account = _locked(account_id)
    if not account.is_active:
        raise Refused("账号已停用。请先恢复账号，再发链接。", rule="account")
    account.set_unusable_password()  # random each time, and part of what the token is made of
    account.reset_asked_at = None
    account.save(update_fields=["password", "reset_asked_at"])
    record("accounts.invite", account, by=by, at=at)
    return default_token_generator.make_token(account)


@action
def accept_invitation(*, account_id: int, token: str, password: str, at: datetime) -> Account:
    """Set the password by an invitation, once. Raises NotFound where it does not hold any more, Refused where the
    password is too weak, with all that is wrong with it."""
    account = begin_own("accounts.accept_invitation", account_id, at=at)
    if not default_token_generator.check_token(account, token):
        raise NotFound("invitation")
    _set_password(account, password)
    record("accounts.accept_invitation", account, by=account, at=at)
    return account


def change_password(*, account_id: int, old: str, new: str, at: datetime) -> Account:
    """Change one's own password, by the old one; other sessions of the account end. Raises Refused where the old one is
    wrong, or the new one too weak or the same."""
    if old == new:
        raise Refused("新密码与原密码相同，请另设一个。", rule="password", field="new")
    return _change_password(account_id=account_id, old=old, new=new, at=at)


@action
def _change_password(*, account_id: int, old: str, new: str, at: datetime) -> Account:
    account = begin_own("accounts.change_password", account_id, at=at)
    if not check_password(old, account.password):
        raise Refused("原密码不对，请重填。", rule="password", field="old")
    _set_password(account, new)
    record("accounts.change_password", account, by=account, at=at)
    return account


@action
def ask_reset(*, login: str, at: datetime) -> None:
    """Put on record that whoever has that login forgot his password: the office sees it and hands over a link.

    Raises NotFound where there is no such account; the door tells nobody.
    """
    found = Account.objects.filter(login=login.strip().lower(), is_active=True).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound("login")
    account = begin_own("accounts.ask_reset", found, at=at)
    if account.reset_asked_at is None:
        account.reset_asked_at = at
        account.save(update_fields=["reset_asked_at"])
    record("accounts.ask_reset", account, by=Visitor(), at=at, role=Role.VISITOR.value)


@action
def set_second_factor(*, account_id: int, secret: str, code: str, moment: datetime, at: datetime) -> tuple[str, ...]:
    """Take an authenticator into use (in the place of one before it), once it shows the right code.

    Returns the recovery codes, which are kept as digests only. `moment`: the request by the real clock.
    Raises Refused for a wrong code.
    """
    account = begin_own("accounts.set_second_factor", account_id, at=at)
    step = second_factor.step_of(secret, code, moment)
    if step is None:
        raise Refused("验证码不对。请核对手机时间是否准确，等下一个验证码再填。", rule="second_factor", field="code")
    account.second_factor_sealed = fields.seal(secret, second_factor.context(account))
    account.second_factor_step = step
    codes = _renew(account)
    account.save(update_fields=["second_factor_sealed", "second_factor_step", "recovery_digests"])
    record("accounts.set_second_factor", account, by=account, at=at)
    return codes


@action
def renew_recovery_codes(*, account_id: int, at: datetime) -> tuple[str, ...]:
    """New recovery codes; the old ones end. Raises Refused where the account has no second factor."""
    account = begin_own("accounts.renew_recovery_codes", account_id, at=at)
    if account.second_factor_sealed is None:
        raise Refused("还没有启用两步验证。", rule="second_factor")
    codes = _renew(account)
    account.save(update_fields=["recovery_digests"])
    record("accounts.renew_recovery_codes", account, by=account, at=at)
    return codes


@action
def drop_second_factor(*, account_id: int, by: Actor, at: datetime) -> None:
    """Drop the second factor of somebody who lost his authenticator and his recovery codes; his sessions end.

    He sets up a new one when he next signs in. Raises Refused where it is one's own, or there is none.
    """
    begin_at_large("accounts.drop_second_factor", installation_scope(), by=by, at=at)
    account = _locked(account_id)
    if isinstance(by, Account) and by.pk == account.pk:
        raise Refused("不能取消自己的两步验证；要换手机的，在“账号与安全”里重新启用。", rule="second_factor")
    if account.second_factor_sealed is None:
        raise Refused("此账号没有启用两步验证。", rule="second_factor")
    account.second_factor_sealed, account.second_factor_step, account.recovery_digests = None, 0, []
    account.save(update_fields=["second_factor_sealed", "second_factor_step", "recovery_digests"])
    record("accounts.drop_second_factor", account, by=by, at=at)


@action
def deactivate(*, account_id: int, by: Actor, at: datetime) -> None:
    """Deactivate an account: it cannot sign in, and its sessions end. What it did stays on record.

    Raises Refused where it is one's own, or is deactivated already.
    """
    begin_at_large("accounts.deactivate", installation_scope(), by=by, at=at)
    account = _locked(account_id)
    if isinstance(by, Account) and by.pk == account.pk:
        raise Refused("不能停用自己的账号。", rule="account")
    if not account.is_active:
        raise Refused("账号已停用。", rule="account")
    account.is_active = False
    account.save(update_fields=["is_active"])
    record("accounts.deactivate", account, by=by, at=at)


@action
def reactivate(*, account_id: int, by: Actor, at: datetime) -> None:
    """Take a deactivated account into use again. Raises Refused where it is in use."""
    begin_at_large("accounts.reactivate", installation_scope(), by=by, at=at)
    account = _locked(account_id)
    if account.is_active:
        raise Refused("账号在用，不必恢复。", rule="account")
    account.is_active = True
    account.save(update_fields=["is_active"])
    record("accounts.reactivate", account, by=by, at=at)


def _locked(account_id: int) -> Account:
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None:
        raise NotFound(f"account {account_id}")
    return account


def _set_password(account: Account, password: str) -> None:
    try:
        validate_password(password, user=account)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), rule="password", field="new") from error
    account.password = make_password(password)
    account.reset_asked_at = None
    account.save(update_fields=["password", "reset_asked_at"])


def _renew(account: Account) -> tuple[str, ...]:
    codes = second_factor.fresh_recovery_codes()
    account.recovery_digests = [second_factor.recovery_digest(account, code) for code in codes]
    return codes
