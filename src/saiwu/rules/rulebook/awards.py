"""§11 and §12: ranking, second lists, prizes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, field_validator

from saiwu.rules.rulebook.certificates import Certificates
from saiwu.rules.rulebook.terms import META, Term
from saiwu.rules.rulebook.values import (
    Mark,
    Number,
    Rounding,
    RoundingValue,
    Share,
    SizeValue,
    choice,
    number_between,
    plain,
)

LAST_WORDS = ("裁判长", "加赛", "裁判长（涉奖）", "并列")
USUAL_PRIZES: Mapping[str, str] = {"first": "一等奖", "second": "二等奖", "third": "三等奖", "merit": "优胜奖"}
"""Ids that carry their names (§1)."""

ALL_TIME_USED = "用时合计"
TIME_USED, HANDED_IN = "用时", "交卷时间"
PrizeTies = choice("都取", "都取另加", "都不取", "裁定")


def _last_word(value: Any) -> Any:
    """A list of ties whose last words are written as the language writes them, whatever their brackets."""
    words = {plain(word): word for word in LAST_WORDS}
    if not isinstance(value, (list, tuple)):
        return value
    return tuple(words.get(plain(item), item) if isinstance(item, str) else item for item in value)


TieBreak = Annotated[tuple[str, ...], BeforeValidator(_last_word)]


class Ranking(Term):
    """How totals become ranks. An empty `tie_break` is the default of the language."""

    list_: choice("组别", "赛项") = Field(default="组别", alias="list")  # type: ignore[valid-type]
    decimals: number_between(0, 3) = 3  # type: ignore[valid-type]
    rounding: RoundingValue = Rounding.HALF_UP
    needs_pass: tuple[str, ...] = ()
    tie_break: TieBreak = ()


class Prize(Term):
    """One grade with its size; written `3` or `{size: 3, name: …}`."""

    size: SizeValue | None = None
    name: str | None = None
    name_en: str | None = None
    total: Mark | None = None
    ties: PrizeTies | None = None  # type: ignore[valid-type]


class Awards(Term):
    """Prizes, best first, out of one list."""

    prizes: Mapping[str, Prize] = Field(default_factory=dict)
    base: choice("报名", "检录", "有成绩") = "检录"  # type: ignore[valid-type]
    rounding: RoundingValue = Rounding.HALF_UP
    method: choice("分别", "累计") = "分别"  # type: ignore[valid-type]
    cap: Share | None = None
    over_cap: choice("裁定", "从低到高减", "允许") = "裁定"  # type: ignore[valid-type]
    ties: PrizeTies = "裁定"  # type: ignore[valid-type]
    needs_pass: tuple[str, ...] = ()

    @field_validator("prizes", mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        return {
            key: prize if isinstance(prize, (Mapping, Prize)) or key == META else {"id": key, "size": prize}
            for key, prize in value.items()
        }


class AlsoRank(Term):
    """A second list from the same results."""

    name: str | None = None
    name_en: str | None = None
    ranks: choice("选手", "队", "参赛单位", "区县", "代表队") | None = None  # type: ignore[valid-type]
    members: Number | None = None
    choose: choice("报名指定", "成绩最好") = "成绩最好"  # type: ignore[valid-type]
    score: choice("合计", "平均") | None = None  # type: ignore[valid-type]
    tie_break: TieBreak = ()
    awards: Awards | None = None
    certificates: Certificates | None = None
