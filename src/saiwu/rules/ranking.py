"""Totals -> ranks (rulebook language §11): the tie-break in order, its last word, and the reason in words on demand.

A *place* is a position from 1 in the ranked list; a *rank* is what it is called: those who share it take the number of
their first place, and the next rank leaves the gap (1, 2, 2, 4). A *step* is one comparison; a *key* holds what an
entry brings to each step, so that the smaller key is the better.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from saiwu.rules.marking import Exact, NotReady, Scale, key_of
from saiwu.rules.rulebook.awards import HANDED_IN, LAST_WORDS, TIME_USED
from saiwu.rules.rulebook.book import Chapters
from saiwu.rules.rulebook.stages import FINAL
from saiwu.rules.rulebook.values import plain

Key = tuple[Exact, ...]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LACKING = 1 << 96
"""Stands in a key for a value that an entry does not have: it comes after those who have one."""


class LastWord(StrEnum):
    """What becomes of ties that no step breaks."""

    CHIEF_JUDGE = "裁判长"
    REPLAY = "加赛"
    CHIEF_JUDGE_FOR_PRIZES = "裁判长（涉奖）"
    SHARED = "并列"


_LAST_WORDS = {plain(word): LastWord(word) for word in LAST_WORDS}


@dataclass(frozen=True, slots=True)
class Step:
    """One comparison of a tie-break: its word as the rulebook writes it; of a component or module, its key."""

    word: str
    part: str | None = None


@dataclass(frozen=True, slots=True)
class TieBreak:
    """Steps in order, then what becomes of ties that are left."""

    steps: tuple[Step, ...]
    last: LastWord


TOTAL = Step("total")


def tie_break_of(chapters: Chapters, scale: Scale) -> TieBreak:
    """The rulebook's tie-break, or the default: the last component, its modules in order, 用时, 裁判长.

    Raises NotReady where it is 待定 or names what is not there.
    """
    ranking = chapters.ranking
    if ranking.is_pending("tie_break") or chapters.is_pending("ranking"):
        raise NotReady("同分排序（ranking.tie_break）待定")
    if not ranking.tie_break:
        return _default(scale)
    steps: list[Step] = []
    for word in ranking.tie_break:
        last = _LAST_WORDS.get(plain(word))
        if last is not None:
            return TieBreak(tuple(steps), last)
        steps.append(_step(word, chapters))
    return TieBreak(tuple(steps), LastWord.CHIEF_JUDGE)


def _step(word: str, chapters: Chapters) -> Step:
    if plain(word) in (TIME_USED, HANDED_IN):
        return Step(plain(word))
    try:
        return Step(word, key_of(chapters, word))
    except KeyError as error:
        raise NotReady(f"同分排序里的“{word}”不是竞赛内容或模块") from error


def _default(scale: Scale) -> TieBreak:
    last = [key for key in scale.components if key in scale.factors][-1]
    parts = [last, *(key for key in scale.parts if key.startswith(f"{last}/"))]
    steps = [Step(scale.names[key], key) for key in parts]
    return TieBreak((*steps, Step(TIME_USED)), LastWord.CHIEF_JUDGE)


def key(
    total: int,
    marks: Mapping[str, Exact | None],
    tie_break: TieBreak,
    *,
    time_used_s: Exact | None = None,
    handed_in_at: datetime | None = None,
) -> Key:
    """What an entry brings to the comparison: its total, then each step; who lacks a value comes after who has one.

    `handed_in_at` is aware of its zone.
    """
    values: list[Exact] = [-total]
    for step in tie_break.steps:
        if step.part is not None:
            mark = marks.get(step.part)
            values.append(LACKING if mark is None else -mark)
        elif step.word == TIME_USED:
            values.append(LACKING if time_used_s is None else time_used_s)
        else:
            values.append(LACKING if handed_in_at is None else (handed_in_at - _EPOCH) // timedelta(microseconds=1))
    return tuple(values)


@dataclass(slots=True)
class Ranks:
    """A ranked list. `order[place - 1]` is the row at a place, an index into `keys`; `ranks[place - 1]` its rank.

    `settled` are the places (not the first of their tie) that a decision has set below the place before.
    """

    keys: Sequence[Key]
    order: list[int]
    ranks: list[int]
    shared: list[tuple[int, int]]
    settled: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.order)

    def places_of(self, place: int) -> tuple[int, int]:
        """First and last place of those who share the rank at this place."""
        rank = self.ranks[place - 1]
        return rank, bisect_right(self.ranks, rank, lo=place - 1)

    def decided_by(self, place: int, tie_break: TieBreak) -> str | None:
        """The step that set this place below the next better; None at the top and where the rank is shared."""
        first, last = self.places_of(place)
        if first == 1 or first != last:
            return None
        step = self.step_between(place - 1, place, tie_break)
        return "decision" if step is None else step.word

    def step_between(self, better: int, worse: int, tie_break: TieBreak) -> Step | None:
        """The first step in which two places differ; None where they differ in none."""
        pairs = zip(self.keys[self.order[better - 1]], self.keys[self.order[worse - 1]], strict=True)
        for step, (above, below) in zip((TOTAL, *tie_break.steps), pairs, strict=True):
            if above != below:
                return step
        return None


def rank(keys: Sequence[Key]) -> Ranks:
    """Rank rows by their keys, the smallest first; equal keys share a rank."""
    order = sorted(range(len(keys)), key=keys.__getitem__)
    ranks: list[int] = []
    shared: list[tuple[int, int]] = []
    number = 0
    before: Key | None = None
    append = ranks.append
    for place, index in enumerate(order, 1):
        here = keys[index]
        if here != before:
            if place - number > 1 and number:
                shared.append((number, place - 1))
            number, before = place, here
        append(number)
    if number and len(order) > number:
        shared.append((number, len(order)))
    return Ranks(keys, order, ranks, shared)


def with_decisions(ranks: Ranks, orders: Iterable[tuple[int, Sequence[int]]]) -> Ranks:
    """Ties put in order: for each, its first place and its rows, best first. The rest stays as it was."""
    order, numbers = list(ranks.order), list(ranks.ranks)
    gone: set[int] = set()
    settled: set[int] = set()
    for first, rows in orders:
        last = first + len(rows) - 1
        order[first - 1 : last] = rows
        numbers[first - 1 : last] = range(first, last + 1)
        gone.add(first)
        settled.update(range(first + 1, last + 1))
    shared = [(first, last) for first, last in ranks.shared if first not in gone]
    return Ranks(ranks.keys, order, numbers, shared, frozenset(settled))


def straddling(ranks: Ranks, shared: Sequence[tuple[int, int]], border: int) -> tuple[int, int] | None:
    """The tie of `shared` that lies across the border after this place, if one does."""
    at = bisect_left(shared, (border + 1, 0)) - 1
    if at >= 0 and shared[at][0] <= border < shared[at][1]:
        return shared[at]
    return None


def advances(chapters: Chapters, stage: str) -> bool:
    """Whether this stage sends on rather than gives prizes: every stage but the last."""
    return stage != FINAL and stage in chapters.stages
