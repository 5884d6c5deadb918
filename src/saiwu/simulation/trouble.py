"""What goes wrong on purpose: people who may not take part, and facts that are missing.

Each function changes what somebody states, and gives None where the division's rules would not mind.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from saiwu.rules.findings import Verdict, worst
from saiwu.rules.rulebook.eligibility import SkillTerm
from saiwu.simulation import facts as stating
from saiwu.simulation.facts import Entrant
from saiwu.simulation.kinds import Trouble
from saiwu.simulation.people import People, Person
from saiwu.simulation.plan import PlannedDivision
from saiwu.simulation.units import SimulatedUnit


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody who is turned away: of which kind, what is handed in, and whether by himself or by his unit."""

    trouble: Trouble
    division: PlannedDivision
    unit: SimulatedUnit
    entrants: tuple[Entrant, ...]
    instructors: tuple[Person, ...] = ()
    in_person: bool = False
    number: str = ""
    too_late: bool = False


def lacking_skill(entrant: Entrant, term: SkillTerm, random: Random) -> Entrant:
    """Without the level, and with too few years."""
    years = None if term.years is None else str(random.randrange(1, max(2, term.years)))
    return entrant.but(level="无", level_in=None, years_in=None, years=years)


def lacking_evidence(
    entrant: Entrant, unit: SimulatedUnit, division: PlannedDivision, random: Random
) -> Entrant | None:
    """Without one fact that a rule asks for, so that the worst that the rules say is 待补材料."""
    facts = [fact for fact in ("place", "enrolled", "full_time", "honours", "proof", "post") if fact in entrant.facts]
    random.shuffle(facts)
    for changed in (
        *(entrant.but(**{fact: None}) for fact in facts),
        entrant.but(level=None, level_in=None, years=None),
    ):
        found = stating.findings(changed, unit, division.rules, division.facts, team=division.team)
        if worst(found) is Verdict.EVIDENCE:
            return changed
    return None


def over_age(entrant: Entrant, division: PlannedDivision, people: People) -> Entrant | None:
    """A man who is over the age on the day of the final."""
    born = stating.past_retirement(division.rules, division.final_on)
    return None if born is None else _reborn(entrant, people, born)


def under_age(entrant: Entrant, division: PlannedDivision, people: People) -> Entrant | None:
    """Somebody who is too young on the day of the final."""
    born = stating.too_young(division.rules, division.final_on)
    if born is None:
        return None
    minor = _reborn(entrant, people, born)
    return minor.but(signed=[*minor.facts.get("signed", ()), "监护人"])


def _reborn(entrant: Entrant, people: People, born: date) -> Entrant:
    return replace(entrant, person=people.invent(born, born, sex="男"))


def outside(entrant: Entrant) -> Entrant:
    """Somebody who neither works, studies nor lives in the region."""
    return entrant.but(place=[])


def of_another_division(entrant: Entrant, division: PlannedDivision) -> Entrant | None:
    """Somebody whose status does not belong to the division."""
    allowed = division.rules.for_.get("status")
    other = next((one for one in ("在职", "学生") if allowed and one not in allowed), None)
    return None if other is None else entrant.but(status=other)
