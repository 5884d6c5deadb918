"""The dates of a competition in one order, for a page and for calendars to subscribe to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from saiwu.competitions.queries import Change, EventRow, Planned, Site
from saiwu.documents.ics import Calendar, CalendarEntry
from saiwu.rules.procedure import EventState
from saiwu.rules.rulebook.days import Days
from saiwu.rules.rulebook.values import Duration, Unit

_DEADLINES = ("preregistration", "registration")
_LENGTHS = {Unit.MINUTE: timedelta(minutes=1), Unit.HOUR: timedelta(hours=1), Unit.DAY: timedelta(days=1)}


@dataclass(frozen=True, slots=True)
class Dated:
    """One date. `deadline`: it is about the last instant. `row` None: of the whole competition."""

    planned: Planned
    row: EventRow | None
    deadline: bool
    day: date
    over: bool


def dated(site: Site, rows: tuple[EventRow, ...], now: datetime) -> tuple[Dated, ...]:
    """What is dated: finals and other stages, deadlines, ceremonies; by day. What is 待定 is not among it."""
    found = [_of(planned, None, now) for planned in _common(site, rows)]
    for row in rows:
        for planned in _of_event(row):
            found.append(_of(planned, row, now))
    known = [one for one in found if one is not None]
    return tuple(sorted(known, key=lambda one: (one.day, one.row.slug if one.row else "", one.planned.key)))


def pending(site: Site, rows: tuple[EventRow, ...]) -> tuple[tuple[Planned, EventRow | None], ...]:
    """What the notice says will be announced."""
    common = [(planned, None) for planned in _common(site, rows) if planned.pending]
    return (*common, *((row.final, row) for row in rows if row.final.pending))


def _common(site: Site, rows: tuple[EventRow, ...]) -> tuple[Planned, ...]:
    """Dates that hang on no event: ceremonies, meetings. Deadlines that each event counts anew are told with it."""
    chapters, days = site.book.chapters, Days(site.book, None)
    return tuple(Planned.of(key, term, days) for key, term in chapters.dates.items() if key not in _DEADLINES)


def _of_event(row: EventRow) -> tuple[Planned, ...]:
    stages = tuple(Planned.of(key, stage, row.days) for key, stage in row.rules.stages.items())
    return tuple(planned for planned in (row.preregistration, row.registration) if planned) + stages


def _of(planned: Planned, row: EventRow | None, now: datetime) -> Dated | None:
    deadline = planned.key in _DEADLINES
    day = planned.last_day() if deadline else planned.first_day()
    if day is None:
        return None
    return Dated(planned, row, deadline, day, planned.closes is not None and planned.closes < now)


def as_calendar(
    site: Site, rows: tuple[EventRow, ...], changes: tuple[Change, ...], now: datetime, addresses: dict[str, str]
) -> Calendar:
    """The same for subscribers. `addresses`: of each event's page, by slug. The same dates give the same bytes."""
    name = site.book.head.short_name or site.book.head.name or site.slug
    return Calendar(name, tuple(_entry(site, one, changes, addresses) for one in dated(site, rows, now)))


def _entry(site: Site, one: Dated, changes: tuple[Change, ...], addresses: dict[str, str]) -> CalendarEntry:
    slug = one.row.slug if one.row else ""
    own = [change for change in changes if change.event == slug]
    event = (one.row.rules.name or slug) if one.row else ""
    what = f"{one.planned.name}截止" if one.deadline else one.planned.name
    start = one.planned.closes if one.deadline else one.planned.first
    assert start is not None
    end = None if one.deadline or one.planned.one_day else one.planned.last
    return CalendarEntry(
        uid=f"{slug or 'all'}-{one.planned.key}@{site.slug}",
        summary=f"{event} {what}".strip(),
        start=start,
        end=end if type(end) is type(start) else None,
        changed_at=max([site.published_at, *(change.agreed_at for change in own)]),
        location=one.planned.venue or "",
        description=f"暂定：{one.planned.assumed}" if one.planned.assumed else "",
        url=addresses.get(slug, ""),
        changes=len(own),
        cancelled=one.row is not None and one.row.state is EventState.CANCELLED,
        remind=_reminders(site, one) if one.deadline else (),
    )


def _reminders(site: Site, one: Dated) -> tuple[timedelta, ...]:
    chapters = one.row.rules if one.row else site.book.chapters
    lengths: tuple[Duration, ...] = chapters.dates[one.planned.key].remind
    return tuple(_LENGTHS[length.unit] * length.number for length in lengths if length.unit in _LENGTHS)
