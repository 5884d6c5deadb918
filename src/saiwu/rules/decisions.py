"""What no program may decide (rulebook language §16): as it is raised, with its options, and as it is taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of decision; of several that concern one entry, the first here is named."""

    TIE = "tie"
    BORDER = "border"
    OVER_CAP = "over_cap"
    ADVANCE = "advance"
    MINIMUM = "minimum"


ALL, ALL_AND_MORE, NONE_OF_THEM = "都取", "都取另加", "都不取"
BORDER_OPTIONS = (ALL, ALL_AND_MORE, NONE_OF_THEM)
FROM_THE_LOWEST, ALLOWED = "从低到高减", "允许"
OVER_CAP_OPTIONS = (FROM_THE_LOWEST, ALLOWED)
NO_PRIZES = "不设奖"


@dataclass(frozen=True, slots=True)
class OpenDecision:
    """Raised and not taken: whom it concerns (codes, in order), what it asks, in Chinese, and its options."""

    kind: Kind
    concerns: tuple[str, ...]
    message: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Taken. `choice`: an option, or codes: of tie and advance best first, of border those who get the better prize."""

    kind: Kind
    concerns: tuple[str, ...]
    choice: str | tuple[str, ...]
    by_role: str | None = None
    at: str | None = None
    reason: str | None = None


def order_of(codes: Iterable[str], decisions: Sequence[Decision]) -> tuple[str, ...] | None:
    """The order in which a decision on just these codes puts them, the latest if there are several; else None."""
    wanted = frozenset(codes)
    for decision in reversed(decisions):
        if decision.kind is Kind.TIE and not isinstance(decision.choice, str):
            choice = decision.choice
            if len(choice) == len(wanted) and frozenset(choice) == wanted:
                return choice
    return None


def over_cap(decisions: Sequence[Decision]) -> str | None:
    """What was decided about prizes beyond the cap; None while nothing was."""
    chosen = [one.choice for one in decisions if one.kind is Kind.OVER_CAP and isinstance(one.choice, str)]
    return chosen[-1] if chosen else None


def without_prizes(decisions: Sequence[Decision]) -> bool:
    """Whether it was decided, since too few had come, to rank and give no prizes."""
    chosen = [one.choice for one in decisions if one.kind is Kind.MINIMUM]
    return bool(chosen) and chosen[-1] == NO_PRIZES
