"""Facts of one person, and the verdicts that they should come to."""

from __future__ import annotations

from collections.abc import Iterable

from saiwu.rules.cases.asked import Asked
from saiwu.rules.cases.case import Case, plain_value, plain_values, read_by_key
from saiwu.rules.eligibility import EventFacts, judge, stated
from saiwu.rules.eligibility.division import in_division
from saiwu.rules.eligibility.stated import STATED
from saiwu.rules.findings import Finding, Verdict
from saiwu.rules.rulebook.book import Division, Rulebook
from saiwu.rules.rulebook.days import Days
from saiwu.rules.rulebook.faults import quoted
from saiwu.rules.rulebook.values import NONE, plain
from saiwu.rules.rulebook.yaml import Node

_DIVISION = "division"


def by_facts(case: Case, asked: Asked, facts: Node, expect: Node) -> list[str] | None:
    """Where the verdicts differ from those expected; None where the case cannot be judged."""
    book, division = asked.book, asked.rules
    assert isinstance(division, Division)
    assert asked.division_id is not None
    event = _event_facts(asked, division, asked.division_id)
    if case.is_mapping(facts, "事实和值", "一行一个“事实: 值”"):
        for fact, value in read_by_key(facts):
            _read_fact(case, book, event, fact, value)
    _read_verdicts(case, book, division, expect)
    if not case.can_be_judged:
        return None
    person = stated(plain_values(facts), event=event, events=book.events)
    found: dict[str, Finding] = {finding.rule: finding for finding in judge(person, division.eligibility, event)}
    found[_DIVISION] = in_division(person, division, event)
    differences = []
    for rule, wanted in expect.entries.items():
        finding = found.get(rule)
        verdict = NONE if finding is None else finding.verdict.value
        if verdict != wanted.text:
            why = f"（{finding.message}）" if finding is not None and finding.message else ""
            differences.append(f"{rule} 应为 {wanted.text}，算得 {verdict}{why}")
    return differences


def _event_facts(asked: Asked, division: Division, division_id: str) -> EventFacts:
    closes = Days(asked.book, asked.event_id, division_id).closes_at("报名截止")
    return EventFacts.of(
        asked.book,
        asked.event,
        division,
        event_id=asked.event_id,
        division_id=division_id,
        registering_on=None if closes is None else closes.date(),
    )


def _read_fact(case: Case, book: Rulebook, event: EventFacts, fact: str, value: Node) -> None:
    """A fact that the language or the notice knows, with an answer that it has."""
    if not _is_known(case, book, fact, value):
        return
    with case.reading(value):
        stated({fact: plain_value(value)}, event=event, events=book.events)
        answers = book.facts[fact].answers if fact in book.facts else ()
        if answers and plain(value.text or "") not in map(plain, answers):
            case.say(value, f"没有{quoted(value.text or '')}这个回答，允许：{' '.join(answers)}")
    if fact == "instructs":
        for contestant in (value, *value.items):
            for inner, told in contestant.entries.items():
                if inner not in ("event", _DIVISION):
                    _is_known(case, book, inner, told)


def _is_known(case: Case, book: Rulebook, fact: str, value: Node) -> bool:
    known = (*STATED, *book.facts)
    if fact in known:
        return True
    message = f"没有这个事实，允许：{' '.join(known)}"
    case.refers_to_nothing(value, message, pending=book.head.is_pending("facts"))
    return False


def _read_verdicts(case: Case, book: Rulebook, division: Division, expect: Node) -> None:
    known = dict.fromkeys((*division.eligibility, *_rules_of_all(book), _DIVISION))
    pending = any(one.is_pending("eligibility") for one in _divisions(book))
    verdicts = (*(verdict.value for verdict in Verdict), NONE)
    for rule, wanted in read_by_key(expect):
        if rule not in known:
            case.refers_to_nothing(wanted, f"没有这条规则，允许：{'、'.join(known)}", pending=pending)
        if wanted.text not in verdicts:
            case.say(wanted, f"{quoted(wanted.text or '')}不是结论，允许：{'、'.join(verdicts)}")


def _rules_of_all(book: Rulebook) -> list[str]:
    """The rules of every division: that one does not concern a person may be what a case says."""
    return [rule for division in _divisions(book) for rule in division.eligibility]


def _divisions(book: Rulebook) -> Iterable[Division]:
    return (division for event in book.events.values() for division in event.divisions.values())
