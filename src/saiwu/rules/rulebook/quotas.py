"""§9: how many entries there may be (quotas) and must be (minimums)."""

from __future__ import annotations

from pydantic import Field

from saiwu.rules.rulebook.eligibility import Condition
from saiwu.rules.rulebook.terms import Term
from saiwu.rules.rulebook.values import STRICT, Binding, MomentWord, Number, Who, WhoValue, choice

EFFECTS = ("延长", "延期", "合并", "不设奖", "取消", "照常")


class Quota(Term):
    """At most (or at least) so many per unit, school, district, ... within a division, an event or the competition."""

    per: choice("参赛单位", "院校", "区县", "代表队", "选手", "指导教师", "赛项") | None = None  # type: ignore[valid-type]
    named: tuple[str, ...] = ()
    at_most: Number | None = None
    at_least: Number | None = None
    counts: choice("队", "人", "赛项") = "队"  # type: ignore[valid-type]
    within: choice("组别", "赛项", "竞赛") = "组别"  # type: ignore[valid-type]
    stage: str | None = None
    for_: Condition = Field(default_factory=dict, alias="for")
    binding: Binding = STRICT
    waived_by: WhoValue = Who.COMMITTEE


class Minimum(Term):
    """Fewer than `at_least` at that moment: one effect happens, several are the options of a decision."""

    at: MomentWord | None = None
    at_least: Number | None = None
    counts: choice("队", "人", "赛项") = "队"  # type: ignore[valid-type]
    within: choice("组别", "赛项", "竞赛") = "组别"  # type: ignore[valid-type]
    for_: Condition = Field(default_factory=dict, alias="for")
    effect: tuple[choice(*EFFECTS), ...] = ()  # type: ignore[valid-type]
