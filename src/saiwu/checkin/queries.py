"""What anybody may read of draws: each step as soon as it is on record, the secret only once the draw is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from saiwu.audit.frame import NotFound
from saiwu.checkin.models import Draw
from saiwu.rules.procedure import DrawState


@dataclass(frozen=True, slots=True)
class PublicDraw:
    """A draw. `commitment` is empty until committed; `transcript` (saiwu-draw/1) None until made."""

    id: int
    purpose: str
    division: str | None
    state: DrawState
    codes: tuple[str, ...]
    list_sha256: str
    stations: int | None
    frozen_at: datetime
    commitment: str
    committed_at: datetime | None
    public_input: str
    public_input_source: str
    fixed_at: datetime | None
    made_at: datetime | None
    transcript: Mapping[str, Any] | None


def draws_of(event_id: int) -> tuple[PublicDraw, ...]:
    """The draws of an event in the order in which their lists were frozen. 1 SQL statement."""
    rows = Draw.objects.filter(event_id=event_id).select_related("division").order_by("frozen_at", "id")
    return tuple(_public(row) for row in rows)


def draw_of(event_id: int, draw_id: int) -> PublicDraw:
    """One draw of an event. 1 SQL statement. Raises NotFound where the event has none of that id."""
    row = Draw.objects.filter(event_id=event_id, pk=draw_id).select_related("division").first()
    if row is None:
        raise NotFound(f"draw {draw_id}")
    return _public(row)


def _public(row: Draw) -> PublicDraw:
    made = row.state == DrawState.MADE
    return PublicDraw(
        id=row.pk,
        purpose=row.purpose,
        division=row.division.slug if row.division else None,
        state=DrawState(row.state),
        codes=tuple(row.codes),
        list_sha256=row.list_sha256,
        stations=row.stations,
        frozen_at=row.frozen_at,
        commitment=row.commitment,
        committed_at=row.committed_at,
        public_input=row.public_input,
        public_input_source=row.public_input_source,
        fixed_at=row.fixed_at,
        made_at=row.made_at if made else None,
        transcript=row.transcript if made else None,
    )
