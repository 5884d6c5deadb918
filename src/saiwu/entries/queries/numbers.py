"""The numbers of a whole competition, event by event: how many entered, how many lately, how many wait, against minimums."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from saiwu.competitions.models import Decision, Division
from saiwu.competitions.queries import Site
from saiwu.entries.models import Entry, Member
from saiwu.entries.queries.of_event import FINAL_LIST
from saiwu.entries.queries.public import FINALISTS, SUBSTITUTE
from saiwu.rules.forecast import LATELY
from saiwu.rules.procedure import LIVE, EntryState, Open
from saiwu.rules.rulebook.quotas import Minimum
from saiwu.rules.rulebook.stages import EntryTerm


@dataclass(frozen=True, slots=True)
class Least:
    """So many there must be, at a moment; `have` is what that minimum counts, `lately` how many of them came within the
    last seven days. `at_least` None: the rulebook sets no minimum; `measure`: 人 or 队."""

    have: int
    lately: int
    at_least: int | None
    measure: str
    moment: str
    clause: str | None

    @property
    def short(self) -> bool:
        """Whether there are fewer than there must be."""
        return self.at_least is not None and self.have < self.at_least


@dataclass(frozen=True, slots=True)
class DivisionNumbers:
    """A division: entries by state, against what must be when registration closes and when finalists are listed."""

    division: str
    by_state: Mapping[EntryState, int]
    entered: Least
    finalists: Least
    cancelled: bool

    @property
    def live(self) -> int:
        """Entries handed in and neither withdrawn nor rejected."""
        return sum(self.by_state.get(state, 0) for state in LIVE)


@dataclass(frozen=True, slots=True)
class EventNumbers:
    """An event: its divisions in their order."""

    divisions: tuple[DivisionNumbers, ...]

    def many(self, *states: EntryState) -> int:
        """Entries in these states, in divisions that are held."""
        return sum(one.by_state.get(state, 0) for one in self.divisions if not one.cancelled for state in states)


_Counts = Mapping[int, tuple[Counter[EntryState], Counter[EntryState]]]
"""Division -> all by state, and those of the last seven days by state."""


def numbers_of(site: Site, now: datetime) -> Mapping[str, EventNumbers]:
    """All events of a competition, by slug. 4 SQL statements."""
    since = now - LATELY
    entries = _counted(
        Entry.objects.filter(event__competition_id=site.id), "division_id", "state", "submitted_at", since
    )
    people = _counted(
        Member.objects.filter(entry__event__competition_id=site.id).exclude(role=SUBSTITUTE),
        "entry__division_id",
        "entry__state",
        "entry__submitted_at",
        since,
    )
    gone = set(
        Decision.objects.filter(
            event__competition_id=site.id, kind="minimum", state=Open.GRANTED, choice="取消", division__isnull=False
        ).values_list("division_id", flat=True)
    )
    found: dict[str, list[DivisionNumbers]] = defaultdict(list)
    rows = Division.objects.filter(event__competition_id=site.id).select_related("event")
    for row in rows.order_by("event__position", "position", "id"):
        rules = site.book.events[row.event.slug].divisions[row.slug]
        singles = (rules.entry or EntryTerm()).team_size.holds(1)
        within = [one for one in rules.minimums.values() if one.at_least is not None and one.within == "组别"]
        start = next((one for one in within if one.at != FINAL_LIST), None)
        final = next((one for one in within if one.at == FINAL_LIST), None)
        found[row.event.slug].append(
            DivisionNumbers(
                division=row.slug,
                by_state=entries[row.pk][0],
                entered=_least(start, row.pk, entries, people, tuple(LIVE), singles=singles),
                finalists=_least(final, row.pk, entries, people, FINALISTS, singles=singles),
                cancelled=row.pk in gone,
            )
        )
    return {slug: EventNumbers(tuple(divisions)) for slug, divisions in found.items()}


def _least(
    term: Minimum | None,
    division: int,
    entries: _Counts,
    people: _Counts,
    states: tuple[EntryState, ...],
    *,
    singles: bool,
) -> Least:
    alone = term is not None and term.counts == "人"
    every, lately = (people if alone else entries)[division]
    return Least(
        have=sum(every[state] for state in states),
        lately=sum(lately[state] for state in states),
        at_least=term.at_least if term else None,
        measure="人" if alone or singles else "队",
        moment=str(term.at or "") if term else "",
        clause=term.clause if term else None,
    )


def _counted(rows: QuerySet[Any], division: str, state: str, at: str, since: datetime) -> _Counts:
    found: dict[int, tuple[Counter[EntryState], Counter[EntryState]]] = defaultdict(lambda: (Counter(), Counter()))
    grouped = rows.values_list(division, state).annotate(
        many=Count("pk"), lately=Count("pk", filter=Q(**{f"{at}__gt": since}))
    )
    for division_id, in_state, many, lately in grouped.order_by():
        found[division_id][0][EntryState(in_state)] += many
        found[division_id][1][EntryState(in_state)] += lately
    return found
