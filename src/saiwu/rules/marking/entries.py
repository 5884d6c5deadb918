"""What is known of an entry when results are computed: marks, penalties, time, and what certificates ask of members.

Codes stand for entries and members; names never reach this room. Marks are whole thousandths of a point. None is "not
known" everywhere: a mark of None is not yet given, which is neither zero, nor absent, nor void.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from saiwu.rules.rulebook.values import Level

Exact = int | Fraction
"""A mark inside: thousandths, exact."""


class State(StrEnum):
    """State of an entry in a result. Of several, the last here counts."""

    NORMAL = "normal"
    ABSENT = "absent"
    VOID = "void"
    EXCLUDED = "excluded"

    @property
    def chinese(self) -> str:
        """正常, 缺考, 取消成绩, 取消资格."""
        return _CHINESE[self]


_CHINESE = {State.NORMAL: "正常", State.ABSENT: "缺考", State.VOID: "取消成绩", State.EXCLUDED: "取消资格"}
STATES: Mapping[str, State] = {chinese: state for state, chinese in _CHINESE.items()}
"""The Chinese word of each state."""


@dataclass(frozen=True, slots=True)
class JudgeMark:
    """What one judge (by code) gave one aspect; `aspect` empty: the part as a whole. `mark` in thousandths."""

    judge: str
    mark: int
    aspect: str = ""


@dataclass(frozen=True, slots=True)
class PartMark:
    """The mark of a module, or of a component without modules, before penalties.

    Where `made_of` has the judges' marks, they make the mark exactly; `mark` is then what is shown of it.
    """

    mark: int | None = None
    made_of: tuple[JudgeMark, ...] = ()


@dataclass(frozen=True, slots=True)
class ComponentMarks(PartMark):
    """The mark of a component; where `modules` has marks, they make it."""

    modules: Mapping[str, PartMark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GivenPenalty:
    """A penalty of the rulebook (`id`) given `times` times."""

    id: str
    times: int = 1
    clause: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """What certificates ask of a person: level held (None: none, or none stated), age in full years, facts by id."""

    code: str
    holds: Level | None = None
    age: int | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EntryMarks:
    """One entry. `components` by component id; `listed`: on the stage's list; `checked_in`: present at 检录.

    `unit` is a keyed code. `division` is asked only where all divisions are ranked in one list.
    """

    code: str
    components: Mapping[str, ComponentMarks] = field(default_factory=dict)
    state: State = State.NORMAL
    listed: bool = True
    checked_in: bool = True
    time_used_s: Exact | None = None
    handed_in_at: datetime | None = None
    penalties: tuple[GivenPenalty, ...] = ()
    members: tuple[MemberFacts, ...] = ()
    unit: str | None = None
    division: str | None = None


class NotReady(ValueError):  # noqa: N818
    """The rulebook lacks, or leaves 待定, what a result needs; the message is Chinese and names the keys."""
