"""Who gets which certificate, promotion and honours: the decision table, person by person."""

from __future__ import annotations

import pytest

from saiwu.rules.certificates import Grant
from saiwu.rules.decisions import Decision, Kind
from saiwu.rules.marking import EntryMarks, State
from saiwu.rules.results import compute
from saiwu.rules.rulebook.book import Division
from saiwu.rules.rulebook.values import Level, Who
from tests.rules.lists import ONLY_PRACTICAL, descending, entry, level, person, rules, whole_event

PRIZES = "awards: {prizes: {first: 1, second: 1}}\n"
PAPERS = "certificate_kind: 职业技能等级\npaper_level: 三级\n"
PASSED = "{passed: [技能操作], gives: 命题等级}"
PROMOTED = "{passed: [技能操作], rank: 1-2, prize: [有], gives: 命题等级+1}"


def table(*rows: str, more: str = "", before: str = PAPERS, entry_term: str = "") -> Division:
    """Rules with these rows of the table."""
    keys = f", {more}" if more else ""
    return rules(f"{before}{entry_term}{ONLY_PRACTICAL}{PRIZES}certificates: {{rows: [{', '.join(rows)}]{keys}}}\n")


def given(terms: Division, *entries: EntryMarks, decisions: tuple[Decision, ...] = ()) -> dict[str, str]:
    """What each person gets, in words: 二级 晋升; 证书; honours."""
    found = {}
    for row in compute(terms, entries, decisions).rows:
        for member in row.members:
            level_ = member.level.chinese if member.level is not None else "证书" if member.certificate else ""
            words = [level_, "晋升" if member.promotion else "", *member.honours]
            found[member.code] = " ".join(word for word in words if word)
    return found


def one(code: str = "A", practical: str = "90", holds: str | None = None, age: int | None = None, **facts: str):
    """A single with what certificates ask of the person."""
    return entry(code, practical, members=(person(code, holds, age, **facts),))


def test_passed_gives_the_papers_level_and_the_best_with_a_prize_one_more():
    entries = [entry("A", "90"), entry("B", "80"), entry("C", "70"), entry("D", "59.999")]
    assert given(table(PASSED, PROMOTED), *entries) == {"A": "二级 晋升", "B": "二级 晋升", "C": "三级", "D": ""}


@pytest.mark.parametrize(
    ("gives", "holds", "level_"),
    [
        ("命题等级", None, "三级"),
        ("命题等级+1", None, "二级 晋升"),
        ("命题等级-1", None, "四级"),
        ("四级", None, "四级"),
        ("一级", None, "一级 晋升"),
        ("现有等级+1", "三级", "二级 晋升"),
        ("现有等级+1", "五级", "四级"),
        ("现有等级+1", None, ""),  # from no level: none
        ("现有等级+1", "首席技师", ""),  # under the ceiling, and held already
    ],
)
def test_levels_are_worked_out_from_the_papers_or_from_the_level_held(gives, holds, level_):
    assert given(table(f"{{gives: {gives}}}"), one(holds=holds)) == {"A": level_}


def test_below_the_foot_of_the_ladder_there_is_no_level():
    terms = table("{gives: 命题等级-1}", before="certificate_kind: 职业技能等级\npaper_level: 五级\n")
    assert given(terms, one()) == {"A": ""}


@pytest.mark.parametrize(
    ("ceiling", "level_"), [("", "一级 晋升"), ("ceiling: 二级", "二级 晋升"), ("ceiling: 首席技师", "特级技师 晋升")]
)
def test_higher_than_the_ceiling_becomes_the_ceiling(ceiling, level_):
    assert given(table("{gives: 特级技师}", more=ceiling), one()) == {"A": level_}


@pytest.mark.parametrize(
    ("holds", "already", "level_"),
    [
        ("四级", "不发", "二级 晋升"),
        ("三级", "不发", "二级 晋升"),
        ("二级", "不发", ""),
        ("一级", "不发", ""),
        ("二级", "照发", "二级 晋升"),
    ],
)
def test_a_level_not_above_the_one_held_is_not_given_again(holds, already, level_):
    terms = table(PASSED, PROMOTED, more=f"already_held: {already}")
    assert given(terms, one(holds=holds)) == {"A": level_}


def test_of_several_rows_the_highest_counts_or_the_first():
    rows = ("{gives: 四级}", "{gives: 二级}")
    assert given(table(*rows), one()) == {"A": "二级 晋升"}
    assert given(table(*rows, more="hit: 首行"), one()) == {"A": "四级"}


def test_what_is_denied_or_held_already_leaves_the_place_to_the_next_row():
    rows = ("{gives: 二级}", "{gives: 三级}", "{gives: 四级}")
    terms = table(*rows, more="hit: 首行, withheld: [{age: -20, denies: 二级}]")
    assert given(terms, one("A", "90", age=20), one("B", "80", age=21), one("C", "70", age=20, holds="三级")) == {
        "A": "三级",
        "B": "二级 晋升",
        "C": "",
    }


def test_an_age_that_nobody_has_given_is_evidence_and_the_level_waits():
    terms = table("{gives: 二级}", "{gives: 三级}", more="withheld: [{age: -20, denies: 二级}]")
    result = compute(terms, [one()])
    assert [(row.pending, row.lacking, row.best and row.best.level) for row in result.rows] == [
        ("evidence", ("年龄",), Level.THREE)
    ]
    assert result.reason("A") == "只有一个参赛队（人）有名次；证书待补：年龄"


def test_what_withholds_a_level_that_nobody_would_get_is_not_asked():
    terms = table("{rank: 1, gives: 三级}", more="withheld: [{age: -20, denies: 二级}]")
    assert [(row.code, row.pending) for row in compute(terms, [one("A"), one("B", "80")]).rows] == [
        ("A", None),
        ("B", None),
    ]


def test_a_row_that_would_fit_but_for_an_unknown_fact_is_evidence():
    terms = table("{rank: 1, age: 18-, for: {sex: [女]}, honours: [技术能手]}")
    result = compute(terms, [one("A"), one("B", "80"), one("C", "70", age=17)])
    assert [(row.code, row.pending, row.lacking) for row in result.rows] == [
        ("A", "evidence", ("年龄",)),
        ("B", None, ()),
        ("C", None, ()),
    ]
    known = compute(terms, [one("A", age=18)])
    assert [(row.pending, row.lacking) for row in known.rows] == [("evidence", ("性别",))]
    assert given(terms, one("A", age=18, sex="女")) == {"A": "技术能手"}
    assert given(terms, one("A", age=17)) == {"A": ""}
    assert given(terms, one("A", sex="男")) == {"A": ""}


@pytest.mark.parametrize(
    ("condition", "fits"),
    [
        ("rank: 1", ["A"]),
        ("rank: 2-3", ["B", "C"]),
        ("rank: 3-", ["C", "D", "E"]),
        ("rank: 前50%", ["A", "B"]),  # five present: 2.5 is never passed
        ("prize: [有]", ["A", "B"]),
        ("prize: [二等奖]", ["B"]),
        ("prize: [first, 二等奖]", ["A", "B"]),
        ("total: 94.5", ["A", "B"]),
        ("team_size: 1", ["A", "B", "C", "D", "E"]),
        ("team_size: 2", []),
        ("entries: 6-", []),
        ("entries: -5", ["A", "B", "C", "D", "E"]),
        ("paper_level: [四级, 三级]", ["A", "B", "C", "D", "E"]),
        ("paper_level: [四级]", []),
        ("holds: [无]", ["A", "B", "C", "D", "E"]),
        ("holds: [本等级]", []),
        ("for: {division: [不设组别]}", ["A", "B", "C", "D", "E"]),
        ("for: {division: [student]}", []),
        ("for: {entry_kind: [单人]}", ["A", "B", "C", "D", "E"]),
    ],
)
def test_conditions_of_a_row(condition, fits):
    entries = [entry(code, str(95 - at / 2)) for at, code in enumerate("ABCDE")]
    found = given(table(f"{{{condition}, honours: [能手]}}"), *entries)
    assert [code for code, what in found.items() if what] == fits


@pytest.mark.parametrize(
    ("asked", "holds", "fits"),
    [
        ("[无]", None, True),
        ("[三级]", None, False),
        ("[本等级]", "三级", True),
        ("[本等级]", "二级", False),
        ("[四级, 二级]", "二级", True),
        ("[无, 本等级]", "四级", False),
    ],
)
def test_the_level_held_may_be_asked_and_who_has_stated_none_has_none(asked, holds, fits):
    assert given(table(f"{{holds: {asked}, honours: [能手]}}"), one(holds=holds)) == {"A": "能手" if fits else ""}


def test_honours_of_all_rows_that_match_are_given():
    terms = table("{rank: 1, honours: [能手]}", "{prize: [有], honours: [标兵, 能手]}", PASSED)
    assert given(terms, one("A"), one("B", "80"), one("C", "70")) == {
        "A": "三级 能手 标兵",
        "B": "三级 标兵 能手",
        "C": "三级",
    }


def test_honours_for_instructors_are_kept_apart():
    terms = table(PASSED, "{prize: [一等奖], honours: [优秀指导教师], given_to: 指导教师, approval: 组委会}")
    result = compute(terms, [one("A"), one("B", "80")])
    assert [(row.code, row.grants) for row in result.rows] == [
        ("A", (Grant(Who.INSTRUCTOR, ("优秀指导教师",), Who.COMMITTEE),)),
        ("B", ()),
    ]
    assert given(terms, one("A"), one("B", "80")) == {"A": "三级", "B": "三级"}


def test_void_and_excluded_fit_no_row_and_who_never_came_has_passed_nothing():
    terms = table(PASSED, "{honours: [参赛纪念]}")
    assert given(
        terms,
        entry("A", "90", state=State.VOID),
        entry("B", "90", state=State.EXCLUDED),
        entry("C", "90", state=State.ABSENT, checked_in=False),
        entry("D", "90"),
    ) == {"A": "", "B": "", "C": "参赛纪念", "D": "三级 参赛纪念"}


def test_special_skill_certificates_have_no_levels_and_nothing_to_promote_to():
    terms = table(PASSED, PROMOTED, before="certificate_kind: 专项职业能力\npaper_level: 无\n")
    assert given(terms, one("A"), one("B", "50"), one("C", "60", holds="三级")) == {"A": "证书", "C": "证书", "B": ""}


def test_where_no_certificates_are_issued_honours_still_are():
    terms = table(PASSED, "{rank: 1, honours: [能手]}", before="certificate_kind: 无\npaper_level: 无\n")
    assert given(terms, one()) == {"A": "能手"}


def test_without_the_chapter_nobody_gets_one():
    assert given(rules(ONLY_PRACTICAL + PRIZES), one()) == {"A": ""}


def test_each_member_of_a_team_is_judged_and_the_one_who_gets_most_stands_for_it():
    terms = table(PASSED, PROMOTED, entry_term="entry: {team_size: 2}\n")
    team = entry("T", "90", members=(person("T-1", "二级"), person("T-2")))
    result = compute(terms, [team])
    assert given(terms, team) == {"T-1": "", "T-2": "二级 晋升"}
    assert result.rows[0].best == result.rows[0].members[1]


def test_the_size_of_the_team_picks_the_row():
    rows = (
        "{passed: [技能操作], team_size: 1, rank: 1-6, prize: [有], gives: 命题等级+1}",
        "{passed: [技能操作], team_size: 2, rank: 1, prize: [有], gives: 命题等级+1}",
        PASSED,
    )
    team = table(*rows, entry_term="entry: {team_size: 2}\n")
    assert given(team, entry("A", "90"), entry("B", "80")) == {"A": "二级 晋升", "B": "三级"}
    assert given(table(*rows), entry("A", "90"), entry("B", "80")) == {"A": "二级 晋升", "B": "二级 晋升"}


def test_a_row_whose_rank_hangs_on_an_open_tie_does_not_fit_yet():
    terms = table(PASSED, "{passed: [技能操作], rank: 1-3, gives: 命题等级+1}")
    entries = level(1, 1, 2)  # places three and four wait for the chief judge
    assert given(terms, *entries) == {"A1": "二级 晋升", "B1": "二级 晋升", "C1": "三级", "C2": "三级"}
    order = (Decision(Kind.TIE, ("C1", "C2"), ("C2", "C1")),)
    assert given(terms, *entries, decisions=order)["C2"] == "二级 晋升"


def test_a_row_that_any_order_of_the_tie_would_fit_does_fit():
    terms = table(PASSED, PROMOTED)
    result = compute(terms, level(2))
    assert [(row.award, row.pending) for row in result.rows] == [(None, "tie"), (None, "tie")]
    assert given(terms, *level(2)) == {"A1": "二级 晋升", "A2": "二级 晋升"}


def test_a_shared_rank_is_its_number():
    shared = "ranking: {tie_break: [并列]}\n"
    terms = table("{rank: 1-3, honours: [能手]}", before=PAPERS + shared)
    assert given(terms, *level(1, 1, 2, 1)) == {"A1": "能手", "B1": "能手", "C1": "能手", "C2": "能手", "D1": ""}


def test_where_the_prize_waits_for_the_cap_so_does_the_promotion_that_asks_for_one():
    awards = "awards: {prizes: {first: 1, second: 2, third: 3}, cap: 30%}\n"
    terms = rules(
        PAPERS
        + ONLY_PRACTICAL
        + awards
        + "certificates: {rows: [{gives: 命题等级}, {rank: 1-6, prize: [有], gives: 命题等级+1}]}\n"
    )
    found = given(terms, *descending(19))
    assert [code for code, what in found.items() if what == "二级 晋升"] == ["E01", "E02", "E03"]
    allowed = given(terms, *descending(19), decisions=(Decision(Kind.OVER_CAP, (), "允许"),))
    assert [code for code, what in allowed.items() if what == "二级 晋升"] == [f"E0{n}" for n in range(1, 7)]


def test_papers_whose_level_is_to_be_announced_leave_the_certificate_open():
    terms = table(PASSED, before="certificate_kind: 职业技能等级\npaper_level: 待定\n")
    assert [(row.pending, row.lacking) for row in compute(terms, [one()]).rows] == [("evidence", ("命题等级",))]


def test_in_one_list_of_all_divisions_each_entry_has_its_own():
    event = whole_event(
        PAPERS + ONLY_PRACTICAL + PRIZES + "ranking: {list: 赛项}\n"
        "certificates: {rows: [{for: {division: [职工组]}, honours: [能手]}, {for: {division: [student]}, honours: [新秀]}]}\n",
        "divisions: {student: {}, worker: {}}",
    )
    entries = [entry("A", "90", division="student"), entry("B", "80", division="worker"), entry("C", "70")]
    result = compute(event, entries)
    assert [(row.code, row.rank, row.best and row.best.honours, row.lacking) for row in result.rows] == [
        ("A", 1, ("新秀",), ()),
        ("B", 2, ("能手",), ()),
        ("C", 3, (), ("组别",)),
    ]


def test_the_clause_of_the_row_that_gave_the_level_is_known():
    (row,) = compute(table(PASSED, PROMOTED), [one()]).rows
    assert row.best is not None
    assert row.best.clause == "一"
