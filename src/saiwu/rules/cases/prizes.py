"""A number of entries, and the number of each prize that it should come to; decisions that should be raised."""

from __future__ import annotations

from collections.abc import Iterable

from saiwu.rules import stated_results
from saiwu.rules.cases.asked import Asked, name_is_pending
from saiwu.rules.cases.case import Case, is_broken, read_by_key, words_of
from saiwu.rules.decisions import Kind
from saiwu.rules.results import Result, compute
from saiwu.rules.rulebook.book import Division, Event, find
from saiwu.rules.rulebook.faults import quoted
from saiwu.rules.rulebook.values import NONE, parse_number
from saiwu.rules.rulebook.yaml import Node

MAX_ENTRIES = 5_000
DECISIONS = "decisions"


def by_entries(case: Case, asked: Asked, entries: Node, expect: Node) -> list[str] | None:
    """Where the numbers differ from those expected; None where the case cannot be judged."""
    number = _number(case, entries)
    sizes = {}
    for word, wanted in read_by_key(expect):
        if word == DECISIONS:
            read_kinds(case, wanted)
            continue
        prize = read_prize(case, asked.rules, word, wanted, DECISIONS)
        with case.reading(wanted):
            sizes[word] = prize, 0 if wanted.text == NONE else parse_number(wanted.text)
    if number is None or not case.can_be_judged:
        return None
    rules, marks = stated_results.all_present(asked.rules, number)
    result = compute(rules, marks, notice_class=asked.book.head.class_)
    differences = []
    for word, wanted in expect.entries.items():
        if word == DECISIONS:
            differences += different_decisions(result, wanted)
            continue
        prize, size = sizes[word]
        if result.awards[prize] != size:
            differences.append(f"{word} 应为 {size}，算得 {result.awards[prize]}")
    return differences


def _number(case: Case, entries: Node) -> int | None:
    if is_broken(entries):
        return None
    with case.reading(entries):
        number = parse_number(entries.text)
        if number <= MAX_ENTRIES:
            return number
        case.say(entries, f"队（人）数过多，允许：不超过 {MAX_ENTRIES}")
    return None


def read_prize(case: Case, rules: Division | Event, word: str, node: Node, *others: str) -> str:
    """The id of the prize that is named so; told at `node`, and empty, where there is none."""
    awards = rules.awards
    prizes = awards.prizes if awards is not None else {}
    found = find(prizes, word)
    if found is None:
        pending = rules.is_pending("awards") or name_is_pending(prizes.values())
        pending = pending or (awards is not None and awards.is_pending("prizes"))
        message = f"没有这个奖项{quoted(word)}，允许：{'、'.join((*prizes, *others))}"
        case.refers_to_nothing(node, message, pending=pending)
    return found or ""


def read_kinds(case: Case, wanted: Node) -> None:
    """The kinds of decisions that should be raised must be known."""
    unknown = words_of(wanted) - {kind.value for kind in Kind}
    if unknown:
        kinds = " ".join(kind.value for kind in Kind)
        case.say(wanted, f"{quoted(listed(unknown))}不是裁定事项，允许：{kinds}")


def different_decisions(result: Result, wanted: Node) -> list[str]:
    """Where the kinds raised are not those expected."""
    kinds = words_of(wanted)
    raised = {decision.kind.value for decision in result.decisions}
    return [] if kinds == raised else [f"{DECISIONS} 应为 {listed(kinds)}，算得 {listed(raised)}"]


def listed(words: Iterable[str]) -> str:
    """[a, b], sorted."""
    return f"[{', '.join(sorted(words))}]"
