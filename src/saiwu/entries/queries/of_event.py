"""What the people of one event may read of its entries: lists a page at a time, and how many there are.

Who asks has made sure that the viewer sits over the event. No ID number, telephone or birth stands in a list.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from saiwu.competitions.decisions import cancelled_divisions
from saiwu.competitions.models import Division, Event
from saiwu.competitions.queries.events import LISTED
from saiwu.competitions.rulebooks import rules_of
from saiwu.entries.models import Entry, Member
from saiwu.entries.queries.public import FINALISTS, SUBSTITUTE
from saiwu.entries.verdicts import from_json
from saiwu.rules.findings import Verdict, worst
from saiwu.rules.procedure import LIVE, EntryState, Open
from saiwu.rules.rulebook.stages import EntryTerm

FINAL_LIST = "决赛名单"
"""The moment at which finalists are counted."""

COUNT = 50
"""Rows of a page."""


class Order(StrEnum):
    """By what a list is sorted."""

    TIME = "time"
    UNIT = "unit"
    NAME = "name"


_ORDERS: Mapping[Order, tuple[str, ...]] = {
    Order.TIME: ("submitted_at", "id"),
    Order.UNIT: ("unit__name", "submitted_at", "id"),
    Order.NAME: ("team_name", "first_name", "id"),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries of an event. Empty: all. `search`: part of a name, a team, a unit, or a whole number."""

    states: frozenset[EntryState] = frozenset()
    division: str = ""
    verdict: Verdict | None = None
    search: str = ""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry in a list. `verdict`: the worst of its findings; `waived`: every finding that needs a waiver has one."""

    id: int
    number: str
    state: EntryState
    division: str
    unit: str
    team: str
    names: tuple[str, ...]
    verdict: Verdict
    waived: bool
    asked: bool
    submitted_at: datetime

    @property
    def shown(self) -> str:
        """The team, or whoever competes alone."""
        return self.team or "、".join(self.names) or self.number


def filtered(event_id: int, only: Filter) -> QuerySet[Entry]:
    """The entries of an event that a filter leaves, unordered."""
    rows = Entry.objects.filter(event_id=event_id)
    if len(only.states) == 1:  # an equality, so that the index is read in the order of the list
        rows = rows.filter(state=next(iter(only.states)))
    elif only.states:
        rows = rows.filter(state__in=sorted(only.states))
    if only.division:
        rows = rows.filter(division__slug=only.division)
    if only.verdict is not None:
        rows = _of_verdict(rows, only.verdict)
    if only.search:
        text = only.search.strip()
        people = Member.objects.filter(entry=OuterRef("pk"), person__name__icontains=text)
        rows = rows.filter(
            Q(number__iexact=text) | Q(team_name__icontains=text) | Q(unit__name__icontains=text) | Exists(people)
        )
    return rows


def count_of(event_id: int, only: Filter) -> int:
    """How many there are. 1 SQL statement."""
    return filtered(event_id, only).count()


def rows_of(event_id: int, only: Filter, *, order: Order = Order.TIME, start: int = 0) -> tuple[EntryRow, ...]:
    """A page of entries. 4 SQL statements, however many rows."""
    rows = filtered(event_id, only)
    if order is Order.NAME:
        first = Member.objects.filter(entry=OuterRef("pk")).order_by("position").values("person__name")[:1]
        rows = rows.annotate(first_name=first)
    rows = rows.select_related("division", "unit").prefetch_related("members__person", "waivers")
    return tuple(_row(entry) for entry in rows.order_by(*_ORDERS[order])[start : start + COUNT])


def _of_verdict(rows: QuerySet[Entry], verdict: Verdict) -> QuerySet[Entry]:
    """Those whose worst finding is of that verdict. Findings are kept as JSON, so their text is looked into."""
    rows = rows.annotate(said=Cast("findings", TextField()))
    for worse in Verdict:
        if worse.severity > verdict.severity:
            rows = rows.exclude(said__contains=f'"verdict": "{worse.value}"')
    return rows if verdict is Verdict.OK else rows.filter(said__contains=f'"verdict": "{verdict.value}"')


def _row(entry: Entry) -> EntryRow:
    findings = from_json(entry.findings)
    granted = {waiver.rule for waiver in entry.waivers.all() if waiver.state == Open.GRANTED}
    needed = {one.rule for one in findings if one.verdict is Verdict.WAIVER}
    return EntryRow(
        id=entry.pk,
        number=entry.number,
        state=EntryState(entry.state),
        division=entry.division.slug,
        unit=entry.unit.name,
        team=entry.team_name,
        names=named(entry.members.all()),
        verdict=worst(findings),
        waived=bool(needed) and needed <= granted,
        asked=any(waiver.state == Open.ASKED for waiver in entry.waivers.all()),
        submitted_at=entry.submitted_at,
    )


def named(members: Iterable[Member]) -> tuple[str, ...]:
    """Names of those who compete, in their order; erased ones left out. No SQL statement where all is prefetched."""
    ordered = sorted(members, key=lambda one: one.position)
    return tuple(one.person.name for one in ordered if one.role != SUBSTITUTE and one.person.name)


def states_of(event_id: int) -> Mapping[EntryState, int]:
    """How many entries of an event are in each state. 1 SQL statement."""
    counted = Entry.objects.filter(event_id=event_id).values_list("state").annotate(many=Count("pk")).order_by()
    return {EntryState(state): many for state, many in counted}


@dataclass(frozen=True, slots=True)
class Standing:
    """A division in numbers: entries by state, and the minimum that is counted next (None: there is none).

    `have` is what that minimum counts, in `measure` (人 or 队); `moment`: when it is counted.
    """

    division: str
    by_state: Mapping[EntryState, int]
    live: int
    have: int
    minimum: int | None
    measure: str
    moment: str
    clause: str | None
    cancelled: bool

    @property
    def short(self) -> bool:
        """Whether there are fewer than the minimum wants."""
        return self.minimum is not None and self.have < self.minimum


def standing(event_id: int) -> tuple[Standing, ...]:
    """The divisions of an event in their order. 5 SQL statements."""
    event = Event.objects.select_related("competition").get(pk=event_id)
    gone = cancelled_divisions(event)
    counted = _counted(event_id)
    listed = event.state in LISTED
    found = []
    for row in Division.objects.filter(event=event).order_by("position", "id"):
        row.event = event
        rules = rules_of(row)
        within = [one for one in rules.minimums.values() if one.at_least is not None and one.within == "组别"]
        wanted = next((one for one in within if (one.at == FINAL_LIST) == listed), None)
        entries, people = counted[row.pk]
        alone = wanted is not None and wanted.counts == "人"
        states = FINALISTS if listed else tuple(LIVE)
        singles = (rules.entry or EntryTerm()).team_size.holds(1)
        found.append(
            Standing(
                division=row.slug,
                by_state=entries,
                live=sum(entries[state] for state in LIVE),
                have=sum((people if alone else entries)[state] for state in states),
                minimum=wanted.at_least if wanted else None,
                measure="人" if alone or singles else "队",
                moment=str(wanted.at or "") if wanted else "",
                clause=wanted.clause if wanted else None,
                cancelled=row.pk in gone,
            )
        )
    return tuple(found)


def _counted(event_id: int) -> Mapping[int, tuple[Counter[EntryState], Counter[EntryState]]]:
    """Entries, and those who compete in them, by division and state. 2 SQL statements."""
    found: dict[int, tuple[Counter[EntryState], Counter[EntryState]]] = defaultdict(lambda: (Counter(), Counter()))
    entries = Entry.objects.filter(event_id=event_id).values_list("division_id", "state")
    for division, state, many in entries.annotate(many=Count("pk")).order_by():
        found[division][0][EntryState(state)] += many
    people = Member.objects.filter(entry__event_id=event_id).exclude(role=SUBSTITUTE)
    by_state = people.values_list("entry__division_id", "entry__state")
    for division, state, many in by_state.annotate(many=Count("pk")).order_by():
        found[division][1][EntryState(state)] += many
    return found
