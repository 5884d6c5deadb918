"""Facts as a rulebook's cases write them (rulebook language §17): text by fact, into `ContestantFacts`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from fractions import Fraction
from typing import Any

from saiwu.rules.eligibility.facts import NONE, Competing, ContestantFacts, EventFacts, Honour, OtherEntry
from saiwu.rules.rulebook.book import Event, find
from saiwu.rules.rulebook.eligibility import BUILT_IN_FACTS
from saiwu.rules.rulebook.values import Level, NotAllowed, parse_day, parse_level, parse_number, parse_yes_no

_NOTHING = ("无", "否", "", None)
_LAST_YEAR_OF_BIRTH = 2199
"""Statutory ages must still end on a day that a calendar of four digits has."""


def stated(
    written: Mapping[str, Any], *, event: EventFacts, events: Mapping[str, Event] | None = None
) -> ContestantFacts:
    """The facts of one person as a case writes them, values as text, lists and mappings.

    `event` is the one that the case is about; `events` serve to name the division of an entry that is instructed. A
    fact that is no built-in one is the notice's own. Raises NotAllowed with what is allowed.
    """
    values: dict[str, Any] = {}
    own: dict[str, str] = {}
    for fact, value in written.items():
        if fact == "instructs":
            values[fact] = tuple(_instructed(one, event, events or {}) for one in _listed(value))
        elif fact in _READERS:
            values[fact] = _READERS[fact](value)
        elif fact in _FIELDS:
            values[fact] = _answer(fact, value)
        elif fact not in BUILT_IN_FACTS:
            own[fact] = _answer(fact, value)
    return ContestantFacts(own=own, **values)


def _listed(value: Any) -> tuple[Any, ...]:
    if isinstance(value, (list, tuple)):
        return tuple(value)
    return () if value in _NOTHING else (value,)


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in _listed(value))


def _answer(fact: str, value: Any) -> str:
    allowed = BUILT_IN_FACTS.get(fact, ())
    if isinstance(value, (list, tuple, Mapping)) or (allowed and str(value) not in allowed):
        raise NotAllowed(value, "、".join(allowed) or "一个答案")
    return str(value)


def _born(value: Any) -> date:
    day = parse_day(value)
    if day.year > _LAST_YEAR_OF_BIRTH:
        raise NotAllowed(value, f"出生日期，不晚于 {_LAST_YEAR_OF_BIRTH} 年")
    return day


def _level(value: Any) -> Level | str:
    return NONE if value == NONE else parse_level(value)


def _years(value: Any) -> int | Fraction:
    if value == NONE:
        return 0
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,3}\.[0-9]{1,2}", value):
        return Fraction(value)
    return parse_number(value)


def _enrolled(value: Any) -> bool | date:
    return parse_yes_no(value) if value in ("是", "否", True, False) else parse_day(value)


def _months(value: Any) -> Mapping[str, int]:
    if isinstance(value, Mapping):
        return {str(ground): parse_number(months) for ground, months in value.items()}
    return {} if value == NONE else {"单位": parse_number(value)}


def _honours(value: Any) -> tuple[Honour, ...]:
    """A name, `{name, on, event}`, or a mapping from names to days."""
    if isinstance(value, Mapping) and "name" not in value:
        return tuple(Honour(str(name), parse_day(on)) for name, on in value.items())
    return tuple(_honour(one) for one in _listed(value))


def _honour(value: Any) -> Honour:
    if not isinstance(value, Mapping):
        return Honour(str(value))
    if "name" not in value:
        raise NotAllowed("、".join(map(str, value)), "荣誉名称，或 {name, on, event}")
    on = value.get("on", value.get("since"))
    event = value.get("event")
    return Honour(str(value["name"]), None if on is None else parse_day(on), None if event is None else str(event))


def _other_events(value: Any) -> tuple[OtherEntry, ...]:
    return tuple(
        OtherEntry(str(one.get("event", "")), frozenset(_texts(one.get("within", ("竞赛", "年度", "系列")))))
        if isinstance(one, Mapping)
        else OtherEntry(str(one))
        for one in _listed(value)
    )


def _instructed(value: Any, event: EventFacts, events: Mapping[str, Event]) -> Competing:
    """`{event, division, and facts of the contestant}`; a word alone is that contestant's status, in the same event."""
    if not isinstance(value, Mapping):
        return Competing(ContestantFacts(status=str(value)), event)
    facts = {key: one for key, one in value.items() if key not in ("event", "division")}
    event_id = find(events, str(value["event"])) or str(value["event"]) if "event" in value else event.event
    division = str(value.get("division", event.division if event_id == event.event else ""))
    name = ""
    if event_id in events and (found := find(events[event_id].divisions, division)) is not None:
        division, name = found, events[event_id].divisions[found].name or ""
    there = EventFacts(event=event_id, division=division, division_name=name, registering_on=event.registering_on)
    return Competing(stated(facts, event=there, events=events), there)


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "born": _born,
    "place": _texts,
    "months": _months,
    "level": _level,
    "level_in": lambda value: None if value in _NOTHING else str(value),
    "years": _years,
    "years_in": _texts,
    "full_time": parse_yes_no,
    "enrolled": _enrolled,
    "in_region": parse_yes_no,
    "major": str,
    "post": str,
    "honours": _honours,
    "signed": _texts,
    "proof": _texts,
    "other_events": _other_events,
}
_FIELDS: Iterable[str] = frozenset(field.name for field in fields(ContestantFacts)) - {"own"}
STATED = (*_READERS, "instructs", *BUILT_IN_FACTS)
"""The facts that a case may write, beside the notice's own."""
