"""Ranking and awards of 100,000 entries, beside a plain `sorted` of the same tuples by the same keys.

Ranking finds ties, leaves gaps and keeps what a reason is made of; awards cap the prizes and count them. Reasons are
made on demand: a hundred of them are within the time. The whole way from marks to certificates is printed too.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import saiwu
from saiwu.rules.awards import award
from saiwu.rules.marking import ComponentMarks, EntryMarks, scale_of
from saiwu.rules.ranking import rank, tie_break_of
from saiwu.rules.reasons import ranked
from saiwu.rules.results import compute
from saiwu.rules.rulebook import load
from saiwu.rules.rulebook.book import Division

ENTRIES = 100_000
RUNS = 5
Row = tuple[str, int, int, int]
"""Code, total, mark of the last component, seconds used."""

_T = TypeVar("_T")


def main() -> dict[str, float]:
    """The ratio to reach is at most 4."""
    rules = load(Path(saiwu.__file__).parent / "notices" / "bayu-2025")
    assert rules.book is not None
    division = rules.book.event("ai-trainer").division("student")
    rows = _rows()
    plain = _best(lambda: sorted(rows, key=_key))
    ours = _best(lambda: _ranked_and_awarded(rows, division))
    entries = _entries(rows)
    whole = _best(lambda: compute(division, entries), runs=1)
    ratios = {"ranking": ours / plain, "marks to certificates": whole / plain}
    print(f"sorted: {plain:.3f} s, ranked and awarded: {ours:.3f} s, marks to certificates: {whole:.3f} s")
    for name, ratio in ratios.items():
        print(f"{name}: {ratio:.2f} times sorted")
    return ratios


def _rows() -> list[Row]:
    chance = random.Random(20251025)
    return [
        (f"R{n:06}", chance.randrange(40_000, 100_000), chance.randrange(40_000, 100_000), chance.randrange(3600, 7200))
        for n in range(ENTRIES)
    ]


def _key(row: Row) -> tuple[int, int, int]:
    return (-row[1], -row[2], row[3])


def _ranked_and_awarded(rows: list[Row], division: Division) -> int:
    assert division.awards is not None
    scale = scale_of(division)
    tie_break = tie_break_of(division, scale)
    ranks = rank([(-total, -mark, seconds) for _, total, mark, seconds in rows])
    codes = [row[0] for row in rows]
    prizes = award(division.awards, ranks, base=len(rows), codes=codes, ties=ranks.shared)
    counts = prizes.counts()
    for place in range(1, 101):
        ranked(place, ranks, tie_break, scale, codes, waits=False)
        prizes.at(place)
    return sum(counts.values())


def _entries(rows: list[Row]) -> list[EntryMarks]:
    return [
        EntryMarks(code, {"theory": ComponentMarks(total), "practical": ComponentMarks(mark)}, time_used_s=seconds)
        for code, total, mark, seconds in rows
    ]


def _best(work: Callable[[], _T], runs: int = RUNS) -> float:
    times = []
    for _ in range(runs):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    main()
