"""Draws 抽签, step by step, each on record before the next is possible (saiwu-draw/1).

The list is frozen and published; the commitment is published; the public input is fixed; the draw is made and its
transcript published, secret included. So neither who holds the secret nor who names the public input can steer it.
"""

from __future__ import annotations

import unicodedata
from datetime import datetime
from enum import StrEnum

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Actor
from saiwu.audit.frame import Refused, action, record
from saiwu.checkin.models import Draw, Place
from saiwu.competitions.decisions import cancelled_divisions
from saiwu.competitions.models import Division, Event
from saiwu.competitions.rulebooks import in_force
from saiwu.entries.models import Entry
from saiwu.privacy import chance, fields
from saiwu.rules import draws
from saiwu.rules.procedure import DrawState, EntryState


class Among(StrEnum):
    """Among whom lots are drawn: all on the final's list, or those of them who have checked in."""

    FINAL_LIST = "final_list"
    CHECKED_IN = "checked_in"


_STATES = {
    Among.FINAL_LIST: (EntryState.FINALIST, EntryState.CHECKED_IN),
    Among.CHECKED_IN: (EntryState.CHECKED_IN,),
}


@action
def freeze(
    *,
    event_id: int,
    division: str | None,
    purpose: str,
    among: Among,
    stations: int | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Freeze the list of a draw: the numbers of the entries of a division (None: of the event), in published order.

    `stations`: how many sit in one session; None where only an order is drawn. Returns the draw's id.
    Raises Refused for an unknown division, an empty list, a purpose that is empty or was drawn for already.
    """
    event = begin("draws.freeze", Event, event_id, by=by, at=at, related=("competition",))
    purpose = unicodedata.normalize("NFC", " ".join(purpose.split()))
    if not purpose:
        raise Refused("请写明抽签的用途，如“决赛 工位抽签”。", rule="draw", field="purpose")
    if stations is not None and stations < 1:
        raise Refused("工位数须为正整数；只抽顺序的不填。", rule="draw", field="stations")
    row = None
    if division is not None:
        row = Division.objects.filter(event=event, slug=division).first()
        if row is None:
            raise Refused(f"本赛项没有“{division}”这个组别。", rule="draw", field="division")
    entries = Entry.objects.filter(event=event, state__in=_STATES[among])
    entries = entries.exclude(division_id__in=cancelled_divisions(event))
    if row is not None:
        entries = entries.filter(division=row)
    codes = list(entries.order_by("division__position", "number", "id").values_list("number", flat=True))
    if not codes:
        who = "检录的" if among is Among.CHECKED_IN else "入围决赛的"
        raise Refused(f"还没有{who}参赛队（人），无签可抽。", rule="draw")
    draw = Draw.objects.create(
        event=event,
        division=row,
        purpose=purpose,
        codes=codes,
        list_sha256=draws.list_sha256(codes),
        stations=stations,
        frozen_at=at,
    )
    facts = {
        "purpose": purpose,
        "division": division,
        "among": among.value,
        "codes": len(codes),
        "list_sha256": draw.list_sha256,
    }
    record("draws.freeze", draw, by=by, at=at, facts=facts)
    return draw.pk


@action
def commit(*, draw_id: int, by: Actor, at: datetime) -> str:
    """Take a secret and bind oneself to it: the commitment is published and returned, the secret sealed."""
    draw = begin("draws.commit", Draw, draw_id, by=by, at=at, related=("event__competition",))
    secret = chance.token(draws.SECRET_SIZE)
    draw.secret_sealed = fields.seal(secret.hex(), _context(draw))
    draw.commitment, draw.committed_at, draw.state = draws.commitment(secret), at, DrawState.COMMITTED
    draw.save(update_fields=["secret_sealed", "commitment", "committed_at", "state"])
    record("draws.commit", draw, by=by, at=at, facts={"commitment": draw.commitment})
    return draw.commitment


@action
def fix(*, draw_id: int, public_input: str, source: str, by: Actor, at: datetime) -> None:
    """Fix the public input: something that nobody controls and everybody can read later, and where it is to be read.

    Raises Refused where either is empty.
    """
    draw = begin("draws.fix", Draw, draw_id, by=by, at=at, related=("event__competition",))
    public_input, source = (unicodedata.normalize("NFC", text.strip()) for text in (public_input, source))
    if not public_input:
        raise Refused("请填写公开输入，如当日收盘指数或现场报出的数字。", rule="draw", field="public_input")
    if not source:
        raise Refused("请写明公开输入的出处，日后人人可以查对。", rule="draw", field="source")
    draw.public_input, draw.public_input_source = public_input, source
    draw.fixed_at, draw.state = at, DrawState.FIXED
    draw.save(update_fields=["public_input", "public_input_source", "fixed_at", "state"])
    record("draws.fix", draw, by=by, at=at, facts={"public_input": public_input, "source": source})


@action
def make(*, draw_id: int, by: Actor, at: datetime) -> None:
    """Make the draw: its transcript is published, secret included, and every entry has its place.

    An entry withdrawn since the list was frozen keeps its position in the transcript and has no place.
    """
    draw = begin("draws.make", Draw, draw_id, by=by, at=at, related=("event__competition",))
    zone = in_force(draw.event.competition).zone
    assert draw.secret_sealed is not None
    assert draw.committed_at is not None
    transcript = draws.make(
        draw.codes,
        secret=bytes.fromhex(fields.unseal(bytes(draw.secret_sealed), _context(draw))),
        public_input=draw.public_input,
        purpose=draw.purpose,
        stations=draw.stations,
        public_input_source=draw.public_input_source,
        committed_at=draw.committed_at.astimezone(zone).isoformat(),
        made_at=at.astimezone(zone).isoformat(),
    )
    entries = dict(
        Entry.objects.filter(event=draw.event, number__in=draw.codes, state__in=_STATES[Among.FINAL_LIST]).values_list(
            "number", "pk"
        )
    )
    Place.objects.bulk_create(
        Place(
            draw=draw,
            entry_id=entries[place["code"]],
            position=place["position"],
            session=place.get("session"),
            station=place.get("station"),
        )
        for place in transcript["order"]
        if place["code"] in entries
    )
    draw.transcript, draw.made_at, draw.state = transcript, at, DrawState.MADE
    draw.save(update_fields=["transcript", "made_at", "state"])
    record("draws.make", draw, by=by, at=at, facts={"list_sha256": draw.list_sha256, "places": len(entries)})


def _context(draw: Draw) -> str:
    return f"draw:{draw.pk}:secret"
