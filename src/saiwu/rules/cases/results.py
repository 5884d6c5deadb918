"""Results by code, and the totals, ranks, prizes, certificates and honours that they should come to."""

from __future__ import annotations

from collections.abc import Mapping

from saiwu.rules import stated_results
from saiwu.rules.cases.asked import Asked, name_is_pending
from saiwu.rules.cases.case import Case, is_broken, plain_value, plain_values, read_by_key, words_of
from saiwu.rules.cases.prizes import DECISIONS, different_decisions, listed, read_kinds, read_prize
from saiwu.rules.certificates import SPECIAL_SKILL
from saiwu.rules.marking import EntryMarks
from saiwu.rules.results import EntryResult, compute
from saiwu.rules.rulebook.values import NONE, parse_mark, parse_number
from saiwu.rules.rulebook.yaml import Node
from saiwu.rules.stated_results import in_points, level_of

_OF_A_RESULT = ("total", "rank", "prize", "level", "honours")


def by_results(case: Case, asked: Asked, results: Node, expect: Node) -> list[str] | None:
    """Where the result differs from that expected; None where the case cannot be judged."""
    if _parts_are_pending(asked):
        case.wait(results, "竞赛内容（components）待定")
    elif case.is_mapping(results, "编号和成绩", "一行一个“编号: {竞赛内容: 分数}”"):
        for code, row in results.entries.items():
            _read_row(case, asked, code, row)
    expected = {code: _read_expected(case, asked, results, code, wanted) for code, wanted in expect.entries.items()}
    if not case.can_be_judged:
        return None
    entries = [_entry(asked, code, plain_values(row)) for code, row in results.entries.items()]
    result = compute(asked.rules, entries, notice_class=asked.book.head.class_)
    rows = {row.code: row for row in result.rows}
    differences = []
    for code, wanted in expect.entries.items():
        if code == DECISIONS:
            differences += different_decisions(result, wanted)
            continue
        for key, value in expected[code].items():
            found = _found(key, rows[code])
            if value != found:
                differences.append(f"{code} 的 {key} 应为 {value}，算得 {found}")
    return differences


def _parts_are_pending(asked: Asked) -> bool:
    """Whether what is marked may yet have the name that a row has."""
    components = asked.rules.components.values()
    return (
        asked.rules.is_pending("components")
        or name_is_pending(components)
        or any(one.is_pending("modules") or name_is_pending(one.modules.values()) for one in components)
    )


def _entry(asked: Asked, code: str, written: Mapping[str, object]) -> EntryMarks:
    return stated_results.entry(code, written, asked.rules, asked.event.divisions, asked.division_id, asked.book)


def _read_row(case: Case, asked: Asked, code: str, row: Node) -> None:
    """Each word of a row read by itself, so that each that is wrong is told at its own place."""
    if not case.is_mapping(row, "成绩", "一行一个“竞赛内容: 分数”"):
        return
    for word, value in row.entries.items():
        if value.is_mapping:
            with case.reading(value):
                _entry(asked, code, {word: {}})
                for inner, mark in read_by_key(value):
                    with case.reading(mark):
                        _entry(asked, code, {word: {inner: plain_value(mark)}})
        elif not is_broken(value):
            with case.reading(value):
                _entry(asked, code, {word: plain_value(value)})


def _read_expected(case: Case, asked: Asked, results: Node, code: str, wanted: Node) -> Mapping[str, str]:
    """What is expected of a row, as text by key."""
    if code == DECISIONS:
        if not is_broken(wanted):
            read_kinds(case, wanted)
        return {}
    if results.is_mapping and code not in results.entries:
        case.say(wanted, f"results 里没有这个编号，允许：{'、'.join((*results.entries, DECISIONS))}")
    if not case.is_mapping(wanted, "键和值", " ".join(_OF_A_RESULT)):
        return {}
    read = {}
    for key, value in read_by_key(wanted):
        with case.reading(value):
            read[key] = _read_value(case, asked, key, value)
    return read


def _read_value(case: Case, asked: Asked, key: str, value: Node) -> str:
    """Raises NotAllowed."""
    if key not in _OF_A_RESULT:
        case.say(value, f"不认识的键，允许：{' '.join(_OF_A_RESULT)}")
        return ""
    if key == "honours":
        return listed(words_of(value))
    said = value.text or ""
    if said == NONE:
        return NONE
    if key == "total":
        return in_points(parse_mark(said))
    if key == "rank":
        return str(parse_number(said))
    if key == "prize":
        return read_prize(case, asked.rules, said, value, NONE)
    return level_of(said)


def _found(key: str, row: EntryResult) -> str:
    """What was found, as text."""
    best = row.best
    if key == "honours":
        return listed(best.honours if best else ())
    if key == "total":
        return NONE if row.total is None else in_points(row.total)
    if key == "rank":
        return NONE if row.rank is None else str(row.rank)
    if key == "prize":
        return row.award or NONE
    return NONE if best is None or not best.certificate else best.level.chinese if best.level else SPECIAL_SKILL
