"""The unit's home: what is to be done, places and progress, dates, whom to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse

from saiwu.competitions.queries import EventRow, events_of, sites
from saiwu.entries.queries.handing_in import Places, places_of
from saiwu.entries.queries.of_unit import OwnEntry, entries_of, preregistered
from saiwu.rules.procedure import EntryState, Open
from saiwu.rules.rulebook.head import Contact
from saiwu.web.desk import Desk, desk
from saiwu.web.unit.desks import UNIT, tabs_of
from saiwu.web.unit.home.todos import todos_of

_NEWS = 5


@desk(UNIT)
def competitions(request: HttpRequest, at: Desk) -> HttpResponse:
    """Which competition; with one, straight on."""
    found = sites()
    if len(found) == 1:
        return at.redirect("unit-home", at.unit.id, found[0].slug)
    return at.page("unit/home/competitions.html", competitions=found)


@dataclass(frozen=True, slots=True)
class Progress:
    """A division with the unit's places and how far its entries are."""

    row: EventRow
    division: str
    places: tuple[Places, ...]
    states: tuple[tuple[EntryState, int], ...]


@dataclass(frozen=True, slots=True)
class News:
    """What the host or the office decided of an entry."""

    at: date
    entry: OwnEntry
    said: str
    reason: str


@desk(UNIT, tabs=tabs_of)
def home(request: HttpRequest, at: Desk) -> HttpResponse:
    """What is to be done next and by when."""
    rows = events_of(at.site)
    entries = entries_of(at.unit.id, at.site.id)
    waiting = preregistered(at.unit.id, at.site.id)
    live = [one for one in entries if one.live]
    return at.page(
        "unit/home/page.html",
        here="home",
        todos=todos_of(at, rows, live, waiting),
        progress=_progress(at, rows, live),
        clauses=_clauses(at),
        news=_news(entries),
        dates=_dates(at, rows, live),
        contacts=_contacts(at, rows, live),
        entered=len(live),
        people=sum(len(one.members) for one in live),
        adding=any(row.state == "registering" for row in rows),
    )


def _progress(at: Desk, rows: Sequence[EventRow], live: Sequence[OwnEntry]) -> list[Progress]:
    """Divisions that are open, and those in which the unit has entries."""
    held = places_of(at.site, at.unit.id)
    found = []
    for row in rows:
        for division in row.rules.divisions:
            own = [one.state for one in live if (one.event, one.division) == (row.slug, division)]
            if own or (row.state == "registering" and division not in row.cancelled):
                states = tuple(Counter(own).items())
                found.append(Progress(row, division, held.get((row.slug, division), ()), states))
    return found


def _clauses(at: Desk) -> list[str]:
    """The clauses that set the places, each once."""
    keys = [
        quota.clause
        for event in at.site.book.events.values()
        for division in event.divisions.values()
        for quota in division.quotas.values()
        if quota.per == "参赛单位" and quota.clause
    ]
    return list(dict.fromkeys(keys))


def _news(entries: Sequence[OwnEntry]) -> list[News]:
    found = []
    for entry in entries:
        for told in entry.told:
            word = {"accepted": "审核通过", "returned": "退回修改", "rejected": "不予受理"}.get(
                told.outcome, told.outcome
            )
            found.append(News(told.at, entry, word, told.reason))
        for waiver in entry.waivers:
            if waiver.settled_at is not None:
                said = "豁免已同意" if waiver.state is Open.GRANTED else "豁免未同意"
                found.append(News(waiver.settled_at, entry, said, waiver.reason))
    return sorted(found, key=lambda one: one.at, reverse=True)[:_NEWS]


@dataclass(frozen=True, slots=True)
class Dated:
    """A line of the calendar: an event's registration end or final."""

    on: date
    title: str
    what: str
    assumed: str | None
    mark: str


def _dates(at: Desk, rows: Sequence[EventRow], live: Sequence[OwnEntry]) -> list[Dated]:
    """Of the events in which the unit has entries (of all, where it has none): registration ends, finals."""
    own = {one.event for one in live}
    today = at.now.astimezone(at.site.book.zone).date()
    found = []
    for row in rows:
        if own and row.slug not in own:
            continue
        name = row.rules.name or row.slug
        for planned, what in ((row.registration, "报名截止"), (row.final, "决赛")):
            on = None if planned is None else (planned.last_day() if what == "报名截止" else planned.first_day())
            if planned is not None and on is not None:
                found.append(Dated(on, name, what, planned.assumed, "is-done" if on < today else ""))
    found.sort(key=lambda one: (one.on, one.title))
    first = next((place for place, one in enumerate(found) if not one.mark), None)
    if first is not None:
        ahead = found[first]
        found[first] = Dated(ahead.on, ahead.title, ahead.what, ahead.assumed, "is-now")
    return found[max((first or 0) - 1, 0) :][:8]


def _contacts(at: Desk, rows: Sequence[EventRow], live: Sequence[OwnEntry]) -> list[tuple[EventRow, Contact]]:
    """Of events that name a contact of their own; the office stands in the foot."""
    own = {one.event for one in live}
    general = at.site.book.chapters.contact
    return [
        (row, row.rules.contact)
        for row in rows
        if row.slug in own and row.rules.contact is not None and row.rules.contact != general
    ]
