"""Passwords by invitation, sign-in, the second factor: what holds, what ends, what nobody learns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from saiwu.accounts import second_factor
from saiwu.accounts.actions import (
    accept_invitation,
    add_account,
    ask_reset,
    change_password,
    check_login,
    deactivate,
    drop_second_factor,
    found,
    invite,
    prove,
    reactivate,
    renew_recovery_codes,
    set_second_factor,
    sign_in,
)
from saiwu.accounts.models import Account, Attempt
from saiwu.accounts.queries import invited
from saiwu.audit.frame import NotFound, Refused
from saiwu.audit.models import Record
from tests.world import LONG_BEFORE

pytestmark = pytest.mark.django_db

AT = datetime(2025, 9, 1, 2, 0, tzinfo=UTC)
MOMENT = datetime(2026, 11, 29, 8, 0, tzinfo=UTC)
PASSWORD, ANOTHER = "三江汇流之处 2025", "another good one 7"


@pytest.fixture(autouse=True)
def cheap_hashes(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def office() -> Account:
    return Account.objects.get(pk=found(login="office", name="组委会甲", at=LONG_BEFORE))


@pytest.fixture
def staff(office) -> Account:
    account = Account.objects.get(pk=add_account(login="host-iot", name="测承办", by=office, at=LONG_BEFORE))
    token = invite(account_id=account.pk, by=office, at=AT)
    return accept_invitation(account_id=account.pk, token=token, password=PASSWORD, at=AT)


def login(
    password: str = PASSWORD, *, name: str = "host-iot", address: str = "192.0.2.1", at: datetime = AT
) -> Account:
    return check_login(login=name, password=password, address=address, at=at)


def refused(verb, **arguments) -> str:
    with pytest.raises(Refused) as caught:
        verb(**arguments)
    return caught.value.message


def enrolled(account: Account) -> tuple[str, tuple[str, ...]]:
    secret = second_factor.fresh_secret()
    code = pyotp.TOTP(secret).at(MOMENT)
    return secret, set_second_factor(account_id=account.pk, secret=secret, code=code, moment=MOMENT, at=AT)


def test_an_invitation_sets_the_password_once_and_a_newer_one_ends_it(office, staff):
    assert login().pk == staff.pk
    assert login(name=" Host-IoT ").pk == staff.pk
    older = invite(account_id=staff.pk, by=office, at=AT)
    newer = invite(account_id=staff.pk, by=office, at=AT)
    assert refused(login) == "登录名或密码不对，请核对大小写后再试。"
    with pytest.raises(NotFound):
        accept_invitation(account_id=staff.pk, token=older, password=ANOTHER, at=AT)
    accept_invitation(account_id=staff.pk, token=newer, password=ANOTHER, at=AT)
    with pytest.raises(NotFound):
        invited(staff.pk, newer)
    assert login(ANOTHER).pk == staff.pk


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("短了", "密码太短，至少要 10 个字符。"),
        ("1357924680", "这个密码太常见了。 密码只包含数字。"),
        ("password123", "这个密码太常见了。"),
        ("host-iot-2025", "密码跟 登录名 太相似了。"),
    ],
)
def test_a_weak_password_is_refused_with_what_is_wrong_with_it(office, password, why):
    account = add_account(login="host-iot", name="测承办", by=office, at=LONG_BEFORE)
    token = invite(account_id=account, by=office, at=AT)
    said = refused(accept_invitation, account_id=account, token=token, password=password, at=AT)
    assert said == why
    assert invited(account, token).pk == account


def test_the_password_is_changed_by_the_old_one_alone(staff):
    change = {"account_id": staff.pk, "at": AT}
    assert refused(change_password, old="nothing like it", new=ANOTHER, **change) == "原密码不对，请重填。"
    assert refused(change_password, old=PASSWORD, new=PASSWORD, **change) == "新密码与原密码相同，请另设一个。"
    change_password(old=PASSWORD, new=ANOTHER, **change)
    assert login(ANOTHER).pk == staff.pk


def test_who_guesses_from_one_address_waits_and_everybody_else_does_not(staff):
    for _ in range(8):
        assert refused(login, password="wrong") == "登录名或密码不对，请核对大小写后再试。"
    assert refused(login) == "连续输错次数过多，请 15 分钟后再试。"
    assert login(address="192.0.2.2").pk == staff.pk
    assert login(at=AT + timedelta(minutes=16)).pk == staff.pk


def test_who_guesses_one_login_from_many_addresses_waits_too(staff):
    for place in range(60):
        refused(login, password="wrong", address=f"198.51.100.{place}")
    assert refused(login, address="192.0.2.2") == "连续输错次数过多，请 15 分钟后再试。"


def test_a_login_that_nobody_has_is_refused_in_the_same_words(staff):
    assert refused(login, name="nobody") == refused(login, password="wrong")


def test_nothing_that_was_typed_is_kept_in_clear(staff):
    refused(login, password="wrong")
    refused(login, name="my phone 16400001234", password="wrong")
    kept = [*Attempt.objects.values_list("kind", "subject"), *Record.objects.values_list("object", "facts")]
    assert "host-iot" not in str(kept)
    assert "16400001234" not in str(kept)
    assert "192.0.2.1" not in str(kept)
    assert Attempt.objects.count() == 4


def test_with_a_second_factor_a_code_is_asked_and_never_taken_twice(staff):
    secret, _ = enrolled(staff)
    totp = pyotp.TOTP(secret)
    sign = {"account_id": staff.pk, "moment": MOMENT + timedelta(seconds=60), "at": AT}
    assert refused(sign_in, **sign) == "请填写验证器上的 6 位验证码。"
    wrong = "验证码不对，或已用过。请等验证器显示下一个再填。"
    assert refused(sign_in, code="000000" if totp.at(sign["moment"]) != "000000" else "111111", **sign) == wrong
    assert refused(sign_in, code=totp.at(MOMENT), **sign) == wrong  # the one that it was set up with
    code = totp.at(sign["moment"])
    assert sign_in(code=f"{code[:3]} {code[3:]}", **sign).pk == staff.pk
    assert refused(sign_in, code=code, **sign) == wrong


def test_a_recovery_code_stands_in_once(staff):
    _, codes = enrolled(staff)
    sign = {"account_id": staff.pk, "moment": MOMENT, "at": AT}
    assert len(set(codes)) == 10
    assert sign_in(code=codes[3].lower().replace("-", " "), **sign).pk == staff.pk
    assert refused(sign_in, code=codes[3], **sign) == "验证码不对，或已用过。请等验证器显示下一个再填。"
    fresh = renew_recovery_codes(account_id=staff.pk, at=AT)
    assert refused(sign_in, code=codes[4], **sign) == "验证码不对，或已用过。请等验证器显示下一个再填。"
    assert sign_in(code=fresh[0], **sign).pk == staff.pk


def test_who_guesses_codes_waits(staff):
    enrolled(staff)
    sign = {"account_id": staff.pk, "moment": MOMENT, "at": AT}
    for place in range(6):
        refused(sign_in, code=f"A{place}", **sign)
    assert refused(sign_in, code="A7", **sign) == "连续输错次数过多，请 15 分钟后再试。"


def test_the_secret_and_the_codes_lie_encrypted_or_as_digests(staff):
    secret, codes = enrolled(staff)
    row = Account.objects.filter(pk=staff.pk).values().get()
    assert secret.encode() not in bytes(row["second_factor_sealed"])
    assert not any(code.replace("-", "") in str(row) for code in codes)


def test_the_office_drops_a_lost_second_factor_but_not_its_own(office, staff):
    enrolled(staff)
    drop_second_factor(account_id=staff.pk, by=office, at=AT)
    assert sign_in(account_id=staff.pk, moment=MOMENT, at=AT).pk == staff.pk
    assert refused(drop_second_factor, account_id=staff.pk, by=office, at=AT) == "此账号没有启用两步验证。"
    enrolled(office)
    assert "不能取消自己的两步验证" in refused(drop_second_factor, account_id=office.pk, by=office, at=AT)


def test_a_deactivated_account_is_nobody(office, staff):
    token = invite(account_id=add_account(login="late", name="测迟", by=office, at=AT), by=office, at=AT)
    late = Account.objects.get(login="late")
    for account in (staff, late):
        deactivate(account_id=account.pk, by=office, at=AT)
    assert refused(login) == "登录名或密码不对，请核对大小写后再试。"
    with pytest.raises(NotFound):
        sign_in(account_id=staff.pk, moment=MOMENT, at=AT)
    with pytest.raises(NotFound):
        accept_invitation(account_id=late.pk, token=token, password=PASSWORD, at=AT)
    assert refused(deactivate, account_id=office.pk, by=office, at=AT) == "不能停用自己的账号。"
    reactivate(account_id=staff.pk, by=office, at=AT)
    assert login().pk == staff.pk


def test_only_the_office_invites_and_deactivates(office, staff):
    for verb in (invite, deactivate, drop_second_factor):
        with pytest.raises(NotFound):
            verb(account_id=office.pk, by=staff, at=AT)


def test_a_witness_proves_himself_with_password_and_code(staff):
    secret, _ = enrolled(staff)
    moment = MOMENT + timedelta(minutes=5)
    asked = {"login": "host-iot", "password": PASSWORD, "address": "192.0.2.1", "moment": moment, "at": AT}
    assert refused(prove, **asked) == "请填写验证器上的 6 位验证码。"
    assert prove(code=pyotp.TOTP(secret).at(moment), **asked).pk == staff.pk
    assert Record.objects.order_by("-pk").values_list("verb", "actor").first() == (
        "accounts.prove",
        f"account:{staff.pk}",
    )


def test_who_forgot_his_password_is_shown_to_the_office_until_it_answers(office, staff):
    ask_reset(login="HOST-IOT", at=AT)
    with pytest.raises(NotFound):
        ask_reset(login="nobody", at=AT)
    assert Account.objects.get(pk=staff.pk).reset_asked_at == AT
    assert login().pk == staff.pk  # asking ends nothing: anybody could ask
    invite(account_id=staff.pk, by=office, at=AT)
    assert Account.objects.get(pk=staff.pk).reset_asked_at is None
