"""§13: one decision table for certificates, promotion and honours."""

from __future__ import annotations

from pydantic import Field

from saiwu.rules.rulebook.eligibility import Condition
from saiwu.rules.rulebook.terms import Term
from saiwu.rules.rulebook.values import Level, LevelValue, Mark, Moment, NumberRange, RankRange, WhoValue, choice

ANY_PRIZE = "有"
OUTCOMES = ("命题等级", "命题等级+1", "命题等级-1", "现有等级+1")


class Conditions(Term):
    """What a row asks; absent asks nothing. `holds`: levels, 无, 本等级."""

    rank: RankRange | None = None
    prize: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    total: Mark | None = None
    team_size: NumberRange | None = None
    entries: NumberRange | None = None
    paper_level: tuple[LevelValue, ...] = ()
    holds: tuple[str, ...] = ()
    age: NumberRange | None = None
    for_: Condition = Field(default_factory=dict, alias="for")


class CertificateRow(Conditions):
    """Conditions and what they give: a level (or one of OUTCOMES) and/or honours."""

    gives: str | None = None
    honours: tuple[str, ...] = ()
    given_to: WhoValue | None = None
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
    number: str = "{year}-{event}-{division}-{serial}"


__all__ = ["ANY_PRIZE", "OUTCOMES", "CertificateRow", "Certificates", "Conditions", "Withheld"]
