"""Units: found, set up, corrected; who acts for them comes and goes."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from saiwu.accounts.actions import add_account, deactivate
from saiwu.accounts.models import Account, Appointment, Unit
from saiwu.accounts.queries import Clerk, clerks_of
from tests.web.committee.reading import title, words
from tests.web.office.conftest import NOW
from tests.world import LONG_BEFORE, add_a_unit

PAGE = "/office/units/"
CODE = "91500000MA5U0000XN"


def data(**values: str) -> dict[str, str]:
    return {"name": "示例技师学院", "kind": "院校", "school_kind": "技工院校", "district": "渝北区"} | values


def test_the_list_says_who_acts_for_each_unit(office):
    page = words(office.get(PAGE))
    assert "2个单位" in page
    assert "示例公司丙未填企业渝中区单位经办2" in page
    assert "示例学院乙未填院校渝中区单位经办1" in page


@pytest.mark.parametrize(
    ("query", "found"), [("学院", ["示例学院乙"]), ("示例", ["示例公司丙", "示例学院乙"]), ("无此", [])]
)
def test_a_unit_is_found_by_part_of_its_name(office, query, found):
    page = office.get(PAGE, {"q": query})
    assert re.findall(r'<th class="sw-fold-title" scope="row"><a [^>]*>(.*?)</a>', page.content.decode()) == found


def test_an_installation_without_units_says_how_they_come_about(new_office):
    assert "还没有参赛单位建好单位、给经办人开好账号，单位就可以报名。" in words(new_office.get(PAGE))


def test_a_unit_is_set_up_and_stands_there_without_anybody_who_acts_for_it(office):
    done = office.post(f"{PAGE}add/", data())
    unit = Unit.objects.get(name="示例技师学院")
    assert done.headers["Location"] == f"{PAGE}{unit.pk}/"
    assert (unit.kind, unit.school_kind, unit.district, unit.credit_code) == ("院校", "技工院校", "渝北区", "")
    page = words(office.get(done.headers["Location"]))
    assert "已建单位“示例技师学院”。接着给经办人开账号。" in page
    assert "还没有经办人。没有经办人的单位不能报名。" in page
    assert "没有经办人" in words(office.get(PAGE))


@pytest.mark.parametrize(("values", "told"), [
    ({"name": ""}, "请填写单位全称。"),
    ({"kind": ""}, "请选择单位性质。"),
    ({"kind": "企业"}, "单位性质不是院校，这一项请选“不是院校，或不清楚”。"),
    ({"credit_code": "123"}, "应为18位"),
    ({"name": "示例学院乙"}, "已有同名单位，请核对是否同一单位。"),
    ({"name": " 示例学院 乙"}, "已有同名单位，请核对是否同一单位。"),
])  # fmt: skip
def test_what_cannot_be_is_told_beside_its_field_and_what_was_typed_stays(office, values, told):
    page = office.post(f"{PAGE}add/", data(**values))
    assert told in words(page)
    assert re.search(r'<a href="#f-[a-z_0-9]+">', page.content.decode())
    assert 'value="渝北区"' in page.content.decode()
    assert Unit.objects.count() == 2


def test_a_unit_is_corrected_and_nothing_changed_is_said(office, world):
    where = f"{PAGE}{world.units[0]}/correct/"
    assert 'value="示例学院乙"' in office.get(where).content.decode()
    done = office.post(where, data(name="示例学院"))
    assert done.headers["Location"] == f"{PAGE}{world.units[0]}/"
    assert title(office.get(done.headers["Location"])) == "示例学院"
    assert "没有改动。" in words(office.post(where, data(name="示例学院")))


def test_a_clerk_gets_account_appointment_and_link_in_one_go(office, world):
    unit = world.units[0]
    page = office.post(f"{PAGE}{unit}/clerks/new/", {"login": "Liu.Min", "name": "刘敏"})
    assert title(page) == "把链接交给刘敏"
    account = Account.objects.get(login="liu.min")
    held = Appointment.objects.get(account=account)
    assert [one.name for one in clerks_of([unit], NOW)[unit]] == ["单位经办1", "刘敏"]
    assert clerks_of([unit], NOW)[unit][1] == Clerk(held.pk, account.pk, "刘敏", "liu.min", True, False, NOW)
    link = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", page.content.decode())[1]
    path = "/" + link.partition("://")[2].partition("/")[2]
    assert Client().get(path).headers["Location"] == "/invitation/"


def test_a_login_in_use_is_told_and_nobody_is_appointed(office, world):
    page = office.post(f"{PAGE}{world.units[0]}/clerks/new/", {"login": "UNIT2", "name": "单位经办2"})
    assert '<a href="#f-login">这个登录名已有人使用，请换一个。</a>' in page.content.decode()
    assert Appointment.objects.filter(scope__unit=world.units[0]).count() == 1


@pytest.mark.parametrize(("known", "told"), [
    ("", "请填写登录名。"),
    ("nobody", "没有这个登录名。核对后再填，或给此人新开账号。"),
    ("unit1", "此人已是这个单位的经办人。"),
    ("gone", "没有这个账号，或账号已停用。"),
])  # fmt: skip
def test_an_account_that_cannot_act_for_a_unit_is_told(office, world, known, told):
    gone = add_account(login="gone", name="已离职", by=world.office, at=LONG_BEFORE)
    deactivate(account_id=gone, by=world.office, at=LONG_BEFORE)
    page = office.post(f"{PAGE}{world.units[0]}/clerks/known/", {"known": known})
    assert f'<a href="#f-known">{told}</a>' in page.content.decode()


def test_an_account_that_is_there_acts_for_a_second_unit(office, world):
    done = office.post(f"{PAGE}{world.units[0]}/clerks/known/", {"known": " Unit2 "})
    assert "单位经办2现在是本单位的经办人。" in words(office.get(done.headers["Location"]))
    assert [one.login for one in clerks_of(world.units, NOW)[world.units[0]]] == ["unit1", "unit2"]


def test_that_somebody_acts_for_a_unit_is_ended_on_a_page_that_says_what_follows(office, world):
    unit = world.units[0]
    held = Appointment.objects.get(scope__unit=unit)
    where = f"{PAGE}{unit}/clerks/{held.pk}/end/"
    assert "这是单位唯一的经办人。解除后没有人能替单位报名、确认，直到另设一人。" in words(office.get(where))
    assert office.post(where).headers["Location"] == f"{PAGE}{unit}/"
    assert "单位经办1不再是“示例学院乙”的经办人。" in words(office.get(f"{PAGE}{unit}/"))
    assert clerks_of([unit], NOW) == {}
    assert [call(where).headers["Location"] for call in (office.get, office.post)] == [f"{PAGE}{unit}/"] * 2


def test_an_appointment_of_another_unit_is_not_ended_here(office, world):
    other = Appointment.objects.get(scope__unit=world.units[1])
    office.post(f"{PAGE}{world.units[0]}/clerks/{other.pk}/end/")
    other.refresh_from_db()
    assert other.until is None


@pytest.mark.parametrize("name", ["organiser", "host", "unit1"])
def test_only_the_office_of_the_installation_comes_here(as_account, world, name):
    client = as_account(name)
    unit = world.units[0]
    pages = (
        "",
        "units/",
        "units/add/",
        f"units/{unit}/",
        f"units/{unit}/correct/",
        "accounts/",
        "notices/",
        "notices/publish/",
    )
    assert [client.get(f"/office/{page}").status_code for page in pages] == [404] * len(pages)
    assert client.post(f"/office/units/{unit}/clerks/new/", {"login": "evil", "name": "恶"}).status_code == 404
    assert not Account.objects.filter(login="evil").exists()


def test_the_list_asks_the_same_number_of_statements_for_one_row_and_for_three(office, world):
    add_a_unit(world, 3)

    def many(query: str) -> int:
        office.get(PAGE + query)
        with CaptureQueriesContext(connection) as asked:
            office.get(PAGE + query)
        return len(asked)

    assert (many("?q=公司"), many("")) == (8, 8)
