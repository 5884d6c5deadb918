"""Waivers: an 原则上 rule set aside for one entry, asked for by the host, settled by name with a reason."""

from __future__ import annotations

from datetime import datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Account
from saiwu.audit.frame import Refused, action, frame, record
from saiwu.competitions.rulebooks import rules_of
from saiwu.entries import places
from saiwu.entries.models import Entry, Waiver
from saiwu.entries.verdicts import event_facts, facts_of_member, from_json
from saiwu.rules.findings import Verdict
from saiwu.rules.procedure import EntryState, Open, Role
from saiwu.rules.rulebook.values import Who

_SETTLERS = {Who.ORGANISER.value: Role.ORGANISER, Who.COMMITTEE.value: Role.COMMITTEE}


@action
def ask_waiver(*, entry_id: int, rule: str, grounds: str, by: Account, at: datetime) -> int:
    """Ask that a rule be set aside for an entry. Returns the request's id.

    Raises Refused where the entry has no finding of that rule that may be waived, or without grounds.
    """
    entry = begin("waivers.ask", Entry, entry_id, by=by, at=at, related=("event__competition", "division", "unit"))
    finding = next(
        (one for one in from_json(entry.findings) if one.rule == rule and one.verdict is Verdict.WAIVER), None
    )
    if finding is None:
        raise Refused("这一条不需要豁免，或不可豁免。", rule=rule)
    if not grounds.strip():
        raise Refused("请写明请求豁免的理由和依据。", rule=rule, field="grounds")
    settler = _SETTLERS.get(finding.waived_by or "", Role.COMMITTEE)
    waiver = Waiver.objects.create(
        entry=entry, rule=rule, may_settle=settler, asked_by=by, asked_at=at, grounds=grounds.strip()
    )
    record("waivers.ask", waiver, by=by, at=at, facts={"entry": entry.number, "rule": rule})
    return waiver.pk


@action
def grant_waiver(*, waiver_id: int, reason: str, letter: str = "", by: Account, at: datetime) -> None:
    """Grant it. A quota's waiver adds a place for this entry, which then waits no longer.

    Whom the rulebook names settles it; the office may record the organiser's answer with the number of his letter.
    """
    waiver = _settle("waivers.grant", waiver_id, Open.GRANTED, reason, letter, by, at)
    entry = waiver.entry
    if waiver.rule.startswith("quotas."):
        _seat(entry, at)
    record("waivers.grant", waiver, by=by, at=at, facts={"entry": entry.number, "rule": waiver.rule, "letter": letter})


@action
def refuse_waiver(*, waiver_id: int, reason: str, letter: str = "", by: Account, at: datetime) -> None:
    """Refuse it, with a reason that host and unit see."""
    waiver = _settle("waivers.refuse", waiver_id, Open.REFUSED, reason, letter, by, at)
    record("waivers.refuse", waiver, by=by, at=at, facts={"rule": waiver.rule, "letter": letter})


def _settle(verb: str, waiver_id: int, state: Open, reason: str, letter: str, by: Account, at: datetime) -> Waiver:
    related = ("entry__event__competition", "entry__division", "entry__unit")
    waiver = begin(verb, Waiver, waiver_id, by=by, at=at, related=related)
    role, needed = Role(frame().role), Role(waiver.may_settle)
    if role is not needed:
        if role is not Role.COMMITTEE:
            raise Refused(f"这件事由{needed.chinese}决定。", rule="waiver")
        if not letter.strip():
            raise Refused(f"由{needed.chinese}决定。代为登记的，请填写其来文文号。", rule="waiver", field="letter")
    waiver.state, waiver.settled_by, waiver.settled_role, waiver.settled_at = state, by, role, at
    waiver.reason, waiver.letter = reason.strip(), letter.strip()
    waiver.save()
    return waiver


def _seat(entry: Entry, at: datetime) -> None:
    """Give the entry the places that it waits for, once every quota that it exceeds is waived."""
    entry.division.event = entry.event
    granted = frozenset(entry.waivers.filter(state=Open.GRANTED).values_list("rule", flat=True))
    findings = from_json(entry.findings)
    waiting = {one.rule for one in findings if one.rule.startswith("quotas.") and one.verdict is Verdict.WAIVER}
    if entry.state != EntryState.WAITING or not waiting <= granted:
        return
    members = list(entry.members.select_related("person"))
    teaching = list(entry.instructors.values_list("person__key", flat=True))
    contestants = [facts_of_member(entry, member, at=at, team=len(members)) for member in members]
    persons = [member.person.key for member in members]
    rules = rules_of(entry.division)
    wanted, _ = places.claims_of(entry, rules, event_facts(entry.division, at), contestants, persons, teaching)
    full = places.take(entry, wanted, granted)
    if full:
        raise Refused(full[0].message, rule=full[0].rule, clause=full[0].clause, findings=tuple(full))
    entry.state = EntryState.SUBMITTED
    entry.save(update_fields=["state"])
