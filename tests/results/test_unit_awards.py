"""Unit awards: the table counts what was recorded, the organiser decides by name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from saiwu.audit.frame import Refused
from saiwu.audit.models import Record
from saiwu.competitions.rulebooks import in_force
from saiwu.results.actions import decide_unit_awards, issue_bulletin
from saiwu.results.models import UnitAward
from saiwu.results.unit_records import candidates, proposals
from saiwu.rules.procedure import EventState, Role
from saiwu.rules.unit_awards import Candidate, EntryOutcome, Proposed
from tests.checkin.rows import FILES, eve
from tests.results.test_certificates_and_bulletin import FIVE, IN_JUNE, confirmed

pytestmark = pytest.mark.django_db
MACHINES, SCHOOL, BUILDERS = "青石机械厂", "青石职业中学", "青石建筑公司"


@pytest.fixture
def made():
    """Five students and five teams; units take turns. Entry five of each event stays away."""
    made = eve(students=5, teams=5)
    given = {number: marks for number, marks in FIVE.items() if number != "E005"}
    confirmed(made, made.welder, given, absent=("E005",))
    confirmed(made, made.rigger, given, absent=("E005",))
    return made


def _decide(made, *recipients, by=Role.ORGANISER, **change):
    values = {"award": "organisation", "reason": "按得分", "at": IN_JUNE + timedelta(days=1)} | change
    return decide_unit_awards(competition_id=made.competition.pk, recipients=recipients, by=made.office[by], **values)


def test_the_table_counts_people_prizes_and_events(made):
    award = in_force(made.competition).unit_awards["organisation"]
    # Machines: entries 1 and 4 of both events, students alone and teams of two: six people, all there, two first prizes.
    assert proposals(made.competition, award, "参赛单位") == (
        Proposed(MACHINES, 32, {"报名人数": 6, "检录人数": 6, "一等奖": 20}, 1, "优秀组织奖"),
        Proposed(SCHOOL, 21, {"报名人数": 6, "检录人数": 3, "二等奖": 12}, 2, "优秀组织奖"),
        Proposed(BUILDERS, 14, {"报名人数": 3, "检录人数": 3, "三等奖": 8}, 3, None),
    )


def test_what_is_on_record_of_a_unit(made):
    by_name = {one.name: one for one in candidates(made.competition, "参赛单位")}
    assert by_name[MACHINES] == Candidate(
        MACHINES,
        "参赛单位",
        # Entry four of each event failed the theory part: ranked, without a prize, not passed.
        (EntryOutcome(1, "一等奖", True), EntryOutcome(4, None, False)) * 2,
        registered=6,
        checked_in=6,
        entered=2,
    )


def test_each_list_has_its_own_candidates(made):
    assert {one.name: one.hosted for one in candidates(made.competition, "承办单位")} == {
        "青石会展中心": 1,
        "青石实训基地": 1,
    }
    assert [one.name for one in candidates(made.competition, "院校")] == [SCHOOL]
    assert [one.name for one in candidates(made.competition, "企业")] == [MACHINES, BUILDERS]
    assert {one.name: (one.registered, one.entered) for one in candidates(made.competition, "区县")} == {
        "第1区": (6, 2),
        "第2区": (6, 2),
        "第3区": (3, 2),
    }
    assert candidates(made.competition, "工作人员") == []


def test_a_decision_by_name_keeps_the_points_beside_it(made):
    _decide(made, MACHINES, SCHOOL)
    rows = UnitAward.objects.order_by("id").values_list("recipient", "award", "among", "points", "reason")
    assert list(rows) == [
        (MACHINES, "organisation", "参赛单位", 32, "按得分"),
        (SCHOOL, "organisation", "参赛单位", 21, "按得分"),
    ]
    record = Record.objects.get(verb="results.decide_unit_awards")
    assert (record.role, record.facts) == (
        "organiser",
        {"award": "organisation", "prize": "", "among": "参赛单位", "recipients": 2, "letter": ""},
    )


@pytest.mark.parametrize(
    ("recipients", "change", "message"),
    [
        ((MACHINES, SCHOOL, BUILDERS), {}, "参赛单位共设 2 个，已评定 0 个，不能再评 3 个"),
        (("某某厂",), {}, "某某厂不在参赛单位的名单里"),
        ((MACHINES, MACHINES), {}, "各写一次"),
        ((), {}, "请逐一写明"),
        ((MACHINES,), {"award": "diligence"}, "没有“diligence”这项单位奖，可以选择：organisation"),
        ((MACHINES,), {"among": "区县"}, "“区县”不参加这项评选"),
        ((MACHINES,), {"prize": "first"}, "这项单位奖的等次：不填"),
        ((MACHINES,), {"reason": " "}, "须写明理由"),
        ((MACHINES,), {"by": Role.COMMITTEE}, "由主办单位评定。代为登记的，请填写其来文文号"),
    ],
)
def test_what_the_rulebook_does_not_give_is_refused(made, recipients, change, message):
    with pytest.raises(Refused, match=message):
        _decide(made, *recipients, **change)
    assert not UnitAward.objects.exists()


def test_the_office_records_what_the_organiser_decided_with_his_letter(made):
    _decide(made, MACHINES, by=Role.COMMITTEE, letter="青工函〔2026〕5号")
    assert UnitAward.objects.get().letter == "青工函〔2026〕5号"


def test_an_award_is_given_to_a_unit_once_and_no_more_than_there_are(made):
    _decide(made, MACHINES)
    with pytest.raises(Refused, match="该单位已获此奖"):
        _decide(made, MACHINES)
    _decide(made, SCHOOL)
    with pytest.raises(Refused, match="已评定 2 个，不能再评 1 个"):
        _decide(made, BUILDERS)


def test_units_below_the_minimum_are_not_considered():
    files = {
        **FILES,
        "notice.yaml": FILES["notice.yaml"].replace("    count: 2\n", "    count: 2\n    minimum_points: 20\n"),
    }
    made = eve(students=5, files=files)
    confirmed(made, made.welder, FIVE)
    made.rigger.move(EventState.CANCELLED)
    with pytest.raises(Refused, match=f"{BUILDERS}不足 20 分，不参加评选"):
        _decide(made, BUILDERS)


def test_nothing_is_decided_while_an_event_goes_on_or_after_the_bulletin(made):
    made.rigger.move(EventState.PUBLIC_NOTICE)
    with pytest.raises(Refused, match="还有 1 个赛项未确认成绩：起重工"):
        _decide(made, MACHINES)
    made.rigger.move(EventState.CONFIRMED)
    issue_bulletin(competition_id=made.competition.pk, by=made.office[Role.ORGANISER], at=IN_JUNE)
    with pytest.raises(Refused, match="通报已发布"):
        _decide(made, MACHINES)
