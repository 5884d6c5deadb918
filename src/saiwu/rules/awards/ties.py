"""Shared ranks that lie across a border of prizes (rulebook language §12), and what open decisions leave open.

A *world* is one way in which the open decisions of a list may yet be taken: where each border ends up, and who is named
for the better prize. What is the same in every world is settled; the rest waits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from saiwu.rules.decisions import ALL, ALL_AND_MORE, BORDER_OPTIONS, NONE_OF_THEM, Decision, Kind
from saiwu.rules.ranking import Ranks, straddling

DECIDE = "裁定"


@dataclass(frozen=True, slots=True)
class World:
    """The last place of each prize, and the rows (not places) that a decision names for a prize."""

    borders: tuple[int, ...]
    named: Mapping[int, int] = field(default_factory=dict)

    def prize_of(self, row: int, place: int) -> int | None:
        """The prize (its index) of a row at a place; None: no prize."""
        if row in self.named:
            return self.named[row]
        return next((index for index, last in enumerate(self.borders) if place <= last), None)


@dataclass(frozen=True, slots=True)
class Border:
    """A decision to be taken: the tie of these rows lies across the last place of a prize (its index)."""

    prize: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What ties are judged by.

    `ties`: shared ranks that stay shared, first and last places, in order. `policies`: one a prize. `cap`: K, or None
    where nothing caps. `codes`: of the rows. `asked`: at the borders of so many prizes decisions are raised; those
    below wait for another decision first.
    """

    ranks: Ranks
    ties: Sequence[tuple[int, int]]
    policies: Sequence[str]
    cap: int | None
    codes: Sequence[str]
    decisions: Sequence[Decision]
    asked: int


@dataclass(frozen=True, slots=True)
class _Tie:
    first: int
    last: int
    rows: tuple[int, ...]


def lay(borders: Sequence[int], setting: Setting) -> tuple[list[World], list[Border]]:
    """All worlds that open border decisions leave (one where none is open), and these decisions, best prize first."""
    worlds: dict[tuple[object, ...], World] = {}
    raised: list[Border] = []
    _go(World(tuple(borders)), 0, frozenset(), setting, worlds, raised)
    return list(worlds.values()), raised


def _go(
    world: World,
    at: int,
    used: frozenset[int],
    setting: Setting,
    worlds: dict[tuple[object, ...], World],
    raised: list[Border] | None,
) -> None:
    """Follow one world from border `at` on. `raised` is None off the way on which decisions are raised."""
    while at < len(world.borders):
        tie = _across(world, at, setting)
        if tie is not None:
            taken = _taken(tie, used, setting)
            choice = _policy(tie, at, setting) if taken is None else setting.decisions[taken].choice
            if choice is None:
                if raised is not None and at < setting.asked:
                    raised.append(Border(at, tie.rows))
                for option in BORDER_OPTIONS:
                    # Where the next border stays as it was, further ties are asked about in the same breath.
                    way = raised if option == ALL else None
                    _go(_chosen(world, at, tie, option, setting), at + 1, used, setting, worlds, way)
                return
            used = used if taken is None else used | {taken}
            world = _chosen(world, at, tie, choice, setting)
        at += 1
    worlds[world.borders, tuple(sorted(world.named.items()))] = world


def _across(world: World, at: int, setting: Setting) -> _Tie | None:
    border = world.borders[at]
    span = straddling(setting.ranks, setting.ties, border)
    if span is None:
        return None
    first, last = span
    rows = setting.ranks.order[first - 1 : last]
    left = tuple(sorted((row for row in rows if row not in world.named), key=setting.codes.__getitem__))
    first = last - len(left) + 1
    return _Tie(first, last, left) if first <= border < last else None


def _taken(tie: _Tie, used: frozenset[int], setting: Setting) -> int | None:
    wanted = {setting.codes[row] for row in tie.rows}
    for index, decision in enumerate(setting.decisions):
        if index not in used and decision.kind is Kind.BORDER and set(decision.concerns) == wanted:
            return index
    return None


def _policy(tie: _Tie, at: int, setting: Setting) -> str | None:
    policy = setting.policies[at]
    passes_cap = setting.cap is not None and tie.last > setting.cap
    if policy == DECIDE or (policy in (ALL, ALL_AND_MORE) and passes_cap):
        return None
    return policy


def _chosen(world: World, at: int, tie: _Tie, choice: str | tuple[str, ...], setting: Setting) -> World:
    before, border, after = world.borders[:at], world.borders[at], world.borders[at + 1 :]
    if choice == NONE_OF_THEM:
        return replace(world, borders=(*before, tie.first - 1, *after))
    if choice in (ALL, ALL_AND_MORE):
        more = tie.last - border if choice == ALL_AND_MORE else 0
        ends = len(setting.ranks) if setting.cap is None else min(setting.cap, len(setting.ranks))
        # A border that lies beyond the cap already (an organiser's exception) is not drawn back by it.
        moved = (max(tie.last, last, min(last + more, ends)) for last in after)
        return replace(world, borders=(*before, tie.last, *moved))
    chosen = [row for row in tie.rows if setting.codes[row] in choice]
    last = tie.first - 1 + len(chosen)
    named = {**world.named, **dict.fromkeys(chosen, at)}
    return World((*before, last, *(max(last, later) for later in after)), named)
