"""The whole demonstration: three competitions on one agenda, each begun on the day on which its notice was issued."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from saiwu.entries.models import Entry
from saiwu.rules.procedure import EntryState
from saiwu.rules.rulebook import Rulebook
from saiwu.rules.rulebook.days import Days
from saiwu.simulation.agenda import Agenda, Story
from saiwu.simulation.clock import Clock
from saiwu.simulation.competition import begin, begin_entering, invented
from saiwu.simulation.demonstration import left_open
from saiwu.simulation.demonstration.morning import Morning, arriving, morning_of, paces
from saiwu.simulation.demonstration.moved import by_days, by_years, moved
from saiwu.simulation.names import Names
from saiwu.simulation.play.changing import changed
from saiwu.simulation.supplement import supplemented
from saiwu.simulation.world import World

_AFTER = timedelta(days=30)
"""So long after its last day a competition has had its bulletin."""
_BEFORE_ARRIVAL = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What was played: the competition that is shown in the middle of its work, one that is over, one whose final is
    held that morning; and the morning."""

    shown: World
    over: World
    today: World
    morning: Morning


def play(
    book: Rulebook, over: Rulebook, today: Rulebook, seed: str, *, scale: Fraction, say: Callable[[str], None]
) -> Demonstration:
    """Play `book` up to the morning after its busiest day of finals, `over` to its bulletin before that, and `today` up
    to its final that morning; both are moved in time for it (`over` by whole years). `over` is half the size, since one
    looks at it alone; `today` is small, and keeps its size. The chance of `privacy` is the caller's.
    """
    book = supplemented(book).book
    morning = morning_of(Clock(book))
    over = supplemented(moved(over, by_years(_years_back(over, morning.at)))).book
    today = supplemented(moved(today, by_days((morning.at.date() - _first_final(today)).days))).book
    agenda = Agenda(min(_issued(one) for one in (book, over, today)))
    names: Names | None = None
    worlds: list[tuple[World, Names]] = []
    for one, size in ((book, scale), (over, scale / 2), (today, max(scale, Fraction(1)))):
        say(f"《{one.head.name or one.id}》")
        world, names = invented(one, seed, scale=size, say=say, beside=names, agenda=agenda)
        world.logins = f"{one.id.partition('-')[0]}-" if worlds else ""
        worlds.append((world, names))
    shown, ended, running = (world for world, _ in worlds)
    shown.paces = paces(morning)
    agenda.add(_begun(*worlds[0], lambda: left_open.changes(shown, morning)))
    agenda.add(_begun(*worlds[1], lambda: changed(ended)))
    agenda.add(_begun(*worlds[2], list))
    agenda.add(left_open.evening(shown, morning))
    agenda.add(_arriving(running, morning))
    agenda.run(until=morning.at)
    return Demonstration(shown, ended, running, morning)


def _issued(book: Rulebook) -> datetime:
    clock = Clock(book)
    return clock.at(clock.issued, 9)


def _first_final(book: Rulebook) -> date:
    clock = Clock(book)
    return min(day for slug in book.events if (day := clock.final_day(Days(book, slug))) is not None)


def _years_back(book: Rulebook, morning: datetime) -> int:
    """By how many years a notice is moved, so that its last day lies well before the morning."""
    clock = Clock(book)
    finals = [day for slug in book.events if (day := clock.last_day(Days(book, slug))) is not None]
    last = max([*finals, *([book.head.to] if book.head.to else [])])
    return morning.year - last.year - (0 if by_years(morning.year - last.year)(last) < morning.date() - _AFTER else 1)


def _begun(world: World, names: Names, changes: Callable[[], list[Story]]) -> Story:
    """The competition begins on the day of its issue."""
    yield world.clock.at(world.clock.issued, 9)
    begin(world, names)
    for story in changes():
        world.agenda.add(story)
    begin_entering(world)


def _arriving(world: World, morning: Morning) -> Story:
    """Once the finalists are known, the pace at which they arrive on the morning."""
    yield morning.at - _BEFORE_ARRIVAL
    for slug in world.book.events:
        finalists = Entry.objects.filter(event_id=world.event_ids[slug], state=EntryState.FINALIST).count()
        world.paces = {**world.paces, slug: arriving(finalists)}
