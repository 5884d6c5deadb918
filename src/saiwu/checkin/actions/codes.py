"""Blind codes 加密号: from here to unsealing nothing but a code stands for an entry."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Actor
from saiwu.audit.frame import Refused, action, record
from saiwu.checkin.models import BlindCode, Place
from saiwu.competitions.models import Event
from saiwu.entries.minimums import raise_minimums
from saiwu.entries.models import Entry
from saiwu.privacy import chance
from saiwu.rules.procedure import EntryState

PRESENT = "检录"
"""The moment at which those present are counted."""

LENGTH = 5
"""Letters and figures of a code: some six million codes for the few hundred entries of an event."""


@action
def issue_codes(*, event_id: int, by: Actor, at: datetime) -> int:
    """Give every entry that checked in a code of its own, once an event. Check-in is over then. Returns how many.

    The record holds how many there are and one digest over all of them, no pair of code and entry. The rows are written
    in the order of the codes, so that their ids say nothing of the entries' order.
    A division in which fewer are present than the rulebook wants at 检录 raises a decision. Raises Refused where the
    codes were issued already, or where nobody has checked in.
    """
    event = begin("checkin.issue_codes", Event, event_id, by=by, at=at, related=("competition",))
    if BlindCode.objects.filter(event=event).exists():
        raise Refused("本赛项的加密号已编发，一队（人）一号，不能再编。", rule="codes")
    present = list(
        Entry.objects.filter(event=event, state=EntryState.CHECKED_IN).order_by("id").values_list("pk", "division_id")
    )
    if not present:
        raise Refused("还没有人检录，无法编发加密号。请先检录。", rule="codes")
    paired = sorted(zip(_fresh_codes(), present, strict=False))
    BlindCode.objects.bulk_create(
        BlindCode(event=event, division_id=division, entry_id=entry, code=code) for code, (entry, division) in paired
    )
    raised = raise_minimums(event, PRESENT, frozenset({EntryState.CHECKED_IN}), at)
    listed = "".join(f"{code}\n" for code, _ in paired)
    facts = {"codes": len(paired), "sha256": hashlib.sha256(listed.encode()).hexdigest(), "raised": raised}
    record("checkin.issue_codes", event, by=by, at=at, facts=facts)
    return len(paired)


@dataclass(frozen=True, slots=True)
class Slip:
    """What a contestant is handed at his place: his code. The one page on which a code stands beside whose it is.

    `seats`: where he sits, by each draw that was made, in words.
    """

    code: str
    number: str
    division: str
    unit: str
    team: str
    names: tuple[str, ...]
    seats: tuple[str, ...]


@action
def print_codes(*, event_id: int, by: Actor, at: datetime) -> tuple[Slip, ...]:
    """The slips of an event, by the entries' numbers, for the registrar alone; each time on record. 6 SQL statements.

    Raises Refused before codes are issued.
    """
    event = begin("checkin.print_codes", Event, event_id, by=by, at=at, related=("competition",))
    rows = BlindCode.objects.filter(event=event).select_related("division", "entry__unit")
    rows = rows.prefetch_related("entry__members__person", "entry__drawn__draw").order_by("entry__number", "id")
    slips = tuple(
        Slip(
            code=row.code,
            number=row.entry.number,
            division=row.division.slug,
            unit=row.entry.unit.name,
            team=row.entry.team_name,
            names=tuple(member.person.name for member in row.entry.members.all() if member.role != "替补"),
            seats=tuple(_seat(place) for place in sorted(row.entry.drawn.all(), key=lambda one: one.draw_id)),
        )
        for row in rows
    )
    if not slips:
        raise Refused("本赛项还没有编发加密号。", rule="codes")
    record("checkin.print_codes", event, by=by, at=at, facts={"codes": len(slips)})
    return slips


def _seat(place: Place) -> str:
    if place.station is None:
        return f"第 {place.position} 位"
    return f"第 {place.session} 场 {place.station} 号工位"


def _fresh_codes() -> Iterator[str]:
    """Codes, each once, without end."""
    given: set[str] = set()
    while True:
        code = chance.code(LENGTH)
        if code not in given:
            given.add(code)
            yield code
