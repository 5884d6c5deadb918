"""§5: the head of a notice, what any layer says of the occupation, and dates and registration."""

from __future__ import annotations

from pydantic import Field

from saiwu.rules.rulebook.terms import Term
from saiwu.rules.rulebook.values import Day, LevelValue, Moment, Number, Span, WhoValue, choice


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

    language: Number | None = None
    version: Number | None = None
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
    region_code: str | None = None
    time_zone: str | None = None
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
    """One date of `dates`: `on`, or `from` and/or `to`. `registration` and `preregistration` open and close these verbs."""

    name: str | None = None
    name_en: str | None = None
    on: Moment | None = None
    from_: Moment | None = Field(default=None, alias="from")
    to: Moment | None = None
    venue: str | None = None
    venue_en: str | None = None
    remind: tuple[Span, ...] = ()
    who: tuple[WhoValue, ...] = ()


class Registration(Term):
    """How people are entered. Without `preregistration` there is none."""

    preregistration: choice("必须", "可选", "只报数量") | None = None  # type: ignore[valid-type]
    documents: tuple[str, ...] = ()
    photo_name: str = "单位+姓名"
    mailbox: str | None = None


CertificateKind = choice("职业技能等级", "专项职业能力")
PaperLevel = LevelValue
