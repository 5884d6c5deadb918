"""Pre-registration by a person himself, and its withdrawal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import SYSTEM, Actor, Visitor
from saiwu.audit.frame import NotFound, Refused, action, frame, record
from saiwu.competitions.models import Division, Event
from saiwu.competitions.rulebooks import citing, in_force, moments_of
from saiwu.entries.claiming import find_or_add_person, number_digest, number_of, phone_of
from saiwu.entries.deadlines import refuse_outside
from saiwu.entries.models import Claim, Conflict, Preregistration
from saiwu.entries.statements import Statement, checked, local_day, one_line
from saiwu.entries.verdicts import as_json, judged, refuse_where_refused
from saiwu.privacy import chance
from saiwu.rules.findings import Finding
from saiwu.rules.identity import read_identity
from saiwu.rules.procedure import EntryState

_AGAIN = frozenset({"one_receipt_a_number", "one_person_a_number"})
"""Constraints that break by mere coincidence of two requests: the verb is tried again, with a new receipt number."""


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
    row = _division(event, division)
    book = in_force(event.competition)
    rules = book.events[event.slug].divisions[division]
    frame().cite = citing(book, rules)
    if rules.registration is None or rules.registration.preregistration is None:
        raise Refused("本赛项不设预报名，请由参赛单位直接报名。", rule="preregistration")
    moments = moments_of(event)
    refuse_outside(row, "preregistration", moments, at, "预报名")
    said = checked(statement, on=local_day(book, at))
    findings = judged(row, said, moments=moments, at=at, before_registration=True)
    refuse_where_refused(book, findings)
    person = find_or_add_person(event.competition, name=said.name, identity=said.identity, phone=said.phone)
    Claim.objects.create(competition=event.competition, person=person, event=event)
    claimed = Preregistration.objects.create(
        competition=event.competition,
        event=event,
        division=row,
        person=person,
        unit_name=one_line(unit_name),
        receipt=chance.digits(8),
        request=request,
        answers=dict(said.facts),
        findings=as_json(findings),
        rulebook_version=book.version,
        at=at,
    )
    facts = {"event": event.slug, "division": division, "person": person.key, "version": book.version}
    record("entries.preregister", claimed, by=by, at=at, facts=facts)
    return Receipt(claimed.receipt, tuple(findings))


def _division(event: Event, slug: str) -> Division:
    row = Division.objects.filter(event=event, slug=slug).first()
    if row is None:
        raise Refused("本赛项没有这个组别，请重新选择。", rule="division", field="division")
    row.event = event
    return row


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


@action
def withdraw_preregistration(*, receipt: str, competition_id: int, last_four: str, by: Visitor, at: datetime) -> None:
    """Withdraw a pre-registration by its receipt and the last four places of the phone number or ID number.

    The claim is free again at once. Raises NotFound for a wrong pair (which of the two is not said), Refused where the
    unit has entered the person already, or after the deadline.
    """
    rows = Preregistration.objects.filter(competition_id=competition_id, receipt=receipt)
    found = rows.select_related("person").first()
    if found is None or not _knows(found, last_four):
        raise NotFound("preregistration")
    row = begin(
        "entries.withdraw_preregistration",
        Preregistration,
        found.pk,
        by=by,
        at=at,
        related=("event__competition", "division", "person"),
    )
    row.division.event = row.event
    refuse_outside(row.division, "preregistration", moments_of(row.event), at, "预报名的撤回")
    claim = Claim.objects.filter(competition_id=competition_id, person=row.person, event=row.event).first()
    if claim is not None and row.person.memberships.filter(claim=claim).exists():
        raise Refused("参赛单位已为您报名，请联系单位撤回。", rule="state")
    if claim is not None:
        claim.delete()
    row.state = EntryState.WITHDRAWN
    row.save(update_fields=["state"])
    record("entries.withdraw_preregistration", row, by=by, at=at, facts={"person": row.person.key})


def _knows(row: Preregistration, last_four: str) -> bool:
    wanted = last_four.strip().upper()
    return len(wanted) == 4 and wanted in (number_of(row.person)[-4:], phone_of(row.person)[-4:])
