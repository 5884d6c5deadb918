"""Signing in: password, second factor, and the proof of somebody who is only asked to stand by as a witness."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password

from saiwu.accounts import second_factor
from saiwu.accounts.actions.attempts import note_failure
from saiwu.accounts.authority import begin_own
from saiwu.accounts.models import Account
from saiwu.accounts.queries import locked_out
from saiwu.audit.frame import Refused, action, record

WINDOW = timedelta(minutes=15)
MOST_FROM_AN_ADDRESS = 8
"""Wrong passwords for one login from one address within the window."""
MOST_FOR_A_LOGIN = 60
"""The same from wherever they come. Far more than a person mistypes, so that nobody can shut another out by typing."""
MOST_CODES = 6
"""Wrong codes of the second factor for one account within the window."""

_WAIT = "连续输错次数过多，请 15 分钟后再试。"


def check_login(*, login: str, password: str, address: str, at: datetime) -> Account:
    """The account of that login and password: the first half of signing in. It is not signed in yet.

    Refused does not say which of the two was wrong, and takes as long where there is no such login. Raises Refused
    where it failed too often of late.
    """
    name = login.strip().lower()
    here = f"{name}\n{address}"
    if locked_out("sign_in", here, most=MOST_FROM_AN_ADDRESS, within=WINDOW, at=at) or locked_out(
        "sign_in", name, most=MOST_FOR_A_LOGIN, within=WINDOW, at=at
    ):
        raise Refused(_WAIT, rule="too_many")
    account = Account.objects.filter(login=name).first()
    if account is None or not account.has_usable_password():
        make_password(password)  # as long as a comparison takes: the time must not tell who has an account
        right = False
    else:
        right = check_password(password, account.password)
    if account is None or not right or not account.is_active:
        for subject in (here, name):
            note_failure(kind="sign_in", subject=subject, at=at)
        raise Refused("登录名或密码不对，请核对大小写后再试。", rule="sign_in", field="password")
    return account


def sign_in(*, account_id: int, code: str = "", moment: datetime, at: datetime) -> Account:
    """Sign in an account whose password was right. `code`: of its authenticator, or a recovery code, where it has one;
    `moment`: the request by the real clock, by which authenticators go.

    Raises Refused for a wrong or used code, or after too many of them; NotFound where the account is no longer active.
    """
    _refuse_guessing(account_id, at)
    try:
        return _signed_in(account_id=account_id, code=code, moment=moment, at=at)
    except Refused as refused:
        _note_wrong_code(refused, account_id, at)
        raise


def prove(*, login: str, password: str, code: str = "", address: str, moment: datetime, at: datetime) -> Account:
    """The account of somebody who stands by at another's screen (a witness): the same proof, but he is not signed in.

    Raises Refused as `check_login` and `sign_in` do.
    """
    account_id = check_login(login=login, password=password, address=address, at=at).pk
    _refuse_guessing(account_id, at)
    try:
        return _proved(account_id=account_id, code=code, moment=moment, at=at)
    except Refused as refused:
        _note_wrong_code(refused, account_id, at)
        raise


def _refuse_guessing(account_id: int, at: datetime) -> None:
    if locked_out("second_factor", str(account_id), most=MOST_CODES, within=WINDOW, at=at):
        raise Refused(_WAIT, rule="too_many", field="code")


def _note_wrong_code(refused: Refused, account_id: int, at: datetime) -> None:
    if refused.rule == "second_factor":
        note_failure(kind="second_factor", subject=str(account_id), at=at)


@action
def _signed_in(*, account_id: int, code: str, moment: datetime, at: datetime) -> Account:
    account = begin_own("accounts.sign_in", account_id, at=at)
    means = second_factor.take(account, code, moment)
    account.last_login = at
    account.save(update_fields=["last_login", "second_factor_step", "recovery_digests"])
    record("accounts.sign_in", account, by=account, at=at, facts={"second_factor": means})
    return account


@action
def _proved(*, account_id: int, code: str, moment: datetime, at: datetime) -> Account:
    account = begin_own("accounts.prove", account_id, at=at)
    means = second_factor.take(account, code, moment)
    account.save(update_fields=["second_factor_step", "recovery_digests"])
    record("accounts.prove", account, by=account, at=at, facts={"second_factor": means})
    return account
