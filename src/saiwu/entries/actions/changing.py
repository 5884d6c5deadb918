"""What a visitor may do with his pre-registration: undo it at once, withdraw it, change it. Until the unit enters him.

Each takes the claim first and the pre-registration after it, as a unit does that enters the person: neither waits for the
other in a circle.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Visitor
from saiwu.audit.frame import NotFound, Refused, action, frame, record
from saiwu.competitions.models import Event
from saiwu.competitions.rulebooks import citing, in_force, moments_of, rules_of
from saiwu.entries.actions.preregistering import Receipt, division_of, refuse_unless_open
from saiwu.entries.claiming import held_by, number_of, phone_of
from saiwu.entries.deadlines import refuse_outside
from saiwu.entries.models import Claim, Preregistration
from saiwu.entries.statements import Checked, Statement, checked, local_day, one_line
from saiwu.entries.verdicts import as_json, judged_before, refuse_where_refused
from saiwu.people.models import Person
from saiwu.privacy import fields
from saiwu.rules.procedure import EntryState, EventState

UNDONE_WITHIN = timedelta(minutes=10)
"""For how long after the submit a pre-registration is undone by whoever submitted it, without being asked anything."""


@action
def undo_preregistration(*, receipt: str, competition_id: int, by: Visitor, at: datetime) -> None:
    """Undo a pre-registration within ten minutes of its submit; the claim is free again at once.

    Who calls it has made sure that the visitor is who submitted (`by` holds that receipt). Raises NotFound where he does
    not, Refused once the time is over or the unit has entered the person.
    """
    if by.receipt != receipt:
        raise NotFound("preregistration")
    row, claim = _begin("entries.undo_preregistration", _found(competition_id, receipt), by, at)
    if at > row.at + UNDONE_WITHIN:
        raise Refused("十分钟已过，不能直接撤销。请在查进度页填回执号和后四位，再撤回。", rule="undo")
    _release(row, claim)
    record("entries.undo_preregistration", row, by=by, at=at, facts={"person": row.person.key})


@action
def withdraw_preregistration(*, receipt: str, competition_id: int, last_four: str, by: Visitor, at: datetime) -> None:
    """Withdraw a pre-registration by its receipt and the last four places of the phone number or ID number.

    The claim is free again at once. Raises NotFound for a wrong pair (which of the two is not said), Refused where the
    unit has entered the person already, or after the deadline.
    """
    found = _known(competition_id, receipt, last_four)
    row, claim = _begin("entries.withdraw_preregistration", found, by, at)
    refuse_outside(row.division, "preregistration", moments_of(row.event), at, "预报名的撤回")
    _release(row, claim)
    record("entries.withdraw_preregistration", row, by=by, at=at, facts={"person": row.person.key})


@action
def change_preregistration(
    *,
    receipt: str,
    competition_id: int,
    last_four: str,
    event_id: int,
    division: str,
    statement: Statement,
    unit_name: str,
    by: Visitor,
    at: datetime,
) -> Receipt:
    """Change a pre-registration, whole: event, division, unit, answers, name and phone. The receipt keeps its number.

    The rules judge anew, and the claim moves with the event. The ID number says who it is and stays; an empty phone
    stays too. Raises NotFound for a wrong pair, Refused with the findings where a rule refuses, after the deadline of
    either event, where the unit has entered the person, or where he holds another event meanwhile.
    """
    row, claim = _begin("entries.change_preregistration", _known(competition_id, receipt, last_four), by, at)
    refuse_outside(row.division, "preregistration", moments_of(row.event), at, "预报名的更改")
    event = Event.objects.select_related("competition").filter(competition=competition_id, pk=event_id).first()
    if event is None:
        raise NotFound(f"event {event_id}")
    if event.state != EventState.REGISTERING:
        raise Refused(f"这个赛项现在是“{EventState(event.state).chinese}”，不能改报。", rule="state", field="event")
    to, moments = division_of(event, division)
    book = in_force(event.competition)
    frame().cite = citing(book, rules_of(to))
    refuse_unless_open(to, moments, at)
    stated = Statement(
        statement.name, number_of(row.person), statement.phone or phone_of(row.person), facts=statement.facts
    )
    said = checked(stated, on=local_day(book, at))
    findings = judged_before(to, said, moments=moments, at=at)
    refuse_where_refused(book, findings)
    _restate(row.person, said)
    if claim is not None and claim.event_id == row.event_id:
        claim.event = event
        claim.save(update_fields=["event"])
    else:
        # Nothing is held any more, or another event through somebody else: which of them, the constraint tells.
        Claim.objects.create(competition_id=competition_id, person=row.person, event=event)
    before = {"event": row.event.slug, "division": row.division.slug}
    row.event, row.division, row.unit_name = event, to, one_line(unit_name)
    row.answers, row.findings, row.rulebook_version = dict(said.facts), as_json(findings), book.version
    row.state = EntryState.PREREGISTERED
    row.save(update_fields=["event", "division", "unit_name", "answers", "findings", "rulebook_version", "state"])
    facts = {"event": event.slug, "division": division, "before": before, "person": row.person.key}
    record("entries.change_preregistration", row, by=by, at=at, facts=facts | {"version": book.version})
    return Receipt(row.receipt, tuple(findings))


def knows(row: Preregistration, last_four: str) -> bool:
    """Whether these are the last four places of the person's phone number or ID number."""
    wanted = last_four.strip().upper()
    return len(wanted) == 4 and wanted in (number_of(row.person)[-4:], phone_of(row.person)[-4:])


def _found(competition_id: int, receipt: str) -> Preregistration:
    rows = Preregistration.objects.filter(competition_id=competition_id, receipt=receipt)
    found = rows.select_related("person").first()
    if found is None:
        raise NotFound("preregistration")
    return found


def _known(competition_id: int, receipt: str, last_four: str) -> Preregistration:
    found = _found(competition_id, receipt)
    if not knows(found, last_four):
        raise NotFound("preregistration")
    return found


def _begin(verb: str, found: Preregistration, by: Visitor, at: datetime) -> tuple[Preregistration, Claim | None]:
    """The claim and the pre-registration, locked in this order. Refused where the unit has entered the person."""
    claim = held_by(found.person)
    related = ("event__competition", "division", "person")
    row = begin(verb, Preregistration, found.pk, by=by, at=at, related=related)
    row.division.event = row.event
    if claim is not None and claim.event_id == row.event_id and row.person.memberships.filter(claim=claim).exists():
        raise Refused("参赛单位已为您报名，要改请联系单位。", rule="state")
    return row, claim


def _release(row: Preregistration, claim: Claim | None) -> None:
    if claim is not None and claim.event_id == row.event_id:
        claim.delete()
    row.state = EntryState.WITHDRAWN
    row.save(update_fields=["state"])


def _restate(person: Person, said: Checked) -> None:
    """A name that was mistyped is mended while nobody else has entered the person under it; a phone at any time."""
    changed = []
    if said.name != person.name:
        if person.memberships.exists() or person.instructs.exists():
            raise Refused("姓名已由参赛单位登记，要改请联系单位。", rule="identity", field="name")
        person.name = said.name
        changed.append("name")
    if said.phone and said.phone != phone_of(person):
        person.phone_sealed = fields.seal(said.phone, f"person:{person.key}:phone")
        changed.append("phone_sealed")
    if changed:
        person.save(update_fields=changed)
