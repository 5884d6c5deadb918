"""Registration by a unit: handing in, handing in again after a return, withdrawing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from saiwu.accounts.authority import begin, roles_over
from saiwu.accounts.models import Account, Unit
from saiwu.audit.frame import NotFound, Refused, action, frame, key_of, record
from saiwu.competitions.models import Division, Event
from saiwu.competitions.rulebooks import citing, in_force, moments_of, rules_of
from saiwu.entries import claiming, places
from saiwu.entries.actions.preregistering import digest_of, keep_conflict
from saiwu.entries.deadlines import refuse_outside
from saiwu.entries.known import resolved
from saiwu.entries.models import Entry, Instructor, Member, Preregistration
from saiwu.entries.statements import (
    Checked,
    InstructorStatement,
    Statement,
    checked,
    checked_instructors,
    local_day,
    one_line,
)
from saiwu.entries.verdicts import (
    as_json,
    event_facts,
    facts_of,
    fits,
    for_audit,
    judged,
    judged_entry,
    refuse_where_refused,
)
from saiwu.people.models import Person
from saiwu.privacy import chance
from saiwu.rules.findings import Finding, Verdict
from saiwu.rules.procedure import EntryState, EventState, Open, Role
from saiwu.rules.rulebook.book import Division as DivisionRules
from saiwu.rules.rulebook.eligibility import NotInstructorTerm

_AGAIN = frozenset({"one_entry_a_number", "one_person_a_number"})
"""Constraints that break by mere coincidence of two requests."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What handing in led to: the entry, its state (submitted, or waiting for a quota's waiver), what the rules said."""

    entry_id: int
    number: str
    state: EntryState
    findings: tuple[Finding, ...]


def register(
    *,
    event_id: int,
    division: str,
    unit_id: int,
    members: Sequence[Statement],
    instructors: Sequence[InstructorStatement] = (),
    team_name: str = "",
    facts: Mapping[str, Any] | None = None,
    declared: bool,
    by: Account,
    at: datetime,
) -> HandedIn:
    """Enter people of a unit, whole: members, instructors, and the unit's statement for them (`declared`).

    Raises Refused with the findings where a rule refuses, where a person holds another event (kept as a conflict for
    the office), stands on both sides of the instructor rule, or where a strict quota is full; outside the dates; where
    the unit has not signed. What only a waiver can mend is handed in: 待审核, or 候补 where it waits for a place.
    """
    return _again_or_conflict(
        lambda: _register(
            event_id=event_id,
            division=division,
            unit_id=unit_id,
            members=members,
            instructors=instructors,
            team_name=team_name,
            facts=facts or {},
            declared=declared,
            by=by,
            at=at,
        ),
        lambda: event_id,
        members,
        by,
        at,
    )


def _again_or_conflict(
    verb: Callable[[], HandedIn], event_of: Callable[[], int], members: Sequence[Statement], by: Account, at: datetime
) -> HandedIn:
    """Try a verb again where two requests met by coincidence, and keep a refused second claim for the office."""
    again = 3
    while True:
        try:
            return verb()
        except Refused as refused:
            if refused.rule in _AGAIN and again:
                again -= 1
                continue
            if refused.rule == "one_event":
                place = refused.field.rpartition(".")[2] if refused.field else ""
                whose = [members[int(place)]] if place else members
                digests = [_digest(one, at) for one in whose]
                keep_conflict(event_id=event_of(), digests=digests, rule=refused.rule, by=by, at=at)
            raise


def _digest(one: Statement, at: datetime) -> str:
    if one.person is None:
        return digest_of(one.number, at)
    return Person.objects.values_list("number_digest", flat=True).get(pk=one.person)


@action
def _register(
    *,
    event_id: int,
    division: str,
    unit_id: int,
    members: Sequence[Statement],
    instructors: Sequence[InstructorStatement],
    team_name: str,
    facts: Mapping[str, Any],
    declared: bool,
    by: Account,
    at: datetime,
) -> HandedIn:
    event, unit = _begin_for_unit("entries.register", event_id, unit_id, by, at)
    row = Division.objects.filter(event=event, slug=division).first()
    if row is None:
        raise Refused("本赛项没有这个组别，请重新选择。", rule="division", field="division")
    row.event = event
    members, instructors = resolved(members, instructors, unit, event.competition)
    _refuse_unsigned(row, declared)
    moments = moments_of(event)
    refuse_outside(row, "registration", moments, at, "报名")
    entry = Entry(
        event=event,
        division=row,
        unit=unit,
        team_name=one_line(team_name, 60),
        number=f"E{chance.code(5)}",
        facts=dict(facts),
        rulebook_version=in_force(event.competition).version,
        submitted_at=at,
        declared_by=by,
    )
    return _hand_in("entries.register", entry, members, instructors, moments, by, at)


def resubmit(
    *,
    entry_id: int,
    members: Sequence[Statement],
    instructors: Sequence[InstructorStatement] = (),
    team_name: str = "",
    facts: Mapping[str, Any] | None = None,
    declared: bool,
    by: Account,
    at: datetime,
) -> HandedIn:
    """Hand a returned entry in again, mended: the next round, reviewed anew. Raises Refused as `register` does.

    Waivers hold on while the people are the same; for other people they were not granted, and are gone.
    """
    return _again_or_conflict(
        lambda: _resubmit(
            entry_id=entry_id,
            members=members,
            instructors=instructors,
            team_name=team_name,
            facts=facts or {},
            declared=declared,
            by=by,
            at=at,
        ),
        lambda: Entry.objects.values_list("event_id", flat=True).get(pk=entry_id),
        members,
        by,
        at,
    )


@action
def _resubmit(
    *,
    entry_id: int,
    members: Sequence[Statement],
    instructors: Sequence[InstructorStatement],
    team_name: str,
    facts: Mapping[str, Any],
    declared: bool,
    by: Account,
    at: datetime,
) -> HandedIn:
    related = ("event__competition", "division", "unit")
    entry = begin("entries.resubmit", Entry, entry_id, by=by, at=at, related=related)
    entry.division.event = entry.event
    _refuse_unsigned(entry.division, declared)
    members, instructors = resolved(members, instructors, entry.unit, entry.event.competition)
    claiming.release(entry)
    before = set(entry.members.values_list("person__number_digest", flat=True))
    entry.members.all().delete()
    entry.instructors.all().delete()
    entry.round += 1
    entry.team_name, entry.facts = one_line(team_name, 60), dict(facts)
    entry.rulebook_version = in_force(entry.event.competition).version
    entry.submitted_at, entry.declared_by = at, by
    return _hand_in("entries.resubmit", entry, members, instructors, moments_of(entry.event), by, at, before=before)


@action
def withdraw(*, entry_id: int, reason: str, by: Account, at: datetime) -> None:
    """Withdraw an entry before check-in: its people and places are free at once. Raises Refused without a reason."""
    entry = begin("entries.withdraw", Entry, entry_id, by=by, at=at, related=("event__competition", "division"))
    if not reason.strip():
        raise Refused("请写明撤回的原因，承办单位会看到。", rule="withdraw", field="reason")
    claiming.release(entry)
    entry.state = EntryState.WITHDRAWN
    entry.save(update_fields=["state"])
    record("entries.withdraw", entry, by=by, at=at, facts={"round": entry.round})


def _begin_for_unit(verb: str, event_id: int, unit_id: int, by: Account, at: datetime) -> tuple[Event, Unit]:
    """An event in which a unit may enter people: the event is open to all units, the role is over the unit."""
    unit = Unit.objects.filter(pk=unit_id).first()
    event = Event.objects.select_related("competition").filter(pk=event_id).first()
    if unit is None or event is None or Role.UNIT not in roles_over(by, {unit.scope_id}, at):
        raise NotFound("unit or event")
    frame().role, frame().competition = Role.UNIT.value, event.competition.slug
    if event.state != EventState.REGISTERING:
        raise Refused(f"本赛项现在是“{EventState(event.state).chinese}”，不能提交报名。", rule="state")
    return event, unit


def _refuse_unsigned(division: Division, declared: bool) -> None:
    """The unit signs for its people (rules of kind declaration); without such a rule for the completeness of the form."""
    if declared:
        return
    book = in_force(division.event.competition)
    terms = [term for term in rules_of(division).eligibility.values() if term.rule == "declaration" and term.clause]
    clause = terms[0].clause if terms else None
    raise Refused(
        "请由单位确认所填内容属实并对选手作出声明后再提交。",
        rule=terms[0].id if terms else "declaration",
        clause=clause,
        sentence=book.text.get(clause) if clause else None,
        field="declared",
    )


def _hand_in(
    verb: str,
    entry: Entry,
    members: Sequence[Statement],
    instructors: Sequence[InstructorStatement],
    moments: Mapping[str, datetime],
    by: Account,
    at: datetime,
    *,
    before: set[str] | None = None,
) -> HandedIn:
    """Judge, claim, take sides and places, and write: what handing in for the first time and again have in common."""
    event, division = entry.event, entry.division
    book = in_force(event.competition)
    rules = rules_of(division)
    frame().cite = citing(book, rules)
    day = local_day(book, at)
    people = [
        checked(one, on=day, where=f"第{place}名队员：" if len(members) > 1 else "")
        for place, one in enumerate(members, start=1)
    ]
    teachers = checked_instructors(instructors, on=day)
    if before is not None and before != {claiming.number_digest(one.identity.number) for one in people}:
        entry.waivers.all().delete()
    findings = judged_entry(division, entry, people, teachers)
    kept = as_json(findings)
    for place, one in enumerate(people, start=1):
        personal = judged(division, one, moments=moments, at=at, unit=entry.unit, team=len(people))
        findings += personal
        kept += as_json(personal, place)
    refuse_where_refused(book, findings)
    entry.save()
    _write_people(entry, people, teachers, rules)
    contestants = [facts_of(division, one, at=at, unit=entry.unit, team=len(people), declared=True) for one in people]
    persons = list(entry.members.values_list("person__key", flat=True))
    teaching = list(entry.instructors.values_list("person__key", flat=True))
    wanted, unknown = places.claims_of(entry, rules, event_facts(division, at), contestants, persons, teaching)
    granted = frozenset(entry.waivers.filter(state=Open.GRANTED).values_list("rule", flat=True))
    full = [*unknown, *places.take(entry, wanted, granted)]
    findings += full
    kept += as_json(full)
    refuse_where_refused(book, findings)
    waits = any(one.rule.startswith("quotas.") and one.verdict is Verdict.WAIVER for one in findings)
    entry.state = EntryState.WAITING if waits else EntryState.SUBMITTED
    entry.findings = kept
    entry.save(update_fields=["state", "findings"])
    facts = {
        "event": event.slug,
        "division": division.slug,
        "unit": key_of(entry.unit),
        "round": entry.round,
        "version": entry.rulebook_version,
        "people": persons,
        "findings": for_audit(findings),
    }
    record(verb, entry, by=by, at=at, facts=facts)
    return HandedIn(entry.pk, entry.number, EntryState(entry.state), tuple(findings))


def _write_people(entry: Entry, people: Sequence[Checked], teachers: Sequence[Checked], rules: DivisionRules) -> None:
    competition = entry.event.competition
    needed = rules.registration if rules.registration and rules.registration.preregistration == "必须" else None
    terms = [term for term in rules.eligibility.values() if isinstance(term, NotInstructorTerm)]
    for place, one in enumerate(people):
        person = claiming.find_or_add_person(competition, name=one.name, identity=one.identity, phone=one.phone)
        claim = claiming.claim_for_entry(person, entry.event, _already(rules, place))
        if needed is not None and not _preregistered(entry.event, person):
            source = needed.source_of("preregistration")
            raise Refused(
                f"{one.name}尚未在本赛项预报名。请本人先扫描二维码预报名，再由单位提交报名。",
                rule="preregistration",
                clause=source.clauses[0] if source.clauses else None,
                field=f"members.{place}",
            )
        Member.objects.create(
            entry=entry, person=person, position=place + 1, role=one.role, facts=dict(one.facts), claim=claim
        )
        for term in terms:
            if fits(entry.division, one, term.for_):
                refusal = _both_sides(term, f"members.{place}")
                claiming.take_side(entry, term.id, _within(term, entry), person, "contestant", refusal)
    persons = entry.members.values("person")
    Preregistration.objects.filter(event=entry.event, person__in=persons, state=EntryState.PREREGISTERED).update(
        state=EntryState.AWAITING_UNIT
    )
    for place, one in enumerate(teachers):
        person = claiming.find_or_add_person(competition, name=one.name, identity=one.identity, phone="")
        Instructor.objects.create(entry=entry, person=person, position=place + 1)
        for term in terms:
            if any(fits(entry.division, member, term.whom) for member in people):
                refusal = _both_sides(term, f"instructors.{place}")
                claiming.take_side(entry, term.id, _within(term, entry), person, "instructor", refusal)


def _preregistered(event: Event, person: Person) -> bool:
    """Whether the person has pre-registered for this event and not withdrawn. 1 SQL statement."""
    live = (EntryState.PREREGISTERED, EntryState.AWAITING_UNIT)
    return Preregistration.objects.filter(event=event, person=person, state__in=live).exists()


def _already(rules: DivisionRules, place: int) -> Refused:
    term = next((term for term in rules.eligibility.values() if term.rule == "one_event"), None)
    return Refused(
        "该人员在本届竞赛已有报名，每人限报一项。如需更换，请先撤回原报名。",
        rule="one_event",
        clause=term.clause if term else None,
        field=f"members.{place}",
    )


def _both_sides(term: NotInstructorTerm, field: str) -> Refused:
    where = "同一赛项" if term.within == "赛项" else "本届竞赛"
    return Refused(
        f"参赛选手不得担任{where}所限选手的指导教师，两者只能居其一，请更换选手或指导教师。",
        rule=term.id,
        clause=term.clause,
        field=field,
    )


def _within(term: NotInstructorTerm, entry: Entry) -> str:
    return f"event:{entry.event_id}" if term.within == "赛项" else "competition"
