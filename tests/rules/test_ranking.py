"""Totals become ranks: the tie-break in order, its last word, decisions of the chief judge, and the reason in words."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saiwu.rules.decisions import Decision, Kind, OpenDecision
from saiwu.rules.marking import ComponentMarks, EntryMarks, NotReady, State
from saiwu.rules.results import compute
from tests.rules.lists import ONLY_PRACTICAL, THEORY_AND_PRACTICAL, entry, level, ranks, rules, waiting, with_modules

THREE_PRIZES = "awards: {prizes: {first: 1, second: 1, third: 1}}\n"


def tie(*codes: str) -> Decision:
    """The chief judge puts them in this order."""
    return Decision(Kind.TIE, tuple(sorted(codes)), codes, by_role="裁判长", reason="重新核对评分记录")


def test_the_higher_total_ranks_first():
    result = compute(
        rules(THEORY_AND_PRACTICAL + THREE_PRIZES),
        [entry("E1", theory="80", practical="70"), entry("E2", theory="60", practical="90")],
    )
    assert [(row.code, row.total, row.rank, row.decided_by) for row in result.rows] == [
        ("E2", 81_000, 1, None),
        ("E1", 73_000, 2, "total"),
    ]
    assert result.reason("E2") == "总分高于第 2 名 8.000 分"
    assert result.reason("E1") == "总分低于第 1 名 8.000 分"


@pytest.mark.parametrize(
    ("decimals", "rounding", "total"),
    [
        ("3", "四舍五入", 73_333),
        ("1", "四舍五入", 73_300),
        ("0", "四舍五入", 73_000),
        ("1", "进一", 73_400),
        ("0", "进一", 74_000),
        ("2", "舍去", 73_330),
    ],
)
def test_the_total_is_rounded_as_the_rulebook_says(decimals, rounding, total):
    chapters = f"ranking: {{decimals: {decimals}, rounding: {rounding}}}\n" + THEORY_AND_PRACTICAL + THREE_PRIZES
    result = compute(rules(chapters), [entry("E1", theory="50", practical="83.333")])
    assert [row.total for row in result.rows] == [total]


def test_half_a_thousandth_is_rounded_up_and_never_to_the_even_neighbour():
    halves = "components: {theory: {weight: 50%}, practical: {weight: 50%}}\n" + THREE_PRIZES
    result = compute(rules(halves), [entry("E1", theory="80.002", practical="80.003")])
    assert result.rows[0].total == 80_003  # 80.0025


def test_rounding_makes_a_tie_that_the_next_step_breaks():
    chapters = THEORY_AND_PRACTICAL + "ranking: {decimals: 0, tie_break: [理论知识, 并列]}\n" + THREE_PRIZES
    result = compute(
        rules(chapters), [entry("E1", theory="80", practical="80.1"), entry("E2", theory="79", practical="80.3")]
    )
    assert [(row.code, row.total, row.rank, row.decided_by) for row in result.rows] == [
        ("E1", 80_000, 1, None),
        ("E2", 80_000, 2, "理论知识"),
    ]
    assert result.reason("E2") == "总分相同，理论知识低于第 1 名 1.000 分"


def test_the_default_tie_break_is_the_last_component_its_modules_the_time_and_the_chief_judge():
    chapters = (
        """
components:
  theory: {weight: 50%}
  practical:
    weight: 50%
    modules: {m1: {name: 模块一, full: 50}, m2: {name: 模块二, full: 50}}
"""
        + THREE_PRIZES
    )

    def one(code: str, theory: str, m1: str, m2: str, time: int) -> EntryMarks:
        modules = with_modules(code, m1=m1, m2=m2)
        return EntryMarks(code, {**modules.components, **entry(code, theory=theory).components}, time_used_s=time)

    result = compute(
        rules(chapters),
        [
            one("A", "70", "40", "40", 100),
            one("B", "80", "40", "30", 100),  # same total, less in the practical part
            one("C", "80", "30", "40", 100),  # same practical part, less in module one
            one("D", "80", "30", "40", 99),  # all the same, one second faster
            one("E", "80", "30", "40", 100),
        ],
    )
    assert [(row.code, row.rank, row.decided_by) for row in result.rows] == [
        ("A", 1, None),
        ("B", 2, "技能操作"),
        ("D", 3, "技能操作/模块一"),
        ("C", 4, None),
        ("E", 4, None),
    ]
    assert result.reason("D") == "总分、技能操作相同，技能操作/模块一低于第 2 名 10.000 分"
    assert [(one.kind, one.concerns) for one in result.decisions] == [(Kind.TIE, ("C", "E"))]


@pytest.mark.parametrize(
    ("word", "faster", "slower"),
    [("用时", {"time_used_s": 3599}, {"time_used_s": 3600}), ("用时", {"time_used_s": 3600}, {})],
)
def test_the_shorter_time_ranks_first_and_who_has_none_comes_after(word, faster, slower):
    chapters = ONLY_PRACTICAL + f"ranking: {{tie_break: [{word}, 并列]}}\n" + THREE_PRIZES
    result = compute(rules(chapters), [entry("A", "90", **slower), entry("B", "90", **faster)])
    assert ranks(result) == {"B": 1, "A": 2}
    assert [row.decided_by for row in result.rows] == [None, word]


def test_time_first_then_a_component_then_shared():
    chapters = THEORY_AND_PRACTICAL + "ranking: {tie_break: [用时, 技能操作, 并列]}\nawards: 无\n"
    result = compute(
        rules(chapters),
        [
            entry("A", theory="70", practical="70", time_used_s=50),
            entry("B", theory="0", practical="100", time_used_s=60),
            entry("C", theory="70", practical="70", time_used_s=60),
            entry("D", theory="70", practical="70", time_used_s=60),
        ],
    )
    assert ranks(result) == {"A": 1, "B": 2, "C": 3, "D": 3}
    assert result.decisions == ()


def test_shared_ranks_leave_a_gap():
    result = compute(rules(ONLY_PRACTICAL + "ranking: {tie_break: [并列]}\nawards: 无\n"), level(1, 2, 1))
    assert ranks(result) == {"A1": 1, "B1": 2, "B2": 2, "C1": 4}
    assert result.reason("B1") == "各项比较均与 B2 相同，名次并列"
    assert [row.decided_by for row in result.rows] == [None, None, None, "total"]


def test_the_chief_judge_is_asked_and_until_then_the_rank_is_shared():
    result = compute(rules(ONLY_PRACTICAL + THREE_PRIZES), level(1, 2))
    assert ranks(result) == {"A1": 1, "B1": 2, "B2": 2}
    assert waiting(result) == {"B1": "tie", "B2": "tie"}
    assert result.decisions == (
        OpenDecision(Kind.TIE, ("B1", "B2"), "B1、B2 并列第 2 名，由裁判长裁定先后。", ("B1", "B2")),
    )
    assert result.provisional


def test_the_chief_judge_puts_a_tie_in_order():
    result = compute(rules(ONLY_PRACTICAL + THREE_PRIZES), level(1, 2), [tie("B2", "B1")])
    assert [(row.code, row.rank, row.award, row.decided_by) for row in result.rows] == [
        ("A1", 1, "first", None),
        ("B2", 2, "second", "total"),
        ("B1", 3, "third", "decision"),
    ]
    assert result.reason("B1") == "各项比较均相同，经裁判长裁定列第 2 名之后"
    assert (result.decisions, waiting(result)) == ((), {})


def test_a_replay_orders_a_tie_too():
    chapters = ONLY_PRACTICAL + "ranking: {tie_break: [加赛]}\n" + THREE_PRIZES
    assert compute(rules(chapters), level(2)).decisions[0].kind == "tie"
    result = compute(rules(chapters), level(2), [tie("A2", "A1")])
    assert ranks(result) == {"A2": 1, "A1": 2}
    assert result.reason("A2") == "各项比较均相同，经加赛列第 2 名之前"


def test_a_decision_on_another_tie_orders_nothing():
    result = compute(rules(ONLY_PRACTICAL + THREE_PRIZES), level(3), [tie("A1", "A2")])
    assert ranks(result) == {"A1": 1, "A2": 1, "A3": 1}
    assert [one.concerns for one in result.decisions] == [("A1", "A2", "A3")]


FOR_PRIZES = ONLY_PRACTICAL + "ranking: {tie_break: [裁判长（涉奖）]}\n"


@pytest.mark.parametrize(
    ("groups", "asked"),
    [
        ((2,), [("A1", "A2")]),  # across first and second prize
        ((1, 1, 2), [("C1", "C2")]),  # across third prize and none
        ((1, 1, 1, 2), []),  # below all prizes
    ],
)
def test_where_only_prizes_matter_the_chief_judge_is_asked_across_a_border_only(groups, asked):
    result = compute(rules(FOR_PRIZES + THREE_PRIZES), level(*groups))
    assert [one.concerns for one in result.decisions] == asked


def test_where_only_prizes_matter_a_tie_within_one_prize_is_shared():
    result = compute(rules(FOR_PRIZES + "awards: {prizes: {first: 2, second: 1}}\n"), level(2, 1))
    assert [(row.code, row.rank, row.award, row.pending) for row in result.rows] == [
        ("A1", 1, "first", None),
        ("A2", 1, "first", None),
        ("B1", 3, "second", None),
    ]


def test_where_only_prizes_matter_a_border_of_certificate_ranks_counts_too():
    certificates = """
paper_level: 三级
certificate_kind: 职业技能等级
certificates: {rows: [{rank: 1-4, gives: 命题等级}]}
"""
    result = compute(rules(FOR_PRIZES + THREE_PRIZES + certificates), level(1, 1, 1, 2))
    assert [one.concerns for one in result.decisions] == [("D1", "D2")]


def test_who_misses_a_pass_mark_has_a_total_and_no_rank():
    chapters = THEORY_AND_PRACTICAL + "ranking: {needs_pass: [技能操作]}\n" + THREE_PRIZES
    result = compute(
        rules(chapters), [entry("A", theory="100", practical="59.999"), entry("B", theory="0", practical="60")]
    )
    assert [(row.code, row.total, row.rank, row.award) for row in result.rows] == [
        ("B", 42_000, 1, "first"),
        ("A", 71_999, None, None),
    ]
    assert result.reason("A") == "技能操作不合格，不排名"


def test_absent_void_excluded_and_not_yet_marked_have_neither_total_nor_rank_but_zero_has():
    entries = [
        entry("A", theory="0", practical="0"),
        EntryMarks("B", state=State.ABSENT, checked_in=False),
        entry("C", theory="90", practical="90", state=State.VOID),
        entry("D", theory="90", practical="90", state=State.EXCLUDED),
        entry("E", theory="90"),
    ]
    result = compute(rules(THEORY_AND_PRACTICAL + THREE_PRIZES), entries)
    assert [(row.code, row.total, row.rank) for row in result.rows] == [
        ("A", 0, 1),
        ("B", None, None),
        ("C", None, None),
        ("D", None, None),
        ("E", None, None),
    ]
    assert [result.reason(code) for code in "ABCDE"] == [
        "只有一个参赛队（人）有名次",
        "缺考，不排名",
        "取消成绩，不排名",
        "取消资格，不排名",
        "尚缺技能操作成绩，暂无总分",
    ]


def test_a_rulebook_whose_tie_break_is_to_be_announced_ranks_nobody():
    with pytest.raises(NotReady, match=r"^同分排序（ranking.tie_break）待定$"):
        compute(rules(ONLY_PRACTICAL + "ranking: {tie_break: 待定}\n" + THREE_PRIZES), level(1))


def test_two_entries_with_one_code_are_our_own_mistake():
    with pytest.raises(ValueError, match="same code"):
        compute(rules(ONLY_PRACTICAL + THREE_PRIZES), [entry("A", "1"), entry("A", "2")])


LIST = rules(
    THEORY_AND_PRACTICAL
    + "ranking: {decimals: 0, tie_break: [技能操作, 用时, 裁判长]}\n"
    + "awards: {prizes: {first: 1, second: 2, third: 3, merit: 至上限}, cap: 30%}\n"
)
MARKS = st.tuples(st.integers(60, 63), st.integers(60, 63), st.sampled_from([None, 60, 61]))


def field(marks: list[tuple[int, int, int | None]]) -> list[EntryMarks]:
    """Entries with many ties, E00 and so on."""
    return [
        EntryMarks(
            f"E{at:02}",
            {"theory": ComponentMarks(theory * 1000), "practical": ComponentMarks(practical * 1000)},
            time_used_s=time,
        )
        for at, (theory, practical, time) in enumerate(marks)
    ]


@settings(deadline=None, max_examples=60)
@given(st.lists(MARKS, min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_the_order_in_which_results_come_in_changes_nothing(marks, chance: random.Random):
    entries = field(marks)
    shuffled = list(entries)
    chance.shuffle(shuffled)
    one, other = compute(LIST, entries), compute(LIST, shuffled)
    assert one == other
    assert [one.reason(row.code) for row in one.rows] == [other.reason(row.code) for row in other.rows]


@settings(deadline=None, max_examples=60)
@given(st.lists(MARKS, min_size=1, max_size=30), MARKS)
def test_another_entry_never_improves_a_rank(marks, more):
    before = ranks(compute(LIST, field(marks)))
    after = ranks(compute(LIST, field([*marks, more])))
    assert all((after[code] or 0) >= (rank or 0) for code, rank in before.items())


@settings(deadline=None, max_examples=60)
@given(st.lists(MARKS, min_size=2, max_size=30))
def test_the_reason_and_what_decided_agree(marks):
    result = compute(LIST, field(marks))
    words = {"total": "总分低于", "技能操作": "技能操作低于", "用时": ("用时长于", "没有用时")}
    for row in result.rows:
        reason = result.reason(row.code)
        if row.decided_by is None:
            assert row.rank == 1 or reason.startswith("各项比较均与")
        else:
            spoken = words[row.decided_by]
            assert any(word in reason for word in ((spoken,) if isinstance(spoken, str) else spoken)), reason
