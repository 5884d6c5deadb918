"""The committee's home: what waits, by deadline and with who must decide; events against their minimums; conflicts."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saiwu.competitions.actions import appoint
from saiwu.rules.procedure import Role
from tests.web.committee.reading import title, words
from tests.web.committee.scene import change_of, conflict_of, decision_of, waiver_of
from tests.web.play import at
from tests.web.sign_in import signed_in
from tests.world import LONG_BEFORE

HOME = "/committee/bayu-2025/"


def acts(response) -> list[str]:
    return re.findall(r'<li class="sw-todo[^"]*"><h2>(.*?)</h2>', response.content.decode())


def test_the_title_says_how_much_waits_and_the_first_has_the_primary_button(office):
    page = office.get(HOME)
    assert title(page) == "2 件事等您决定"
    assert acts(page) == ["示例学院乙申请豁免：李思远", "AI图像处理申请变更：日期"]
    assert page.content.decode().count("btn-primary") == 1


def test_the_organiser_decides_what_is_his_and_the_office_is_told_that_it_records_a_letter(office, organiser):
    assert "由主办单位决定，办公室登记文号" in words(office.get(HOME))
    assert title(organiser.get(HOME)) == "2 件事等您决定"
    assert "办公室登记文号" not in words(organiser.get(HOME))


def test_a_minimum_that_is_missed_waits_with_its_options_and_its_clause(office, waiting, clock_at):
    decision_of(waiting.world)
    clock_at(at(10, 17, 10))
    page = words(office.get(HOME))
    assert "职工组报名截止时1人（队），少于50人（队）。可选：延长、延期、合并、不设奖、取消、照常。（五.2b）" in page
    assert "10月22日24:00前决定" in page


def test_a_conflict_says_no_name_on_home(office):
    page = words(office.get(HOME))
    assert "有人重复报名，已被拦下人工智能训练师，扫码预报名" in page
    assert "冉启航" not in page


def test_events_stand_against_the_least_numbers_of_the_rulebook_with_what_the_pace_promises(office):
    """Three students in seven days before September 3rd; until October 16th 24:00 there are 43 more days and 14 hours."""
    page = words(office.get(HOME))
    assert "学生组预计213/50人" in page
    assert "八个赛项" in page


@pytest.mark.parametrize(("role", "tabs"), [
    ("committee", ["首页", "裁定事项", "豁免", "变更", "冲突"]),
    ("organiser", ["首页", "裁定事项", "豁免", "变更", "冲突"]),
    ("arbiter", ["首页", "裁定事项"]),
])  # fmt: skip
def test_each_view_says_whose_it_is_and_has_his_tabs_only(as_role, role, tabs):
    body = as_role(role).get(HOME).content.decode()
    nav = re.search(r'<nav class="sw-nav".*?</nav>', body, re.DOTALL)[0]
    assert re.findall(r">([^<>\d]+?)<(?:/a|span)", nav)[: len(tabs)] == tabs


@pytest.mark.parametrize("role", ["host", "registrar", "judge", "unit1"])
def test_for_others_there_is_no_such_desk(as_role, role):
    assert as_role(role).get(HOME).status_code == 404


def test_home_asks_the_same_number_of_statements_however_much_waits(office, waiting):
    def many() -> int:
        office.get(HOME)
        with CaptureQueriesContext(connection) as asked:
            office.get(HOME)
        return len(asked)

    few = many()
    for unit, first in ((2, 21), (3, 41)):
        waiver_of(waiting.world, unit, first)
        conflict_of(waiting.world, first)
    change_of(waiting.world, "2025-10-28")
    change_of(waiting.world, "2025-10-29")
    assert (few, many()) == (STATEMENTS, STATEMENTS)


STATEMENTS = 38


def test_the_brief_has_every_event_with_its_numbers(office):
    page = words(office.get(f"{HOME}brief/"))
    assert "共报名3，待审核2" in page
    assert "物联网安装调试员报名中学生组3人2150210月23日" in page


def test_a_division_whose_registration_was_extended_says_so_and_goes_by_its_own_day(
    office, organiser, waiting, clock_at
):
    decision = decision_of(waiting.world)
    clock_at(at(10, 17, 10))
    organiser.post(f"{HOME}decisions/{decision}/", {"choice": "延长", "until": "2025-10-20", "reason": "再动员"})
    page = words(office.get(HOME))
    assert "职工组延至10月20日预计11/50人" in page
    assert "学生组预计33/50人" in page


def test_a_supervisor_over_the_competition_reads_and_decides_nothing(waiting, client):
    world = waiting.world
    supervisor = world.account("supervisor")
    appoint(
        competition_id=world.competition.pk,
        account_id=supervisor.pk,
        role=Role.SUPERVISOR,
        by=world.office,
        at=LONG_BEFORE,
    )
    page = signed_in(client, supervisor).get(HOME)
    assert title(page) == "现在没有要决定的事"
    assert client.get(f"{HOME}decisions/").status_code == 200
    others = ("brief/", "waivers/", "changes/", "conflicts/", "appointments/")
    assert [client.get(HOME + address).status_code for address in others] == [404] * 5


def test_nobody_who_has_not_signed_in_sees_a_page_of_the_door(client, waiting):
    answer = client.get(f"{HOME}waivers/")
    assert answer.headers["Location"] == "/sign-in/?next=%2Fcommittee%2Fbayu-2025%2Fwaivers%2F"
