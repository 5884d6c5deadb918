"""What a rule may ask of a person, an entry, a unit and an event, and whom a condition (`for`, `must_be`) fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from saiwu.rules.rulebook.book import Division, Event, Rulebook
from saiwu.rules.rulebook.eligibility import Condition
from saiwu.rules.rulebook.values import Level, plain

NONE = "无"
"""There is none, and that is known: a person without a skill level, a student without a major."""

FACT_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "born": "出生日期",
        "sex": "性别",
        "status": "人员类别",
        "place": "居住或工作学习地",
        "months": "持续月数",
        "level": "技能等级",
        "level_in": "等级证书职业",
        "years": "从业年限",
        "years_in": "从业职业",
        "post": "在岗情况",
        "full_time": "是否全日制",
        "enrolled": "在籍情况",
        "in_region": "单位或学校所在地",
        "major": "专业",
        "honours": "已获荣誉",
        "signed": "承诺书",
        "proof": "证明材料",
        "other_events": "其他赛项报名情况",
        "instructs": "担任指导教师情况",
        "instructed_by": "指导教师",
        "former_retirement": "原退休年龄",
        "unit_kind": "单位性质",
        "school_kind": "院校类型",
        "entered_by": "报名途径",
        "entry_kind": "参赛形式",
        "role": "队内角色",
        "minor": "是否未成年",
        "division": "组别",
        "tag": "赛项标签",
        "class": "竞赛类别",
    }
)


@dataclass(frozen=True, slots=True)
class Honour:
    """An honour that a person holds: since when, and in which event (id) it was won. None: not known."""

    name: str
    on: date | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True)
class OtherEntry:
    """Another live entry of the same person. `within`: of 竞赛, 年度, 系列 those in which both stand."""

    event: str
    within: frozenset[str] = frozenset({"竞赛", "年度", "系列"})


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What rules ask of the event and division entered, and the day of registering (提交)."""

    event: str = ""
    division: str = ""
    division_name: str = ""
    occupation: str | None = None
    related_occupations: tuple[str, ...] = ()
    majors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    class_: str | None = None
    region: str | None = None
    registering_on: date | None = None

    @classmethod
    def of(
        cls,
        rulebook: Rulebook,
        event: Event,
        division: Division | Event,
        *,
        event_id: str,
        division_id: str,
        registering_on: date | None,
    ) -> EventFacts:
        """Of one division of an event; an event without `occupation` is named after it."""
        return cls(
            event=event_id,
            division=division_id,
            division_name=division.name or "",
            occupation=division.occupation or event.occupation or event.name,
            related_occupations=tuple(division.related_occupations),
            majors=tuple(division.majors),
            tags=tuple(division.tags),
            class_=rulebook.head.class_,
            region=rulebook.head.region,
            registering_on=registering_on,
        )


@dataclass(frozen=True, slots=True)
class ContestantFacts:
    """What is known of one contestant. None everywhere: not known; an empty tuple or `NONE`: known, and none.

    `place`: the grounds (工作, 学习, 居住, 户籍, 社保) that hold in the rule's region. `months`: how many months a
    ground has lasted by the day that the rule names; `单位`: with the present unit. `level_in` and `years_in`:
    occupations by name, or 本职业 / 相关职业; an empty `level_in` was asked and not answered. `years` may be a
    fraction. `enrolled`: True, or since which day. `in_region`: the school of a student, the unit of anybody else.
    `signed`: who has signed, or the ids of the declarations that are signed. `proof`: documents that were accepted.
    `instructs`: the contestants of entries that this person instructs; `instructed_by`: those of this entry's
    instructors who compete themselves. `minor` (是, 否) follows from `born` where it is not stated. `own`: the
    notice's own facts by id.
    """

    born: date | None = None
    sex: str | None = None
    status: str | None = None
    place: tuple[str, ...] | None = None
    months: Mapping[str, int] | None = None
    level: Level | str | None = None
    level_in: str | None = None
    years: int | Fraction | None = None
    years_in: tuple[str, ...] | None = None
    post: str | None = None
    full_time: bool | None = None
    enrolled: bool | date | None = None
    in_region: bool | None = None
    major: str | None = None
    honours: tuple[Honour, ...] | None = None
    signed: tuple[str, ...] | None = None
    proof: tuple[str, ...] | None = None
    other_events: tuple[OtherEntry, ...] | None = None
    instructs: tuple[Competing, ...] | None = None
    instructed_by: tuple[Competing, ...] | None = None
    former_retirement: str | None = None
    unit_kind: str | None = None
    school_kind: str | None = None
    entered_by: str | None = None
    entry_kind: str | None = None
    role: str | None = None
    minor: str | None = None
    own: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Competing:
    """A contestant of another entry, and the event and division that entry stands in."""

    contestant: ContestantFacts
    event: EventFacts


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a condition fits: True, False, or None where it hangs on `fact`, which nobody knows yet.

    `fact` of a False is the fact whose answer does not fit.
    """

    holds: bool | None
    fact: str | None = None


FITS = Fit(True)


def belongs(contestant: ContestantFacts, condition: Condition, event: EventFacts) -> Fit:
    """Whether each fact of the condition has one of its answers (rulebook language §6).

    A misfit outweighs the unknown.
    """
    unknown: Fit | None = None
    for fact, allowed in condition.items():
        answers = answers_to(fact, contestant, event)
        if answers is None:
            unknown = unknown or Fit(None, fact)
        elif not any(plain(answer) in {plain(one) for one in allowed} for answer in answers):
            return Fit(False, fact)
    return unknown or FITS


def answers_to(fact: str, contestant: ContestantFacts, event: EventFacts) -> tuple[str, ...] | None:
    """The answers that a fact has, most often one; None where it is not known."""
    if fact == "division":
        return (event.division, event.division_name)
    if fact == "tag":
        return event.tags
    if fact == "class":
        return () if event.class_ is None else (event.class_,)
    if fact == "minor" and contestant.minor is None:
        if contestant.born is None or event.registering_on is None:
            return None
        return ("是" if full_years(contestant.born, on=event.registering_on) < 18 else "否",)
    if fact in _PLAIN_FACTS:
        answer: str | None = getattr(contestant, fact)
        return None if answer is None else (answer,)
    own = contestant.own.get(fact)
    return None if own is None else (own,)


_PLAIN_FACTS = frozenset(
    {"status", "entered_by", "entry_kind", "role", "sex", "minor", "former_retirement", "unit_kind", "school_kind"}
)


def full_years(born: date, *, on: date) -> int:
    """Years completed by that day: n on the nth birthday, of those born on 29 February on the 28th (Civil Code 202)."""
    birthday = (born.month, born.day)
    if birthday == (2, 29) and not _leap(on.year):
        birthday = (2, 28)
    return on.year - born.year - ((on.month, on.day) < birthday)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def chinese(day: date) -> str:
    """2025年10月18日."""
    return f"{day.year}年{day.month}月{day.day}日"


def named(fact: str | None) -> str:
    """A fact as a message names it; a notice's own fact by its id."""
    return FACT_NAMES.get(fact or "", fact or "")
