"""Ranks become prizes: sizes, base, cap, ties at borders, places left vacant, and decisions raised and taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from saiwu.rules.decisions import BORDER_OPTIONS, OVER_CAP_OPTIONS, Decision, Kind
from saiwu.rules.marking import EntryMarks, NotReady, State
from saiwu.rules.results import Result, compute
from saiwu.rules.rulebook.book import Division
from tests.rules.lists import ONLY_PRACTICAL, absent, descending, entry, level, prizes, ranks, rules, waiting

SHARED = ONLY_PRACTICAL + "ranking: {tie_break: [并列]}\n"
FIXED = "prizes: {first: 1, second: 2, third: 3, merit: 至上限}, cap: 30%"


def giving(awards: str, *, before: str = ONLY_PRACTICAL) -> Division:
    """Rules with this chapter of awards."""
    return rules(f"{before}awards: {{{awards}}}\n")


def counts(awards: str, entries: Iterable[EntryMarks], *decisions: Decision) -> list[int]:
    """How many of each prize, best first."""
    return list(compute(giving(awards), list(entries), decisions).awards.values())


def chosen(kind: Kind, choice: str | tuple[str, ...], *concerns: str) -> Decision:
    """A decision of the organiser."""
    return Decision(kind, concerns, choice, by_role="主办单位")


@pytest.mark.parametrize(
    ("finalists", "awarded"),
    [
        (31, [1, 2, 3, 3]),  # 9.3: the real final of 31 teams had nine winners
        (30, [1, 2, 3, 3]),
        (29, [1, 2, 3, 2]),
        (20, [1, 2, 3, 0]),
        (100, [1, 2, 3, 24]),
    ],
)
def test_all_winners_together_stay_within_the_cap(finalists, awarded):
    result = compute(giving(FIXED), descending(finalists))
    assert (list(result.awards.values()), result.decisions) == (awarded, ())


@pytest.mark.parametrize(
    ("awards", "entries", "awarded"),
    [
        ("prizes: {first: 10%, second: 20%, third: 25%}", 55, [6, 11, 14]),  # 5.5, 11, 13.75 half up
        ("prizes: {first: 10%, second: 20%, third: 25%}, rounding: 舍去", 55, [5, 11, 13]),
        ("prizes: {first: 10%, second: 20%, third: 25%}, rounding: 进一", 55, [6, 11, 14]),
        ("prizes: {first: 10%, second: 20%, third: 25%}, method: 累计", 55, [6, 11, 13]),  # 5.5, 16.5, 30.25
        ("prizes: {first: 10%, second: 20%, third: 30%}", 120, [12, 24, 36]),
        ("prizes: {first: 1/3, second: 1/3, third: 1/3}", 10, [3, 3, 3]),
        ("prizes: {first: 1/3, second: 1/3, third: 1/3}, method: 累计", 10, [3, 4, 3]),
        ("prizes: {first: 1, second: 10%, third: 10%}, method: 累计", 15, [1, 2, 1]),  # 1 + 1.5, 1 + 3
        ("prizes: {first: 1, second: 1, third: 1, merit: 至50%}", 9, [1, 1, 1, 1]),  # 4.5 is never passed
        ("prizes: {first: 3, merit: 至10%}", 20, [3, 0]),  # all down to place two have a prize already
        ("prizes: {first: 10%, second: 至50%, third: 10%}", 20, [2, 8, 2]),
        ("prizes: {first: 1, merit: 至上限}, cap: 1/3", 10, [1, 2]),
    ],
)
def test_sizes_are_numbers_shares_and_limits(awards, entries, awarded):
    assert counts(awards, descending(entries)) == awarded


def test_with_fewer_entries_the_lowest_prizes_stay_vacant():
    assert counts("prizes: {first: 1, second: 2, third: 3}", descending(4)) == [1, 2, 1]


@pytest.mark.parametrize(("base", "number"), [("报名", 7), ("检录", 6), ("有成绩", 4)])
def test_the_base_is_who_was_listed_checked_in_or_has_a_total_and_never_the_excluded(base, number):
    entries = [
        *descending(4),
        absent("F1"),
        entry("F2", "50", state=State.VOID),
        entry("F3", "50", state=State.EXCLUDED),
        entry("F4"),  # present, not yet marked
    ]
    assert compute(giving(f"prizes: {{first: 1}}, base: {base}"), entries).base == number


def test_who_was_not_on_the_list_does_not_count_as_registered():
    entries = [*descending(3), replace(entry("F1", "40"), listed=False)]
    assert compute(giving("prizes: {first: 1}, base: 报名"), entries).base == 3


def test_nineteen_finalists_break_the_cap_and_third_prizes_wait():
    result = compute(giving(FIXED), descending(19))
    assert list(result.awards.values()) == [1, 2, 0, 0]
    assert [(one.kind, one.concerns, one.options) for one in result.decisions] == [
        (Kind.OVER_CAP, ("E04", "E05", "E06"), ("从低到高减", "允许"))
    ]
    assert (
        result.decisions[0].message
        == "获奖总数上限为 19 的 30%，即 5 个；按各奖项个数，三等奖起超出上限，由主办单位裁定。"
    )
    assert waiting(result) == dict.fromkeys(("E04", "E05", "E06"), "over_cap")


@pytest.mark.parametrize(("choice", "awarded"), [("从低到高减", [1, 2, 2, 0]), ("允许", [1, 2, 3, 0])])
def test_the_organiser_drops_prizes_from_the_lowest_or_allows_the_exception(choice, awarded):
    result = compute(giving(FIXED), descending(19), [chosen(Kind.OVER_CAP, choice)])
    assert (list(result.awards.values()), result.decisions, waiting(result)) == (awarded, (), {})


@pytest.mark.parametrize(("word", "awarded"), [("从低到高减", [1, 2, 2, 0]), ("允许", [1, 2, 3, 0])])
def test_the_rulebook_may_say_itself_what_happens_beyond_the_cap(word, awarded):
    result = compute(giving(f"{FIXED}, over_cap: {word}"), descending(19))
    assert (list(result.awards.values()), result.decisions) == (awarded, ())


def test_from_the_first_prize_that_does_not_fit_all_below_wait():
    result = compute(giving("prizes: {first: 2, second: 2, third: 2}, cap: 30%"), descending(10))
    assert list(result.awards.values()) == [2, 0, 0]
    assert result.decisions[0].concerns == ("E03", "E04", "E05", "E06")


def test_where_nobody_is_ranked_there_is_nothing_to_ask():
    assert compute(giving(FIXED), [entry("E01")]).decisions == ()


def test_who_misses_the_total_of_a_prize_leaves_the_place_vacant_and_nobody_moves_up():
    entries = [entry("A", "79.999"), entry("B", "79"), entry("C", "59")]
    result = compute(giving("prizes: {first: {size: 1, total: 80}, second: {size: 2, total: 60}}"), entries)
    assert (prizes(result), dict(result.awards)) == ({"B": "second"}, {"first": 0, "second": 1})


def test_who_fails_a_part_that_awards_need_gets_no_prize_and_keeps_the_rank():
    entries = [entry("A", "90"), entry("B", "59.999"), entry("C", "59")]
    result = compute(giving("prizes: {first: 1, second: 2}, needs_pass: [技能操作]"), entries)
    assert (prizes(result), ranks(result)) == ({"A": "first"}, {"A": 1, "B": 2, "C": 3})


ONE_TWO_THREE = "prizes: {first: 1, second: 2, third: 3}"


@pytest.mark.parametrize(
    ("ties", "awarded"),
    [
        # Two at the top, four below: places 1-2 share the first rank, and first prize is one.
        ("都取", {"A1": "first", "A2": "first", "B1": "second", "C1": "third", "D1": "third", "E1": "third"}),
        ("都取另加", {"A1": "first", "A2": "first", "B1": "second", "C1": "second", "D1": "third", "E1": "third"}),
        ("都不取", {"A1": "second", "A2": "second", "B1": "second", "C1": "third", "D1": "third", "E1": "third"}),
    ],
)
def test_a_tie_across_a_border(ties, awarded):
    result = compute(giving(f"{ONE_TWO_THREE}, ties: {ties}", before=SHARED), level(2, 1, 1, 1, 1))
    assert (prizes(result), result.decisions) == (awarded, ())


def test_with_more_places_the_next_borders_move_down_by_as_many():
    result = compute(giving(f"{ONE_TWO_THREE}, ties: 都取另加", before=SHARED), level(3, 1, 1, 1, 1, 1, 1))
    assert dict(result.awards) == {"first": 3, "second": 2, "third": 3}


def test_moved_borders_stop_at_the_cap():
    entries = level(2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)  # twenty, of whom six may win
    result = compute(giving(f"{ONE_TWO_THREE}, cap: 30%, ties: 都取另加", before=SHARED), entries)
    assert dict(result.awards) == {"first": 2, "second": 2, "third": 2}


def test_a_tie_that_reaches_over_two_borders_gets_the_better_prize():
    result = compute(giving("prizes: {first: 1, second: 1, third: 2}, ties: 都取", before=SHARED), level(3, 1, 1))
    assert prizes(result) == {"A1": "first", "A2": "first", "A3": "first", "B1": "third"}


def test_a_tie_refused_at_one_border_may_be_refused_at_the_next():
    result = compute(giving("prizes: {first: 1, second: 1, third: 3}, ties: 都不取", before=SHARED), level(3, 1, 1, 1))
    assert prizes(result) == {"A1": "third", "A2": "third", "A3": "third", "B1": "third", "C1": "third"}


def test_a_prize_may_have_its_own_word_on_ties():
    awards = "prizes: {first: {size: 1, ties: 都取}, second: 1}, ties: 都不取"
    result = compute(giving(awards, before=SHARED), level(2, 2, 1))
    assert prizes(result) == {"A1": "first", "A2": "first"}


def test_a_tie_within_one_prize_is_no_question():
    result = compute(giving(ONE_TWO_THREE, before=SHARED), level(1, 2, 3))
    assert (dict(result.awards), result.decisions) == ({"first": 1, "second": 2, "third": 3}, ())


def test_without_a_word_the_organiser_decides_at_a_border():
    result = compute(giving("prizes: {first: 1, second: 1}, cap: 20%", before=SHARED), level(2, *([1] * 8)))
    assert [(one.kind, one.concerns, one.options) for one in result.decisions] == [
        (Kind.BORDER, ("A1", "A2"), BORDER_OPTIONS)
    ]
    assert result.decisions[0].message == "A1、A2 名次并列，跨在一等奖的末位上，由主办单位裁定。"
    assert (waiting(result), dict(result.awards)) == ({"A1": "border", "A2": "border"}, {"first": 0, "second": 0})


def test_whoever_an_open_border_can_still_lift_waits_too():
    result = compute(giving(ONE_TWO_THREE, before=SHARED), level(2, *([1] * 6)))
    # With the border moved down, place four would be second and place seven third.
    assert waiting(result) == {"A1": "border", "A2": "border", "C1": "border", "F1": "border"}
    assert prizes(result) == {"B1": "second", "D1": "third", "E1": "third"}


@pytest.mark.parametrize(
    ("choice", "awarded"),
    [
        ("都取", {"A1": "first", "A2": "first"}),
        ("都取另加", {"A1": "first", "A2": "first", "B1": "second"}),
        ("都不取", {"A1": "second", "A2": "second"}),
        (("A2",), {"A2": "first", "A1": "second"}),
    ],
)
def test_the_organiser_decides_a_border(choice, awarded):
    decision = chosen(Kind.BORDER, choice, "A1", "A2")
    result = compute(giving("prizes: {first: 1, second: 1}", before=SHARED), level(2, 1, 1), [decision])
    assert (prizes(result), result.decisions, waiting(result)) == (awarded, (), {})


def test_those_not_named_may_have_to_be_decided_again_at_the_next_border():
    awards = giving("prizes: {first: 1, second: 1}", before=SHARED)
    first = chosen(Kind.BORDER, ("A2",), "A1", "A2", "A3")
    result = compute(awards, level(3, 1), [first])
    assert prizes(result) == {"A2": "first"}
    assert [one.concerns for one in result.decisions] == [("A1", "A3")]
    again = compute(awards, level(3, 1), [first, chosen(Kind.BORDER, ("A3",), "A1", "A3")])
    assert (prizes(again), again.decisions) == ({"A2": "first", "A3": "second"}, ())


def test_taking_all_never_passes_the_cap_but_asks():
    result = compute(
        giving("prizes: {first: 1, second: 1}, cap: 20%, ties: 都取", before=SHARED), level(1, 2, *([1] * 7))
    )
    assert [(one.kind, one.concerns) for one in result.decisions] == [(Kind.BORDER, ("B1", "B2"))]


def test_where_the_cap_may_be_passed_there_is_none():
    awards = "prizes: {first: 1, second: 1}, cap: 20%, ties: 都取, over_cap: 允许"
    result = compute(giving(awards, before=SHARED), level(1, 2, *([1] * 7)))
    assert prizes(result) == {"A1": "first", "B1": "second", "B2": "second"}


def test_a_tie_for_the_chief_judge_across_a_border_withholds_the_prize_and_asks_nothing_else():
    result = compute(giving("prizes: {first: 1, second: 1, third: 1}, ties: 都取"), level(2, 1))
    assert waiting(result) == {"A1": "tie", "A2": "tie"}
    assert (prizes(result), [one.kind for one in result.decisions]) == ({"B1": "third"}, [Kind.TIE])


def test_a_tie_for_the_chief_judge_within_one_prize_withholds_nothing():
    result = compute(giving("prizes: {first: 2, second: 1}"), level(2, 1))
    assert waiting(result) == {"A1": "tie", "A2": "tie"}
    assert dict(result.awards) == {"first": 2, "second": 1}


def test_a_tie_below_all_prizes_withholds_nothing_either():
    result = compute(giving("prizes: {first: 1}"), level(1, 2))
    assert (prizes(result), waiting(result)) == ({"A1": "first"}, {"B1": "tie", "B2": "tie"})


def test_of_several_open_decisions_the_tie_is_named_first():
    result = compute(giving(FIXED), level(2, 1, 1, 1))
    assert waiting(result) == dict.fromkeys(("A1", "A2"), "tie") | dict.fromkeys(("B1", "C1", "D1"), "over_cap")
    assert [one.kind for one in result.decisions] == [Kind.TIE, Kind.OVER_CAP]


def test_a_notice_may_give_no_prizes():
    result = compute(rules(ONLY_PRACTICAL + "awards: 无\n"), descending(3))
    assert (dict(result.awards), prizes(result)) == ({}, {})


@pytest.mark.parametrize(
    ("chapters", "message"),
    [
        ("", "规则文件没有写奖项（awards）"),
        ("awards: 待定\n", "奖项（awards）待定"),
        ("awards: {prizes: {first: 待定}}\n", "awards.prizes.first.size 待定或未写"),
        ("awards: {prizes: {first: 1}, cap: 待定}\n", "awards 的 cap 或 prizes 待定"),
    ],
)
def test_without_prizes_known_there_is_no_result(chapters, message):
    with pytest.raises(NotReady) as error:
        compute(rules(ONLY_PRACTICAL + chapters), descending(3))
    assert str(error.value) == message


def test_too_few_have_come_and_the_notice_then_gives_no_prizes():
    minimum = "minimums: {final: {at: 检录, at_least: 3, effect: [不设奖]}}\n"
    few = [*descending(2), absent("X1")]
    result = compute(giving("prizes: {first: 1}", before=ONLY_PRACTICAL + minimum), few)
    assert (ranks(result), dict(result.awards)) == ({"E01": 1, "E02": 2, "X1": None}, {"first": 0})
    enough = compute(giving("prizes: {first: 1}", before=ONLY_PRACTICAL + minimum), descending(3))
    assert dict(enough.awards) == {"first": 1}


def test_it_may_be_decided_that_too_few_compete_for_prizes():
    result = compute(giving("prizes: {first: 1}"), descending(2), [chosen(Kind.MINIMUM, "不设奖")])
    assert (ranks(result), dict(result.awards)) == ({"E01": 1, "E02": 2}, {"first": 0})


# --- properties -------------------------------------------------------------------------------------------------------

SIZES = st.one_of(
    st.integers(0, 4).map(str),
    st.sampled_from(["10%", "20%", "1/3", "至20%", "至50%"]),
)
CAPPED_SIZES = st.one_of(SIZES, st.just("至上限"))
WORDS = st.sampled_from(["都取", "都取另加", "都不取", "裁定"])
GROUPS = st.lists(st.integers(1, 4), min_size=1, max_size=9)
LAST = st.sampled_from(["并列", "裁判长", "裁判长（涉奖）"])


@st.composite
def capped(draw) -> Division:
    """Awards of all sorts under a cap, ranks shared in all ways."""
    sizes = draw(st.lists(CAPPED_SIZES, min_size=1, max_size=4))
    prizes_ = ", ".join(f"p{at}: {{size: {size}, name: 奖{at}, ties: {draw(WORDS)}}}" for at, size in enumerate(sizes))
    over = draw(st.sampled_from(["裁定", "从低到高减"]))
    method = draw(st.sampled_from(["分别", "累计"]))
    awards = f"prizes: {{{prizes_}}}, cap: {draw(st.sampled_from(['30%', '1/2', '15%']))}, over_cap: {over}, method: {method}"
    return giving(awards, before=ONLY_PRACTICAL + f"ranking: {{tie_break: [{draw(LAST)}]}}\n")


@settings(deadline=None, max_examples=150)
@given(capped(), GROUPS)
def test_no_rule_passes_the_cap(terms: Division, groups):
    result = compute(terms, level(*groups))
    assert terms.awards is not None
    assert terms.awards.cap is not None
    assert sum(result.awards.values()) <= terms.awards.cap * result.base


@settings(deadline=None, max_examples=150)
@given(capped(), GROUPS)
def test_prizes_go_down_the_ranks_and_none_is_given_twice(terms: Division, groups):
    result = compute(terms, level(*groups))
    order = list(result.awards)
    given_ = [order.index(row.award) for row in result.rows if row.award is not None]
    assert given_ == sorted(given_)
    assert sum(result.awards.values()) == len(given_)


def ways(result: Result) -> list[Decision]:
    """All ways to take the first open decision of a result."""
    first = result.decisions[0]
    if first.kind is Kind.TIE:
        codes = first.concerns
        return [Decision(first.kind, codes, order) for order in (codes, tuple(reversed(codes)))]
    options: list[str | tuple[str, ...]] = list(first.options)
    if first.kind is Kind.BORDER:
        options += [some for size in (1, 2) for some in combinations(first.concerns, size)]
    return [Decision(first.kind, first.concerns, option) for option in options]


@settings(deadline=None, max_examples=100)
@given(capped(), GROUPS)
def test_whoever_does_not_wait_keeps_the_prize_whatever_is_decided(terms: Division, groups):
    result = compute(terms, level(*groups))
    assume(result.decisions)
    for decision in ways(result):
        after = compute(terms, level(*groups), [decision])
        now = {row.code: row for row in after.rows}
        for row in result.rows:
            if row.pending is None and now[row.code].pending is None:
                assert (row.code, row.award) == (row.code, now[row.code].award), decision
            if row.award is not None and now[row.code].pending is None:
                assert (row.code, row.award) == (row.code, now[row.code].award), decision


@settings(deadline=None, max_examples=60)
@given(capped(), GROUPS)
def test_taking_every_decision_settles_the_list(terms: Division, groups):
    taken: list[Decision] = []
    result = compute(terms, level(*groups), taken)
    for _ in range(40):
        if not result.decisions:
            break
        taken.append(ways(result)[0])
        result = compute(terms, level(*groups), taken)
    assert (result.decisions, waiting(result)) == ((), {})


def test_the_options_are_the_languages_own():
    assert (BORDER_OPTIONS, OVER_CAP_OPTIONS) == (("都取", "都取另加", "都不取"), ("从低到高减", "允许"))
