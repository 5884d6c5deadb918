"""§6 and §8: conditions (`for`), facts that a notice declares, and the kinds of eligibility rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from saiwu.rules.findings import Finding, Verdict
from saiwu.rules.rulebook.head import RegionCode
from saiwu.rules.rulebook.terms import Term
from saiwu.rules.rulebook.values import (
    IN_PRINCIPLE,
    STRICT,
    Binding,
    Day,
    LevelValue,
    Moment,
    NotAllowed,
    Number,
    OneOrMany,
    Who,
    WhoValue,
    YesNo,
    choice,
    one_or_many,
    parse_day,
    parse_number,
)

BUILT_IN_FACTS: Mapping[str, tuple[str, ...]] = {
    "status": ("学生", "在职", "教师", "其他"),
    "entered_by": ("个人", "参赛单位", "院校", "区县", "代表队"),
    "entry_kind": ("单人", "团体"),
    "role": ("队长", "选手", "替补"),
    "sex": ("男", "女"),
    "minor": ("是", "否"),
    "former_retirement": ("50", "55"),
    "unit_kind": ("企业", "院校", "机关", "其他"),
    "school_kind": ("技工院校", "中职", "高职", "本科"),
    "division": (),
    "tag": (),
    "class": (),
}
"""Built-in facts and their answers. `division`, `tag`, `class` take ids or names, the notice's own words."""

Condition = Mapping[str, tuple[str, ...]]
"""`for: {fact: [answers]}`: each fact named must have one of its answers."""


class OwnFact(Term):
    """A fact that the notice declares: a question on the form and its answers."""

    ask: str | None = None
    ask_en: str | None = None
    whose: choice("选手", "队", "参赛单位") = "选手"  # type: ignore[valid-type]
    answers: tuple[str, ...] = ()


def _enrolled(value: Any) -> bool | date:
    if value == "是" or value is True:
        return True
    try:
        return parse_day(value)
    except NotAllowed as error:
        raise NotAllowed(value, "是，或在籍起始的最晚日期，如 2025-07-01") from error


PLACE_GROUNDS = ("工作", "学习", "居住", "户籍", "社保")


def _ground(value: Any) -> tuple[str, int]:
    if isinstance(value, tuple):
        return value
    text = str(value).strip()
    for ground in PLACE_GROUNDS:
        if text == ground:
            return ground, 0
        if text.startswith(ground) and text.endswith("个月"):
            try:
                return ground, parse_number(text[len(ground) : -2])
            except NotAllowed:
                break
    raise NotAllowed(value, "、".join(PLACE_GROUNDS) + "，可加月数（社保12个月）")


Ground = Annotated[tuple[str, int], BeforeValidator(_ground)]


class Rule(Term):
    """What all kinds share. A term makes its own findings, so that clause and waiver come with it."""

    rule: str = ""
    for_: Condition = Field(default_factory=dict, alias="for")
    binding: Binding = STRICT
    waived_by: WhoValue = Who.COMMITTEE
    proof: tuple[str, ...] = ()

    def finding(self, verdict: Verdict, fact: str | None, message: str) -> Finding:
        """A finding of this rule, with its clause."""
        waived_by = str(self.waived_by) if verdict is Verdict.WAIVER else None
        return Finding(self.id or self.rule, verdict, fact, message, self.clause, self.assumed, waived_by, self.clauses)

    def ok(self, fact: str | None, message: str = "") -> Finding:
        """It holds."""
        return self.finding(Verdict.OK, fact, message)

    def evidence(self, fact: str | None, message: str) -> Finding:
        """A fact or proof is missing."""
        return self.finding(Verdict.EVIDENCE, fact, message)

    def refused(self, fact: str | None, message: str) -> Finding:
        """It does not hold: refused, or where the rule is 原则上 a waiver is needed."""
        return self.finding(Verdict.WAIVER if self.binding == IN_PRINCIPLE else Verdict.REFUSED, fact, message)


class AgeTerm(Rule):
    """`age`. Bounds in full years or as days of birth, included; `on` default 决赛; 提交 is the day of registering."""

    rule: Literal["age"] = "age"
    minimum: Number | None = None
    maximum: Number | None = None
    born_from: Day | None = None
    born_to: Day | None = None
    retirement: choice("达龄前一日", "达龄当日", "达龄当月") | None = None  # type: ignore[valid-type]
    on: Moment | None = None


class PlaceTerm(Rule):
    """`place`. Each ground with the months that it must have lasted (0: none asked)."""

    rule: Literal["place"] = "place"
    any_of: tuple[Ground, ...] = ()
    region: str | None = None
    region_code: RegionCode | None = None
    on: Moment | None = None


class StudentTerm(Rule):
    """`student`. `enrolled` is True, or the day since when at the latest."""

    rule: Literal["student"] = "student"
    full_time: YesNo | None = None
    enrolled: Annotated[bool | date, BeforeValidator(_enrolled)] | None = None
    in_region: YesNo | None = None
    major: choice("相关专业", "不限") | None = None  # type: ignore[valid-type]


class WorkerTerm(Rule):
    """`worker`. `months` with the unit, counted to 报名截止."""

    rule: Literal["worker"] = "worker"
    post: Annotated[
        tuple[choice("在职", "在编", "从业", "自由职业"), ...],  # type: ignore[valid-type]
        OneOrMany(),
        BeforeValidator(one_or_many),
    ] = ()
    months: Number | None = None
    in_region: YesNo | None = None


class SkillTerm(Rule):
    """`skill`. The level or the years, of what is given."""

    rule: Literal["skill"] = "skill"
    level: LevelValue | None = None
    level_in: tuple[choice("本职业", "相关职业"), ...] = ("本职业",)  # type: ignore[valid-type]
    years: Number | None = None
    years_in: tuple[choice("本职业", "相关职业"), ...] = ("本职业",)  # type: ignore[valid-type]
    on: Moment | None = None


class PastWinnerTerm(Rule):
    """`past_winner`. None of the honours is held (since that day)."""

    rule: Literal["past_winner"] = "past_winner"
    honours: tuple[str, ...] = ()
    since: Moment | None = None
    same_event: YesNo = False


class FactsTerm(Rule):
    """`facts`. Each fact has one of these answers."""

    rule: Literal["facts"] = "facts"
    must_be: Condition = Field(default_factory=dict)


class ProofTerm(Rule):
    """`proof`. Each document of `proof` is accepted."""

    rule: Literal["proof"] = "proof"


class DeclarationTerm(Rule):
    """`declaration`. Signed; its text is the clause's sentence."""

    rule: Literal["declaration"] = "declaration"
    signed_by: choice("选手", "参赛单位", "监护人") | None = None  # type: ignore[valid-type]


class OneEventTerm(Rule):
    """`one_event`. No other live entry of this person there."""

    rule: Literal["one_event"] = "one_event"
    within: choice("竞赛", "年度", "系列") = "竞赛"  # type: ignore[valid-type]


class NotInstructorTerm(Rule):
    """`not_instructor`. Instructs no entry of a contestant who fits `whom`; checked whichever comes second."""

    rule: Literal["not_instructor"] = "not_instructor"
    whom: Condition = Field(default_factory=dict)
    within: choice("赛项", "竞赛") = "赛项"  # type: ignore[valid-type]


class AnyOfTerm(Rule):
    """`any_of`. One of its rules holds: the best verdict counts."""

    rule: Literal["any_of"] = "any_of"
    rules: Mapping[str, EligibilityTerm] = Field(default_factory=dict)


EligibilityTerm = Annotated[
    AgeTerm
    | PlaceTerm
    | StudentTerm
    | WorkerTerm
    | SkillTerm
    | PastWinnerTerm
    | FactsTerm
    | ProofTerm
    | DeclarationTerm
    | OneEventTerm
    | NotInstructorTerm
    | AnyOfTerm,
    Field(discriminator="rule"),
]
AnyOfTerm.model_rebuild()

KINDS: Mapping[str, type[Rule]] = {
    kind.model_fields["rule"].default: kind
    for kind in (
        AgeTerm,
        PlaceTerm,
        StudentTerm,
        WorkerTerm,
        SkillTerm,
        PastWinnerTerm,
        FactsTerm,
        ProofTerm,
        DeclarationTerm,
        OneEventTerm,
        NotInstructorTerm,
        AnyOfTerm,
    )
}

__all__ = ["BUILT_IN_FACTS", "KINDS", "Condition", "EligibilityTerm", "OwnFact", "Rule"]
