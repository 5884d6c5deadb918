"""§5: the head of a notice, what any layer says of the occupation, and dates and registration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field

from saiwu.rules.rulebook.terms import Term
from saiwu.rules.rulebook.values import (
    Day,
    LevelValue,
    Moment,
    NotAllowed,
    Number,
    OneOrMany,
    Span,
    WhoValue,
    choice,
    number_between,
    one_or_many,
)

DEFAULT_ZONE = "Asia/Shanghai"

USUAL_DATES: Mapping[str, str] = {
    "preregistration": "预报名",
    "registration": "报名",
    "review": "资格审核",
    "final_list": "决赛名单",
    "briefing": "领队会",
    "opening": "开幕式",
    "closing": "闭幕式",
}
"""Ids of `dates` that carry their names (§1)."""


def _zone(value: Any) -> str:
    allowed = f"时区名，如 {DEFAULT_ZONE}"
    try:
        return ZoneInfo(str(value)).key
    except (ValueError, OSError, LookupError):
        raise NotAllowed(value, allowed) from None


def _region_code(value: Any) -> str:
    text = str(value)
    if text.isascii() and text.isdigit() and 2 <= len(text) <= 12:
        return text
    raise NotAllowed(value, "行政区划代码（GB/T 2260）的前几位数字，如 50")


RegionCode = Annotated[str, BeforeValidator(_region_code)]


class Organisation(Term):
    """Who stands behind the notice. `lead` is one of the organisers."""

    organisers: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    co_organisers: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    guidance: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    lead: str | None = None


class HistoryLine(Term):
    """What a later version of the rulebook changed, and when."""

    version: Number | None = None
    on: Day | None = None
    what: str | None = None
    what_en: str | None = None


class Head(Term):
    """What only notice.yaml says. Needed: language, version, name, organisation."""

    language: number_between(1, 1) | None = None  # type: ignore[valid-type]
    version: number_between(1, 999_999) | None = None  # type: ignore[valid-type]
    name: str | None = None
    name_en: str | None = None
    short_name: str | None = None
    short_name_en: str | None = None
    theme: str | None = None
    theme_en: str | None = None
    number: str | None = None
    issued: Day | None = None
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None
    class_: str | None = Field(default=None, alias="class")
    series: tuple[str, ...] = ()
    region: str | None = None
    region_en: str | None = None
    region_code: RegionCode | None = None
    time_zone: Annotated[str, BeforeValidator(_zone)] | None = None
    basis: tuple[str, ...] = ()
    organisation: Organisation | None = None
    history: tuple[HistoryLine, ...] = ()


class Contact(Term):
    """Where to ask."""

    office: str | None = None
    office_en: str | None = None
    person: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    address_en: str | None = None


class DateTerm(Term):
    """One date: `on`, or `from` and/or `to`. `registration` and `preregistration` open and close these verbs."""

    name: str | None = None
    name_en: str | None = None
    on: Moment | None = None
    from_: Moment | None = Field(default=None, alias="from")
    to: Moment | None = None
    venue: str | None = None
    venue_en: str | None = None
    remind: tuple[Span, ...] = ()
    who: Annotated[tuple[WhoValue, ...], OneOrMany(), BeforeValidator(one_or_many)] = ()


class Registration(Term):
    """How people are entered. Without `preregistration` there is none."""

    preregistration: choice("必须", "可选", "只报数量") | None = None  # type: ignore[valid-type]
    documents: tuple[str, ...] = ()
    photo_name: str = "单位+姓名"
    mailbox: str | None = None


CertificateKind = choice("职业技能等级", "专项职业能力")
PaperLevel = LevelValue
