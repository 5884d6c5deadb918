"""What the rules say of people on their way in: from what was stated, through `rules`, to findings that are kept.

Rules that depend on other rows (one event per person, instructors, quotas) are not asked here: constraints hold them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from saiwu.accounts.models import Unit
from saiwu.audit.frame import Refused
from saiwu.competitions.models import Division
from saiwu.competitions.rulebooks import in_force, resolved_rules, rules_of, rules_of_event
from saiwu.entries.models import Entry, Member
from saiwu.entries.statements import Checked, local_day
from saiwu.rules.eligibility import ContestantFacts, EventFacts, belongs, judge, stated
from saiwu.rules.eligibility.division import in_division
from saiwu.rules.findings import Finding, Verdict
from saiwu.rules.rulebook import Rulebook
from saiwu.rules.rulebook.eligibility import Condition, EligibilityTerm
from saiwu.rules.rulebook.stages import EntryTerm
from saiwu.rules.rulebook.values import NotAllowed, Range

HELD_BY_CONSTRAINT = frozenset({"one_event", "not_instructor"})
"""Kinds of rule that depend on other people's rows: the database refuses, whatever was read before."""
LATER = frozenset({"declaration", "proof"})
"""Kinds that a person's pre-registration does not answer: the unit signs and hands documents in."""

_KEPT = tuple(field.name for field in fields(Finding))
BY_PERSON = frozenset({"必须", "可选"})
"""Kinds of pre-registration (rulebook language §5) that people do themselves; 只报数量 is a number that units send."""


def event_facts(division: Division, at: datetime) -> EventFacts:
    """What rules ask of the event and division. No SQL statement."""
    book = in_force(division.event.competition)
    return EventFacts.of(
        book,
        rules_of_event(division.event),
        rules_of(division),
        event_id=division.event.slug,
        division_id=division.slug,
        registering_on=local_day(book, at),
    )


def facts_of(
    division: Division, one: Checked, *, at: datetime, unit: Unit | None, team: int, declared: bool
) -> ContestantFacts:
    """The facts of one contestant: what was stated, what the ID number says, and what the unit is.

    Raises Refused at the fact whose answer is none of those allowed.
    """
    known: dict[str, Any] = dict(one.facts)
    known["born"], known["sex"], known["role"] = one.identity.born, one.identity.sex, one.role
    known["entered_by"] = "参赛单位"
    known["entry_kind"] = "团体" if team > 1 else "单人"
    if unit is not None:
        known |= {key: value for key, value in unit.facts().items() if value and key != "district"}
    if declared:
        known["signed"] = [*known.get("signed", []), "参赛单位"]
    event = event_facts(division, at)
    values = {fact: value for fact, value in known.items() if value is not None}
    try:
        return stated(values, event=event)
    except NotAllowed:
        for fact, value in values.items():
            try:
                stated({fact: value}, event=event)
            except NotAllowed as error:
                raise Refused(str(error), rule="fact", field=fact) from error
        raise


def facts_of_member(entry: Entry, member: Member, *, at: datetime, team: int) -> ContestantFacts:
    """The same of somebody who is entered already. No SQL statement where person and unit are selected with them."""
    event = event_facts(entry.division, at)
    known = {key: value for key, value in member.facts.items() if value is not None}
    known |= {key: value for key, value in entry.unit.facts().items() if value and key != "district"}
    known |= {"born": member.person.born, "sex": member.person.sex, "role": member.role, "entered_by": "参赛单位"}
    known |= {"entry_kind": "团体" if team > 1 else "单人", "signed": [*known.get("signed", []), "参赛单位"]}
    return stated(known, event=event)


def judged(
    division: Division,
    one: Checked,
    *,
    moments: Mapping[str, datetime],
    at: datetime,
    unit: Unit | None = None,
    team: int = 1,
    before_registration: bool = False,
) -> list[Finding]:
    """The findings on one contestant by his division's rules, ok ones included. No SQL statement when warm."""
    rules = resolved_rules(division, moments)
    left_out = HELD_BY_CONSTRAINT | (LATER if before_registration else frozenset())
    terms: dict[str, EligibilityTerm] = {
        key: term for key, term in rules.eligibility.items() if term.rule not in left_out
    }
    facts = facts_of(division, one, at=at, unit=unit, team=team, declared=not before_registration)
    event = event_facts(division, at)
    belonging = in_division(facts, rules, event)
    return [belonging, *judge(facts, terms, event)]


def judged_before(division: Division, one: Checked, *, moments: Mapping[str, datetime], at: datetime) -> list[Finding]:
    """The same for a pre-registration, which names no unit's account and no team yet. No SQL statement when warm."""
    entry = rules_of(division).entry
    team = entry.team_size.low or 1 if entry is not None else 1
    return judged(division, one, moments=moments, at=at, team=team, before_registration=True)


def judged_entry(
    division: Division, entry: Entry, people: Sequence[Checked], teachers: Sequence[Checked]
) -> list[Finding]:
    """What the chapter `entry` says of the whole: size of the team, roles, captain, instructors, mixing."""
    term = rules_of(division).entry or EntryTerm()
    contestants = [one for one in people if one.role != "替补"]
    substitutes = [one for one in people if one.role == "替补"]
    captains = [one for one in people if one.role == "队长"]
    found = []

    def refuse(fact: str, message: str) -> None:
        found.append(
            Finding("team_size", Verdict.REFUSED, fact, message, term.clause, term.assumed, None, term.clauses)
        )

    if not term.team_size.holds(len(contestants)):
        refuse("members", f"参赛选手应为 {_said(term.team_size)} 人，现有 {len(contestants)} 人。")
    if not term.substitutes.holds(len(substitutes)):
        refuse("members", f"替补应为 {_said(term.substitutes)} 人，现有 {len(substitutes)} 人。")
    if not term.instructors.holds(len(teachers)):
        refuse("instructors", f"指导教师应为 {_said(term.instructors)} 人，现有 {len(teachers)} 人。")
    if term.captain and len(captains) != 1:
        refuse("members", f"须指定一名队长，现有 {len(captains)} 名。")
    if not term.mixed and len({one.facts.get("status") for one in contestants}) > 1:
        refuse("members", "同一队的选手须为同一类人员（学生或职工），不能混合组队。")
    if len({one.identity.number for one in people}) < len(people):
        refuse("members", "同一人在队内出现两次，请核对队员名单。")
    if not term.team_size.holds(1) and not entry.team_name:
        refuse("team_name", "团体赛请填写队名。")
    return found


def _said(allowed: Range) -> str:
    return str(allowed).replace("-", "—") if allowed.low is not None and allowed.high is not None else str(allowed)


def fits(division: Division, one: Checked, condition: Condition) -> bool:
    """Whether a condition fits a contestant for sure; what is not known does not."""
    event = EventFacts(event=division.event.slug, division=division.slug, division_name=rules_of(division).name or "")
    known = {"role": one.role, **{key: value for key, value in one.facts.items() if value is not None}}
    facts = stated({**known, "born": one.identity.born, "sex": one.identity.sex}, event=event)
    return bool(belongs(facts, condition, event).holds)


def refuse_where_refused(book: Rulebook, findings: Iterable[Finding]) -> None:
    """Raise Refused with all findings where one refuses; the first that does gives message, clause and sentence."""
    every = tuple(findings)
    refusing = [one for one in every if one.verdict is Verdict.REFUSED]
    if not refusing:
        return
    first = refusing[0]
    raise Refused(
        first.message,
        rule=first.rule,
        clause=first.clause,
        sentence=book.text.get(first.clause) if first.clause else None,
        findings=every,
        field=first.fact,
    )


def as_json(findings: Iterable[Finding], member: int | None = None) -> list[dict[str, Any]]:
    """Findings as a row keeps them; `member` is the position in the team of whom they speak."""
    # Not asdict, which copies every value deeply: they are texts, and many are kept at once.
    return [{**{name: getattr(one, name) for name in _KEPT}, "member": member} for one in findings]


def from_json(rows: Iterable[Mapping[str, Any]]) -> list[Finding]:
    """The findings that a row keeps."""
    kept = ({key: value for key, value in row.items() if key != "member"} for row in rows)
    return [Finding(**{**row, "verdict": Verdict(row["verdict"]), "clauses": tuple(row["clauses"])}) for row in kept]


def for_audit(findings: Iterable[Finding]) -> list[list[str]]:
    """Rule and verdict of what is not in order: a message may hold a birth date, and the trail holds no such thing."""
    return [[one.rule, one.verdict.value] for one in findings if one.verdict is not Verdict.OK]
