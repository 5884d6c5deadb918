"""Whom a case is about: its event and division, and the rules that hold there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from saiwu.rules.cases.case import Case, is_broken
from saiwu.rules.rulebook.book import Division, Event, Rulebook, find
from saiwu.rules.rulebook.days import resolved
from saiwu.rules.rulebook.faults import quoted
from saiwu.rules.rulebook.terms import Term
from saiwu.rules.rulebook.yaml import Node

_DIVISION = "division"


@dataclass(frozen=True, slots=True)
class Asked:
    """`rules`: those of the division, or of the event where all its divisions stand in one list."""

    book: Rulebook
    event_id: str
    division_id: str | None
    rules: Division | Event

    @property
    def event(self) -> Event:
        """The event with all its divisions."""
        return self.book.events[self.event_id]

    @property
    def marking_is_pending(self) -> bool:
        """Whether something that a total is made of is 待定."""
        rules = self.rules
        terms: Iterable[Term] = (*rules.components.values(), *rules.stages.values())
        return rules.is_pending("components") or rules.is_pending("stages") or any(one.meta.pending for one in terms)


def asked_by(book: Rulebook, case: Case) -> Asked | None:
    """Whom the case is about; None where that cannot be read, which is told."""
    if not case.node.is_mapping:
        return None
    event_id = _event(book, case)
    if event_id is None:
        return None
    event = book.events[event_id]
    # A person is judged by the rules of his division, whoever stands in a list with him.
    one_list = "facts" not in case.node.entries and event.ranking.list_ == "赛项"
    written = case.node.get(_DIVISION)
    division_id = None
    if written is not None:
        division_id = _division(event, case, written)
        if division_id is None:
            return None
    elif len(event.divisions) == 1:
        division_id = next(iter(event.divisions))
    elif event.is_pending("divisions"):
        case.wait(case.node, "组别（divisions）待定")
        return None
    elif not one_list:
        case.lacks(_DIVISION, "、".join(event.divisions))
        return None
    return Asked(book, event_id, division_id, resolved(book, event_id, None if one_list else division_id))


def _event(book: Rulebook, case: Case) -> str | None:
    written = case.node.get("event")
    if written is not None:
        return _found(book.events, case, written, "赛项", pending=name_is_pending(book.events.values()))
    if len(book.events) == 1:
        return next(iter(book.events))
    case.lacks("event", "、".join(book.events) or "events/ 里的赛项")
    return None


def _division(event: Event, case: Case, written: Node) -> str | None:
    pending = event.is_pending("divisions") or name_is_pending(event.divisions.values())
    return _found(event.divisions, case, written, "组别", pending=pending)


def _found(
    things: Mapping[str, Event] | Mapping[str, Division], case: Case, written: Node, what: str, *, pending: bool
) -> str | None:
    if is_broken(written):
        return None
    said = written.text or ""
    found = find(things, said)
    if found is None:
        case.refers_to_nothing(written, f"没有这个{what}{quoted(said)}，允许：{'、'.join(things)}", pending=pending)
    return found


def name_is_pending(terms: Iterable[Term]) -> bool:
    """Whether one of them has a name that is 待定: it may be the one that is meant."""
    return any(term.is_pending("name") for term in terms)
