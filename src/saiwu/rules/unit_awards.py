"""Unit awards (rulebook language §15): recorded facts -> points -> a proposal. The decision is taken by name.

Points are whole. `扣分` takes its points away; every other fact adds them. A tie that the table cannot break is shown as
one, and where it lies across the last place proposed the deciders see that they must choose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from saiwu.rules.awards import borders, prize_name
from saiwu.rules.marking import NotReady
from saiwu.rules.ranking import rank
from saiwu.rules.rulebook.afterwards import UnitAward
from saiwu.rules.rulebook.awards import Awards
from saiwu.rules.rulebook.values import plain

REGISTERED, CHECKED_IN, ENTERED, HOSTED, DEDUCTED, PASSED = (
    "报名人数",
    "检录人数",
    "参赛赛项",
    "承办赛项",
    "扣分",
    "合格未获奖",
)
_RANKS = re.compile(r"第([0-9]+)(?:-([0-9]+)?)?名")


@dataclass(frozen=True, slots=True)
class EntryOutcome:
    """What one entry has come to. `prize`: the prize's name; `passed`: every `pass` reached."""

    rank: int | None = None
    prize: str | None = None
    passed: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who may be awarded: a name, what it stands for in `among` (参赛单位, 区县, …), and what is on record of it.

    `registered` and `checked_in` count people, `entered` and `hosted` events. `deducted`: how often points are taken
    away. `scores`: what people gave for each criterion; a criterion without a score counts nothing yet.
    """

    name: str
    among: str
    outcomes: tuple[EntryOutcome, ...] = ()
    registered: int = 0
    checked_in: int = 0
    entered: int = 0
    hosted: int = 0
    deducted: int = 0
    scores: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposed:
    """One line of the proposal. `points_by`: the facts that made the points.

    `proposed`: the award as it would be called, None: not proposed. `contested`: it shares its rank with others of whom
    not all are proposed alike.
    """

    name: str
    points: int
    points_by: Mapping[str, int]
    rank: int
    proposed: str | None
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """One list of an award: those considered by rank, and those whose points fall short of the minimum."""

    among: str
    ranked: tuple[Proposed, ...]
    not_considered: tuple[str, ...] = ()
    missing_scores: tuple[str, ...] = ()


def count_of(fact: str, candidate: Candidate) -> int:
    """How often a fact of the table holds for a candidate. A prize is named by its name."""
    counts = {
        REGISTERED: candidate.registered,
        CHECKED_IN: candidate.checked_in,
        ENTERED: candidate.entered,
        HOSTED: candidate.hosted,
        DEDUCTED: candidate.deducted,
    }
    if fact in counts:
        return counts[fact]
    if fact == PASSED:
        return sum(one.rank is not None and one.passed and one.prize is None for one in candidate.outcomes)
    match = _RANKS.fullmatch(fact)
    if match:
        low = int(match[1])
        high = low if "-" not in fact else int(match[2]) if match[2] else None
        return sum(
            one.rank is not None and one.rank >= low and (high is None or one.rank <= high)
            for one in candidate.outcomes
        )
    return sum(one.prize is not None and plain(one.prize) == plain(fact) for one in candidate.outcomes)


def propose(award: UnitAward, candidates: Sequence[Candidate]) -> tuple[Proposal, ...]:
    """A proposal for each list of `among`. Raises NotReady where neither `count` nor `prizes` says how many."""
    if award.count is None and not award.prizes:
        raise NotReady(f"unit_awards.{award.id or '…'} 没有写 count 或 prizes")
    lists = award.among or tuple(dict.fromkeys(candidate.among for candidate in candidates))
    return tuple(_list(award, word, [one for one in candidates if one.among == word]) for word in lists)


def _list(award: UnitAward, among: str, candidates: Sequence[Candidate]) -> Proposal:
    by_fact = {one.name: _points(award, one) for one in candidates}
    points = {name: sum(made.values()) for name, made in by_fact.items()}
    least = award.minimum_points
    considered = sorted(
        (one for one in candidates if least is None or points[one.name] >= least), key=lambda one: one.name
    )
    left_out = sorted(one.name for one in candidates if least is not None and points[one.name] < least)
    missing = sorted({f"{one.name}：{word}" for one in considered for word in award.criteria if word not in one.scores})
    ranks = rank([(-points[one.name], *(-count_of(fact, one) for fact in award.tie_break)) for one in considered])
    names, last_places = _last_places(award, len(considered))
    called: list[str | None] = []
    for place in range(1, len(ranks) + 1):
        called.append(next((name for name, last in zip(names, last_places, strict=True) if place <= last), None))
    by_rank: dict[int, set[str | None]] = {}
    for place, rank_ in enumerate(ranks.ranks):
        by_rank.setdefault(rank_, set()).add(called[place])
    rows = []
    for place, row in enumerate(ranks.order):
        name = considered[row].name
        contested = len(by_rank[ranks.ranks[place]]) > 1
        proposed = None if contested else called[place]
        rows.append(Proposed(name, points[name], by_fact[name], ranks.ranks[place], proposed, contested))
    return Proposal(among, tuple(rows), tuple(left_out), tuple(missing))


def _points(award: UnitAward, candidate: Candidate) -> dict[str, int]:
    made: Counter[str] = Counter()
    for fact, each in award.points.items():
        count = count_of(fact, candidate)
        if count:
            made[fact] = -each * count if fact == DEDUCTED else each * count
    for word in award.criteria:
        if word in candidate.scores:
            made[word] += candidate.scores[word]
    return dict(made)


def _last_places(award: UnitAward, considered: int) -> tuple[list[str], Sequence[int]]:
    """What is proposed, best first, and the last place of each."""
    if not award.prizes:
        return [award.name or award.id], [min(award.count or 0, considered)]
    limits = borders(Awards(prizes=award.prizes), base=considered, ranked=considered)
    return [prize_name(key, prize) for key, prize in award.prizes.items()], limits.open
