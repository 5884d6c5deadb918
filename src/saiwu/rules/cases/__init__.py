"""Runs the examples beside a notice, cases.yaml (rulebook language §17): a sentence, facts, what they should come to.

A case is judged by the same pure rules as life: facts of one person by the eligibility rules, a number of entries by
the prizes, results by marking, ranking, prizes and certificates. Only what `expect` names is compared. What a case
cannot say (the day of registering) is taken from the plan: the last day of registration.

All that is wrong with all cases is told in one pass; only a case that is written without fault is judged. Where the
rules themselves have faults, cases are read as far as their own keys go, and are judged once the rules are mended.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from saiwu.rules.cases.asked import Asked, asked_by
from saiwu.rules.cases.case import FILE, GIVEN, Case, look_over, written_in
from saiwu.rules.cases.person import by_facts
from saiwu.rules.cases.prizes import by_entries
from saiwu.rules.cases.results import by_results
from saiwu.rules.marking import NotReady
from saiwu.rules.rulebook.book import Rulebook
from saiwu.rules.rulebook.faults import Fault, Faults
from saiwu.rules.rulebook.yaml import Node

__all__ = ["FILE", "Examined", "examine"]


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of the cases, each by file and line: those that cannot be read, those that fail, those that wait.

    `waiting` are remarks: what they ask for is 待定.
    """

    errors: tuple[Fault, ...]
    failing: tuple[Fault, ...]
    waiting: tuple[Fault, ...]


def examine(book: Rulebook | None, text: str) -> Examined:
    """The cases of a file whose content is `text`; without a rulebook (its rules have faults), only how it is written."""
    errors, failing, waiting = Faults(), Faults(), Faults()
    for case in written_in(text, errors):
        look_over(case)
        if book is not None:
            _judge(book, case, failing)
        errors.extend(case.wrong.found)
        waiting.extend(case.waiting.found)
    return Examined(errors.sorted(), failing.sorted(), waiting.sorted())


_JUDGES: Mapping[str, Callable[[Case, Asked, Node, Node], list[str] | None]] = {
    "facts": by_facts,
    "entries": by_entries,
    "results": by_results,
}


def _judge(book: Rulebook, case: Case, failing: Faults) -> None:
    """Read all that the rules have a word for; where nothing is wrong, judge."""
    given = [key for key in GIVEN if key in case.node.entries]
    asked = asked_by(book, case)
    if asked is None or len(given) != 1:
        return
    expect = case.node.entries.get("expect", Node(case.node.place, {}))
    try:
        differences = _JUDGES[given[0]](case, asked, case.node.entries[given[0]], expect)
    except NotReady as not_ready:
        if asked.marking_is_pending:
            case.wait(case.node, str(not_ready))
        else:
            failing.say(case.node.place, f"{case.sentence}：不能执行，{not_ready}")
        return
    if differences:
        failing.say(case.place_of("expect"), f"{case.sentence}不成立：{'；'.join(differences)}")
