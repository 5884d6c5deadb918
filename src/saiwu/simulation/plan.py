"""Who enters where, and what becomes of him: worked out from the rulebook before the first verb is called.

Sizes come from the minimums and quotas: most divisions reach the minimum of entries, a few fall short, one by far.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from random import Random

from saiwu.rules.eligibility import EventFacts
from saiwu.rules.rulebook import Rulebook
from saiwu.rules.rulebook.book import Division
from saiwu.rules.rulebook.days import Days, resolved
from saiwu.rules.rulebook.stages import FINAL, EntryTerm
from saiwu.simulation.facts import Entrant
from saiwu.simulation.kinds import BEYOND_QUOTA, Outcome, Trouble
from saiwu.simulation.people import Person
from saiwu.simulation.units import SimulatedUnit

_CLOSING, _FINAL_LIST = "报名截止", "决赛名单"
_USUAL_START, _USUAL_FINAL = 14, 11
"""Entries of a division whose rulebook asks for no number, or for fewer."""
_PER_UNIT = 3
"""Entries of one unit in a division where no quota limits them."""
_START_SHARES = (Fraction(27, 25), Fraction(53, 50), Fraction(27, 25), Fraction(22, 25), Fraction(53, 50))
_FINAL_SHARES = (Fraction(6, 5), Fraction(21, 20), Fraction(13, 10), Fraction(17, 15), Fraction(5, 4), Fraction(31, 30))
_FAR_BELOW = Fraction(13, 25)
BY_PERSON = ("必须", "可选")
"""Kinds of pre-registration that people do themselves."""


@dataclass(slots=True)
class PlannedEntry:
    """An entry as planned, and what the verbs made of it (`entry_id`, `number`, once it is handed in)."""

    event: str
    division: str
    unit: SimulatedUnit
    entrants: list[Entrant]
    instructors: list[Person]
    team_name: str = ""
    outcome: Outcome = Outcome.ACCEPTED
    first_stated: list[Entrant] | None = None
    wrong_instructors: list[Person] | None = None
    troubles: set[Trouble] = field(default_factory=set)
    entry_id: int = 0
    number: str = ""

    @property
    def late(self) -> bool:
        """Whether it is handed in only after others have taken what it wants."""
        return self.outcome in BEYOND_QUOTA or self.wrong_instructors is not None


@dataclass(slots=True)
class PlannedDivision:
    """A division: its rules with their days worked out, how many enter and how many of them reach the final."""

    event: str
    slug: str
    rules: Division
    facts: EventFacts
    final_on: date
    start: int
    finalists: int
    small: bool
    entries: list[PlannedEntry] = field(default_factory=list)

    @property
    def term(self) -> EntryTerm:
        """What competes here."""
        return self.rules.entry or EntryTerm()

    @property
    def team(self) -> int:
        """Contestants of an entry, substitutes apart."""
        return self.term.team_size.low or 1

    @property
    def preregisters(self) -> bool:
        """Whether people pre-register themselves."""
        asked = self.rules.registration
        return asked is not None and asked.preregistration in BY_PERSON and "preregistration" in self.rules.dates


@dataclass(slots=True)
class Plan:
    """Everything that is invented before the first verb."""

    divisions: list[PlannedDivision] = field(default_factory=list)
    units: list[SimulatedUnit] = field(default_factory=list)

    def entries(self) -> Iterator[PlannedEntry]:
        """All planned entries, division by division."""
        for division in self.divisions:
            yield from division.entries

    def division(self, event: str, slug: str) -> PlannedDivision:
        """The division of these ids."""
        return next(one for one in self.divisions if (one.event, one.slug) == (event, slug))


def divisions(book: Rulebook, scale: Fraction, random: Random) -> list[PlannedDivision]:
    """All divisions with their sizes. One of them, of an event with several where there is one, stays far below."""
    pairs = [(event, slug) for event, rules in book.events.items() for slug in rules.divisions]
    several = [pair for pair in pairs if len(book.events[pair[0]].divisions) > 1]
    small = random.choice(several) if len(several) > 1 else None
    made = []
    for at, (event, slug) in enumerate(pairs):
        rules = resolved(book, event, slug)
        assert isinstance(rules, Division)
        days = Days(book, event, slug)
        final_on = days.day(rules.stages[FINAL])
        assert final_on is not None  # without a day of the final there is no playing (`supplemented`)
        facts = EventFacts.of(
            book, book.events[event], rules, event_id=event, division_id=slug, registering_on=_registering(days)
        )
        start, finalists = _sizes(rules, at, scale, far_below=(event, slug) == small)
        made.append(
            PlannedDivision(event, slug, rules, facts, final_on, start, finalists, small=(event, slug) == small)
        )
    return made


def _registering(days: Days) -> date | None:
    term = days.chapters.dates.get("registration")
    return None if term is None else days.day(term.to or term.on)


def _sizes(rules: Division, at: int, scale: Fraction, *, far_below: bool) -> tuple[int, int]:
    asked = {term.at: term.at_least or 0 for term in rules.minimums.values() if term.counts != "人"}
    least_start, least_final = asked.get(_CLOSING, 0), asked.get(_FINAL_LIST, 0)
    if far_below and least_start:
        start = max(2, int(least_start * _FAR_BELOW * scale))
        return start, max(1, start * 3 // 4)
    start = max(int(least_start * _START_SHARES[at % len(_START_SHARES)]), _USUAL_START)
    finalists = max(int(least_final * _FINAL_SHARES[at % len(_FINAL_SHARES)]), _USUAL_FINAL)
    start, finalists = max(5, int(start * scale)), max(4, int(finalists * scale))
    return max(start, finalists + 1), finalists


def units_needed(planned: list[PlannedDivision]) -> tuple[int, int]:
    """How many schools and companies there must be, so that no quota is full too early."""
    schools = companies = 2
    for one in planned:
        needed = -(-one.start // _limit(one.rules)) + 2
        statuses = one.rules.for_.get("status", ("学生", "在职"))
        if "学生" in statuses and "在职" in statuses:
            schools, companies = max(schools, needed // 2 + 1), max(companies, needed // 2 + 1)
        elif "在职" in statuses:
            companies = max(companies, needed)
        else:
            schools = max(schools, needed)
    return schools, companies


def _limit(rules: Division) -> int:
    """How many entries of a unit a division takes at most."""
    limits = [
        quota.at_most
        for quota in rules.quotas.values()
        if quota.per == "参赛单位" and quota.counts == "队" and quota.at_most and not quota.named
    ]
    return min([*limits, _PER_UNIT])
