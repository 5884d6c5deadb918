"""Small rulebooks and entries for tests of results: a notice as a clerk writes it, and marks as a host enters them."""

from __future__ import annotations

from typing import Any

from saiwu.rules.marking import ComponentMarks, EntryMarks, MemberFacts, PartMark, State
from saiwu.rules.results import Result
from saiwu.rules.rulebook import load_files
from saiwu.rules.rulebook.book import Division, Event, Rulebook
from saiwu.rules.rulebook.values import parse_level, parse_mark

HEAD = """
language: 1
version: 1
name: 青石县叉车技能比武
organisation: {organisers: [青石县总工会]}
clause: 一
"""

THEORY_AND_PRACTICAL = """
components:
  theory: {weight: 30%, pass: 60}
  practical: {weight: 70%, pass: 60}
"""

ONLY_PRACTICAL = "components: {practical: {pass: 60}}\n"


def rulebook(chapters: str, *, divisions: str = "divisions: {open: {}}") -> Rulebook:
    """A notice of one event, `forklift`, with these chapters in its file."""
    stages = "" if "stages:" in chapters else "stages: {final: {on: 2026-05-01}}\n"
    event = f"name: 叉车司机\nclause: 一\n{divisions}\n{stages}{chapters}"
    loaded = load_files("qingshi", {"notice.yaml": HEAD, "text.yaml": "一: 比武。\n", "events/forklift.yaml": event})
    assert loaded.book is not None, "\n".join(map(str, loaded.faults))
    return loaded.book


def rules(chapters: str) -> Division:
    """The rules of the one division of such a notice."""
    return rulebook(chapters).event("forklift").division("open")


def whole_event(chapters: str, divisions: str) -> Event:
    """The rules of an event whose divisions are ranked in one list."""
    return rulebook(chapters, divisions=divisions).event("forklift")


def entry(code: str, practical: str | None = None, theory: str | None = None, **others: Any) -> EntryMarks:
    """An entry with the marks as written (`87.5`); None: not yet marked."""
    marks = {"practical": practical, "theory": theory}
    components = {key: ComponentMarks(parse_mark(mark)) for key, mark in marks.items() if mark is not None}
    return EntryMarks(code, components, **others)


def with_modules(code: str, **modules: str) -> EntryMarks:
    """An entry marked by modules of 技能操作."""
    parts = {key: PartMark(parse_mark(mark)) for key, mark in modules.items()}
    return EntryMarks(code, {"practical": ComponentMarks(modules=parts)})


def absent(code: str) -> EntryMarks:
    """On the list, and never came."""
    return EntryMarks(code, state=State.ABSENT, checked_in=False)


def person(code: str, holds: str | None = None, age: int | None = None, **facts: str) -> MemberFacts:
    """A member as certificates ask."""
    return MemberFacts(code, None if holds is None else parse_level(holds), age, facts)


def descending(number: int, *, first: int = 95_000, step: int = 500) -> list[EntryMarks]:
    """So many entries, E01 the best, each half a point below the one before."""
    return [
        EntryMarks(
            f"E{place:02}",
            {key: ComponentMarks(first - (place - 1) * step) for key in ("theory", "practical")},
            time_used_s=3600,
        )
        for place in range(1, number + 1)
    ]


def level(*groups: int) -> list[EntryMarks]:
    """Entries in groups that share a rank: level(2, 1) has two at the top, then one. Codes A1, A2, B1."""
    found = []
    for at, size in enumerate(groups):
        for n in range(1, size + 1):
            found.append(entry(f"{chr(65 + at)}{n}", str(95 - at)))
    return found


def prizes(result: Result) -> dict[str, str]:
    """Prize by code, of those who have one."""
    return {row.code: row.award for row in result.rows if row.award is not None}


def ranks(result: Result) -> dict[str, int | None]:
    """Rank by code."""
    return {row.code: row.rank for row in result.rows}


def waiting(result: Result) -> dict[str, str]:
    """What those wait for who wait."""
    return {row.code: row.pending for row in result.rows if row.pending is not None}
