"""The roster: the unit's entries by event and division, filtered by state, searched by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from saiwu.competitions.queries import EventRow, events_of
from saiwu.entries.queries.handing_in import Opening, Places, openings_of, places_of
from saiwu.entries.queries.of_unit import OwnEntry, entries_of
from saiwu.rules.findings import Verdict
from saiwu.rules.procedure import EntryState
from saiwu.rules.rulebook.values import plain
from saiwu.web.desk import Desk, desk
from saiwu.web.unit.desks import UNIT, tabs_of

A_PAGE = 50
_ACT = (EntryState.RETURNED, EntryState.WAITING)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in the roster. `say`: what is to be done about it; `act`: the word on its button."""

    entry: OwnEntry
    say: str
    act: str


@dataclass(frozen=True, slots=True)
class Group:
    """A division of an event, with its places and the unit's entries."""

    row: EventRow
    division: str
    opening: Opening
    places: tuple[Places, ...]
    lines: tuple[Line, ...]


@desk(UNIT, tabs=tabs_of)
def roster(request: HttpRequest, at: Desk) -> HttpResponse:
    """All entries; `?state=` and `?q=` narrow them down."""
    entries = entries_of(at.unit.id, at.site.id)
    tally = Counter(one.state for one in entries)
    chosen = request.GET.get("state", "")
    search = request.GET.get("q", "").strip()[:60]
    found = [one for one in entries if (not chosen or one.state == chosen) and _matches(one, search)]
    page = int(text) if (text := request.GET.get("page", "1")).isascii() and text.isdigit() and len(text) < 5 else 1
    pages = max(-(-len(found) // A_PAGE), 1)
    page = min(max(page, 1), pages)
    shown = found[(page - 1) * A_PAGE : page * A_PAGE]
    rows = events_of(at.site)
    return at.page(
        "unit/roster/page.html",
        here="roster",
        tally=[(state, tally[state], state in _ACT) for state in EntryState if tally[state]],
        total=len(entries),
        chosen=chosen,
        search=search,
        groups=_groups(at, rows, shown),
        people=sum(len(one.members) for one in entries if one.live),
        live=sum(one.live for one in entries),
        found=len(found),
        pages=range(1, pages + 1) if pages > 1 else (),
        page=page,
        adding=any(not one.closed for one in openings_of(at.site, rows, at.now)),
    )


def _matches(entry: OwnEntry, search: str) -> bool:
    wanted = plain(search)
    names = (
        entry.team,
        entry.number,
        *(one.name for one in entry.members),
        *(one.name for one in entry.instructors),
    )
    return not wanted or any(wanted in plain(name) for name in names)


def _groups(at: Desk, rows: Sequence[EventRow], entries: Sequence[OwnEntry]) -> list[Group]:
    places = places_of(at.site, at.unit.id)
    found = []
    for opening in openings_of(at.site, rows, at.now):
        key = (opening.row.slug, opening.division)
        own = [one for one in entries if (one.event, one.division) == key]
        if own:
            lines = tuple(_line(one) for one in own)
            found.append(Group(opening.row, opening.division, opening, places.get(key, ()), lines))
    return found


def _line(entry: OwnEntry) -> Line:
    if entry.state is EntryState.RETURNED:
        return Line(entry, entry.told[-1].reason if entry.told else "", "去改正")
    said = []
    if entry.open and entry.without_photo:
        whose = "" if len(entry.members) == 1 else "、".join(one.name for one in entry.without_photo)
        said.append(f"缺照片{'：' + whose if whose else ''}")
    if entry.open:
        waits = [
            kept
            for kept in entry.findings
            if kept.finding.verdict is Verdict.EVIDENCE
            and not any(kept.finding.rule in one.shown_for for one in entry.members)
        ]
        said += [kept.finding.message.rstrip("。") for kept in waits]
    if entry.state is EntryState.WAITING:
        said.insert(0, "名额已满，等豁免决定")
    return Line(entry, "；".join(said), "去补交" if said and entry.open else "查看")
