"""Marks: entered, many at a time, and corrected. What was entered stays on record beside what replaced it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Account
from saiwu.audit.frame import NotFound, Refused, action, frame, record
from saiwu.competitions.models import Event
from saiwu.marking.current import current
from saiwu.marking.models import HandIn, Mark
from saiwu.marking.parts import Part, parts_by_code
from saiwu.rules.procedure import Role


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A mark as it comes in: `value` in thousandths, of 用时 and 交卷时间 in seconds."""

    code: str
    part: str
    value: int


@dataclass(frozen=True, slots=True)
class MarkOutcome:
    """What became of a row: the mark's id, or why it was not entered and how to mend it."""

    code: str
    part: str
    mark_id: int | None
    message: str | None = None


@action
def enter(*, event_id: int, marks: Sequence[MarkRow], by: Account, at: datetime) -> tuple[MarkOutcome, ...]:
    """Enter many marks by code. Each row has an outcome of its own, in the rows' order; those in order are written.

    Refused of a row: a code or part that the event does not have, a value outside 0 to full, a part that `by` has
    marked for this code already, or that as many have marked as the rulebook wants. 7 SQL statements for any number.
    Raises Refused where there is no row, or before codes are issued.
    """
    event = begin("marking.enter", Event, event_id, by=by, at=at, related=("competition",))
    if not marks:
        raise Refused("没有评分可以录入。", rule="marks")
    parts = parts_by_code(event)
    seats = _Seats(current(event.pk).values_list("code", "part", "seat", "by_id"), by.pk)
    new: list[Mark] = []
    places: list[Mark | str] = []
    for row in marks:
        message = _refusal(row, parts) or seats.refusal(row, parts[row.code][row.part])
        if message is None:
            seat = seats.take(row)
            mark = Mark(event=event, code=row.code, part=row.part, seat=seat, value=row.value, by=by, at=at)
            new.append(mark)
            places.append(mark)
        else:
            places.append(message)
    Mark.objects.bulk_create(new)
    if new:
        outdate_hand_in(event.pk, by=by, at=at)
    facts = {"entered": len(new), "refused": len(marks) - len(new), "sha256": _digest(new)}
    record("marking.enter", event, by=by, at=at, facts=facts)
    return tuple(
        MarkOutcome(row.code, row.part, *((None, place) if isinstance(place, str) else (place.pk, None)))
        for row, place in zip(marks, places, strict=True)
    )


@action
def correct(*, event_id: int, mark_id: int, value: int, reason: str, by: Account, at: datetime) -> int:
    """Replace a mark by another, with the reason. The old one stays on record. Returns the new mark's id.

    One corrects what one entered; the chief judge, any mark.
    Raises NotFound where the event has no such mark, Refused where it was corrected already, is somebody else's, or
    where value or reason is not in order.
    """
    event = begin("marking.correct", Event, event_id, by=by, at=at, related=("competition",))
    old = Mark.objects.filter(pk=mark_id, event=event).first()
    if old is None:
        raise NotFound(f"mark {mark_id}")
    if old.by_id != by.pk and frame().role != Role.CHIEF_JUDGE:
        raise Refused("只能更正自己录入的评分；他人的评分由本人或裁判长更正。", rule="marks")
    if not current(event.pk).filter(pk=old.pk).exists():
        raise Refused("这一项刚刚已更正过，请刷新后查看。", rule="one_correction_a_mark")
    if not reason.strip():
        raise Refused("更正评分须写明理由。", rule="a_correction_says_why", field="reason")
    message = parts_by_code(event)[old.code][old.part].refusal(value)
    if message:
        raise Refused(message, rule="marks", field="value")
    mark = Mark.objects.create(
        event=event,
        code=old.code,
        part=old.part,
        seat=old.seat,
        value=value,
        by=by,
        at=at,
        replaces=old,
        reason=reason.strip(),
    )
    outdate_hand_in(event.pk, by=by, at=at)
    facts = {"replaces": old.pk, "code": old.code, "part": old.part, "from": old.value, "to": value}
    record("marking.correct", mark, by=by, at=at, facts=facts)
    return mark.pk


def outdate_hand_in(event_id: int, *, by: Account, at: datetime) -> None:
    """What a judge handed in no longer says how things stand once he has changed something. 1 SQL statement."""
    HandIn.objects.filter(event_id=event_id, by=by, outdated_at=None).update(outdated_at=at)


def _refusal(row: MarkRow, parts: Mapping[str, Mapping[str, Part]]) -> str | None:
    if row.code not in parts:
        return f"本赛项没有加密号“{row.code}”，请核对。"
    part = parts[row.code].get(row.part)
    if part is None:
        return f"没有“{row.part}”这一评分项，可以录入：{'、'.join(parts[row.code])}。"
    return part.refusal(row.value)


class _Seats:
    """Which judges have marked which part of which code."""

    def __init__(self, taken: Iterable[tuple[str, str, int, int]], by: int) -> None:
        self._by = by
        self._own: set[tuple[str, str]] = set()
        self._last: dict[tuple[str, str], int] = {}
        for code, part, seat, who in taken:
            self._last[code, part] = max(seat, self._last.get((code, part), 0))
            if who == by:
                self._own.add((code, part))

    def refusal(self, row: MarkRow, part: Part) -> str | None:
        if (row.code, row.part) in self._own:
            return f"{row.code} 的{part.name}您已录入，需要改动的请用更正。"
        if self._last.get((row.code, row.part), 0) >= part.judges:
            return f"{row.code} 的{part.name}已由{part.judges}名裁判录入，不再接受。"
        return None

    def take(self, row: MarkRow) -> int:
        seat = self._last.get((row.code, row.part), 0) + 1
        self._last[row.code, row.part] = seat
        self._own.add((row.code, row.part))
        return seat


def _digest(marks: Iterable[Mark]) -> str:
    """One digest over what was entered, so that the trail vouches for every value without repeating it."""
    lines = sorted(f"{mark.code}\t{mark.part}\t{mark.seat}\t{mark.value}\n" for mark in marks)
    return hashlib.sha256("".join(lines).encode()).hexdigest()
