"""Entries of a roster, judged one after the other: what earlier ones hold, later ones cannot have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from saiwu.rules.rulebook import Division, Rulebook
from saiwu.rules.rulebook.values import Range
from tests.rules.people import credit_code, identity_of
from tests.rules.roster.tables import (
    IOT,
    TRAINER,
    UAV,
    bayu,
    findings,
    judged,
    pilot,
    shipped,
    student,
    verdicts,
    worker,
)

ONE_UNIT = {"参赛单位": "虚构一公司", "统一社会信用代码": credit_code(1)}
QUOTA = [("quotas.unit", "waiver", "C4")]


def entry_verdicts(document: dict[str, Any]) -> list[tuple[list[int], str]]:
    return [(entry["rows"], entry["verdict"]) for entry in document["entries"]]


def test_the_third_of_a_unit_in_a_division_waits_for_a_waiver():
    document = judged([worker(number, **ONE_UNIT) for number in (1, 2, 3, 4)])
    assert findings(document) == [[], [], QUOTA, [("quotas.unit", "waiver", "C5")]]
    assert document["rows"][2]["findings"][0]["clause"] == "五.2c"
    assert document["summary"] == {"rows": 4, "ok": 2, "evidence": 0, "waiver": 2, "refused": 0}


def test_the_finding_stands_at_the_code_where_no_name_is_written():
    rows = [worker(number, 参赛单位="", 统一社会信用代码=credit_code(1)) for number in (1, 2, 3)]
    assert findings(judged(rows)) == [[], [], [("quotas.unit", "waiver", "D4")]]


def test_each_division_and_each_event_has_places_of_its_own():
    rows = [worker(number, **ONE_UNIT) for number in (1, 2)]
    rows += [worker(number, 赛项=TRAINER, 等级证书职业=TRAINER, **ONE_UNIT) for number in (3, 4)]
    rows += [student(number, **ONE_UNIT) for number in (5, 6)]
    assert verdicts(judged(rows)) == ["ok"] * 6


def test_a_refused_entry_holds_no_place_and_no_event():
    too_old = {"证件号码": identity_of(date(1950, 1, 1))}
    rows = [
        worker(1, **ONE_UNIT, **too_old),
        worker(2, **ONE_UNIT),
        worker(3, **ONE_UNIT),
        worker(4, 赛项=TRAINER, **too_old),
    ]
    rows[3]["等级证书职业"] = TRAINER
    assert findings(judged(rows)) == [[("age", "refused", "H2")], [], [], [("age", "refused", "H5")]]


def test_one_that_waits_holds_its_persons_event_but_no_place():
    rows = [
        worker(1, **ONE_UNIT),
        worker(2, **ONE_UNIT),
        worker(3, **ONE_UNIT),
        worker(3, 赛项=TRAINER, 等级证书职业=TRAINER),
    ]
    assert findings(judged(rows)) == [[], [], QUOTA, [("one_event", "refused", "H5")]]


def test_one_that_needs_a_waiver_of_another_rule_holds_its_place():
    rows = [worker(1, 技能等级="无", 从业年限="1", **ONE_UNIT), worker(2, **ONE_UNIT), worker(3, **ONE_UNIT)]
    assert findings(judged(rows)) == [[("skill", "waiver", "M2")], [], QUOTA]


def test_nobody_enters_twice_and_the_later_row_has_the_finding():
    rows = [
        worker(1),
        worker(1, 赛项=TRAINER, 等级证书职业=TRAINER, 参赛单位="虚构二公司", 统一社会信用代码=credit_code(2)),
        worker(1),
    ]
    document = judged(rows)
    assert findings(document) == [[], [("one_event", "refused", "H3")], [("one_event", "refused", "H4")]]
    finding = document["rows"][1]["findings"][0]
    assert (finding["clause"], finding["message"]) == (
        "五.1f",
        "与第2行是同一人。该人员已报名本届竞赛的赛项，每人限报一项。如需更换，请先撤回原报名。",
    )


def test_two_rows_without_a_number_are_nobodys_double():
    assert findings(judged([worker(1, 证件号码=""), worker(2, 证件号码="")])) == [
        [("identity", "evidence", "H2"), ("age", "evidence", "H2")],
        [("identity", "evidence", "H3"), ("age", "evidence", "H3")],
    ]


@pytest.mark.parametrize(
    "units",
    [
        [("虚构一公司", ""), ("虚构 一公司", ""), ("虚构一公司\u3000", "")],
        [("虚构一公司", credit_code(1)), ("虚构一公司", ""), ("另一个写法", credit_code(1).lower())],
        [("虚构一公司", ""), ("", credit_code(1)), ("虚构一公司", credit_code(1))],  # a later row says whose name it is
        [("虚构（一）公司", ""), ("虚构(一)公司", ""), ("虚构（一)公司", "")],
    ],
)
def test_a_unit_is_its_credit_code_else_its_name(units):
    rows = [worker(number, 参赛单位=name, 统一社会信用代码=code) for number, (name, code) in enumerate(units, start=1)]
    document = judged(rows)
    assert verdicts(document) == ["ok", "ok", "waiver"]


def test_the_entry_shows_the_credit_code_or_the_name_as_written():
    rows = [worker(1, 统一社会信用代码=""), worker(2), worker(3, 参赛单位="", 统一社会信用代码="")]
    assert [entry["unit"] for entry in judged(rows)["entries"]] == ["虚构1公司", credit_code(2), None]


def test_two_units_with_one_name_and_two_codes_are_two():
    rows = [worker(number, 参赛单位="同名公司", 统一社会信用代码=credit_code(number)) for number in (1, 2, 3)]
    assert verdicts(judged(rows)) == ["ok", "ok", "ok"]


# ---- teams ----


def test_rows_with_one_team_are_one_entry_wherever_they_stand():
    rows = [pilot(1, "一队"), pilot(2, "二队", unit=2), pilot(3, " 一 队"), pilot(4, "二队", unit=2)]
    document = judged(rows)
    assert entry_verdicts(document) == [([2, 4], "ok"), ([3, 5], "ok")]
    assert [entry["team"] for entry in document["entries"]] == ["一队", "二队"]


@pytest.mark.parametrize("size", [1, 3])
def test_a_team_of_another_size_is_refused_at_the_entry(size):
    document = judged([pilot(number) for number in range(1, size + 1)])
    assert verdicts(document) == ["ok"] * size
    (entry,) = document["entries"]
    assert (entry["verdict"], [(one["rule"], one["verdict"], one["cell"]) for one in entry["findings"]]) == (
        "refused",
        [("team_size", "refused", "E2")],
    )
    finding = entry["findings"][0]
    assert (finding["clause"], finding["assumed"], finding["message"]) == (
        None,
        "各队两人，按本赛项实际决赛",
        f"本队{size}人，应为2人。",
    )


def test_the_quota_of_teams_stands_at_the_entry_and_counts_teams():
    rows = [pilot(2 * team + member, f"{team}队") for team in (1, 2, 3) for member in (0, 1)]
    document = judged(rows)
    assert verdicts(document) == ["ok"] * 6
    assert [
        [(one["rule"], one["verdict"], one["cell"]) for one in entry["findings"]] for entry in document["entries"]
    ] == [
        [],
        [],
        [("quotas.unit", "waiver", "C6")],
    ]


def test_a_team_with_one_refused_member_is_refused_and_holds_nobody():
    rows = [pilot(1), pilot(2, 居住或工作学习地="四川省成都市"), worker(1)]
    document = judged(rows)
    assert entry_verdicts(document) == [([2, 3], "refused"), ([4], "ok")]


def test_the_same_person_twice_in_a_team_is_found_at_the_later_row():
    assert findings(judged([pilot(1), pilot(1)])) == [[], [("one_event", "refused", "H3")]]


def test_a_team_event_takes_all_kinds_of_people():
    rows = [pilot(1), student(2, 赛项=UAV, 组别="", 队名="一队", 参赛单位="虚构1公司", 统一社会信用代码=credit_code(1))]
    assert entry_verdicts(judged(rows)) == [([2, 3], "ok")]


# ---- instructors ----


def numbers(*people: int) -> str:
    return "、".join(identity_of(date(1990, 1, 1), number=number) for number in people)


def taught(number: int, *instructors: int, **changes: Any) -> dict[str, Any]:
    return student(number, 指导教师="某", 指导教师证件号码=numbers(*instructors), **changes)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([worker(1), taught(2, 1)], [[], [("not_instructor", "refused", "R3")]]),
        ([taught(2, 1), worker(1)], [[], [("not_instructor", "refused", "H3")]]),
        ([taught(2, 9, 1), worker(1)], [[], [("not_instructor", "refused", "H3")]]),
        ([taught(2, 1), worker(1, 赛项=TRAINER, 等级证书职业=TRAINER)], [[], []]),  # another event
        ([worker(1), worker(2, 指导教师证件号码=numbers(1))], [[], []]),  # only students are meant
        ([worker(1), student(2, 指导教师="张三")], [[], []]),  # without a number, compared with nobody
        ([worker(1), student(2, 指导教师="无", 指导教师证件号码="无")], [[], []]),
        ([worker(1, 证件号码=identity_of(date(1950, 1, 1))), taught(2, 1)], [[("age", "refused", "H2")], []]),
        (
            [worker(1), taught(2, 1), taught(3, 1)],
            [[], [("not_instructor", "refused", "R3")], [("not_instructor", "refused", "R4")]],
        ),
        ([worker(1), student(2, 指导教师="张三、无", 指导教师证件号码=f"{numbers(9)}、无")], [[], []]),
        (
            [worker(1), taught(2) | {"指导教师证件号码": f"无、{numbers(1)}"}],
            [[], [("not_instructor", "refused", "R3")]],
        ),
        ([student(2, 指导教师证件号码="5001")], [[("identity", "refused", "R2")]]),
        ([student(2, 指导教师证件号码=5.0e17)], [[("identity", "refused", "R2")]]),
    ],
)
def test_a_worker_who_competes_may_not_instruct_a_student_of_the_event(rows, found):
    assert findings(judged(rows)) == found


def test_a_refused_contestant_instructs_whom_he_likes():
    rows = [worker(1, 居住或工作学习地="成都"), taught(2, 1)]
    assert findings(judged(rows)) == [[("place", "refused", "K2")], []]


def test_within_a_mixed_team_the_later_row_has_the_conflict():
    mate = taught(2, 1, 赛项=UAV, 组别="", 队名="一队", 参赛单位="虚构1公司", 统一社会信用代码=credit_code(1))
    assert findings(judged([pilot(1), mate])) == [[], [("not_instructor", "refused", "R3")]]
    assert findings(judged([mate, pilot(1)])) == [[], [("not_instructor", "refused", "H3")]]


def test_the_conflict_names_clause_and_the_other_row():
    (finding,) = judged([worker(1), taught(2, 1)])["rows"][1]["findings"]
    assert (finding["clause"], finding["message"]) == (
        "五.1g",
        "与第2行冲突：参赛选手担任了本赛项所限选手的指导教师，二者不能并存。请更换指导教师，或撤回其一。",
    )


# ---- other quotas ----


def test_quotas_by_people_by_instructor_and_over_all():
    """A notice with many quotas: at most two entries an instructor, over all events."""
    book = shipped("qinghe-2026")
    number = identity_of(date(1985, 1, 1))
    rows = [
        student(
            person,
            赛项="农业机械修理",
            证件号码=identity_of(date(2005, 1, 1), "女", number=person),
            居住或工作学习地="清禾市",
            学校专业="清禾虚构学校 机电技术",
            指导教师证件号码=number,
        )
        for person in (1, 2, 3)
    ]
    found = [[one for one in row if one[0].startswith("quotas")] for row in findings(judged(rows, book=book))]
    assert found == [[], [], [("quotas.instructor", "refused", "R4")]]


def test_whoever_is_alone_in_an_event_without_divisions_needs_no_division():
    row = worker(赛项="叉车司机", 组别="")
    document = judged([row], book=shipped("qingshi-2026"))
    assert (document["entries"][0]["event"], document["entries"][0]["division"], document["not_checked"]) == (
        "forklift",
        "open",
        [],
    )


def test_the_only_event_of_a_notice_need_not_be_written():
    document = judged([worker(赛项="", 组别="")], book=shipped("qingshi-2026"))
    assert (document["entries"][0]["event"], verdicts(document)) == ("forklift", ["ok"])


def test_ids_names_and_brackets_of_an_event_are_read_alike():
    rows = [
        pilot(1),
        pilot(2, 赛项="无人机驾驶员(物品配送)"),
        pilot(3, "二队", 赛项="uav-delivery"),
        pilot(4, "二队", 赛项=UAV),
    ]
    assert entry_verdicts(judged(rows)) == [([2, 3], "ok"), ([4, 5], "ok")]
    assert judged([worker(赛项=IOT)])["entries"][0]["event"] == "iot"


# ---- every refusal comes from the rulebook ----


def without(rule: str) -> Rulebook:
    """The notice of 2025 without one rule, quota or (`team_size`) size of teams, in all its divisions."""

    def less(division: Division) -> Division:
        entry = division.entry
        if rule == "team_size" and entry is not None and entry.team_size.high != 1:
            entry = entry.model_copy(update={"team_size": Range(1, 9)})
        return division.model_copy(
            update={
                "eligibility": {key: term for key, term in division.eligibility.items() if key != rule},
                "quotas": {key: term for key, term in division.quotas.items() if f"quotas.{key}" != rule},
                "entry": entry,
            }
        )

    return replace(
        bayu(),
        events={
            key: event.model_copy(update={"divisions": {one: less(two) for one, two in event.divisions.items()}})
            for key, event in bayu().events.items()
        },
    )


@pytest.mark.parametrize(
    ("rule", "rows"),
    [
        ("one_event", [worker(1), worker(1, 赛项=TRAINER, 等级证书职业=TRAINER)]),
        ("quotas.unit", [worker(number, **ONE_UNIT) for number in (1, 2, 3)]),
        ("not_instructor", [worker(1), taught(2, 1)]),
        ("team_size", [pilot(1), pilot(2), pilot(3)]),
        ("place", [worker(1, 居住或工作学习地="成都")]),
        ("age", [worker(1, 证件号码=identity_of(date(1950, 1, 1)))]),
        ("skill", [worker(1, 技能等级="无", 从业年限="1")]),
        ("student", [student(1, 学校专业="成都大学 软件", 居住或工作学习地="居住：重庆")]),
    ],
)
def test_a_guard_that_is_taken_out_of_the_rulebook_no_longer_holds(rule, rows):
    def rules(document: dict[str, Any]) -> set[str]:
        found = [*document["rows"], *document["entries"]]
        return {one["rule"] for part in found for one in part["findings"]}

    assert rules(judged(rows)) == {rule}
    assert rules(judged(rows, book=without(rule))) == set()
