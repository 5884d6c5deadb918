"""What an invented person states, so that the rules of his division hold; and what the rules say of it.

One function a kind of rule: it adds the facts that the rule asks for. A new kind of rule is one more entry of `_ANSWERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from saiwu.entries.statements import Statement
from saiwu.rules.eligibility import ContestantFacts, EventFacts, judge, stated
from saiwu.rules.eligibility.division import in_division
from saiwu.rules.findings import Finding
from saiwu.rules.retirement import Category, LastDay, last_day
from saiwu.rules.rulebook.book import Division
from saiwu.rules.rulebook.eligibility import (
    AgeTerm,
    AnyOfTerm,
    DeclarationTerm,
    EligibilityTerm,
    FactsTerm,
    PastWinnerTerm,
    PlaceTerm,
    ProofTerm,
    SkillTerm,
    StudentTerm,
    WorkerTerm,
)
from saiwu.rules.rulebook.values import Level
from saiwu.simulation.people import Person
from saiwu.simulation.units import SCHOOL, SimulatedUnit

ASKED_ELSEWHERE = frozenset({"one_event", "not_instructor"})
"""Kinds of rule that look at other entries: the database holds them, and stories break them on purpose."""
_MAJORS = (
    "物联网应用技术",
    "工业互联网技术",
    "人工智能技术应用",
    "机电一体化技术",
    "电子信息工程技术",
    "计算机网络技术",
)
_BY_UNIT = frozenset(
    {"entered_by", "entry_kind", "unit_kind", "school_kind", "division", "tag", "class", "role", "sex"}
)
"""Facts that follow from the entry; nobody states them."""


@dataclass(frozen=True, slots=True)
class Entrant:
    """A contestant with what is stated of him. `school`: where he studies, shown in tables."""

    person: Person
    facts: Mapping[str, Any]
    role: str = "选手"

    def statement(self, *, number: str = "") -> Statement:
        """As the verbs take it; `number` stands in for a mistyped one."""
        one = self.person
        return Statement(one.name, number or one.number, one.phone, self.role, dict(self.facts))

    def but(self, **facts: Any) -> Entrant:
        """The same with other facts; None takes a fact away."""
        changed = {**self.facts, **facts}
        return replace(self, facts={key: value for key, value in changed.items() if value is not None})


def statuses(rules: Division, unit: SimulatedUnit) -> tuple[str, ...]:
    """Who of that unit belongs to the division: a school's students and teachers, a company's workers."""
    own = ("学生", "教师") if unit.kind == SCHOOL else ("在职",)
    allowed = rules.for_.get("status")
    if allowed is None:
        return own[:1]
    return tuple(status for status in own if status in allowed)


def births(rules: Division, event: EventFacts, status: str, day: date) -> tuple[date, date]:
    """The earliest and latest day of birth that suits status and rules on the day of the final."""
    youngest, oldest = {"学生": (17, 21), "教师": (28, 50)}.get(status, (20, 46))
    earliest, latest = _years_before(day, oldest), _years_before(day, youngest)
    for term in rules.eligibility.values():
        if not isinstance(term, AgeTerm):
            continue
        if term.minimum is not None:
            latest = min(latest, _years_before(day, term.minimum + 1))
        if term.maximum is not None:
            earliest = max(earliest, _years_before(day, term.maximum - 1))
        if term.born_from is not None:
            earliest = max(earliest, term.born_from)
        if term.born_to is not None:
            latest = min(latest, term.born_to)
    return earliest, max(earliest, latest)


def _years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28))


def invent_facts(
    rules: Division, event: EventFacts, status: str, unit: SimulatedUnit, random: Random, person: Person
) -> dict[str, Any]:
    """What the person states so that every rule of the division holds."""
    facts: dict[str, Any] = {"status": status}
    if status == "学生":
        facts |= {"place": ["学习"], "major": random.choice(event.majors or _MAJORS)}
    else:
        facts["place"] = ["工作"] if random.randrange(5) else ["工作", "居住"]
        if person.sex == "女":
            facts["former_retirement"] = "55" if status == "教师" or random.randrange(2) else "50"
    for fact, answers in rules.for_.items():
        if fact not in _BY_UNIT and fact != "status":
            facts[fact] = answers[0]
    for term in rules.eligibility.values():
        if not _concerns(term, facts, person, event):
            continue
        _answer(term, facts, event, random)
    return facts


def _concerns(term: EligibilityTerm, facts: Mapping[str, Any], person: Person, event: EventFacts) -> bool:
    """Whether a rule's `for` may fit; a rule that does not concern somebody is not answered."""
    known: dict[str, Any] = {**facts, "sex": person.sex}
    if event.registering_on is not None:
        # Who turns eighteen while registration is open has the guardian's signature all the same.
        known["minor"] = "是" if (event.registering_on - person.born).days < 19 * 365 else "否"
    return all(fact not in known or str(known[fact]) in answers for fact, answers in term.for_.items())


def _answer(term: EligibilityTerm, facts: dict[str, Any], event: EventFacts, random: Random) -> None:
    if term.proof:
        facts["proof"] = list(dict.fromkeys([*facts.get("proof", ()), *term.proof]))
    answer = _ANSWERS.get(term.rule)
    if answer is not None:
        answer(term, facts, event, random)


def _place(term: PlaceTerm, facts: dict[str, Any], event: EventFacts, random: Random) -> None:
    grounds = dict(term.any_of)
    held = [ground for ground in facts["place"] if ground in grounds]
    if not held:
        held = [min(grounds, key=lambda ground: grounds[ground])]
        facts["place"] = [*facts["place"], *held]
    if grounds[held[0]]:
        facts.setdefault("months", {})[held[0]] = grounds[held[0]] + random.randrange(24)


def _student(term: StudentTerm, facts: dict[str, Any], event: EventFacts, random: Random) -> None:
    if term.full_time is not None:
        facts["full_time"] = "是" if term.full_time else "否"
    if term.enrolled is not None:
        since = term.enrolled if isinstance(term.enrolled, date) and not isinstance(term.enrolled, bool) else None
        facts["enrolled"] = "是" if since is None else (since - timedelta(days=random.randrange(400))).isoformat()
    if term.in_region is not None:
        facts["in_region"] = "是" if term.in_region else "否"


def _worker(term: WorkerTerm, facts: dict[str, Any], event: EventFacts, random: Random) -> None:
    if term.post:
        facts["post"] = term.post[0]
    if term.months is not None:
        facts.setdefault("months", {})["单位"] = term.months + random.randrange(60)
    if term.in_region is not None:
        facts["in_region"] = "是" if term.in_region else "否"


def _skill(term: SkillTerm, facts: dict[str, Any], event: EventFacts, random: Random) -> None:
    """Two of three by a certificate (most of them of just that level), the others by years."""
    if term.level is not None and (term.years is None or random.randrange(3)):
        above = min(term.level + random.choice((0, 0, 0, 1, 2)), Level.ONE)
        facts["level"], facts["level_in"] = Level(max(above, term.level)).chinese, term.level_in[0]
        facts.setdefault("years", str(random.randrange(1, 15)))
    else:
        facts.setdefault("level", "无")
        facts["years"] = str((term.years or 0) + random.randrange(12))
        facts["years_in"] = [term.years_in[0]]


def _past_winner(term: PastWinnerTerm, facts: dict[str, Any], event: EventFacts, random: Random) -> None:
    facts["honours"] = "无"


def _facts(term: FactsTerm, facts: dict[str, Any], event: EventFacts, random: Random) -> None:
    for fact, answers in term.must_be.items():
        if fact not in _BY_UNIT:
            facts[fact] = answers[0]


def _proof(term: ProofTerm, facts: dict[str, Any], event: EventFacts, random: Random) -> None:
    facts["proof"] = list(dict.fromkeys([*facts.get("proof", ()), *term.proof]))


def _declaration(term: DeclarationTerm, facts: dict[str, Any], event: EventFacts, random: Random) -> None:
    who = term.signed_by or "选手"
    if who != "参赛单位":  # the unit signs when it hands in
        facts["signed"] = [*facts.get("signed", ()), who]


def _any_of(term: AnyOfTerm, facts: dict[str, Any], event: EventFacts, random: Random) -> None:
    inner = list(term.rules.values())
    _answer(random.choice(inner), facts, event, random)


_ANSWERS: Mapping[str, Callable[[Any, dict[str, Any], EventFacts, Random], None]] = {
    "place": _place,
    "student": _student,
    "worker": _worker,
    "skill": _skill,
    "past_winner": _past_winner,
    "facts": _facts,
    "proof": _proof,
    "declaration": _declaration,
    "any_of": _any_of,
}


def contestant_facts(entrant: Entrant, unit: SimulatedUnit, event: EventFacts, *, team: int) -> ContestantFacts:
    """The facts as the rules take them when the unit hands the entry in."""
    known: dict[str, Any] = {**entrant.facts, "born": entrant.person.born, "sex": entrant.person.sex}
    known |= {"role": entrant.role, "entered_by": "参赛单位", "entry_kind": "团体" if team > 1 else "单人"}
    known |= {"unit_kind": unit.kind, "signed": [*known.get("signed", ()), "参赛单位"]}
    if unit.school_kind:
        known["school_kind"] = unit.school_kind
    return stated(known, event=event)


def findings(entrant: Entrant, unit: SimulatedUnit, rules: Division, event: EventFacts, *, team: int) -> list[Finding]:
    """What the rules say of somebody alone. `rules` with their days resolved."""
    known = contestant_facts(entrant, unit, event, team=team)
    terms = {key: term for key, term in rules.eligibility.items() if term.rule not in ASKED_ELSEWHERE}
    return [in_division(known, rules, event), *judge(known, terms, event)]


def past_retirement(rules: Division, day: date) -> date | None:
    """The latest day of birth of a man who is over the age on that day; None where the rules set no upper end."""
    for term in rules.eligibility.values():
        if not isinstance(term, AgeTerm):
            continue
        if term.maximum is not None:
            return _years_before(day, term.maximum + 1) - timedelta(days=1)
        if term.born_from is not None:
            return term.born_from - timedelta(days=1)
        if term.retirement is not None:
            born = _years_before(day, 58)
            while last_day(Category.MALE, born, LastDay(term.retirement)) >= day:
                born -= timedelta(days=31)
            return born
    return None


def too_young(rules: Division, day: date) -> date | None:
    """The earliest day of birth of somebody who is too young on that day; None where the rules set no lower end."""
    for term in rules.eligibility.values():
        if isinstance(term, AgeTerm) and term.minimum is not None:
            return _years_before(day, term.minimum) + timedelta(days=32)
        if isinstance(term, AgeTerm) and term.born_to is not None:
            return term.born_to + timedelta(days=1)
    return None
