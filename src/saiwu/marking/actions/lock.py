"""The lock 锁定评分: after it no mark is entered or corrected."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Actor
from saiwu.audit.frame import Refused, action, record
from saiwu.checkin.models import BlindCode
from saiwu.competitions.models import Event
from saiwu.competitions.rulebooks import rules_of_event
from saiwu.marking.current import current
from saiwu.marking.models import Penalty
from saiwu.marking.parts import Part, parts_by_code
from saiwu.rules.procedure import EventState
from saiwu.rules.rulebook.values import marks as points

ENDS_MARKING = frozenset({"弃权", "取消成绩", "取消资格"})
"""Effects of penalties after which nothing more is marked of a code."""

_SHOWN = 10


@action
def lock(*, event_id: int, by: Actor, at: datetime) -> None:
    """Lock the marks of an event.

    Raises Refused, with the codes and parts, while a code lacks a mark that its rulebook wants (unless it is absent,
    void or excluded by a penalty), or while judges differ by more than the rulebook's spread.
    """
    event = begin("marking.lock", Event, event_id, by=by, at=at, related=("competition",))
    given = list(
        current(event.pk).order_by("code", "part", "seat").values_list("code", "part", "seat", "value", named=True)
    )
    values: dict[tuple[str, str], list[int]] = defaultdict(list)
    for mark in given:
        values[mark.code, mark.part].append(mark.value)
    parts = parts_by_code(event)
    excused = codes_without_marks(event)
    _refuse(tuple(_missing(parts, values, excused)), "处未评", "请评完后再锁定；缺席的由裁判长作出处罚（弃权）。")
    _refuse(tuple(_apart(parts, values, excused)), "处裁判评分相差过大", "请重新商议，由本人或裁判长更正后再锁定。")
    event.state = EventState.SEALED
    event.save(update_fields=["state"])
    lines = "".join(f"{mark.code}\t{mark.part}\t{mark.seat}\t{mark.value}\n" for mark in given)
    facts = {"marks": len(given), "sha256": hashlib.sha256(lines.encode()).hexdigest()}
    record("marking.lock", event, by=by, at=at, facts=facts)


def codes_without_marks(event: Event) -> frozenset[str]:
    """Codes that a penalty made absent, void or excluded. 2 SQL statements."""
    divisions = rules_of_event(event).divisions
    ending = {
        (slug, key)
        for slug, division in divisions.items()
        for key, term in division.penalties.items()
        if term.effect in ENDS_MARKING
    }
    of_code = dict(BlindCode.objects.filter(event=event).values_list("code", "division__slug"))
    given = Penalty.objects.filter(event=event).values_list("code", "penalty")
    return frozenset(code for code, penalty in given if (of_code[code], penalty) in ending)


def _missing(
    parts: Mapping[str, Mapping[str, Part]], values: Mapping[tuple[str, str], list[int]], excused: frozenset[str]
) -> Iterator[str]:
    for code, wanted in parts.items():
        if code in excused:
            continue
        for part in wanted.values():
            lacking = part.judges - len(values.get((code, part.id), ()))
            if part.needed and lacking > 0:
                yield f"{code} 的{part.name}" + (f"（还差 {lacking} 名裁判）" if part.judges > 1 else "")


def _apart(
    parts: Mapping[str, Mapping[str, Part]], values: Mapping[tuple[str, str], list[int]], excused: frozenset[str]
) -> Iterator[str]:
    for (code, key), given in values.items():
        part = parts[code][key]
        if code not in excused and part.spread is not None and max(given) - min(given) > part.spread:
            yield f"{code} 的{part.name}（相差 {points(max(given) - min(given))} 分，限 {points(part.spread)} 分）"


def _refuse(where: tuple[str, ...], what: str, remedy: str) -> None:
    if where:
        shown = "、".join(where[:_SHOWN]) + (" 等" if len(where) > _SHOWN else "")
        raise Refused(f"还有 {len(where)} {what}：{shown}。{remedy}", rule="lock")
