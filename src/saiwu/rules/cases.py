"""Runs the examples beside a notice, cases.yaml (rulebook language §17): a sentence, facts, what they should come to.

A case is judged by the same pure rules as life: facts of one person by the eligibility rules, a number of entries by
the prizes, results by marking, ranking, prizes and certificates. Only what `expect` names is compared. What a case
cannot say (the day of registering) is taken from the plan: the last day of registration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from saiwu.rules import stated_results
from saiwu.rules.certificates import SPECIAL_SKILL
from saiwu.rules.decisions import Kind
from saiwu.rules.eligibility import EventFacts, judge, stated
from saiwu.rules.eligibility.division import in_division
from saiwu.rules.findings import Finding, Verdict
from saiwu.rules.marking import NotReady
from saiwu.rules.results import EntryResult, Result, compute
from saiwu.rules.rulebook.book import Division, Event, Rulebook, find
from saiwu.rules.rulebook.days import Days, resolved
from saiwu.rules.rulebook.faults import Fault, Faults, Place, quoted
from saiwu.rules.rulebook.values import NONE, NotAllowed, parse_mark, parse_number
from saiwu.rules.rulebook.yaml import Node, read
from saiwu.rules.stated_results import in_points, level_of

FILE = "cases.yaml"
MAX_ENTRIES = 5_000

_DIVISION = "division"
_DECISIONS = "decisions"
_KEYS = ("case", "event", "division", "facts", "entries", "results", "expect", "note")
_GIVEN = ("facts", "entries", "results")
_OF_A_RESULT = ("total", "rank", "prize", "level", "honours")


def run(book: Rulebook, text: str) -> list[Fault]:
    """The faults of cases.yaml, whose content is `text`: what cannot be read, and one for each case that fails."""
    faults = Faults()
    tree = read(text, FILE, faults)
    if tree is not None and tree.value and not isinstance(tree.value, list):
        faults.add(Place(FILE, 1, ""), "应是一列示例", "每个示例以“- case: ”起头")
        tree = None
    for node in tree.items if tree is not None else ():
        try:
            _run_one(book, node)
        except _Wrong as wrong:
            faults.say(Place(FILE, wrong.node.place.line, wrong.node.place.key), str(wrong))
        except NotReady as not_ready:
            faults.say(node.place, f"{_sentence(node)}：不能执行，{not_ready}")
    return list(faults.sorted())


class _Wrong(Exception):  # noqa: N818
    """A case that cannot be read, or fails; `node` is the place where the writer can mend it."""

    def __init__(self, node: Node, message: str) -> None:
        super().__init__(message)
        self.node = node


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whom a case is about. `rules`: those of the division, or of the event where all divisions stand in one list."""

    event_id: str
    division_id: str | None
    rules: Division | Event


Differences = list[str]


def _run_one(book: Rulebook, node: Node) -> None:
    if not node.is_mapping:
        raise _Wrong(node, f"应是一个示例，允许：{' '.join(_KEYS)}")
    for key, value in node.entries.items():
        if key not in _KEYS:
            raise _Wrong(value, f"不认识的键，允许：{' '.join(_KEYS)}")
    _needed(node, "case")
    given = [key for key in _GIVEN if node.get(key) is not None]
    if len(given) != 1:
        raise _Wrong(node, f"{_sentence(node)}：应给出一种条件，允许：{'、'.join(_GIVEN)}之一")
    expect = _needed(node, "expect")
    if not expect.entries:
        raise _Wrong(expect, "没有写应得的结论，允许：规则、奖项或参赛编号，及其结论")
    asked = _asked(book, node)
    judges: Mapping[str, Callable[[Rulebook, _Asked, Node, Node], Differences]] = {
        "facts": _by_facts,
        "entries": _by_entries,
        "results": _by_results,
    }
    differences = judges[given[0]](book, asked, node.entries[given[0]], expect)
    if differences:
        failed = Node(Place(FILE, node.place.line, "expect"), node.value)
        raise _Wrong(failed, f"{_sentence(node)}不成立：{'；'.join(differences)}")


def _needed(node: Node, key: str) -> Node:
    found = node.get(key)
    if found is None:
        raise _Wrong(node, f"缺少 {key}，允许：{' '.join(_KEYS)}")
    return found


def _sentence(node: Node) -> str:
    case = node.get("case")
    return f"示例{quoted(case.text)}" if case is not None and case.text else "示例"


def _asked(book: Rulebook, node: Node) -> _Asked:
    event_node = node.get("event")
    if event_node is None and len(book.events) == 1:
        event_id = next(iter(book.events))
    else:
        event_node = _needed(node, "event")
        event_id = _found(book.events, event_node, "赛项")
    event = book.events[event_id]
    one_list = node.get("facts") is None and event.ranking.list_ == "赛项"
    division_node = node.get(_DIVISION)
    division_id = None
    if division_node is not None:
        division_id = _found(event.divisions, division_node, "组别")
    elif len(event.divisions) == 1:
        division_id = next(iter(event.divisions))
    elif not one_list:
        _needed(node, _DIVISION)
    return _Asked(event_id, division_id, resolved(book, event_id, None if one_list else division_id))


def _found(things: Mapping[str, Event] | Mapping[str, Division], node: Node, what: str) -> str:
    found = find(things, node.text or "")
    if found is None:
        raise _Wrong(node, f"没有这个{what}{quoted(node.text)}，允许：{'、'.join(things)}")
    return found


# ---- facts of one person -> verdicts


def _by_facts(book: Rulebook, asked: _Asked, facts: Node, expect: Node) -> Differences:
    division = asked.rules
    assert isinstance(division, Division)
    assert asked.division_id is not None
    closes = Days(book, asked.event_id, asked.division_id).closes_at("报名截止")
    event = EventFacts.of(
        book,
        book.events[asked.event_id],
        division,
        event_id=asked.event_id,
        division_id=asked.division_id,
        registering_on=None if closes is None else closes.date(),
    )
    try:
        person = stated(_mapping(facts), event=event, events=book.events)
    except NotAllowed as error:
        raise _Wrong(facts, str(error)) from error
    found: dict[str, Finding] = {finding.rule: finding for finding in judge(person, division.eligibility, event)}
    found[_DIVISION] = in_division(person, division, event)
    known = dict.fromkeys((*division.eligibility, *_rules_of_all(book), _DIVISION))
    verdicts = [verdict.value for verdict in Verdict]
    differences = []
    for rule, wanted in expect.entries.items():
        if rule not in found and rule not in known:
            raise _Wrong(wanted, f"没有这条规则，允许：{'、'.join(known)}")
        if wanted.text not in (*verdicts, NONE):
            raise _Wrong(wanted, f"{quoted(wanted.text)}不是结论，允许：{'、'.join((*verdicts, NONE))}")
        finding = found.get(rule)
        verdict = NONE if finding is None else finding.verdict.value
        if verdict != wanted.text:
            why = f"（{finding.message}）" if finding is not None and finding.message else ""
            differences.append(f"{rule} 应为 {wanted.text}，算得 {verdict}{why}")
    return differences


def _rules_of_all(book: Rulebook) -> list[str]:
    """The rules of every division: that one does not concern a person may be what a case says."""
    divisions = (division for event in book.events.values() for division in event.divisions.values())
    return [rule for division in divisions for rule in division.eligibility]


def _mapping(node: Node) -> Mapping[str, object]:
    if not node.is_mapping:
        raise _Wrong(node, "应是事实和值，允许：一行一个“事实: 值”")
    return {key: _plain_value(value) for key, value in node.entries.items()}


def _plain_value(node: Node) -> object:
    """What is written there: text, a list or a mapping of such."""
    if node.is_mapping:
        return {key: _plain_value(value) for key, value in node.entries.items()}
    return node.text if node.text is not None else [_plain_value(item) for item in node.items]


# ---- a number of entries -> the number of each prize


def _by_entries(book: Rulebook, asked: _Asked, entries: Node, expect: Node) -> Differences:
    try:
        number = parse_number(entries.text)
    except NotAllowed as error:
        raise _Wrong(entries, str(error)) from error
    if number > MAX_ENTRIES:
        raise _Wrong(entries, f"队（人）数过多，允许：不超过 {MAX_ENTRIES}")
    rules, marks = stated_results.all_present(asked.rules, number)
    result = compute(rules, marks, notice_class=book.head.class_)
    differences = []
    for word, wanted in expect.entries.items():
        if word == _DECISIONS:
            differences += _decisions(result, wanted)
            continue
        prize = _prize(asked.rules, word, wanted, _DECISIONS)
        try:
            size = 0 if wanted.text == NONE else parse_number(wanted.text)
        except NotAllowed as error:
            raise _Wrong(wanted, str(error)) from error
        if result.awards[prize] != size:
            differences.append(f"{word} 应为 {size}，算得 {result.awards[prize]}")
    return differences


def _decisions(result: Result, wanted: Node) -> Differences:
    kinds = _words(wanted)
    unknown = kinds - {kind.value for kind in Kind}
    if unknown:
        raise _Wrong(wanted, f"{quoted(_list(unknown))}不是裁定事项，允许：{' '.join(kind.value for kind in Kind)}")
    raised = {decision.kind.value for decision in result.decisions}
    return [] if kinds == raised else [f"decisions 应为 {_list(kinds)}，算得 {_list(raised)}"]


def _words(node: Node) -> set[str]:
    """A list's words; 无 is none, one word alone a list of one."""
    if node.text is not None:
        return set() if node.is_none else {node.text}
    return {item.text or "" for item in node.items}


def _list(words: Iterable[str]) -> str:
    return f"[{', '.join(sorted(words))}]"


def _prize(rules: Division | Event, word: str, node: Node, *others: str) -> str:
    prizes = rules.awards.prizes if rules.awards is not None else {}
    found = find(prizes, word)
    if found is None:
        raise _Wrong(node, f"没有这个奖项{quoted(word)}，允许：{'、'.join((*prizes, *others))}")
    return found


# ---- results -> totals, ranks, prizes, levels, honours


def _by_results(book: Rulebook, asked: _Asked, results: Node, expect: Node) -> Differences:
    divisions = book.events[asked.event_id].divisions
    entries = []
    for code, row in results.entries.items():
        try:
            entries.append(stated_results.entry(code, _mapping(row), asked.rules, divisions, asked.division_id, book))
        except NotAllowed as error:
            raise _Wrong(row, str(error)) from error
    result = compute(asked.rules, entries, notice_class=book.head.class_)
    rows = {row.code: row for row in result.rows}
    differences = []
    for code, wanted in expect.entries.items():
        if code == _DECISIONS:
            differences += _decisions(result, wanted)
        elif code not in rows:
            raise _Wrong(wanted, f"results 里没有这个编号，允许：{'、'.join((*rows, _DECISIONS))}")
        else:
            differences += _row(rows[code], wanted, asked.rules)
    return differences


def _row(row: EntryResult, wanted: Node, rules: Division | Event) -> Differences:
    if not wanted.is_mapping:
        raise _Wrong(wanted, f"应是键和值，允许：{' '.join(_OF_A_RESULT)}")
    differences = []
    for key, value in wanted.entries.items():
        if key not in _OF_A_RESULT:
            raise _Wrong(value, f"不认识的键，允许：{' '.join(_OF_A_RESULT)}")
        try:
            expected, found = _pair(key, value, row, rules)
        except NotAllowed as error:
            raise _Wrong(value, str(error)) from error
        if expected != found:
            differences.append(f"{row.code} 的 {key} 应为 {expected}，算得 {found}")
    return differences


def _pair(key: str, wanted: Node, row: EntryResult, rules: Division | Event) -> tuple[str, str]:
    """What is expected and what was found, as text."""
    best = row.best
    if key == "honours":
        return _list(_words(wanted)), _list(best.honours if best else ())
    said = wanted.text or ""
    if key == "total":
        expected = NONE if said == NONE else in_points(parse_mark(said))
        return expected, NONE if row.total is None else in_points(row.total)
    if key == "rank":
        return NONE if said == NONE else str(parse_number(said)), NONE if row.rank is None else str(row.rank)
    if key == "prize":
        return NONE if said == NONE else _prize(rules, said, wanted, NONE), row.award or NONE
    level = NONE if best is None or not best.certificate else best.level.chinese if best.level else SPECIAL_SKILL
    return level_of(said), level
