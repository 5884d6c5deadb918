"""Pre-registration by a person himself. What he may do with it afterwards is beside it (`changing`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from saiwu.accounts.authority import begin
from saiwu.accounts.models import SYSTEM, Actor, Visitor
from saiwu.audit.frame import Refused, action, frame, record
from saiwu.audit.prepared import Prepared, insert
from saiwu.competitions.models import Division, Event
from saiwu.competitions.rulebooks import citing, in_force, rules_of
from saiwu.entries.claiming import find_or_add_person, number_digest
from saiwu.entries.deadlines import refuse_outside
from saiwu.entries.models import Claim, Conflict, Preregistration
from saiwu.entries.statements import Statement, checked, local_day, one_line
from saiwu.entries.verdicts import BY_PERSON, as_json, judged_before, refuse_where_refused
from saiwu.privacy import chance
from saiwu.rules.findings import Finding
from saiwu.rules.identity import read_identity
from saiwu.rules.procedure import EntryState

_AGAIN = frozenset({"one_receipt_a_number", "one_person_a_number"})
"""Constraints that break by mere coincidence of two requests: the verb is tried again, with a new receipt number."""
_USED_UP = "这份表已经提交过，那次预报名已撤回。要再报，请重新填写。"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the visitor keeps: number (shown in fours), and what the rules said."""

    number: str
    findings: tuple[Finding, ...]


def preregister(
    *, event_id: int, division: str, statement: Statement, unit_name: str, request: str, by: Visitor, at: datetime
) -> Receipt:
    """Claim one event for a person, once a competition (五.1f of the founding notice; rule `one_event` of any).

    `request` is the form's own key: the same submit sent twice gives the same receipt. Raises Refused with the findings
    where a rule refuses, outside the dates, or where the person holds an event already; that attempt is kept by keys
    for the office, and says nothing of the other entry. At most 12 SQL statements when warm.
    """
    again = 3
    while True:
        try:
            return _preregister(
                event_id=event_id,
                division=division,
                statement=statement,
                unit_name=unit_name,
                request=request,
                by=by,
                at=at,
            )
        except Refused as refused:
            if refused.rule in _AGAIN and again:
                again -= 1
                continue
            earlier = _earlier(event_id, request) if refused.rule in ("one_event", "one_receipt_a_request") else None
            if earlier is not None:
                return earlier
            if refused.rule == "one_receipt_a_request":
                raise Refused(_USED_UP, rule=refused.rule) from refused
            if refused.rule == "one_event":
                keep_conflict(
                    event_id=event_id, digests=[digest_of(statement.number, at)], rule=refused.rule, by=by, at=at
                )
            raise


@action
def _preregister(
    *, event_id: int, division: str, statement: Statement, unit_name: str, request: str, by: Visitor, at: datetime
) -> Receipt:
    event = begin("entries.preregister", Event, event_id, by=by, at=at, related=("competition",))
    row, moments = division_of(event, division)
    book = in_force(event.competition)
    rules = book.events[event.slug].divisions[division]
    frame().cite = citing(book, rules)
    refuse_unless_open(row, moments, at)
    said = checked(statement, on=local_day(book, at))
    findings = judged_before(row, said, moments=moments, at=at)
    refuse_where_refused(book, findings)
    person = find_or_add_person(event.competition, name=said.name, identity=said.identity, phone=said.phone)
    # By their ids: rows that are only written need no rows beside them.
    insert(Claim(competition_id=event.competition_id, person_id=person.pk, event_id=event.pk))
    claimed = insert(
        Preregistration(
            competition_id=event.competition_id,
            event_id=event.pk,
            division_id=row.pk,
            person_id=person.pk,
            unit_name=one_line(unit_name),
            receipt=chance.digits(8),
            request=request,
            answers=dict(said.facts),
            findings=as_json(findings),
            rulebook_version=book.version,
            at=at,
        )
    )
    facts = {"event": event.slug, "division": division, "person": person.key, "version": book.version}
    record("entries.preregister", claimed, by=by, at=at, facts=facts)
    return Receipt(claimed.receipt, tuple(findings))


_DIVISION = Prepared(
    lambda event, slug: (
        Division.objects.filter(event=event, slug=slug)
        .annotate(happened=F("event__moments__name"), happened_at=F("event__moments__at"))
        .order_by()
    ),
    -1,
    "?",
)


def division_of(event: Event, slug: str) -> tuple[Division, dict[str, datetime]]:
    """The event's division of that id, the event with it, and the event's moments (`moments_of`). 1 SQL statement.

    Raises Refused where there is none.
    """
    rows: list[Any] = list(_DIVISION.all(event.pk, slug))
    if not rows:
        raise Refused("本赛项没有这个组别，请重新选择。", rule="division", field="division")
    rows[0].event = event
    # One row a moment, and one without any where nothing has happened yet.
    return rows[0], {one.happened: one.happened_at for one in rows if one.happened is not None}


def refuse_unless_open(division: Division, moments: Mapping[str, datetime], at: datetime) -> None:
    """Raise Refused where the notice has people not pre-register themselves, or outside its dates. No SQL statement."""
    registration = rules_of(division).registration
    if registration is None or registration.preregistration not in BY_PERSON:
        raise Refused("本赛项不设个人预报名，请由参赛单位直接报名。", rule="preregistration")
    refuse_outside(division, "preregistration", moments, at, "预报名")


def _earlier(event_id: int, request: str) -> Receipt | None:
    row = Preregistration.objects.filter(event_id=event_id, request=request).exclude(state=EntryState.WITHDRAWN).first()
    return Receipt(row.receipt, ()) if row else None


@action
def keep_conflict(*, event_id: int, digests: Sequence[str], rule: str, by: Actor, at: datetime) -> None:
    """Keep a refused attempt by keyed digests, so that the office can settle a real conflict. It opens nothing."""
    event = begin("entries.conflict", Event, event_id, by=SYSTEM, at=at, related=("competition",))
    Conflict.objects.bulk_create(
        Conflict(competition=event.competition, event=event, number_digest=digest, rule=rule, actor=by.audit_key, at=at)
        for digest in digests
    )
    facts = {"rule": rule, "digests": list(digests), "attempted_by": by.audit_key}
    record("entries.conflict", event, by=SYSTEM, at=at, facts=facts)


def digest_of(number: str, at: datetime) -> str:
    """The keyed digest of an ID number that was read before."""
    return number_digest(read_identity(number, on=at.date()).number)
