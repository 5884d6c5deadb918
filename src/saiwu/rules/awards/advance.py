"""Who goes on to the next stage (rulebook language §10, `advance`): down the ranks, units kept to their limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from saiwu.rules.decisions import Decision, Kind, OpenDecision
from saiwu.rules.marking import NotReady
from saiwu.rules.ranking import Ranks
from saiwu.rules.rulebook.stages import Advance
from saiwu.rules.rulebook.values import SizeKind

ALL_GO, NONE_GO = "都进", "都不进"


@dataclass(frozen=True, slots=True)
class Advancement:
    """Who goes on (codes, best first), who waits for a decision, and the decisions raised."""

    going: tuple[str, ...]
    waiting: tuple[str, ...] = ()
    decisions: tuple[OpenDecision, ...] = ()


def places(term: Advance, *, scored: int) -> int:
    """How many may go on: a number, or a share of those who have a total. Raises NotReady."""
    if term.size is None:
        raise NotReady("advance.size 待定或未写")
    if term.size.kind is SizeKind.NUMBER:
        return term.size.number
    if term.size.kind is SizeKind.SHARE:
        return term.rounding.apply(Fraction(term.size.share * scored))
    if term.size.kind is SizeKind.DOWN_TO:
        return int(term.size.share * scored)
    raise NotReady("advance.size 只能是个数或比例")


def advance(
    term: Advance,
    ranks: Ranks,
    *,
    scored: int,
    codes: Sequence[str],
    groups: Sequence[str | None],
    ties: Sequence[tuple[int, int]] = (),
    decisions: Sequence[Decision] = (),
) -> Advancement:
    """Go down the ranks of a stage. `groups`: what `per` counts (keyed unit, district, ...), a row each.

    `ties` wait for the chief judge, who orders them; at the border they wait, and no other decision is asked of them.
    """
    left = places(term, scored=scored)
    waiting_ties = {first for first, _ in ties}
    taken: dict[str | None, int] = {}
    going: list[str] = []
    place = 1
    while place <= len(ranks) and left > 0:
        first, last = ranks.places_of(place)
        rows = sorted(ranks.order[first - 1 : last], key=codes.__getitem__)
        if term.total is not None and -ranks.keys[rows[0]][0] < term.total:
            break
        free = [row for row in rows if _has_room(term, groups[row], taken)]
        crowded = _crowded(term, free, groups, taken)
        if len(free) <= left and not crowded:
            chosen: Sequence[int] | None = free
        else:
            chosen = _at_border(term, free, crowded, codes, decisions, judged=first in waiting_ties)
        if chosen is None:
            waiting = tuple(codes[row] for row in free)
            raised = () if first in waiting_ties else (_decision(waiting, left),)
            return Advancement(tuple(going), waiting, raised)
        for row in chosen:
            going.append(codes[row])
            taken[groups[row]] = taken.get(groups[row], 0) + 1
        left -= len(chosen)
        if len(chosen) < len(free) and not crowded:
            break
        place = last + 1
    return Advancement(tuple(going))


def _has_room(term: Advance, group: str | None, taken: dict[str | None, int]) -> bool:
    return term.at_most is None or term.per is None or group is None or taken.get(group, 0) < term.at_most


def _crowded(term: Advance, rows: Sequence[int], groups: Sequence[str | None], taken: dict[str | None, int]) -> bool:
    """Whether those who share the rank are, of one unit, more than it still has room for."""
    if term.at_most is None or term.per is None:
        return False
    together = dict(taken)
    for row in rows:
        together[groups[row]] = together.get(groups[row], 0) + 1
    return any(together[groups[row]] > term.at_most for row in rows if groups[row] is not None)


def _at_border(
    term: Advance,
    rows: Sequence[int],
    crowded: bool,
    codes: Sequence[str],
    decisions: Sequence[Decision],
    *,
    judged: bool,
) -> Sequence[int] | None:
    """Those of a shared rank who go on where not all can; None: it waits."""
    if judged:
        return None
    concerned = {codes[row] for row in rows}
    for decision in reversed(decisions):
        choice = decision.choice
        if decision.kind is Kind.ADVANCE and set(decision.concerns) == concerned and not isinstance(choice, str):
            by_code = {codes[row]: row for row in rows}
            return [by_code[code] for code in choice if code in by_code]
    if crowded:
        return None
    if term.ties == ALL_GO:
        return rows
    return () if term.ties == NONE_GO else None


def _decision(concerned: tuple[str, ...], left: int) -> OpenDecision:
    message = f"{'、'.join(concerned)} 名次并列，只余 {left} 个晋级名额，由裁判长裁定。"
    return OpenDecision(Kind.ADVANCE, concerned, message, concerned)
