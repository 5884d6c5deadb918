"""Second lists from the same results: the best n of a unit, added or averaged, ranked and awarded."""

from __future__ import annotations

from saiwu.rules.decisions import Decision, Kind
from saiwu.rules.rulebook.awards import AlsoRank
from saiwu.rules.second_lists import Contribution, GroupResult, second_list
from tests.rules.lists import ONLY_PRACTICAL, rules

RULES = rules(ONLY_PRACTICAL + "awards: 无\n")


def units(**terms: object) -> AlsoRank:
    """A list of units, the two best of each."""
    return AlsoRank.model_validate(
        {
            "name": "单位总成绩",
            "ranks": "参赛单位",
            "members": "2",
            "score": "合计",
            "tie_break": ("用时合计",),
            "awards": {"prizes": {"team": {"size": "2", "name": "团体优胜奖"}}},
            **terms,
        }
    )


def result(group: str, code: str, total: int | None, seconds: int | None = None, **others: object) -> Contribution:
    """One entry of a unit."""
    return Contribution(group, code, total, time_used_s=seconds, **others)  # type: ignore[arg-type]


FIELD = [
    result("甲", "A1", 90_000, 60),
    result("甲", "A2", 80_000, 60),
    result("甲", "A3", 70_000, 60),
    result("乙", "B1", 85_000, 50),
    result("乙", "B2", 85_000, 60),
    result("丙", "C1", 99_000, 60),
    result("丙", "C2", None),
    result("丁", "D1", 60_000, 60),
    result("丁", "D2", 60_000, 60),
]


def test_the_two_best_results_of_a_unit_count_and_who_has_fewer_is_not_ranked():
    made = second_list(units(), RULES, FIELD)
    assert made.rows == (
        GroupResult("乙", 170_000, 1, "team", None, ("B1", "B2")),  # as many points, less time together
        GroupResult("甲", 170_000, 2, "team", None, ("A1", "A2")),
        GroupResult("丁", 120_000, 3, None, None, ("D1", "D2")),
        GroupResult("丙", None, None, None, None, ()),
    )
    assert (made.awards, made.decisions) == ({"team": 2}, ())


def test_the_mean_is_rounded_as_totals_are():
    made = second_list(units(score="平均", members="3"), RULES, [*FIELD[:2], result("甲", "A3", 70_001, 60)])
    assert [(row.group, row.score) for row in made.rows] == [("甲", 80_000)]


def test_a_unit_may_have_to_name_whose_results_count():
    named = [result("甲", "A1", 90_000), result("甲", "A2", 80_000, named=True), result("甲", "A3", 70_000, named=True)]
    made = second_list(units(choose="报名指定"), RULES, named)
    assert [(row.score, row.counted) for row in made.rows] == [(150_000, ("A2", "A3"))]


def test_a_tie_goes_to_the_chief_judge():
    level = [result(group, f"{group}{n}", 80_000, 60) for group in ("甲", "乙", "丙") for n in (1, 2)]
    made = second_list(units(), RULES, level)
    assert [(one.kind, one.concerns) for one in made.decisions] == [(Kind.TIE, ("丙", "乙", "甲"))]
    assert {row.pending for row in made.rows} == {"tie"}
    order = Decision(Kind.TIE, ("丙", "乙", "甲"), ("甲", "丙", "乙"))
    made = second_list(units(), RULES, level, [order])
    assert [(row.group, row.rank, row.award) for row in made.rows] == [
        ("甲", 1, "team"),
        ("丙", 2, "team"),
        ("乙", 3, None),
    ]


def test_a_list_without_prizes_only_ranks():
    made = second_list(units(awards=None, tie_break=("技能操作", "并列")), RULES, FIELD[:5])
    assert [(row.group, row.rank, row.award) for row in made.rows] == [("乙", 1, None), ("甲", 1, None)]
