"""Which morning is shown, and at what pace each event comes to it, so that it stands in the middle of its work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from saiwu.rules.rulebook.days import Days
from saiwu.simulation.clock import Clock
from saiwu.simulation.pace import Pace

_HOUR, _MINUTE = 8, 30
_UNSEEN = 3
_OF_LATE, _STILL = (0.55, 0.985), (0.75, 1.0)
"""Between these shares of the time for registration most hand in, where it ended of late, and where it goes on."""


class Standing(Enum):
    """Where an event stands that morning, by its notice's dates."""

    OVER = "over"
    MARKING = "marking"
    REVIEWING = "reviewing"
    REGISTERING = "registering"


@dataclass(frozen=True, slots=True)
class Morning:
    """The morning that a competition is shown on, and its events by their standing, each in the order of finals."""

    at: datetime
    events: Mapping[Standing, tuple[str, ...]]


def morning_of(clock: Clock) -> Morning:
    """The morning after the day on which most finals are held, the first of such days."""
    book = clock.book
    finals = {slug: day for slug in book.events if (day := clock.last_day(Days(book, slug))) is not None}
    counted = Counter(finals.values())
    busiest = min(counted, key=lambda day: (-counted[day], day))
    at = clock.at(busiest + timedelta(days=1), _HOUR, _MINUTE)
    found: dict[Standing, list[str]] = {one: [] for one in Standing}
    for slug in sorted(finals, key=lambda slug: (finals[slug], slug)):
        found[_standing(clock, slug, finals[slug], busiest, at)].append(slug)
    return Morning(at, {one: tuple(slugs) for one, slugs in found.items()})


def _standing(clock: Clock, slug: str, final: date, busiest: date, at: datetime) -> Standing:
    if final < busiest:
        return Standing.OVER
    if final == busiest:
        return Standing.MARKING
    window = clock.window(Days(clock.book, slug), "registration")
    return Standing.REVIEWING if window is not None and window[1] < at else Standing.REGISTERING


def paces(morning: Morning) -> dict[str, Pace]:
    """The pace of each event. The last that is over waits for its results to be confirmed."""
    found: dict[str, Pace] = {}
    for slug in morning.events[Standing.OVER][-1:]:
        found[slug] = Pace(confirmed_days=7)
    for slug in morning.events[Standing.MARKING]:
        found[slug] = Pace(marked_in_two=True)
    for slug in morning.events[Standing.REVIEWING]:
        found[slug] = Pace(first_come=_OF_LATE, review_hours=96, settle_hours=96, unseen_of=_UNSEEN, decided_days=7)
    for slug in morning.events[Standing.REGISTERING]:
        found[slug] = Pace(first_come=_STILL, review_hours=72, settle_hours=96)
    return found


def arriving(finalists: int) -> Pace:
    """The pace of an event on the morning of its final: most have checked in by then, a few have not."""
    began, shown = timedelta(hours=7, minutes=30), timedelta(hours=_HOUR, minutes=_MINUTE)
    return Pace(arrival_s=int((shown - began).total_seconds() * 5 // (4 * max(1, finalists))))
