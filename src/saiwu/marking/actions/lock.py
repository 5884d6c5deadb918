"""The lock 锁定评分: after it no mark is entered or corrected."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Actor
from saiwu.audit.frame import Refused, action, record
from saiwu.competitions.models import Event
from saiwu.competitions.rulebooks import rules_of_event
from saiwu.marking.collected import collected
from saiwu.marking.current import current
from saiwu.marking.parts import Part, final_scale, parts_of
from saiwu.rules.marking import EntryMarks, PartMark, State, judged, scored
from saiwu.rules.procedure import EventState
from saiwu.rules.rulebook.values import marks as points

_SHOWN = 10


@action
def lock(*, event_id: int, by: Actor, at: datetime) -> None:
    """Lock the marks of an event.

    Raises Refused, with the codes and parts, while a code lacks a mark that its rulebook wants (unless it is absent,
    void or excluded by a penalty, or the part is zero by one), or while judges differ by more than its spread.
    """
    event = begin("marking.lock", Event, event_id, by=by, at=at, related=("competition",))
    divisions = rules_of_event(event).divisions
    rules = {slug: (final_scale(division), parts_of(division)) for slug, division in divisions.items()}
    missing: list[str] = []
    apart: list[str] = []
    for code, entry in collected(event).items():
        scale, parts = rules[str(entry.division)]
        found = scored(entry, scale)
        if found.state is State.NORMAL:
            missing += _missing(code, entry, found.missing, parts)
            apart += _apart(code, entry, parts)
    _refuse(missing, "处未评", "请评完后再锁定；缺席的由裁判长作出处罚（弃权）。")
    _refuse(apart, "处裁判评分相差过大", "请重新商议，由本人或裁判长更正后再锁定。")
    event.state = EventState.SEALED
    event.save(update_fields=["state"])
    given = current(event.pk).order_by("code", "part", "seat").values_list("code", "part", "seat", "value")
    lines = [f"{code}\t{part}\t{seat}\t{value}\n" for code, part, seat, value in given]
    facts = {"marks": len(lines), "sha256": hashlib.sha256("".join(lines).encode()).hexdigest()}
    record("marking.lock", event, by=by, at=at, facts=facts)


def _missing(code: str, entry: EntryMarks, missing: tuple[str, ...], parts: Mapping[str, Part]) -> Iterator[str]:
    for key in missing:
        part = parts[key]
        given = len(_given(entry, key).made_of)
        if 0 < given < part.judges:
            yield f"{code} 的{part.name}（还差 {part.judges - given} 名裁判）"
        elif given >= part.judges:
            yield f"{code} 的{part.name}（各裁判尚未商定同一分数）"
        else:
            yield f"{code} 的{part.name}"


def _apart(code: str, entry: EntryMarks, parts: Mapping[str, Part]) -> Iterator[str]:
    for part in parts.values():
        if part.judging is None or part.judging.spread is None or part.timed:
            continue
        found = judged(_given(entry, part.id).made_of, part.judging)
        if found.over_spread is not None:
            limit = points(part.judging.spread)
            yield f"{code} 的{part.name}（相差 {points(found.spread)} 分，限 {limit} 分，须{found.over_spread}）"


def _given(entry: EntryMarks, key: str) -> PartMark:
    component, _, module = key.partition("/")
    marks = entry.components[component]
    return marks.modules[module] if module else marks


def _refuse(where: list[str], what: str, remedy: str) -> None:
    if where:
        shown = "、".join(where[:_SHOWN]) + (" 等" if len(where) > _SHOWN else "")
        raise Refused(f"还有 {len(where)} {what}：{shown}。{remedy}", rule="lock")
