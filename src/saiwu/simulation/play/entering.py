"""Pre-registration by people, registration by units: as planned, with what goes wrong on the way."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from saiwu.accounts.models import Visitor
from saiwu.entries.actions import attach_photo, preregister, register
from saiwu.entries.actions.preregistering import Receipt
from saiwu.entries.actions.registering import HandedIn
from saiwu.entries.statements import InstructorStatement, Statement
from saiwu.rules.procedure import EntryState
from saiwu.simulation.agenda import Story
from saiwu.simulation.facts import Entrant, statuses
from saiwu.simulation.kinds import BEYOND_QUOTA, Trouble
from saiwu.simulation.people import Person, mistyped
from saiwu.simulation.photos import portrait
from saiwu.simulation.plan import PlannedDivision, PlannedEntry
from saiwu.simulation.play.reviewing import reviewed, withdrawn
from saiwu.simulation.trouble import Attempt
from saiwu.simulation.units import SimulatedUnit
from saiwu.simulation.world import World

_LATE, _LAST = (0.84, 0.89), (0.91, 0.97)
"""Shares of the time for registration in which those hand in who clash with most, then those for whom no place is
left."""


def entered(world: World, entry: PlannedEntry) -> Story:
    """An entry from pre-registration to the end of its review."""
    division = world.plan.division(entry.event, entry.division)
    most = world.pace(entry.event).first_come
    shares = _LAST if entry.outcome in BEYOND_QUOTA else _LATE if entry.late else most
    span = _span(world, division, shares)
    if division.preregisters:
        at = yield _before(world, division, span[0])
        _preregister(world, entry, division, at)
        span = (max(span[0], at + timedelta(hours=1)), max(span[1], at + timedelta(hours=2)))
    at = yield world.clock.some_time(world.random, *span)
    handed_in = yield from _hand_in(world, entry, division, at)
    if handed_in is None:
        return
    entry.entry_id, entry.number = handed_in.entry_id, handed_in.number
    if handed_in.state == EntryState.WAITING:
        world.met(Trouble.WAITS_FOR_A_PLACE)
    if Trouble.ENTERED_BY_TWO_UNITS in entry.troubles:
        at = yield at + timedelta(days=1)
        _enter_again(world, entry, division, at)
    yield from reviewed(world, entry, division, at)


def turned_away(world: World, attempt: Attempt) -> Story:
    """Somebody who may not take part tries to: himself, and where nothing stops him there, by his unit."""
    division = attempt.division
    span = _span(world, division, _LATE)
    team_name = "迟来" if division.team > 1 else ""
    entry = PlannedEntry(
        division.event, division.slug, attempt.unit, list(attempt.entrants), list(attempt.instructors), team_name
    )
    if division.preregisters:
        at = yield _before(world, division, span[0])
        number = attempt.number if attempt.in_person else ""
        for place, entrant in enumerate(attempt.entrants):
            said = entrant.statement(number=number if place == 0 else "")
            if _claim(world, division, entry, said, _request(world), at, attempt.trouble) is None:
                return
        span = (max(span[0], at + timedelta(hours=1)), max(span[1], at + timedelta(hours=2)))
    at = yield world.clock.some_time(world.random, *span)
    if attempt.too_late:
        window = world.clock.window(world.days(division.event), "registration")
        assert window is not None  # every division that is played has one
        at = yield window[1] + timedelta(seconds=1)
    handed_in = _register(
        world, division, entry, attempt.entrants, at=at, number=attempt.number, trouble=attempt.trouble
    )
    if handed_in is not None:  # a place was given back meanwhile: nothing stands against it, so the unit takes it back
        entry.entry_id = handed_in.entry_id
        at = yield at + timedelta(hours=3)
        withdrawn(world, entry, "名额让给本单位其他选手。", at)


def _span(world: World, division: PlannedDivision, shares: tuple[float, float]) -> tuple[datetime, datetime]:
    """Part of the time for registration."""
    window = world.clock.window(world.days(division.event), "registration")
    assert window is not None  # every division that is played has one
    start, end = window
    return start + (end - start) * shares[0], start + (end - start) * shares[1]


def _before(world: World, division: PlannedDivision, latest: datetime) -> datetime:
    """A time for pre-registration, mostly before registration."""
    window = world.clock.window(world.days(division.event), "preregistration")
    assert window is not None
    start, end = window
    return world.clock.some_time(world.random, start, max(start, min(end, latest + (end - start) * 0.4)))


def _preregister(world: World, entry: PlannedEntry, division: PlannedDivision, at: datetime) -> None:
    for entrant in entry.first_stated or entry.entrants:
        request = _request(world)
        said = entrant.statement()
        if Trouble.NUMBER_MISTYPED in entry.troubles:
            wrong = entrant.statement(number=mistyped(entrant.person.number))
            _claim(world, division, entry, wrong, request, at, Trouble.NUMBER_MISTYPED)
        receipt = _claim(world, division, entry, said, request, at)
        if receipt is None:
            continue
        if Trouble.SUBMITTED_TWICE in entry.troubles:
            again = _claim(world, division, entry, said, request, at + timedelta(seconds=4))
            if again is not None and again.number == receipt.number:
                world.met(Trouble.SUBMITTED_TWICE)
        if Trouble.PREREGISTERED_TWICE in entry.troubles:
            other = _like(world, division, entry.unit)
            if other is not None:
                later = at + timedelta(minutes=10)
                _claim(world, other, entry, said, _request(world), later, Trouble.PREREGISTERED_TWICE)


def _claim(
    world: World,
    division: PlannedDivision,
    entry: PlannedEntry,
    said: Statement,
    request: str,
    at: datetime,
    trouble: Trouble | None = None,
) -> Receipt | None:
    receipt = world.attempt(
        preregister,
        trouble=trouble,
        event_id=world.event_ids[division.event],
        division=division.slug,
        statement=said,
        unit_name=entry.unit.name,
        request=request,
        by=Visitor(),
        at=at,
    )
    world.counts.preregistrations["refused" if receipt is None else "accepted"] += 1
    return receipt


def _like(world: World, division: PlannedDivision, unit: SimulatedUnit) -> PlannedDivision | None:
    """A division of another event in which the same people might compete."""
    others = [
        one
        for one in world.plan.divisions
        if one.event != division.event
        and one.rules.for_ == division.rules.for_
        and one.team == division.team
        and statuses(one.rules, unit)
    ]
    return world.random.choice(others) if others else None


def _request(world: World) -> str:
    """The key that the form carries, so that a second submit is the same."""
    return f"{world.random.getrandbits(128):032x}"


def _hand_in(
    world: World, entry: PlannedEntry, division: PlannedDivision, at: datetime
) -> Generator[datetime, datetime, HandedIn | None]:
    """Register, after what is refused first; then the photos."""
    entrants = entry.first_stated or entry.entrants
    if Trouble.NOT_SIGNED in entry.troubles:
        _register(world, division, entry, entrants, at=at, declared=False, trouble=Trouble.NOT_SIGNED)
        at = yield at + timedelta(minutes=1)
    if entry.wrong_instructors is not None:
        wrong = entry.wrong_instructors
        _register(world, division, entry, entrants, instructors=wrong, at=at, trouble=Trouble.CONTESTANT_INSTRUCTS)
        at = yield at + timedelta(minutes=2)
    handed_in = _register(world, division, entry, entrants, at=at)
    if handed_in is not None and _wants_photos(division):
        entry.entry_id = handed_in.entry_id
        at = yield at + timedelta(minutes=2)
        _attach_photos(world, entry, at)
    return handed_in


def _register(
    world: World,
    division: PlannedDivision,
    entry: PlannedEntry,
    entrants: Sequence[Entrant],
    *,
    at: datetime,
    instructors: Sequence[Person] | None = None,
    number: str = "",
    declared: bool = True,
    trouble: Trouble | None = None,
) -> HandedIn | None:
    """Hand an entry in by its unit. `number`: a mistyped one for the first of its people."""
    teachers = entry.instructors if instructors is None else instructors
    stated = [one.statement(number=number if place == 0 else "") for place, one in enumerate(entrants)]
    handed_in = world.attempt(
        register,
        trouble=trouble,
        event_id=world.event_ids[division.event],
        division=division.slug,
        unit_id=entry.unit.unit_id,
        members=stated,
        instructors=[InstructorStatement(one.name, one.number) for one in teachers],
        team_name=entry.team_name,
        declared=declared,
        by=world.unit_accounts[entry.unit.account_id],
        at=at,
    )
    world.judged(None if handed_in is None else handed_in.findings)
    return handed_in


def _enter_again(world: World, entry: PlannedEntry, division: PlannedDivision, at: datetime) -> None:
    """Another unit enters people who are entered already."""
    others = [unit for unit in world.plan.units if unit.kind == entry.unit.kind and unit is not entry.unit]
    if others:
        other = replace(entry, unit=world.random.choice(others), troubles=set())
        _register(world, division, other, entry.entrants, at=at, trouble=Trouble.ENTERED_BY_TWO_UNITS)


def _wants_photos(division: PlannedDivision) -> bool:
    return division.rules.registration is not None and "照片" in division.rules.registration.documents


def _attach_photos(world: World, entry: PlannedEntry, at: datetime) -> None:
    unit = world.unit_accounts[entry.unit.account_id]
    for position, entrant in enumerate(entry.entrants, start=1):
        image = portrait(entrant.person)
        world.done(attach_photo, entry_id=entry.entry_id, position=position, image=image, by=unit, at=at)
