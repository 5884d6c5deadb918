"""A whole rulebook, typed: what holds for each event and division after the three layers are laid (§3)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import Field

from saiwu.rules.rulebook.afterwards import Appeal, Changes, PublicNotice, Retention, UnitAward, WorkingDays
from saiwu.rules.rulebook.awards import AlsoRank, Awards, Prize, Ranking
from saiwu.rules.rulebook.certificates import Certificates
from saiwu.rules.rulebook.eligibility import Condition, EligibilityTerm, OwnFact
from saiwu.rules.rulebook.head import DEFAULT_ZONE, CertificateKind, Contact, DateTerm, Head, Registration
from saiwu.rules.rulebook.quotas import Minimum, Quota
from saiwu.rules.rulebook.stages import Component, EntryTerm, Penalty, Stage
from saiwu.rules.rulebook.terms import Term
from saiwu.rules.rulebook.values import LevelValue, Number, Relative, WhoValue, plain

USUAL_DIVISIONS: Mapping[str, str] = {"student": "学生组", "worker": "职工组", "teacher": "教师组", "open": "不设组别"}
"""Ids that carry their names (§1)."""


class Notice(Head):
    """All that only notice.yaml says: the head, and chapters that no layer inherits."""

    over: str | None = None
    facts: Mapping[str, OwnFact] = Field(default_factory=dict)
    unit_awards: Mapping[str, UnitAward] = Field(default_factory=dict)
    changes: Changes | None = None
    retention: Retention = Field(default_factory=dict)
    working_days: WorkingDays = WorkingDays()
    duties: Mapping[str, tuple[WhoValue, ...]] = Field(default_factory=dict)


def find(things: Mapping[str, Any], name: str) -> str | None:
    """The id of the thing with that id or that name, names compared by `plain`; None where there is none."""
    if name in things:
        return name
    wanted = plain(name)
    return next((key for key, thing in things.items() if thing.name is not None and plain(thing.name) == wanted), None)


def _found(things: Mapping[str, Any], name: str) -> str:
    key = find(things, name)
    if key is None:
        raise KeyError(name)
    return key


class Chapters(Term):
    """What may stand in any layer (§5 to §14), merged: the rules of one event, or of one division of it."""

    occupation: str | None = None
    occupation_code: str | None = None
    related_occupations: tuple[str, ...] = ()
    standard: str | None = None
    certificate_kind: CertificateKind | None = None
    paper_level: LevelValue | None = None
    majors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    host: str | None = None
    contact: Contact | None = None
    dates: Mapping[str, DateTerm] = Field(default_factory=dict)
    registration: Registration | None = None
    entry: EntryTerm | None = None
    eligibility: Mapping[str, EligibilityTerm] = Field(default_factory=dict)
    quotas: Mapping[str, Quota] = Field(default_factory=dict)
    minimums: Mapping[str, Minimum] = Field(default_factory=dict)
    stages: Mapping[str, Stage] = Field(default_factory=dict)
    components: Mapping[str, Component] = Field(default_factory=dict)
    penalties: Mapping[str, Penalty] = Field(default_factory=dict)
    ranking: Ranking = Ranking()
    also_rank: Mapping[str, AlsoRank] = Field(default_factory=dict)
    awards: Awards | None = None
    certificates: Certificates | None = None
    appeals: Mapping[str, Appeal] = Field(default_factory=dict)
    public_notice: PublicNotice | None = None

    def component(self, name: str) -> Component:
        """The component of that id or name. KeyError where there is none."""
        return self.components[_found(self.components, name)]

    def stage(self, name: str) -> Stage:
        """The stage of that id or name. KeyError where there is none."""
        return self.stages[_found(self.stages, name)]

    def part(self, name: str) -> tuple[str, str | None]:
        """The ids of a component and, where `name` is 技能操作/模块一, of its module. KeyError where there is none."""
        whole, slash, inner = unicodedata.normalize("NFKC", name).partition("/")
        component = _found(self.components, whole.strip())
        return component, _found(self.components[component].modules, inner.strip()) if slash else None

    def prize(self, name: str) -> Prize:
        """The prize of that id or name. KeyError where there is none."""
        prizes = self.awards.prizes if self.awards is not None else {}
        return prizes[_found(prizes, name)]


class Division(Chapters):
    """One division: who belongs there (`for`) and all its rules, merged."""

    name: str | None = None
    name_en: str | None = None
    for_: Condition = Field(default_factory=dict, alias="for")


class Event(Chapters):
    """One event: its own rules, merged, and its divisions in order."""

    name: str | None = None
    name_en: str | None = None
    order: Number | None = None
    divisions: Mapping[str, Division] = Field(default_factory=dict)

    def division(self, name: str) -> Division:
        """The division of that id or name. KeyError where there is none."""
        return self.divisions[_found(self.divisions, name)]

    def division_name(self, key: str | None) -> str:
        """What a division is called, its key where it has no name; empty for the whole event."""
        return (self.divisions[key].name or key) if key else ""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A notice as data. `id` is its folder's name; `text` maps clause keys to sentences, in the notice's order.

    `chapters` is what notice.yaml says for all events. `files` holds the folder's texts by relative path: what the
    database stores and a new version is made from. `trees` are the merged trees behind the typed models (`Trees`).
    Events, divisions, stages, components, prizes and dates are found by id or by name, as people write them.
    """

    id: str
    head: Head
    text: Mapping[str, str]
    text_en: Mapping[str, str]
    facts: Mapping[str, OwnFact]
    events: Mapping[str, Event]
    unit_awards: Mapping[str, UnitAward]
    changes: Changes | None
    retention: Mapping[str, Relative]
    working_days: WorkingDays
    duties: Mapping[str, Sequence[str]]
    chapters: Chapters = field(default_factory=lambda: Chapters())
    trees: Any = None
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def version(self) -> int:
        """The rulebook's own version, from 1."""
        return self.head.version or 1

    @property
    def zone(self) -> ZoneInfo:
        """The notice's time zone; Asia/Shanghai where none is named."""
        return ZoneInfo(self.head.time_zone or DEFAULT_ZONE)

    def sentence(self, clause: str) -> str:
        """The very sentence of the notice under that key. KeyError where there is none."""
        return self.text[clause]

    def event(self, name: str) -> Event:
        """The event of that id or name. KeyError where there is none."""
        return self.events[_found(self.events, name)]
