"""§7 (entry) and §10: stages, components and their modules, judging, papers, penalties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from saiwu.rules.rulebook.terms import Term
from saiwu.rules.rulebook.values import (
    Keys,
    Mark,
    Moment,
    NotAllowed,
    Number,
    NumberRange,
    QuestionGroup,
    Range,
    Rounding,
    RoundingValue,
    Share,
    Size,
    SizeKind,
    Span,
    YesNo,
    choice,
    number_between,
    parse_questions,
    parse_size,
)


def _advance_size(value: Any) -> Size:
    allowed = "个数或比例，如 30、50%"
    try:
        size = parse_size(value)
    except NotAllowed as error:
        raise NotAllowed(value, allowed) from error
    if size.kind in (SizeKind.NUMBER, SizeKind.SHARE):
        return size
    raise NotAllowed(value, allowed)


Questions = Annotated[QuestionGroup, BeforeValidator(parse_questions), WithJsonSchema({"type": "string"})]

AdvanceSize = Annotated[Size, BeforeValidator(_advance_size), WithJsonSchema({"type": ["string", "number"]})]

USUAL_STAGES: Mapping[str, str] = {"selection": "选拔赛", "preliminary": "初赛", "final": "决赛"}
USUAL_COMPONENTS: Mapping[str, str] = {"theory": "理论知识", "practical": "技能操作"}
"""Ids that carry their names (§1)."""

FINAL = "final"
"""Always the last stage."""

PAPER_KINDS = ("单选", "多选", "判断", "填空", "匹配", "排序", "计算", "论述")
PENALTY_EFFECTS = ("警告", "扣分", "零分", "弃权", "取消成绩", "取消资格")


class EntryTerm(Term):
    """What competes."""

    team_size: NumberRange = Range(1, 1)
    roles: tuple[str, ...] = ()
    captain: YesNo = False
    same_unit: YesNo = True
    mixed: YesNo = True
    substitutes: NumberRange = Range(0, 0)
    replace_until: Moment | None = None
    instructors: NumberRange = Range(0, 2)
    leaders: NumberRange = Range(0, 1)
    leader_may_instruct: YesNo = True


class Advance(Term):
    """Who goes on to the next stage."""

    size: AdvanceSize | None = None
    rounding: RoundingValue = Rounding.HALF_UP
    total: Mark | None = None
    per: choice("参赛单位", "院校", "区县", "代表队") | None = None  # type: ignore[valid-type]
    at_most: Number | None = None
    ties: choice("都进", "都不进", "裁定") = "裁定"  # type: ignore[valid-type]


class Stage(Term):
    """A stage: `on`, or `from` and `to`. `ranks_by` default: the components of this stage, by their own weights."""

    name: str | None = None
    name_en: str | None = None
    on: Moment | None = None
    from_: Moment | None = Field(default=None, alias="from")
    to: Moment | None = None
    venue: str | None = None
    venue_en: str | None = None
    host: str | None = None
    blind_codes: number_between(1, 3) = 1  # type: ignore[valid-type]
    ranks_by: Mapping[str, Share] = Field(default_factory=dict)
    advance: Advance | None = None


class Judging(Term):
    """How the marks of several judges make one."""

    judges: Number | None = None
    combine: choice("平均", "去高去低平均", "合计", "商定") | None = None  # type: ignore[valid-type]
    spread: Mark | None = None
    over_spread: choice("裁判长裁定", "重新商议") | None = None  # type: ignore[valid-type]


class Paper(Term):
    """A theory paper. `questions`: kind -> how many, marks each."""

    mode: choice("机考", "笔试", "口试") | None = None  # type: ignore[valid-type]
    questions: Annotated[Mapping[str, Questions], Keys(PAPER_KINDS)] = Field(default_factory=dict)
    partial: choice("错选多选少选不得分", "少选得部分分") | None = None  # type: ignore[valid-type]


class Module(Term):
    """A part of a component. `full` and `pass` in thousandths."""

    name: str | None = None
    name_en: str | None = None
    weight: Share | None = None
    full: Mark = 100_000
    pass_: Mark | None = Field(default=None, alias="pass")
    minutes: Number | None = None
    scheme: str | None = None
    judging: Judging | None = None
    paper: Paper | None = None


class Component(Module):
    """A part of the total. Without `decimals` its mark is exact; `stage` default: the last."""

    stage: str | None = None
    team_mark: choice("一个分", "合计", "平均") = "一个分"  # type: ignore[valid-type]
    decimals: number_between(0, 3) | None = None  # type: ignore[valid-type]
    rounding: RoundingValue = Rounding.HALF_UP
    modules: Mapping[str, Module] = Field(default_factory=dict)


class Penalty(Term):
    """§10. `part` is a component or module; default the total. `points` and `cap` in thousandths."""

    name: str | None = None
    name_en: str | None = None
    effect: choice(*PENALTY_EFFECTS) | None = None  # type: ignore[valid-type]
    part: str | None = None
    delay: Span | None = None
    points: Mark | None = None
    each: YesNo = False
    cap: Mark | None = None
