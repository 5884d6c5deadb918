"""Signing in and one's own account, as a browser sees it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from django.test import Client
from django.urls import reverse

from saiwu.accounts.actions import accept_invitation, deactivate, invite
from saiwu.accounts.models import Account
from tests.web.sign_in import signed_in
from tests.world import LONG_BEFORE, World, build

pytestmark = pytest.mark.django_db

PASSWORD = "三江汇流之处 2025"


@pytest.fixture(autouse=True)
def cheap_hashes(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def world(clock_at) -> World:
    clock_at(datetime(2025, 9, 1, 2, 0, tzinfo=UTC))
    return build()


def with_password(world: World, name: str) -> Account:
    account = world.account(name)
    token = invite(account_id=account.pk, by=world.office, at=LONG_BEFORE)
    return accept_invitation(account_id=account.pk, token=token, password=PASSWORD, at=LONG_BEFORE)


def post_sign_in(client: Client, login: str, password: str = PASSWORD, **more: str):
    return client.post(reverse("sign-in"), {"login": login, "password": password, **more})


def test_who_signs_in_goes_where_he_wanted_and_nowhere_else(client, world):
    with_password(world, "unit1")
    asked = client.get(reverse("account"))
    assert asked.headers["Location"] == f"{reverse('sign-in')}?next=%2Faccount%2F"
    assert post_sign_in(client, "unit1", next="/account/").headers["Location"] == "/account/"
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "/\\elsewhere"):
        answer = post_sign_in(Client(), "unit1", next=elsewhere)
        assert answer.headers["Location"] == reverse("desks")


def test_the_last_sign_in_is_told_by_the_installations_clock(client, world):
    account = with_password(world, "unit1")
    post_sign_in(client, "unit1")
    account.refresh_from_db()
    assert account.last_login == datetime(2025, 9, 1, 2, 0, tzinfo=UTC)


def test_a_wrong_password_is_told_in_place_and_never_sent_back(client, world):
    with_password(world, "unit1")
    page = post_sign_in(client, "unit1", "my secret slip").content.decode()
    assert "登录名或密码不对，请核对大小写后再试。" in page
    assert 'value="unit1"' in page
    assert "my secret slip" not in page


def test_the_session_has_a_key_that_nobody_knew_before(client, world):
    with_password(world, "unit1")
    client.get(reverse("sign-in"))
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    post_sign_in(client, "unit1")
    assert client.session.session_key != before
    cookie = client.cookies["saiwu"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_session_ends_after_two_hours_without_a_click_and_after_twelve_in_any_case(client, world):
    now = int(datetime.now(UTC).timestamp())
    for seen, since, status in (
        (now - 7100, now - 7100, 200),
        (now - 7300, now - 7300, 302),
        (now, now - 12 * 3600 - 10, 302),
    ):
        signed_in(client, world.account("unit1"))
        session = client.session
        session["seen_at"], session["signed_in_at"] = seen, since
        session.save()
        assert client.get(reverse("account")).status_code == status


def test_signing_out_ends_the_session_on_the_server(client, world):
    signed_in(client, world.account("unit1"))
    key = client.session.session_key
    assert client.get(reverse("sign-out")).status_code == 405
    client.post(reverse("sign-out"))
    other = Client()
    other.cookies["saiwu"] = key
    assert other.get(reverse("account")).status_code == 302


def test_a_change_of_password_ends_all_other_sessions_and_keeps_this_one(client, world):
    with_password(world, "unit1")
    elsewhere = Client()
    post_sign_in(client, "unit1")
    post_sign_in(elsewhere, "unit1")
    changed = {"old": PASSWORD, "new": "another good one 7", "again": "another good one 7"}
    assert client.post(reverse("password"), changed).headers["Location"] == reverse("account")
    assert client.get(reverse("account")).status_code == 200
    assert elsewhere.get(reverse("account")).status_code == 302


def test_what_is_wrong_with_a_new_password_stands_beside_its_field(client, world):
    with_password(world, "unit1")
    post_sign_in(client, "unit1")
    page = client.post(
        reverse("password"), {"old": "x", "new": "长而无味的密码甲乙", "again": "另一个"}
    ).content.decode()
    faults = re.findall(r'<li><a href="#(f-\w+)">(.+?)</a></li>', page)
    assert faults == [("f-again", "两次填写的密码不同，请重填。")]


def test_an_invitation_leaves_the_address_sets_the_password_and_signs_in(client, world):
    account = world.account("unit1")
    token = invite(account_id=account.pk, by=world.office, at=LONG_BEFORE)
    first = client.get(reverse("invitation", args=[account.pk, token]))
    assert first.headers["Location"] == reverse("invitation-password")
    page = client.get(reverse("invitation-password")).content.decode()
    assert account.login in page
    assert token not in page
    done = client.post(reverse("invitation-password"), {"new": PASSWORD, "again": PASSWORD})
    assert done.headers["Location"] == reverse("desks")
    again = Client().get(reverse("invitation", args=[account.pk, token]))
    assert again.status_code == 404
    assert "这个链接已失效" in again.content.decode()


def test_whoever_is_deactivated_is_out_at_his_next_click(client, world):
    signed_in(client, world.account("unit1"))
    deactivate(account_id=world.account("unit1").pk, by=world.office, at=LONG_BEFORE)
    assert client.get(reverse("account")).status_code == 302


def test_staff_set_up_a_second_factor_before_any_desk_and_units_need_none(client, world, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    host = with_password(world, "host")
    post_sign_in(client, "host")
    desk = reverse("host-home", args=["bayu-2025", "iot"])
    assert client.get(desk).headers["Location"] == reverse("second-factor")
    page = client.get(reverse("second-factor")).content.decode()
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)[1]
    secret = re.search(r'<span class="sw-break">([A-Z2-7 ]+)</span>', page)[1].replace(" ", "")
    wrong = client.post(reverse("second-factor"), {"sealed": sealed, "code": "12"}).content.decode()
    assert "验证码不对" in wrong
    assert secret[:4] in wrong  # the same secret goes on: it is in the phone already
    code = pyotp.TOTP(secret).now()
    codes = client.post(reverse("second-factor"), {"sealed": sealed, "code": code}).content.decode()
    recovery = re.findall(r'<li><span class="sw-id">([A-Z0-9]{5}-[A-Z0-9]{5})</span></li>', codes)
    assert len(recovery) == 10
    assert client.get(desk).status_code == 200
    # the next sign-in asks for it
    other = Client()
    asked = post_sign_in(other, "host", next=desk)
    assert asked.headers["Location"].startswith(reverse("sign-in-code"))
    assert other.get(desk).status_code == 302
    signed = other.post(asked.headers["Location"], {"code": recovery[0], "next": desk})
    assert signed.headers["Location"] == desk
    assert other.get(desk).status_code == 200
    assert host.pk == int(other.session["_auth_user_id"])
    unit = Client()
    with_password(world, "unit1")
    post_sign_in(unit, "unit1")
    assert unit.get(reverse("unit-home", args=[world.units[0], "bayu-2025"])).status_code == 200


def test_a_secret_made_for_another_account_sets_up_nothing(client, world):
    signed_in(client, world.account("unit1"))
    sealed = re.search(r'name="sealed" value="([^"]+)"', client.get(reverse("second-factor")).content.decode())[1]
    other = signed_in(Client(), world.account("unit2"))
    page = other.post(reverse("second-factor"), {"sealed": sealed, "code": "123456"}).content.decode()
    assert sealed not in page
    assert Account.objects.filter(second_factor_sealed__isnull=False).count() == 0


def test_a_code_is_asked_for_ten_minutes_only(client, world):
    signed_in(client, world.account("unit1"))
    client.get(reverse("account"))
    session = client.session
    session["password_right"] = [
        world.account("unit2").pk,
        int((datetime.now(UTC) - timedelta(minutes=11)).timestamp()),
    ]
    session.save()
    assert client.get(reverse("sign-in-code")).headers["Location"] == reverse("sign-in")


def test_who_has_one_desk_is_there_at_once_and_who_has_several_chooses(client, world):
    signed_in(client, world.account("unit1"))
    assert client.get(reverse("desks")).headers["Location"] == reverse("unit", args=[world.units[0]])
    page = signed_in(Client(), world.office).get(reverse("desks")).content.decode()
    ways = re.findall(r'<li><a href="([^"]+)">', page)
    assert sorted(ways) == sorted([reverse("committee-home", args=["bayu-2025"]), reverse("office-home")])


def test_forgotten_tells_nobody_who_has_an_account(client, world):
    known = client.post(reverse("forgotten"), {"login": "unit1"}).content.decode()
    unknown = client.post(reverse("forgotten"), {"login": "nobody"}).content.decode()
    assert known == unknown
    assert "已告知组委会办公室" in known
    assert Account.objects.get(login="unit1").reset_asked_at is not None
