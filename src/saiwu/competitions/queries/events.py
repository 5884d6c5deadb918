"""Events as the public sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from saiwu.audit.frame import NotFound
from saiwu.competitions.models import Decision, Event, Moment
from saiwu.competitions.queries.changes import Change, changes_of
from saiwu.competitions.queries.planned import Planned
from saiwu.competitions.queries.site import Site
from saiwu.rules.procedure import EventState, Open
from saiwu.rules.rulebook import book as typed
from saiwu.rules.rulebook.days import Days
from saiwu.rules.rulebook.stages import FINAL

LISTED = frozenset(
    {
        EventState.LISTED,
        EventState.RUNNING,
        EventState.MARKING,
        EventState.SEALED,
        EventState.PUBLIC_NOTICE,
        EventState.CONFIRMED,
    }
)
"""States in which the list of finalists is public."""


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event in a list. `final` and the dates are None where the rulebook has none.

    `moved` is the newest approved change of the day of the final. `cancelled` are divisions that were given up.
    """

    id: int
    slug: str
    rules: typed.Event
    state: EventState
    days: Days
    final: Planned
    preregistration: Planned | None
    registration: Planned | None
    moved: Change | None
    cancelled: tuple[str, ...]

    @property
    def listed(self) -> bool:
        """Whether the list of finalists is public."""
        return self.state in LISTED

    @property
    def entering(self) -> Planned | None:
        """What closes first for somebody who wants to take part: pre-registration, else registration."""
        return self.preregistration or self.registration

    def final_day(self) -> date | None:
        """The first day of the final."""
        return self.final.first_day()


@dataclass(frozen=True, slots=True)
class EventPage:
    """An event with everything that its page tells: approved changes, and what has happened."""

    row: EventRow
    changes: tuple[Change, ...]
    happened: Mapping[str, datetime]
    same_day: tuple[EventRow, ...]


def events_of(site: Site) -> tuple[EventRow, ...]:
    """The events of a competition by their finals, then in the notice's order. 4 SQL statements."""
    return _rows(site, changes_of(site.id))


def _rows(site: Site, changes: tuple[Change, ...]) -> tuple[EventRow, ...]:
    events = list(Event.objects.filter(competition_id=site.id).order_by("position", "id"))
    moments = _moments(site.id)
    cancelled = _cancelled(site.id)
    rows = [_row(site, event, moments[event.pk], changes, cancelled[event.pk]) for event in events]
    return tuple(sorted(rows, key=lambda row: row.final_day() or date.max))


def event_of(site: Site, slug: str) -> EventPage:
    """One event. 4 SQL statements. Raises NotFound where the competition has none of that slug."""
    changes = changes_of(site.id)
    rows = _rows(site, changes)
    row = next((row for row in rows if row.slug == slug), None)
    if row is None:
        raise NotFound(slug)
    day = row.final_day()
    same_day = tuple(
        other
        for other in rows
        if other is not row and day is not None and other.final_day() == day and other.state is not EventState.CANCELLED
    )
    own = tuple(change for change in changes if change.event == slug)
    return EventPage(row, own, row.days.timeline.moments, same_day)


def _row(
    site: Site, event: Event, moments: Mapping[str, datetime], changes: tuple[Change, ...], cancelled: tuple[str, ...]
) -> EventRow:
    rules = site.book.events[event.slug]
    days = Days(site.book, event.slug, None, moments)
    return EventRow(
        id=event.pk,
        slug=event.slug,
        rules=rules,
        state=EventState(event.state),
        days=days,
        final=Planned.of(FINAL, rules.stages[FINAL], days),
        preregistration=_date(rules, days, "preregistration"),
        registration=_date(rules, days, "registration"),
        moved=next((change for change in changes if change.event == event.slug and change.moves_final), None),
        cancelled=cancelled,
    )


def _date(rules: typed.Event, days: Days, key: str) -> Planned | None:
    return Planned.of(key, rules.dates[key], days) if key in rules.dates else None


def _moments(competition_id: int) -> Mapping[int, dict[str, datetime]]:
    """1 SQL statement."""
    found: dict[int, dict[str, datetime]] = defaultdict(dict)
    rows = Moment.objects.filter(event__competition_id=competition_id)
    for event_id, name, at in rows.values_list("event_id", "name", "at"):
        found[event_id][name] = at
    return found


def _cancelled(competition_id: int) -> Mapping[int, tuple[str, ...]]:
    """Divisions given up because too few had entered. 1 SQL statement."""
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    rows = Decision.objects.filter(
        event__competition_id=competition_id, kind="minimum", state=Open.GRANTED, choice="取消", division__isnull=False
    )
    for event_id, slug in rows.order_by("id").values_list("event_id", "division__slug"):
        found[event_id] += (slug,)
    return found
