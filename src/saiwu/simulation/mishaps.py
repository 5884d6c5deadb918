"""Where things go wrong: troubles laid over a filled plan, and people who are turned away.

At least one of each kind that the rulebook knows, and more as the competition grows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from random import Random

from saiwu.rules.rulebook.eligibility import NotInstructorTerm
from saiwu.simulation import trouble
from saiwu.simulation.facts import Entrant, invent_facts, statuses
from saiwu.simulation.filling import Filling
from saiwu.simulation.kinds import Outcome, Trouble
from saiwu.simulation.names import Names
from saiwu.simulation.people import People, mistyped
from saiwu.simulation.plan import BY_PERSON, Plan, PlannedDivision, PlannedEntry
from saiwu.simulation.trouble import Attempt
from saiwu.simulation.units import SCHOOL, SimulatedUnit

_ONE_IN = 45
"""Of so many entries one meets a given trouble on its way in."""
_ON_THE_WAY = (
    Trouble.SUBMITTED_TWICE,
    Trouble.PREREGISTERED_TWICE,
    Trouble.ENTERED_BY_TWO_UNITS,
    Trouble.NUMBER_MISTYPED,
    Trouble.NOT_SIGNED,
)


class Mishaps:
    """Lays troubles over a plan whose entries are made."""

    def __init__(self, random: Random, people: People, names: Names, plan: Plan, filling: Filling) -> None:
        """`filling` has filled the plan."""
        self._random = random
        self._people = people
        self._names = names
        self._plan = plan
        self._filling = filling

    def lay(self) -> list[Attempt]:
        """Change the plan in place; returns the attempts of people who are turned away."""
        self._on_the_way()
        self._units_withdraw()
        self._unprintable()
        return [*self._turned_away(), *self._instructors()]

    def _on_the_way(self) -> None:
        entries = [entry for entry in self._plan.entries() if not entry.late]
        for kind in _ON_THE_WAY:
            for entry in self._random.sample(entries, max(1, len(entries) // _ONE_IN)):
                entry.troubles.add(kind)

    def _units_withdraw(self) -> None:
        """One unit takes back all its entries before the lists; some entries more are taken back after their list."""
        own: dict[str, list[PlannedEntry]] = {}
        for entry in self._plan.entries():
            own.setdefault(entry.unit.name, []).append(entry)
        whole = [entries for entries in own.values() if len(entries) > 1 and not any(one.late for one in entries)]
        for entry in min(whole, key=len, default=[]):
            entry.outcome = Outcome.WITHDRAWN
            entry.troubles.add(Trouble.UNIT_WITHDRAWN)
        staying = [
            entry
            for division in self._plan.divisions
            if not division.small
            for entry in division.entries
            if entry.outcome is Outcome.ACCEPTED
        ]
        for entry in self._random.sample(staying, min(len(staying), max(1, len(staying) // 120))):
            entry.outcome = Outcome.WITHDRAWN_LATE

    def _unprintable(self) -> None:
        """One contestant bears a name that the fonts lack."""
        staying = [entry for entry in self._plan.entries() if entry.outcome is Outcome.ACCEPTED]
        if not staying:
            return
        entry = self._random.choice(staying)
        first = entry.entrants[0]
        entry.entrants[0] = replace(first, person=replace(first.person, name=self._names.beyond_fonts()))
        entry.troubles.add(Trouble.NAME_UNPRINTABLE)

    def _turned_away(self) -> Iterator[Attempt]:
        divisions = [one for one in self._plan.divisions if one.entries]
        times = max(1, len(divisions) // 5)
        for kind in (
            Trouble.OVER_AGE,
            Trouble.UNDER_AGE,
            Trouble.OUTSIDE_REGION,
            Trouble.WRONG_DIVISION,
            Trouble.NUMBER_MISTYPED,
            Trouble.TOO_LATE,
            Trouble.TEAM_TOO_SMALL,
        ):
            self._random.shuffle(divisions)
            made = (self._attempt(kind, division, at % 2 == 0) for at, division in enumerate(divisions))
            yield from islice((one for one in made if one is not None), times)
        full = (self._quota_full(division) for division in divisions)
        yield from islice((one for one in full if one is not None), times)

    def _quota_full(self, division: PlannedDivision) -> Attempt | None:
        entry = self._filling.over_strict(division)
        if entry is None:
            return None
        return Attempt(Trouble.QUOTA_FULL, division, entry.unit, tuple(entry.entrants), tuple(entry.instructors))

    def _attempt(self, kind: Trouble, division: PlannedDivision, in_person: bool) -> Attempt | None:
        unit = self._unit_for(division)
        if unit is None or (kind is Trouble.TEAM_TOO_SMALL and division.team == 1):
            return None
        status = statuses(division.rules, unit)[0]
        entrants = self._filling.entrants(division, unit, status)
        teachers = tuple(self._filling.instructors(division, unit, status))
        first: Entrant | None = entrants[0]
        assert first is not None
        number = ""
        match kind:
            case Trouble.OVER_AGE:
                first = trouble.over_age(first, division, self._people)
            case Trouble.UNDER_AGE:
                first = trouble.under_age(first, division, self._people)
            case Trouble.OUTSIDE_REGION:
                first = (
                    trouble.outside(first) if "place" in {r.rule for r in division.rules.eligibility.values()} else None
                )
            case Trouble.WRONG_DIVISION:
                others = [trouble.of_another_division(one, division) for one in entrants]
                entrants = [one for one in others if one is not None]
                first = entrants[0] if entrants else None
            case Trouble.NUMBER_MISTYPED:
                number = mistyped(first.person.number)
            case Trouble.TEAM_TOO_SMALL:
                return Attempt(kind, division, unit, (first,), teachers)
        if first is None:
            return None
        asked = division.rules.registration
        in_person = in_person and asked is not None and asked.preregistration in BY_PERSON
        late = kind is Trouble.TOO_LATE
        return Attempt(kind, division, unit, (first, *entrants[1:]), teachers, in_person, number, late)

    def _unit_for(self, division: PlannedDivision) -> SimulatedUnit | None:
        fitting = [unit for unit in self._plan.units if statuses(division.rules, unit)]
        return self._random.choice(fitting) if fitting else None

    def _instructors(self) -> Iterator[Attempt]:
        """Within an event with students and teachers: who instructs would compete, and who competes would instruct."""
        for event in dict.fromkeys(division.event for division in self._plan.divisions):
            own = [division for division in self._plan.divisions if division.event == event]
            taught = next((one for one in own if one.rules.for_.get("status") == ("学生",)), None)
            others = [one for one in own if one is not taught and self._bound(one)]
            if taught is None or not others:
                continue
            yield from self._competes(taught, [one for one in others if "教师" in one.rules.for_.get("status", ())])
            self._instructs(taught, others[0])

    def _bound(self, division: PlannedDivision) -> bool:
        return any(isinstance(term, NotInstructorTerm) for term in division.rules.eligibility.values())

    def _competes(self, taught: PlannedDivision, others: list[PlannedDivision]) -> Iterator[Attempt]:
        """An instructor of a student who has been entered would compete himself."""
        entry = next((one for one in taught.entries if one.instructors and one.outcome is Outcome.ACCEPTED), None)
        if entry is None or not others or entry.unit.kind != SCHOOL:
            return
        division, person = others[0], entry.instructors[0]
        stated = invent_facts(division.rules, division.facts, "教师", entry.unit, self._random, person)
        team = self._filling.entrants(division, entry.unit, "教师")
        me = Entrant(person, stated, team[0].role)
        teachers = self._filling.instructors(division, entry.unit, "教师")
        if person in teachers:
            return
        yield Attempt(Trouble.INSTRUCTOR_COMPETES, division, entry.unit, (me, *team[1:]), tuple(teachers))

    def _instructs(self, taught: PlannedDivision, other: PlannedDivision) -> None:
        """A contestant who has been entered is named as a student's instructor; then another is named."""
        teacher = next((one for one in other.entries if one.outcome is Outcome.ACCEPTED and not one.late), None)
        pupils = [one for one in taught.entries if one.instructors and one.outcome is Outcome.ACCEPTED and not one.late]
        if teacher is None or len(pupils) < 2:
            return
        pupils[-1].wrong_instructors = [teacher.entrants[0].person, *pupils[-1].instructors[1:]]
