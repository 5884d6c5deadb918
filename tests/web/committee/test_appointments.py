"""Appointments: who holds what, appointing by name, ending; a judge with an interest is caught before."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saiwu.accounts.actions import add_account
from saiwu.accounts.models import Account, Appointment
from saiwu.competitions.queries import seats_of
from saiwu.rules.procedure import Role
from tests.web.committee.reading import words
from tests.world import IN_TIME, LONG_BEFORE

HOME = "/committee/bayu-2025/"
PAGE = f"{HOME}appointments/"
NOW = IN_TIME.replace(day=3)


@pytest.fixture
def somebody(waiting) -> Account:
    """An account that holds nothing."""
    return Account.objects.get(pk=add_account(login="zhou", name="周老师", by=waiting.world.office, at=LONG_BEFORE))


def test_the_list_says_who_holds_what_over_what(office):
    page = words(office.get(PAGE))
    assert "测裁判员judge裁判员物联网安装调试员2025年6月6日不定期解除…" in page
    assert "测主办单位organiser主办单位整场竞赛" in page


@pytest.mark.parametrize(("query", "found"), [
    ("role=judge", ["测裁判员"]),
    ("event=-", ["组委会甲", "测主办单位", "测仲裁"]),
    ("event=ai-image", ["测承办单位"]),
    ("q=registrar", ["测检录加密人员"]),
    ("ended=1", []),
    ("role=mayor&event=nowhere&q=监督", ["测监督"]),
])  # fmt: skip
def test_the_list_is_filtered_by_event_role_and_name(office, query, found):
    page = office.get(f"{PAGE}?{query}").content.decode()
    names = ["组委会甲", "测主办单位", "测仲裁", "测承办单位", "测检录加密人员", "测裁判员", "测裁判长", "测监督"]
    table = page.partition("<tbody>")[2]
    assert {name for name in names if name in table} == set(found)


def test_somebody_is_found_by_name_and_appointed_until_the_end_of_a_day(office, waiting, somebody):
    assert "周老师" in words(office.get(f"{PAGE}new/?q=周老"))
    assert "请至少填写两个字。" in words(office.get(f"{PAGE}new/?q=周"))
    where = f"{PAGE}new/{somebody.pk}/"
    assert "账号没有所属单位，程序查不出利益关系" in words(office.get(where))
    done = office.post(where, {"role": "judge", "event": "iot", "until": "2025-10-31"})
    assert done.headers["Location"] == PAGE
    held = Appointment.objects.get(account=somebody)
    assert (held.role, held.until.isoformat()) == ("judge", "2025-10-31T16:00:00+00:00")
    assert [(seat.role, seat.event) for seat in seats_of(somebody, NOW)] == [(Role.JUDGE, "iot")]
    assert "已聘任周老师为裁判员。" in words(office.get(PAGE))


def test_a_second_click_appoints_nobody_twice(office, somebody):
    for _ in range(2):
        page = office.post(f"{PAGE}new/{somebody.pk}/", {"role": "judge", "event": "iot"})
    assert "此人已有这项聘任。" in words(page)
    assert Appointment.objects.filter(account=somebody).count() == 1


@pytest.mark.parametrize(("posted", "told"), [
    ({}, "请选择职责。"),
    ({"role": "host"}, "“承办单位”不能聘任到整场竞赛。"),
    ({"role": "organiser", "event": "iot"}, "“主办单位”不能聘任到单个赛项。"),
    ({"role": "judge", "event": "iot", "until": "明年"}, "请填写日期，如2025-11-30。"),
    ({"role": "judge", "event": "iot", "until": "2025-01-31"}, "聘任的结束时间须晚于开始时间。"),
])  # fmt: skip
def test_what_cannot_be_is_said_and_nothing_is_written(office, somebody, posted, told):
    assert told in words(office.post(f"{PAGE}new/{somebody.pk}/", posted))
    assert not Appointment.objects.filter(account=somebody).exists()


def test_whoever_codes_does_not_mark(office, waiting):
    registrar = waiting.world.account("registrar")
    page = words(office.post(f"{PAGE}new/{registrar.pk}/", {"role": "judge", "event": "iot"}))
    assert "此人在本赛项已任检录加密人员，不能再任裁判员：编码、监督的人不评分。" in page


def test_a_judge_who_acts_for_a_unit_that_enters_people_is_caught_before_and_shown_after(office, waiting):
    clerk = waiting.world.account("unit1")
    where = f"{PAGE}new/{clerk.pk}/"
    page = words(office.post(where, {"role": "judge", "event": "iot"}))
    assert "此人与本赛项有利益关系是示例学院乙的经办人，该单位有3队（人）报名。" in page
    assert not Appointment.objects.filter(account=clerk, role="judge").exists()
    office.post(where, {"role": "judge", "event": "iot", "sure": "on"})
    assert Appointment.objects.filter(account=clerk, role="judge").exists()
    assert "裁判与选手有利益关系物联网安装调试员：单位经办1是示例学院乙的经办人" in words(office.get(PAGE))
    assert "裁判与选手有利益关系物联网安装调试员，单位经办1，示例学院乙" in words(office.get(HOME))


def test_a_judge_of_another_event_than_his_units_has_no_interest_there(office, waiting):
    clerk = waiting.world.account("unit1")
    office.post(f"{PAGE}new/{clerk.pk}/", {"role": "judge", "event": "ai-trainer"})
    assert Appointment.objects.filter(account=clerk, role="judge").exists()
    assert "有利益关系" not in words(office.get(f"{PAGE}?q=unit1"))


def test_a_judge_whose_number_is_a_contestants_is_caught(office, waiting, somebody):
    from saiwu.people.models import Person

    person = Person.objects.get(name="冉启航")
    Account.objects.filter(pk=somebody.pk).update(number_digest=person.number_digest)
    page = words(office.post(f"{PAGE}new/{somebody.pk}/", {"role": "chief_judge", "event": "iot"}))
    assert "此人与本赛项有利益关系本人报名参赛" in page


def test_an_appointment_is_ended_on_a_page_of_its_own(office, waiting):
    held = Appointment.objects.get(account=waiting.world.account("judge"))
    where = f"{PAGE}{held.pk}/end/"
    assert "解除后此人立刻不能再进这个工作台" in words(office.get(where))
    assert office.post(where).headers["Location"] == PAGE
    held.refresh_from_db()
    assert held.until == NOW
    assert "这项聘任已经结束。" in words(office.get(where))
    assert "这项聘任已经结束。" in words(office.post(where))
    assert "测裁判员" in words(office.get(f"{PAGE}?ended=1"))


@pytest.mark.parametrize("role", ["arbiter", "supervisor", "host", "unit1"])
def test_others_appoint_nobody(as_role, waiting, role):
    client = as_role(role)
    account = waiting.world.account("judge")
    assert [client.get(page).status_code for page in (PAGE, f"{PAGE}new/", f"{PAGE}new/{account.pk}/")] == [404] * 3


def test_the_list_asks_the_same_number_of_statements_for_one_row_and_for_many(office, waiting):
    def many(query: str) -> int:
        office.get(PAGE + query)
        with CaptureQueriesContext(connection) as asked:
            office.get(PAGE + query)
        return len(asked)

    assert (many("?role=judge"), many("")) == (14, 14)
