"""Unit awards: facts on record become points, points a proposal; the decision stays with people."""

from __future__ import annotations

import pytest

from saiwu.rules.marking import NotReady
from saiwu.rules.rulebook.afterwards import UnitAward
from saiwu.rules.unit_awards import Candidate, EntryOutcome, Proposal, Proposed, count_of, propose

FIRST, SECOND, MERIT = EntryOutcome(1, "一等奖", True), EntryOutcome(2, "二等奖", True), EntryOutcome(8, "优胜奖", True)
PASSED, FAILED, UNRANKED = EntryOutcome(12, None, True), EntryOutcome(13), EntryOutcome(None, None, True)


@pytest.mark.parametrize(
    ("fact", "count"),
    [
        ("一等奖", 2),
        ("三等奖", 0),
        ("优胜奖", 1),
        ("第1名", 2),
        ("第2-8名", 2),
        ("第8-名", 3),
        ("合格未获奖", 1),
        ("报名人数", 9),
        ("检录人数", 7),
        ("参赛赛项", 3),
        ("承办赛项", 1),
        ("扣分", 4),
    ],
)
def test_facts_on_record_are_counted(fact, count):
    unit = Candidate("甲", "参赛单位", (FIRST, FIRST, SECOND, MERIT, PASSED, FAILED, UNRANKED), 9, 7, 3, 1, deducted=4)
    assert count_of(fact, unit) == count


MEDALS = UnitAward(
    id="organisation",
    name="优秀组织奖",
    count=2,
    among=("参赛单位",),
    points={"一等奖": 8, "二等奖": 4, "合格未获奖": 1, "扣分": 2},
    criteria=("组织工作",),
    tie_break=("一等奖",),
)


def test_points_make_a_proposal_and_deductions_take_them_away():
    units = [
        Candidate("甲", "参赛单位", (FIRST, PASSED), deducted=1, scores={"组织工作": 5}),
        Candidate("乙", "参赛单位", (SECOND, SECOND), scores={"组织工作": 3}),
        Candidate("丙", "参赛单位", (SECOND,), scores={"组织工作": 0}),
        Candidate("丁", "区县", (FIRST,)),
    ]
    assert propose(MEDALS, units) == (
        Proposal(
            "参赛单位",
            (
                Proposed("甲", 12, {"一等奖": 8, "合格未获奖": 1, "扣分": -2, "组织工作": 5}, 1, "优秀组织奖"),
                Proposed("乙", 11, {"二等奖": 8, "组织工作": 3}, 2, "优秀组织奖"),
                Proposed("丙", 4, {"二等奖": 4, "组织工作": 0}, 3, None),
            ),
        ),
    )


def test_the_tie_break_counts_more_of_a_fact_first():
    units = [Candidate("甲", "参赛单位", (SECOND, SECOND)), Candidate("乙", "参赛单位", (FIRST,))]
    (proposal,) = propose(MEDALS, units)
    assert [(one.name, one.rank) for one in proposal.ranked] == [("乙", 1), ("甲", 2)]
    assert proposal.missing_scores == ("乙：组织工作", "甲：组织工作")


def test_a_tie_across_the_last_place_is_shown_and_left_to_people():
    units = [Candidate(name, "参赛单位", (FIRST,) if name == "甲" else (SECOND,)) for name in "甲乙丙丁"]
    (proposal,) = propose(MEDALS, units)
    assert [(one.name, one.rank, one.proposed, one.contested) for one in proposal.ranked] == [
        ("甲", 1, "优秀组织奖", False),
        ("丁", 2, None, True),
        ("丙", 2, None, True),
        ("乙", 2, None, True),
    ]


def test_below_the_minimum_nobody_is_considered():
    award = UnitAward(name="奖", count=5, among=("参赛单位",), points={"一等奖": 5}, minimum_points=5)
    (proposal,) = propose(award, [Candidate("甲", "参赛单位", (FIRST,)), Candidate("乙", "参赛单位", (SECOND,))])
    assert ([one.name for one in proposal.ranked], proposal.not_considered) == (["甲"], ("乙",))


def test_several_prizes_go_out_of_one_list_and_each_kind_has_its_own():
    award = UnitAward(
        name="突出贡献单位",
        prizes={"first": {"size": 1}, "second": {"size": 1}},
        among=("承办单位", "区县"),
        points={"承办赛项": 1},
    )
    hosts = [Candidate(name, "承办单位", hosted=3 - at) for at, name in enumerate(("甲", "乙", "丙"))]
    first, second = propose(award, [*hosts, Candidate("戊", "区县")])
    assert [(one.name, one.proposed) for one in first.ranked] == [("甲", "一等奖"), ("乙", "二等奖"), ("丙", None)]
    assert [(one.name, one.proposed) for one in second.ranked] == [("戊", "一等奖")]


@pytest.mark.parametrize(
    ("table", "order"),
    [((5, 3, 2, 1), "甲乙丙"), ((8, 4, 2, 1), "甲乙丙"), ((6, 4, 2, 1), "甲乙丙"), ((4, 3, 2, 1), "乙甲丙")],
)
def test_a_table_of_points_decides_who_comes_first(table, order):
    """A published ranking: 4 gold, 3, 4 and 9 merit before 1, 3, 9 and 12, before 3, 3, 3 and 6."""
    won = {"甲": (4, 3, 4, 9), "乙": (1, 3, 9, 12), "丙": (3, 3, 3, 6)}
    names = ("一等奖", "二等奖", "三等奖", "优胜奖")
    units = [
        Candidate(
            unit,
            "区县",
            tuple(EntryOutcome(1, name) for name, number in zip(names, numbers, strict=True) for _ in range(number)),
        )
        for unit, numbers in won.items()
    ]
    award = UnitAward(name="奖", count=3, among=("区县",), points=dict(zip(names, table, strict=True)))
    (proposal,) = propose(award, units)
    assert "".join(one.name for one in proposal.ranked) == order


def test_without_a_number_nothing_can_be_proposed():
    with pytest.raises(NotReady, match=r"^unit_awards.x 没有写 count 或 prizes$"):
        propose(UnitAward(id="x", name="奖"), [])
