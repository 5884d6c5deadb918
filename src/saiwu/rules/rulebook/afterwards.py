"""§14 to §16: appeals, public notice, unit awards, changes, retention, working days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from saiwu.rules.rulebook.awards import Prize
from saiwu.rules.rulebook.terms import Term
from saiwu.rules.rulebook.values import (
    Day,
    Keys,
    MomentWord,
    Number,
    OneOrMany,
    Relative,
    Span,
    Who,
    WhoValue,
    YesNo,
    choice,
    one_or_many,
    parse_relative,
)

CHANGES = ("日期", "地点", "名称", "合并", "取消", "延长", "延期")
AMONG = ("参赛单位", "院校", "企业", "区县", "代表队", "承办单位", "工作人员")
RETAINED = ("证件号码", "联系方式", "照片", "证明材料", "作答与评分", "成绩与获奖", "访问记录")


WhoList = Annotated[tuple[WhoValue, ...], OneOrMany(), BeforeValidator(one_or_many)]


class Appeal(Term):
    """A window in which objections are heard."""

    after: MomentWord | None = None
    window: Span | None = None
    about: tuple[str, ...] = ()
    filed_by: tuple[WhoValue, ...] = (Who.TEAM_LEADER,)
    form: choice("书面", "不限") = "书面"  # type: ignore[valid-type]
    heard_by: WhoValue = Who.ARBITER
    ruling: Span | None = None
    final: YesNo = True


class PublicNotice(Term):
    """How long results are shown before they are confirmed."""

    after: MomentWord = "成绩公布"
    window: Span | None = None


class UnitAward(Term):
    """An award of units; the table proposes, the decision is taken by name."""

    name: str | None = None
    name_en: str | None = None
    count: Number | None = None
    prizes: Mapping[str, Prize] = Field(default_factory=dict)
    among: Annotated[tuple[choice(*AMONG), ...], OneOrMany(), BeforeValidator(one_or_many)] = ()  # type: ignore[valid-type]
    points: Mapping[str, Number] = Field(default_factory=dict)
    criteria: tuple[str, ...] = ()
    minimum_points: Number | None = None
    tie_break: tuple[str, ...] = ()
    decided_by: WhoValue = Who.COMMITTEE


class Changes(Term):
    """Which changes may be asked for, by whom, approved by whom, who is told."""

    allowed: tuple[choice(*CHANGES), ...] = ()  # type: ignore[valid-type]
    asked_by: WhoList = ()
    approved_by: WhoValue | None = None
    tell: WhoList = ()


class WorkingDays(Term):
    """Days that differ from Monday to Friday and the national calendar."""

    holidays: tuple[Day, ...] = Field(default=(), alias="放假")
    make_up: tuple[Day, ...] = Field(default=(), alias="补班")


Retention = Annotated[
    Mapping[str, Annotated[Relative, BeforeValidator(parse_relative), WithJsonSchema({"type": "string"})]],
    Keys(RETAINED),
]

DEFAULT_RETENTION: Mapping[str, Relative] = {
    what: parse_relative("通报后3年" if what == "访问记录" else "通报后6个月")
    for what in RETAINED
    if what != "成绩与获奖"
}
"""What no notice changes: 成绩与获奖 are never deleted."""
