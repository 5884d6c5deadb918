"""Accounts: who waits for a link, opening one, handing over its link, and what is hard to undo."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from saiwu.accounts.actions import ask_reset, invite
from saiwu.accounts.models import Account
from saiwu.accounts.queries import AccountCounts, Which, account_counts
from saiwu.competitions.queries import seats_of
from tests.web.committee.reading import title, words
from tests.web.office.conftest import NOW
from tests.world import LONG_BEFORE

PAGE = "/office/accounts/"


def set_password(account: Account) -> None:
    token = invite(account_id=account.pk, by=Account.objects.get(login="office"), at=LONG_BEFORE)
    client = Client()
    client.get(f"/invitation/{account.pk}/{token}/")
    word = "江边石阶上的一棵黄桷树"
    assert client.post("/invitation/", {"new": word, "again": word}).status_code == 302


def names(response) -> list[str]:
    return re.findall(r'<th class="sw-fold-title" scope="row"><a [^>]*>(.*?)</a>', response.content.decode())


def link_in(response) -> str:
    found = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", response.content.decode())
    assert found
    return "/" + found[1].partition("://")[2].partition("/")[2]


def test_who_waits_for_a_link_stands_first(office, world):
    ask_reset(login="unit2", at=NOW)
    ask_reset(login="host", at=NOW)
    page = office.get(PAGE)
    assert names(page)[:3] == ["测承办单位", "单位经办2", "测仲裁"]
    assert names(office.get(f"{PAGE}?only=reset")) == ["测承办单位", "单位经办2"]
    assert account_counts() == AccountCounts(10, {Which.RESET: 2, Which.NO_PASSWORD: 10, Which.DEACTIVATED: 0})


def test_the_home_shows_who_waits_and_the_competitions_that_the_office_runs(office, world):
    assert title(office.get("/office/")) == "没有人等您发密码链接"
    ask_reset(login="unit2", at=NOW)
    page = office.get("/office/")
    assert title(page) == "1 人等您发密码链接"
    assert "单位经办2unit29月3日10:00说忘了密码。先核实是本人，再发链接。" in words(page)
    assert '<a href="/committee/bayu-2025/">' in page.content.decode()
    assert "怎样开始" not in words(page)


def test_a_new_installation_says_how_to_begin(new_office):
    page = new_office.get("/office/")
    assert title(page) == "先发布通知"
    assert "怎样开始发布通知上传规则文件" in words(page)
    assert re.findall(r'class="btn btn-primary" href="([^"]+)"', page.content.decode()) == ["/office/notices/publish/"]


def test_the_list_says_roles_with_what_they_are_over(office):
    page = words(office.get(f"{PAGE}?q=unit1"))
    assert "单位经办1unit1参赛单位（示例学院乙）还没设密码从未登录" in page
    assert "承办单位（物联网安装调试员）" in words(office.get(f"{PAGE}?q=host"))
    assert "组委会办公室（整套安装）组委会办公室（" in words(office.get(f"{PAGE}?q=office"))
    assert "没有这样的账号" in words(office.get(f"{PAGE}?q=无此人"))


def test_an_account_shows_state_roles_and_what_can_be_done(office, world):
    where = f"{PAGE}{world.account('unit1').pk}/"
    page = words(office.get(where))
    assert "登录名unit1状态还没设密码上次登录从未登录两步验证未启用" in page
    assert "参赛单位，示例学院乙2025年6月6日起" in page
    assert "取消两步验证" not in page
    set_password(world.account("unit1"))
    assert "状态在用" in words(office.get(where))
    assert "发重设密码的链接发出后，原来的密码随即失效，此人从各处退出。" in words(office.get(where))


def test_an_account_is_opened_for_a_unit_and_its_link_shown_once(office):
    page = office.post(f"{PAGE}add/", {"login": "liumin", "name": "刘敏", "unit": "学院"})
    assert title(page) == "把链接交给刘敏"
    assert "登录名liumin，经办示例学院乙。" in words(page)
    account = Account.objects.get(login="liumin")
    assert [(seat.role.value, seat.unit) for seat in seats_of(account, NOW)] == [("unit", "示例学院乙")]
    assert page.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert link_in(page) not in office.get(f"{PAGE}{account.pk}/").content.decode()


@pytest.mark.parametrize(("posted", "told"), [
    ({"login": "", "name": "刘敏"}, "请填写登录名。"),
    ({"login": "刘敏", "name": "刘敏"}, "登录名用字母、数字，可以含 . _ - @，至少 2 位。"),
    ({"login": "liumin", "name": ""}, "请填写姓名。"),
    ({"login": "HOST", "name": "刘敏"}, "这个登录名已有人使用，请换一个。"),
    ({"login": "liumin", "name": "刘敏", "unit": "无此单位"}, "没有这个单位。先建单位，再开账号。"),
    ({"login": "liumin", "name": "刘敏", "unit": "示例"}, "有几个单位叫这个：示例公司丙、示例学院乙。请填写全称。"),
])  # fmt: skip
def test_what_cannot_be_is_told_beside_its_field_and_no_account_is_opened(office, posted, told):
    page = office.post(f"{PAGE}add/", posted)
    assert re.search(rf'<a href="#f-[a-z]+">{re.escape(told)}</a>', page.content.decode())
    assert Account.objects.count() == 10


def test_a_link_ends_the_one_before_and_sets_a_password(office, world):
    where = f"{PAGE}{world.account('host').pk}/link/"
    assert office.get(where).status_code == 405
    first, second = (link_in(office.post(where)) for _ in range(2))
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 302


def test_a_link_for_oneself_is_not_made(office, world):
    where = f"{PAGE}{world.office.pk}/"
    assert "这是您自己的账号。" in words(office.get(where))
    assert office.post(f"{where}link/").headers["Location"] == "/account/password/"
    assert office.get(where).status_code == 200
    assert "不能停用自己的账号。" in words(office.post(f"{where}deactivate/"))


def test_an_account_is_deactivated_on_a_page_that_says_what_he_holds_and_is_taken_back(office, world):
    account = world.account("unit1")
    where = f"{PAGE}{account.pk}/"
    page = words(office.get(f"{where}deactivate/"))
    assert "此人现有职责参赛单位（示例学院乙）停用后这些事没有人办的，请先聘任别人。" in page
    for _ in range(2):
        assert office.post(f"{where}deactivate/").headers["Location"] == where
    account.refresh_from_db()
    assert not account.is_active
    assert "状态已停用" in words(office.get(where))
    assert "账号已停用。请先恢复账号，再发链接。" in words(office.post(f"{where}link/"))
    assert names(office.get(f"{PAGE}?only=deactivated")) == ["单位经办1"]
    for _ in range(2):
        assert office.post(f"{where}reactivate/").headers["Location"] == where
    account.refresh_from_db()
    assert account.is_active


def test_a_second_factor_is_dropped_on_a_page_that_asks_to_make_sure(office, world):
    account = world.account("host")
    where = f"{PAGE}{account.pk}/"
    assert office.get(f"{where}second-factor/").headers["Location"] == where
    Account.objects.filter(pk=account.pk).update(second_factor_sealed=b"sealed", recovery_digests=["x"])
    assert "取消两步验证…" in words(office.get(where))
    assert "先当面核实是本人。" in words(office.get(f"{where}second-factor/"))
    for _ in range(2):
        assert office.post(f"{where}second-factor/").headers["Location"] == where
    account.refresh_from_db()
    assert (account.second_factor_sealed, account.recovery_digests) == (None, [])


def test_the_list_asks_the_same_number_of_statements_for_one_row_and_for_many(office):
    def many(query: str) -> int:
        office.get(PAGE + query)
        with CaptureQueriesContext(connection) as asked:
            office.get(PAGE + query)
        return len(asked)

    assert (many("?q=unit1"), many("?q=unit"), many("")) == (13, 13, 13)
