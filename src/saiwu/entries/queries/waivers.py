"""Waivers asked for in a competition, for whoever settles them. What the entry states is `entries.queries.review`'s."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, QuerySet, When

from saiwu.audit.frame import NotFound
from saiwu.entries.models import Entry, Waiver
from saiwu.entries.queries.of_event import COUNT, named
from saiwu.rules.procedure import EventState, Open, Role


@dataclass(frozen=True, slots=True)
class WaiverRow:
    """A waiver: of which rule, for whom, on what grounds. `who`: the team, or whoever competes alone; `settled_by`: the
    account's name."""

    id: int
    event: str
    event_id: int
    event_state: EventState
    entry_id: int
    division: str
    unit: str
    who: str
    rule: str
    state: Open
    may_settle: Role
    grounds: str
    asked_by: str
    asked_at: datetime
    settled_by: str
    settled_role: str
    settled_at: datetime | None
    reason: str
    letter: str

    @property
    def open(self) -> bool:
        """Whether nobody has settled it."""
        return self.state is Open.ASKED


def waivers(competition_id: int, *, start: int = 0, count: int = COUNT) -> tuple[WaiverRow, ...]:
    """Waivers of a competition, open ones first, the oldest of them first; then the newest. 2 SQL statements."""
    first = Case(When(state=Open.ASKED, then=0), default=1, output_field=IntegerField())
    rows = _rows(competition_id).order_by(first, Case(When(state=Open.ASKED, then="pk")), "-settled_at", "-pk")
    return tuple(_row(row) for row in rows[start : start + count])


def open_waivers(competition_id: int) -> tuple[WaiverRow, ...]:
    """Those that nobody has settled, the oldest first. 2 SQL statements."""
    return tuple(_row(row) for row in _rows(competition_id).filter(state=Open.ASKED).order_by("asked_at", "pk"))


def count_waivers(competition_id: int, *, open_only: bool = False) -> int:
    """How many there are. 1 SQL statement."""
    rows = Waiver.objects.filter(entry__event__competition_id=competition_id)
    return (rows.filter(state=Open.ASKED) if open_only else rows).count()


def waiver(competition_id: int, waiver_id: int) -> WaiverRow:
    """One waiver. 2 SQL statements. Raises NotFound where the competition has none of that id."""
    row = _rows(competition_id).filter(pk=waiver_id).first()
    if row is None:
        raise NotFound(f"waiver {waiver_id}")
    return _row(row)


def _rows(competition_id: int) -> QuerySet[Waiver]:
    rows = Waiver.objects.filter(entry__event__competition_id=competition_id)
    return rows.select_related(
        "entry__event", "entry__division", "entry__unit", "asked_by", "settled_by"
    ).prefetch_related("entry__members__person")


def _row(row: Waiver) -> WaiverRow:
    entry = row.entry
    return WaiverRow(
        id=row.pk,
        event=entry.event.slug,
        event_id=entry.event_id,
        event_state=EventState(entry.event.state),
        entry_id=entry.pk,
        division=entry.division.slug,
        unit=entry.unit.name,
        who=_who(entry),
        rule=row.rule,
        state=Open(row.state),
        may_settle=Role(row.may_settle),
        grounds=row.grounds,
        asked_by=row.asked_by.name,
        asked_at=row.asked_at,
        settled_by=row.settled_by.name if row.settled_by else "",
        settled_role=Role(row.settled_role).chinese if row.settled_role else "",
        settled_at=row.settled_at,
        reason=row.reason,
        letter=row.letter,
    )


def _who(entry: Entry) -> str:
    return entry.team_name or "、".join(named(entry.members.all())) or entry.number
