"""Results as a rulebook's cases write them (rulebook language §17): text by word, into `EntryMarks`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

from saiwu.rules.certificates import SPECIAL_SKILL
from saiwu.rules.marking import STATES, ComponentMarks, EntryMarks, Exact, MemberFacts, PartMark, State
from saiwu.rules.rulebook.awards import HANDED_IN, TIME_USED
from saiwu.rules.rulebook.book import Chapters, Division, Event, Rulebook, find
from saiwu.rules.rulebook.eligibility import BUILT_IN_FACTS
from saiwu.rules.rulebook.values import (
    NONE,
    THOUSAND,
    Level,
    NotAllowed,
    Rounding,
    parse_level,
    parse_mark,
    parse_number,
    plain,
)

_STATE, _HOLDS, _AGE, _DIVISION = "state", "holds", "age", "division"
_WORDS = {
    "状态": _STATE,
    "已有等级": _HOLDS,
    "年龄": _AGE,
    "组别": _DIVISION,
    **{word: word for word in (_STATE, _HOLDS, _AGE, _DIVISION, TIME_USED, HANDED_IN)},
}


def entry(
    code: str,
    written: Mapping[str, object],
    rules: Chapters,
    divisions: Mapping[str, Division],
    division: str | None,
    book: Rulebook,
) -> EntryMarks:
    """One entry, of `division` unless it says its own. Raises NotAllowed with what is allowed."""
    marks: dict[tuple[str, str | None], int] = {}
    told: dict[str, object] = {}
    facts: dict[str, object] = {}
    for word, value in written.items():
        name = _WORDS.get(plain(word))
        if name is not None:
            told[name] = value
        elif word in BUILT_IN_FACTS or word in book.facts:
            facts[word] = value
        else:
            _take_marks(marks, word, value, rules)
    state = _state(told.get(_STATE))
    return EntryMarks(
        code,
        components=_components(marks),
        state=state,
        checked_in=state is not State.ABSENT,
        time_used_s=_time_used(told[TIME_USED]) if TIME_USED in told else None,
        handed_in_at=_handed_in(str(told[HANDED_IN]), book) if HANDED_IN in told else None,
        members=_members(code, told.get(_HOLDS), told.get(_AGE), facts, rules),
        division=_division(told[_DIVISION], divisions) if _DIVISION in told else division,
    )


def _take_marks(marks: dict[tuple[str, str | None], int], word: str, value: object, rules: Chapters) -> None:
    try:
        component, module = rules.part(word)
    except KeyError:
        parts = "、".join(component.name or key for key, component in rules.components.items())
        others = "、".join((TIME_USED, HANDED_IN, _STATE, _HOLDS, _AGE, _DIVISION))
        raise NotAllowed(word, f"{parts}（或其模块）、{others}", "不是竞赛内容") from None
    if isinstance(value, Mapping):
        for inner, mark in value.items():
            _take_marks(marks, f"{component}/{inner}", mark, rules)
        return
    mark = parse_mark(value)
    part = rules.components[component] if module is None else rules.components[component].modules[module]
    if mark > part.full:
        raise NotAllowed(value, f"0 至 {in_points(part.full)}", f"超过“{word}”的满分")
    marks[component, module] = mark


def _components(marks: Mapping[tuple[str, str | None], int]) -> dict[str, ComponentMarks]:
    return {
        component: ComponentMarks(
            marks.get((component, None)),
            modules={module: PartMark(mark) for (at, module), mark in marks.items() if at == component and module},
        )
        for component, _ in marks
    }


def _state(value: object) -> State:
    if value is None:
        return State.NORMAL
    if isinstance(value, str) and value in STATES:
        return STATES[value]
    raise NotAllowed(value, "、".join(STATES))


_CLOCK = re.compile(r"([0-9]{1,3}):([0-5][0-9]):([0-5][0-9])")


def _time_used(value: object) -> Exact:
    """Seconds, from minutes (at most three decimals) or h:mm:ss."""
    if match := _CLOCK.fullmatch(str(value)):
        hours, minutes, seconds = (int(part) for part in match.groups())
        return hours * 3600 + minutes * 60 + seconds
    try:
        exact = Fraction(parse_mark(value) * 60, THOUSAND)
    except NotAllowed:
        raise NotAllowed(value, "分钟数，或 h:mm:ss，如 1:29:59") from None
    return int(exact) if exact.denominator == 1 else exact


_SOME_DAY = "2000-01-01"
"""Times of day without a date are compared with one another alone: any day will do."""


def _handed_in(value: str, book: Rulebook) -> datetime:
    clock = _CLOCK.fullmatch(value)
    said = f"{_SOME_DAY} {int(clock[1]):02d}:{clock[2]}:{clock[3]}" if clock else value
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        raise NotAllowed(value, "h:mm:ss，或时刻，如 2025-10-18 17:00") from None
    return at if at.tzinfo is not None else at.replace(tzinfo=book.zone)


def _members(
    code: str, holds: object, ages: object, facts: Mapping[str, object], rules: Chapters
) -> tuple[MemberFacts, ...]:
    """A value each, in order; one value alone stands for every member."""
    size = rules.entry.team_size.low or 1 if rules.entry is not None else 1
    levels, years = _each(holds), _each(ages)
    answers = {fact: _each(value) for fact, value in facts.items()}
    size = max([size, *(len(values) for values in (levels, years, *answers.values()))])
    return tuple(
        MemberFacts(
            f"{code}-{number + 1}",
            holds=_level(_of_member(levels, number)),
            age=None if (age := _of_member(years, number)) is None else parse_number(age),
            facts={fact: str(one) for fact, all_ in answers.items() if (one := _of_member(all_, number)) is not None},
        )
        for number in range(size)
    )


def _each(value: object) -> list[str]:
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list) else str(value).split("、")


def _of_member(values: list[str], number: int) -> str | None:
    if len(values) == 1:
        return values[0]
    return values[number] if number < len(values) else None


def _level(value: str | None) -> Level | None:
    return None if value is None or value == NONE else parse_level(value)


def _division(value: object, divisions: Mapping[str, Division]) -> str:
    found = find(divisions, str(value))
    if found is None:
        raise NotAllowed(value, "、".join(division.name or key for key, division in divisions.items()))
    return found


def level_of(said: str) -> str:
    """A level that a case expects, in the words of a result. Raises NotAllowed."""
    return said if said in (NONE, SPECIAL_SKILL) else parse_level(said).chinese


def in_points(thousandths: int) -> str:
    """87250 as 87.25."""
    whole, rest = divmod(thousandths, THOUSAND)
    return f"{whole}.{rest:03d}".rstrip("0") if rest else str(whole)


def all_present(rules: Division | Event, number: int) -> tuple[Division | Event, list[EntryMarks]]:
    """So many entries, all present, no ties, nobody below a mark that a prize asks for; and the rules that fit them.

    Each is a trace below the one before, so totals must keep all decimals; certificates are not asked for.
    """
    ranking = rules.ranking.model_copy(update={"decimals": 3, "rounding": Rounding.HALF_UP})
    entries = [
        EntryMarks(
            f"{index:04d}",
            components={
                key: ComponentMarks(
                    _trace_below(component.full, index),
                    modules={
                        inner: PartMark(_trace_below(module.full, index)) for inner, module in component.modules.items()
                    },
                )
                for key, component in rules.components.items()
            },
        )
        for index in range(1, number + 1)
    ]
    return rules.model_copy(update={"ranking": ranking, "certificates": None}), entries


def _trace_below(full: int, index: int) -> int:
    """Lower by `index` thousandths of every hundred points: as weights sum to one, totals differ by a thousandth."""
    return max(0, full - index * max(1, -(-full // (100 * THOUSAND))))
