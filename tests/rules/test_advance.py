"""Who goes on to the next stage: a number or a share, down the ranks, so many a unit, ties at the border."""

from __future__ import annotations

import pytest

from saiwu.rules.awards import Advancement
from saiwu.rules.decisions import Decision, Kind
from saiwu.rules.marking import EntryMarks
from saiwu.rules.results import compute
from tests.rules.lists import descending, entry, rules


def going(term: str, entries: list[EntryMarks], *decisions: Decision, last: str = "并列") -> Advancement:
    """Who goes on from the preliminary, ranked by theory alone."""
    chapters = f"""
stages: {{preliminary: {{on: 2026-04-01, advance: {{{term}}}}}, final: {{on: 2026-05-01}}}}
components: {{theory: {{stage: preliminary}}, practical: {{}}}}
ranking: {{tie_break: [{last}]}}
awards: {{prizes: {{first: 1}}}}
"""
    result = compute(rules(chapters), entries, decisions, stage="preliminary")
    assert (dict(result.awards), {row.award for row in result.rows}) == ({}, {None})  # the last stage gives prizes
    assert result.advancement is not None
    return result.advancement


def theory(*marks: tuple[str, int, str]) -> list[EntryMarks]:
    """Code, mark, unit."""
    return [entry(code, theory=str(mark), unit=unit) for code, mark, unit in marks]


@pytest.mark.parametrize(
    ("size", "number"),
    [("3", 3), ("40%", 4), ("1/3", 3), ("1/3, rounding: 进一", 4), ("25%, rounding: 舍去", 2), ("99", 10)],
)
def test_so_many_go_on_by_number_or_share_of_those_who_have_a_total(size, number):
    entries = [*descending(10), entry("X")]
    assert going(f"size: {size}", entries).going == tuple(f"E{n:02}" for n in range(1, number + 1))


def test_a_total_may_be_asked_of_those_who_go_on():
    assert going("size: 5, total: 94", descending(5)).going == ("E01", "E02", "E03")


def test_whoever_has_a_full_unit_is_skipped_and_the_next_moves_up():
    entries = theory(("A", 90, "甲"), ("B", 80, "甲"), ("C", 70, "乙"), ("D", 60, "丙"))
    assert going("size: 3, per: 参赛单位, at_most: 1", entries).going == ("A", "C", "D")


TIED = theory(("A", 90, "甲"), ("B", 80, "乙"), ("C", 80, "丙"), ("D", 70, "丁"))


@pytest.mark.parametrize(("ties", "codes"), [("都进", ("A", "B", "C")), ("都不进", ("A",))])
def test_a_tie_at_the_border_goes_on_whole_or_not_at_all(ties, codes):
    assert going(f"size: 2, ties: {ties}", TIED) == Advancement(codes)


def test_or_the_chief_judge_says_who_goes_on():
    asked = going("size: 2", TIED)
    assert (asked.going, asked.waiting) == (("A",), ("B", "C"))
    assert [(one.kind, one.concerns, one.options) for one in asked.decisions] == [
        (Kind.ADVANCE, ("B", "C"), ("B", "C"))
    ]
    assert going("size: 2", TIED, Decision(Kind.ADVANCE, ("B", "C"), ("C",))) == Advancement(("A", "C"))


def test_two_of_one_unit_who_share_a_rank_and_have_one_place_are_a_question_even_above_the_border():
    entries = theory(("A", 90, "甲"), ("B", 90, "甲"), ("C", 70, "乙"), ("D", 60, "丙"))
    term = "size: 3, per: 参赛单位, at_most: 1, ties: 都进"
    assert going(term, entries).waiting == ("A", "B")
    assert going(term, entries, Decision(Kind.ADVANCE, ("A", "B"), ("B",))).going == ("B", "C", "D")


def test_where_the_chief_judge_breaks_all_ties_those_at_the_border_wait_for_that_alone():
    asked = going("size: 2, ties: 都进", TIED, last="裁判长")
    assert (asked.going, asked.waiting, asked.decisions) == (("A",), ("B", "C"), ())
    assert going("size: 2", TIED, Decision(Kind.TIE, ("B", "C"), ("C", "B")), last="裁判长").going == ("A", "C")


def test_where_only_borders_matter_a_tie_across_the_border_is_asked_and_one_above_it_is_not():
    assert going("size: 3", TIED, last="裁判长（涉奖）") == Advancement(("A", "B", "C"))
    chapters = """
stages: {preliminary: {on: 2026-04-01, advance: {size: 2, ties: 都进}}, final: {on: 2026-05-01}}
components: {theory: {stage: preliminary}, practical: {}}
ranking: {tie_break: [裁判长（涉奖）]}
awards: 无
"""
    result = compute(rules(chapters), TIED, stage="preliminary")
    assert [(one.kind, one.concerns) for one in result.decisions] == [(Kind.TIE, ("B", "C"))]
