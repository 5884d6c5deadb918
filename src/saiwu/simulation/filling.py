"""Filling the plan: units enter people into divisions, within every quota, and each entry gets what becomes of it."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from random import Random

from saiwu.rules.eligibility import stated
from saiwu.rules.findings import Verdict, worst
from saiwu.rules.quotas import Claim, EntryFacts, claims
from saiwu.rules.rulebook.eligibility import SkillTerm
from saiwu.rules.rulebook.values import IN_PRINCIPLE
from saiwu.simulation import facts as stating
from saiwu.simulation.facts import Entrant
from saiwu.simulation.kinds import Outcome
from saiwu.simulation.people import People, Person
from saiwu.simulation.plan import Plan, PlannedDivision, PlannedEntry
from saiwu.simulation.trouble import lacking_evidence, lacking_skill
from saiwu.simulation.units import SCHOOL, SimulatedUnit

_LOSSES = (
    Outcome.NEVER_MENDED,
    Outcome.SKILL_REFUSED,
    Outcome.REJECTED,
    Outcome.WITHDRAWN,
    Outcome.NEVER_MENDED,
    Outcome.NEVER_MENDED,
    Outcome.REJECTED,
    Outcome.WITHDRAWN,
)
"""Why entries do not reach the final, in turn over all divisions."""
_DETOURS = (Outcome.SKILL_GRANTED, Outcome.EVIDENCE, Outcome.MENDED, Outcome.EVIDENCE)
"""What happens to one in so many of those who reach it all the same."""
_DETOUR_OF = 6
_STAYING = frozenset({Outcome.ACCEPTED, Outcome.EVIDENCE, Outcome.ABSENT})
_ABSENT_OF = 18
"""One finalist in so many does not come."""
_TEAMS = ("凌云", "追光", "致远", "砺行", "争先", "拓新")
_TEACHES = 3
"""Entries that one instructor has at most, where the rulebook does not say."""


class Filling:
    """Makes the entries of a plan, unit by unit, counting places as the rules count them."""

    def __init__(self, random: Random, people: People, plan: Plan) -> None:
        """`plan` has its divisions and units; its entries are made here."""
        self._random = random
        self._people = people
        self._plan = plan
        self._taken: Counter[str] = Counter()
        self._events: dict[str, set[str]] = {}
        self._teaches: Counter[str] = Counter()
        self._losses = deque(_LOSSES)
        self._detours = deque(_DETOURS)
        self._units: dict[str, int] = {unit.name: at for at, unit in enumerate(plan.units)}

    def fill(self) -> None:
        """Make all entries, and say what becomes of each."""
        for at, division in enumerate(self._plan.divisions):
            beyond = self._beyond_wanted(division)
            turn = self._turn(at)
            while len(division.entries) < division.start - len(beyond):
                entry = next((made for unit in turn if (made := self.entry(division, unit)) is not None), None)
                if entry is None:
                    break
                turn = self._turn(at)
                division.entries.append(entry)
            self._decide(division, beyond)

    def _turn(self, at: int) -> Iterator[SimulatedUnit]:
        """Units in an order that differs from division to division, those with fewer entries first."""
        units = self._plan.units
        entered = Counter(entry.unit.name for entry in self._plan.entries())
        first = at * 7 % len(units)
        rotated = units[first:] + units[:first]
        return iter(sorted(rotated, key=lambda unit: entered[unit.name]))

    def entry(self, division: PlannedDivision, unit: SimulatedUnit, *, beyond: bool = False) -> PlannedEntry | None:
        """An entry of that unit, its places taken; None where nobody of it belongs there, or a quota is full.

        `beyond`: only where nothing but a quota that may be waived is full.
        """
        known = stating.statuses(division.rules, unit)
        if not known:
            return None
        status = known[0] if len(known) == 1 or self._random.randrange(4) else self._random.choice(known)
        team_name = self._team_name(division, unit)
        made = PlannedEntry(division.event, division.slug, unit, [], [], team_name)
        made.instructors = self.instructors(division, unit, status)
        wanted = self._wanted(division, made, status)
        full = [claim for claim in wanted if not self._has_room(claim)]
        if bool(full) is not beyond or any(claim.term.binding != IN_PRINCIPLE for claim in full):
            return None
        made.entrants = self.entrants(division, unit, status)
        for claim in wanted:
            self._take(claim)
        for person in made.instructors:
            self._teaches[person.number] += 1
        return made

    def _team_name(self, division: PlannedDivision, unit: SimulatedUnit) -> str:
        if division.term.team_size.holds(1):
            return ""
        own = sum(one.unit is unit for one in division.entries)
        return unit.name[:2] + _TEAMS[own % len(_TEAMS)]

    def entrants(self, division: PlannedDivision, unit: SimulatedUnit, status: str) -> list[Entrant]:
        """Invented people of that status who may enter: as many as a team has."""
        earliest, latest = stating.births(division.rules, division.facts, status, division.final_on)
        made = []
        for place in range(division.team):
            person = self._people.invent(earliest, latest)
            said = stating.invent_facts(division.rules, division.facts, status, unit, self._random, person)
            captain = division.term.captain and place == 0
            made.append(Entrant(person, said, "队长" if captain else "选手"))
        return made

    def instructors(self, division: PlannedDivision, unit: SimulatedUnit, status: str) -> list[Person]:
        """Instructors of the unit: students have one wherever they may, others only where the rulebook asks for one."""
        allowed = division.term.instructors
        wanted = max(allowed.low or 0, 1 if status == "学生" else 0)
        wanted = min(wanted, wanted if allowed.high is None else allowed.high)
        return [self._instructor(division, unit) for _ in range(wanted)]

    def _instructor(self, division: PlannedDivision, unit: SimulatedUnit) -> Person:
        limits = [q.at_most for q in division.rules.quotas.values() if q.per == "指导教师" and q.at_most]
        most = min([*limits, _TEACHES])
        found = next((one for one in unit.instructors if self._teaches[one.number] < most), None)
        if found is None:
            day = division.final_on
            found = self._people.invent(day.replace(year=day.year - 52, day=1), day.replace(year=day.year - 29, day=1))
            unit.instructors.append(found)
        return found

    def _wanted(self, division: PlannedDivision, entry: PlannedEntry, status: str) -> list[Claim]:
        """The places that an entry of such people takes."""
        unit = entry.unit
        member = stated({"status": status, "role": "选手"}, event=division.facts)
        asked = EntryFacts(
            event=division.facts,
            members=(member,) * division.team,
            unit=unit.name,
            unit_names=(unit.name,),
            school=unit.name if unit.kind == SCHOOL else "",
            district=unit.district,
            instructors=tuple(one.number for one in entry.instructors),
        )
        return claims(division.rules.quotas, asked, size=division.team)[0]

    def _has_room(self, claim: Claim) -> bool:
        if claim.limit is None or (claim.event and claim.event in self._events.get(str(claim.key), set())):
            return True
        return self._taken[str(claim.key)] + claim.amount <= claim.limit

    def _take(self, claim: Claim) -> None:
        key = str(claim.key)
        if claim.event is not None:
            known = self._events.setdefault(key, set())
            if claim.event in known:
                return
            known.add(claim.event)
        self._taken[key] += claim.amount

    def _beyond_wanted(self, division: PlannedDivision) -> list[Outcome]:
        """One entry beyond a quota that may be waived, granted or refused; in large divisions one of each."""
        waivable = any(
            quota.binding == IN_PRINCIPLE and quota.per == "参赛单位" and quota.at_most
            for quota in division.rules.quotas.values()
        )
        if not waivable or division.small or division.start < 5:
            return []
        both = [Outcome.PLACE_GRANTED, Outcome.PLACE_REFUSED]
        return both if division.start >= 30 else [both[self._plan.divisions.index(division) % 2]]

    def _decide(self, division: PlannedDivision, beyond: list[Outcome]) -> None:
        entries = list(division.entries)
        self._random.shuffle(entries)
        lost = max(0, len(entries) + len(beyond) - division.finalists - (Outcome.PLACE_REFUSED in beyond))
        lost = min(lost, len(entries) - 1) if entries else 0
        for entry in entries[:lost]:
            self._next(division, entry, self._losses)
        rest = entries[lost:]
        for entry in rest[: max(1, len(rest) // _DETOUR_OF)]:
            self._next(division, entry, self._detours)
        absent = len(rest) // _ABSENT_OF or int(len(rest) > 3 and self._plan.divisions.index(division) % 3 == 0)
        for entry in rest[len(rest) - absent :]:
            entry.outcome = Outcome.ABSENT
        for outcome in beyond:
            self._add_beyond(division, outcome, rest)

    def _add_beyond(self, division: PlannedDivision, outcome: Outcome, standing: list[PlannedEntry]) -> None:
        """One more entry of a unit whose places are all held by entries that stay."""
        staying = Counter(entry.unit.name for entry in standing)
        for name in sorted(staying, key=lambda name: (-staying[name], self._units[name])):
            unit = self._plan.units[self._units[name]]
            if staying[name] < sum(entry.unit is unit for entry in division.entries):
                continue
            entry = self.entry(division, unit, beyond=True)
            if entry is not None:
                entry.outcome = outcome
                division.entries.append(entry)
                return

    def _next(self, division: PlannedDivision, entry: PlannedEntry, outcomes: deque[Outcome]) -> None:
        """Give an entry the first of the outcomes that its division's rules know; that one's turn is last then."""
        for outcome in tuple(outcomes):
            if self._become(division, entry, outcome):
                outcomes.remove(outcome)
                outcomes.append(outcome)
                return

    def _become(self, division: PlannedDivision, entry: PlannedEntry, outcome: Outcome) -> bool:
        """Change what is stated so that it comes so. False where the rules of the division know no such thing."""
        if outcome in (Outcome.SKILL_GRANTED, Outcome.SKILL_REFUSED):
            changed = self._lacking_skill(division, entry)
            if changed is None:
                return False
            entry.entrants[0] = changed
        elif outcome in (Outcome.EVIDENCE, Outcome.MENDED, Outcome.NEVER_MENDED):
            lacking = lacking_evidence(entry.entrants[0], entry.unit, division, self._random)
            said = entry.entrants if lacking is None else [lacking, *entry.entrants[1:]]
            if outcome is Outcome.EVIDENCE and lacking is None:
                return False
            if outcome is Outcome.MENDED:
                entry.first_stated = said
            else:
                entry.entrants = said
        entry.outcome = outcome
        return True

    def over_strict(self, division: PlannedDivision) -> PlannedEntry | None:
        """An entry for which a quota that nobody may waive has no room; None where every such quota has some.

        Its instructor is one who has all the entries that he may have, where there is one.
        """
        for unit in self._plan.units:
            known = stating.statuses(division.rules, unit)
            if not known:
                continue
            made = PlannedEntry(division.event, division.slug, unit, [], [], self._team_name(division, unit))
            made.instructors = self._busy(division, unit) or self.instructors(division, unit, known[0])
            full = [claim for claim in self._wanted(division, made, known[0]) if not self._has_room(claim)]
            if any(claim.term.binding != IN_PRINCIPLE for claim in full):
                made.entrants = self.entrants(division, unit, known[0])
                return made
        return None

    def _busy(self, division: PlannedDivision, unit: SimulatedUnit) -> list[Person]:
        """An instructor of the unit whose entries all stay, and are as many as a quota lets one have."""
        limits = [q.at_most for q in division.rules.quotas.values() if q.per == "指导教师" and q.at_most]
        staying = Counter(
            person.number
            for entry in self._plan.entries()
            if entry.unit is unit and entry.outcome in _STAYING
            for person in entry.instructors
        )
        return [one for one in unit.instructors if limits and staying[one.number] >= min(limits)][:1]

    def _lacking_skill(self, division: PlannedDivision, entry: PlannedEntry) -> Entrant | None:
        terms = [term for term in division.rules.eligibility.values() if isinstance(term, SkillTerm)]
        for term in terms:
            if term.binding != IN_PRINCIPLE:
                continue
            changed = lacking_skill(entry.entrants[0], term, self._random)
            found = stating.findings(changed, entry.unit, division.rules, division.facts, team=division.team)
            if worst(found) is Verdict.WAIVER:
                return changed
        return None
