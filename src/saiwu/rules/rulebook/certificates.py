"""§13: one decision table for certificates, promotion and honours."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from saiwu.rules.rulebook.eligibility import Condition
from saiwu.rules.rulebook.terms import Term
from saiwu.rules.rulebook.values import (
    LEVEL_NAMES,
    NONE,
    Level,
    LevelValue,
    Mark,
    Moment,
    NotAllowed,
    NumberRange,
    OneOrMany,
    RankRange,
    Who,
    WhoValue,
    choice,
    one_or_many,
    who_of,
)

ANY_PRIZE = "有"
OUTCOMES = ("命题等级", "命题等级+1", "命题等级-1", "现有等级+1")
SAME_LEVEL = "本等级"
GIVEN_TO = (Who.CONTESTANT, Who.INSTRUCTOR, Who.UNIT)
NUMBER_PARTS = ("short", "year", "event", "division", "serial")


def _number(value: Any) -> str:
    parts = "".join(f"{{{part}}}" for part in NUMBER_PARTS)
    text = str(value)
    if set(re.findall(r"\{(.*?)\}", text)) <= set(NUMBER_PARTS) and text.count("{") == text.count("}"):
        return text
    raise NotAllowed(value, f"文字与 {parts} 组成的编号样式")


class Conditions(Term):
    """What a row asks; absent asks nothing. `holds`: levels, 无, 本等级."""

    rank: RankRange | None = None
    prize: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    total: Mark | None = None
    team_size: NumberRange | None = None
    entries: NumberRange | None = None
    paper_level: Annotated[tuple[LevelValue, ...], OneOrMany(), BeforeValidator(one_or_many)] = ()
    holds: tuple[choice(*LEVEL_NAMES.values(), NONE, SAME_LEVEL), ...] = ()  # type: ignore[valid-type]
    age: NumberRange | None = None
    for_: Condition = Field(default_factory=dict, alias="for")


class CertificateRow(Conditions):
    """Conditions and what they give: a level (or one of OUTCOMES) and/or honours."""

    gives: choice(*LEVEL_NAMES.values(), *OUTCOMES) | None = None  # type: ignore[valid-type]
    honours: tuple[str, ...] = ()
    given_to: who_of(*GIVEN_TO) | None = None  # type: ignore[valid-type]
    approval: WhoValue | None = None


class Withheld(Conditions):
    """Conditions under which a level is denied."""

    denies: LevelValue | None = None


class Certificates(Term):
    """The table. `number` is the pattern of an award certificate's number."""

    rows: tuple[CertificateRow, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    ceiling: LevelValue = Level.ONE
    already_held: choice("不发", "照发") = "不发"  # type: ignore[valid-type]
    hit: choice("最高", "首行") = "最高"  # type: ignore[valid-type]
    on: Moment | None = None
    issuer: str | None = None
    number: Annotated[str, BeforeValidator(_number)] = "{year}-{event}-{division}-{serial}"


__all__ = ["ANY_PRIZE", "OUTCOMES", "CertificateRow", "Certificates", "Conditions", "Withheld"]
