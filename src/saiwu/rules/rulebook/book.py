"""A whole rulebook, typed: what holds for each event and division after the three layers are laid (§3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import Field

from saiwu.rules.rulebook.afterwards import Appeal, Changes, PublicNotice, UnitAward, WorkingDays
from saiwu.rules.rulebook.awards import AlsoRank, Awards, Ranking
from saiwu.rules.rulebook.certificates import Certificates
from saiwu.rules.rulebook.eligibility import Condition, EligibilityTerm, OwnFact
from saiwu.rules.rulebook.head import CertificateKind, Contact, DateTerm, Head, Registration
from saiwu.rules.rulebook.quotas import Minimum, Quota
from saiwu.rules.rulebook.stages import Component, EntryTerm, Penalty, Stage
from saiwu.rules.rulebook.terms import Term
from saiwu.rules.rulebook.values import LevelValue, When


class Chapters(Term):
    """What may stand in any layer (§5 to §14), merged: the rules of one event, or of one division of it."""

    occupation: str | None = None
    occupation_code: str | None = None
    related_occupations: tuple[str, ...] = ()
    standard: str | None = None
    certificate_kind: CertificateKind | None = None  # type: ignore[valid-type]
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


class Division(Chapters):
    """One division: who belongs there (`for`) and all its rules, merged."""

    name: str | None = None
    name_en: str | None = None
    for_: Condition = Field(default_factory=dict, alias="for")


class Event(Chapters):
    """One event: its own rules, merged, and its divisions in order."""

    name: str | None = None
    name_en: str | None = None
    order: int | None = None
    divisions: Mapping[str, Division] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A notice as data. `id` is its folder's name; `text` maps clause keys to sentences, in the notice's order.

    `merged` is the JSON tree that the typed models were built from: `{"notice": …, "events": {id: …}}`, each mapping
    with values as text and its sources, so that a bundle can carry the rules of one division and be read again.
    `files` holds the folder's texts by relative path: what the database stores and a new version is made from.
    """

    id: str
    head: Head
    text: Mapping[str, str]
    text_en: Mapping[str, str]
    facts: Mapping[str, OwnFact]
    events: Mapping[str, Event]
    unit_awards: Mapping[str, UnitAward]
    changes: Changes | None
    retention: Mapping[str, When]
    working_days: WorkingDays
    duties: Mapping[str, Sequence[str]]
    merged: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def version(self) -> int:
        """The rulebook's own version, from 1."""
        return self.head.version or 1

    def sentence(self, clause: str) -> str:
        """The very sentence of the notice under that key. KeyError where there is none."""
        return self.text[clause]
