"""Marks of judges become components and totals; penalties; and four things of which only zero is a number."""

from __future__ import annotations

from fractions import Fraction

import pytest

from saiwu.rules.marking import (
    Combined,
    ComponentMarks,
    EntryMarks,
    GivenPenalty,
    JudgeMark,
    NotReady,
    PartMark,
    State,
    combine,
    component_mark,
    judged,
    scale_of,
    scored,
    team_mark,
)
from saiwu.rules.results import compute
from saiwu.rules.rulebook.stages import Component, Judging
from tests.rules.lists import entry, rules, with_modules

WEIGHTED = "components: {theory: {weight: 30%}, practical: {weight: 70%}}\n"
MODULES = """
components:
  practical:
    full: 100
    modules:
      m1: {name: 模块一, weight: 40%, full: 50}
      m2: {name: 模块二, weight: 60%, full: 30}
"""


@pytest.mark.parametrize(
    ("how", "marks", "mark"),
    [
        ("平均", [80_000, 81_000, 81_000], Fraction(242_000, 3)),
        ("去高去低平均", [70_000, 80_000, 81_000, 82_000, 99_000], Fraction(81_000)),
        ("去高去低平均", [70_000, 80_000, 99_000], Fraction(80_000)),
        ("合计", [1_000, 2_000, 3_000], 6_000),
        ("商定", [2_000, 2_000, 2_000], 2_000),
        ("商定", [2_000, 2_000, 3_000], None),  # not agreed yet
    ],
)
def test_the_marks_of_several_judges_make_one(how, marks, mark):
    assert combine(marks, Judging(judges=len(marks), combine=how)).mark == mark


@pytest.mark.parametrize(("how", "judges", "given"), [("平均", 3, 2), ("去高去低平均", None, 2), ("平均", None, 0)])
def test_while_judges_are_missing_there_is_no_mark(how, judges, given):
    assert combine([80_000] * given, Judging(judges=judges, combine=how)).mark is None


@pytest.mark.parametrize(
    ("marks", "over"), [([80_000, 95_000], None), ([80_000, 95_001], "裁判长裁定"), ([80_000], None)]
)
def test_judges_too_far_apart_are_noticed(marks, over):
    judging = Judging(combine="平均", spread=15_000, over_spread="裁判长裁定")
    assert combine(marks, judging) == Combined(Fraction(sum(marks), len(marks)), max(marks) - min(marks), over)


def test_aspects_are_combined_one_by_one_and_added():
    given = [
        JudgeMark("J1", 1_000, "M1"),
        JudgeMark("J2", 2_000, "M1"),
        JudgeMark("J1", 500, "M2"),
        JudgeMark("J2", 500, "M2"),
    ]
    assert judged(given, Judging(judges=2, combine="平均")).mark == 2_000
    assert judged(given[:3], Judging(judges=2, combine="平均")).mark is None  # one judge has not marked M2
    assert judged([], None).mark is None


@pytest.mark.parametrize(
    ("how", "members", "mark"),
    [
        ("一个分", [80_000, 80_000], 80_000),
        ("一个分", [80_000, 81_000], None),
        ("合计", [80_000, 81_000], 161_000),
        ("平均", [80_000, 81_000, 81_000], Fraction(242_000, 3)),
        ("平均", [80_000, None], None),
    ],
)
def test_the_marks_of_members_make_the_teams(how, members, mark):
    assert team_mark(Component(team_mark=how), members) == mark


def test_weighted_components_make_the_total_whatever_their_full_marks():
    terms = rules("components: {theory: {weight: 30%, full: 150}, practical: {weight: 70%, full: 50}}\n")
    assert scored(entry("A", theory="75", practical="40"), scale_of(terms)).total == 71_000  # half of 30, 4/5 of 70


def test_without_weights_the_total_is_the_sum():
    terms = rules("components: {theory: {full: 30}, practical: {full: 60}}\n")
    assert scored(entry("A", theory="20.5", practical="40"), scale_of(terms)).total == 60_500


def test_weighted_modules_make_their_component():
    one = scored(with_modules("A", m1="25", m2="30"), scale_of(rules(MODULES)))
    assert one.marks == {"practical/m1": 25_000, "practical/m2": 30_000, "practical": 80_000}
    assert one.total == 80_000


def test_modules_without_weights_add_up():
    terms = rules(
        "components: {practical: {full: 60, modules: {m1: {full: 20, name: 甲}, m2: {full: 40, name: 乙}}}}\n"
    )
    assert scored(with_modules("A", m1="12.5", m2="40"), scale_of(terms)).total == 52_500


def test_a_component_may_be_rounded_before_it_counts():
    exact = EntryMarks(
        "A",
        {
            "practical": ComponentMarks(
                made_of=tuple(JudgeMark(f"J{n}", m) for n, m in enumerate((80_000, 81_000, 81_000)))
            )
        },
    )
    plain = rules("components: {practical: {judging: {judges: 3, combine: 平均}}}\n")
    rounded = rules("components: {practical: {decimals: 1, rounding: 进一, judging: {judges: 3, combine: 平均}}}\n")
    assert scored(exact, scale_of(plain)).total == Fraction(242_000, 3)
    assert scored(exact, scale_of(rounded)).total == 80_700
    assert component_mark(plain.components["practical"], exact.components["practical"]) == 80_667


def test_a_stage_may_be_ranked_by_components_of_an_earlier_one():
    terms = rules(
        """
stages: {preliminary: {on: 2026-04-01}, final: {on: 2026-05-01, ranks_by: {theory: 20%, practical: 80%}}}
components: {theory: {stage: preliminary}, practical: {}}
"""
    )
    both = entry("A", theory="50", practical="100")
    assert scored(both, scale_of(terms)).total == 90_000
    assert scored(both, scale_of(terms, "preliminary")).total == 50_000


def penalised(penalties: str, *given: str, marks: tuple[str, str] = ("80", "80"), times: int = 1):
    """The entry scored, with these penalties given once each (the last `times` times)."""
    terms = rules(WEIGHTED + f"penalties: {{{penalties}}}\n")
    one = entry(
        "A",
        theory=marks[0],
        practical=marks[1],
        penalties=tuple(GivenPenalty(name, times if name == given[-1] else 1) for name in given),
    )
    return scored(one, scale_of(terms))


@pytest.mark.parametrize(
    ("penalty", "times", "total"),
    [
        ("{name: 甲, effect: 警告}", 3, 80_000),
        ("{name: 甲, effect: 扣分, points: 5}", 3, 75_000),  # not per occurrence
        ("{name: 甲, effect: 扣分, points: 5, each: 是}", 3, 65_000),
        ("{name: 甲, effect: 扣分, points: 5, each: 是, cap: 12}", 3, 68_000),
        ("{name: 甲, effect: 扣分, points: 90}", 1, 0),  # never below zero
        ("{name: 甲, effect: 扣分, points: 10, part: 技能操作}", 1, 73_000),
        ("{name: 甲, effect: 扣分, points: 100, part: 技能操作}", 1, 24_000),  # the part, not the total, stops at zero
        ("{name: 甲, effect: 零分, part: 理论知识}", 1, 56_000),
        ("{name: 甲, effect: 零分}", 1, 0),
    ],
)
def test_penalties_on_the_total_or_a_part(penalty, times, total):
    assert penalised(f"p: {penalty}", "p", times=times).total == total


def test_penalties_add_up_part_by_part():
    both = "a: {effect: 扣分, points: 10, part: 技能操作}, b: {effect: 扣分, points: 3}"
    assert penalised(both, "a", "b").total == 70_000


@pytest.mark.parametrize(
    ("effects", "state"),
    [
        (["弃权"], State.ABSENT),
        (["取消成绩"], State.VOID),
        (["取消资格"], State.EXCLUDED),
        (["取消资格", "弃权"], State.EXCLUDED),
        (["弃权", "取消成绩", "警告"], State.VOID),
    ],
)
def test_penalties_that_end_the_competition_for_an_entry(effects, state):
    penalties = ", ".join(f"p{at}: {{effect: {effect}}}" for at, effect in enumerate(effects))
    one = penalised(penalties, *(f"p{at}" for at in range(len(effects))))
    assert (one.state, one.total) == (state, None)


def test_whoever_gives_up_after_check_in_still_counts_as_present():
    terms = rules(WEIGHTED + "penalties: {late: {effect: 弃权}}\nawards: {prizes: {first: 1}}\n")
    assert compute(terms, [entry("A", penalties=(GivenPenalty("late"),))]).base == 1


def test_a_module_loses_its_points_before_the_component_is_made():
    terms = rules(MODULES + "penalties: {p: {effect: 扣分, points: 5, part: 技能操作/模块一}}\n")
    one = EntryMarks("A", with_modules("A", m1="25", m2="30").components, penalties=(GivenPenalty("p"),))
    assert scored(one, scale_of(terms)).marks["practical"] == 76_000  # 40 x 20/50 + 60


def test_a_zero_is_a_mark_even_where_none_was_given():
    terms = rules(WEIGHTED + "penalties: {p: {effect: 零分, part: 理论知识}}\n")
    one = scored(entry("A", practical="80", penalties=(GivenPenalty("p"),)), scale_of(terms))
    assert (one.total, one.missing) == (56_000, ())


def test_absent_void_zero_and_not_yet_marked_are_four_things():
    scale = scale_of(rules(WEIGHTED))
    found = [
        scored(one, scale)
        for one in (
            entry("A", state=State.ABSENT, checked_in=False),
            entry("B", theory="80", practical="80", state=State.VOID),
            entry("C", theory="0", practical="0"),
            entry("D", theory="80"),
        )
    ]
    assert [(one.state, one.total, one.missing) for one in found] == [
        (State.ABSENT, None, ()),
        (State.VOID, None, ()),
        (State.NORMAL, 0, ()),
        (State.NORMAL, None, ("practical",)),
    ]


def test_a_missing_module_is_named():
    one = scored(
        EntryMarks("A", {"practical": ComponentMarks(modules={"m1": PartMark(1_000)})}), scale_of(rules(MODULES))
    )
    assert (one.total, one.missing) == (None, ("practical/m2",))


@pytest.mark.parametrize(
    ("chapters", "message"),
    [
        ("components: 待定\n", "竞赛内容（components）待定"),
        ("components: {theory: {weight: 待定}, practical: {}}\n", "components.theory.weight 待定"),
        ("", "没有竞赛内容（components），final 无从计分"),
    ],
)
def test_without_components_and_weights_nothing_can_be_added_up(chapters, message):
    with pytest.raises(NotReady) as error:
        scale_of(rules(chapters))
    assert str(error.value) == message


def test_a_penalty_that_the_rulebook_does_not_know_is_refused():
    with pytest.raises(NotReady, match=r"^规则文件里没有处罚“p”$"):
        scored(entry("A", theory="1", practical="1", penalties=(GivenPenalty("p"),)), scale_of(rules(WEIGHTED)))
