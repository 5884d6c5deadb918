"""Tests made out of the one table: for every verb, who may and who may not, and from which states."""

from __future__ import annotations

import pytest

from saiwu.accounts.actions import add_account
from saiwu.accounts.authority import begin
from saiwu.accounts.models import SYSTEM, Account, Appointment, Unit, Visitor
from saiwu.audit.frame import NotFound, Refused, action, record
from saiwu.checkin.models import Draw
from saiwu.competitions.models import ChangeRequest, Competition, Decision, Event
from saiwu.entries.actions import preregister, register
from saiwu.entries.models import Conflict, Entry, Preregistration, Waiver
from saiwu.rules.procedure import (
    PROCEDURE,
    DrawState,
    EntryState,
    EventState,
    Of,
    Open,
    Role,
    Step,
)
from tests.world import IN_TIME, LONG_BEFORE, World, build, student

pytestmark = pytest.mark.django_db

ROWS = {
    Of.UNIT: Unit,
    Of.COMPETITION: Competition,
    Of.EVENT: Event,
    Of.ENTRY: Entry,
    Of.PREREGISTRATION: Preregistration,
    Of.WAIVER: Waiver,
    Of.CHANGE: ChangeRequest,
    Of.DECISION: Decision,
    Of.DRAW: Draw,
    Of.CONFLICT: Conflict,
}
STATES = {
    Of.EVENT: EventState,
    Of.ENTRY: EntryState,
    Of.PREREGISTRATION: EntryState,
    Of.WAIVER: Open,
    Of.CHANGE: Open,
    Of.DECISION: Open,
    Of.DRAW: DrawState,
}
NOT_BEGUN_WITH_A_ROW_OF_ITS_EVENT = {"entries.register"}
"""A unit has no role over an event: what it hands in begins with its own unit (entries.actions.registering)."""
OVER_NO_SCOPE = {Of.INSTALLATION, Of.ACCOUNT}
"""What is done at large, or by people to their own account."""
STEPS = [
    step
    for step in PROCEDURE.values()
    if step.of not in OVER_NO_SCOPE and step.verb not in NOT_BEGUN_WITH_A_ROW_OF_ITS_EVENT
]


@pytest.fixture
def world() -> World:
    world = build()
    host, event = world.account("host"), world.event("iot")
    who = {"event_id": event.pk, "division": "student", "at": IN_TIME}
    preregister(statement=student(9), unit_name="x", request="r", by=Visitor(), **who)
    done = register(unit_id=world.units[0], members=[student(1)], declared=True, by=world.account("unit1"), **who)
    asked = {"asked_by": host, "asked_at": IN_TIME}
    Waiver.objects.create(entry_id=done.entry_id, rule="skill", may_settle="committee", grounds="x", **asked)
    ChangeRequest.objects.create(event=event, kind="日期", values={}, reason="x", **asked)
    Decision.objects.create(
        event=event, kind="minimum", subject="x", message="x", may_take="organiser", raised_at=IN_TIME
    )
    Conflict.objects.create(
        competition=event.competition, event=event, number_digest="x", rule="one_event", actor="visitor", at=IN_TIME
    )
    Draw.objects.create(event=event, purpose="x", codes=[], list_sha256="x", frozen_at=IN_TIME)
    return world


def row_of(step: Step, world: World):
    """The row that the verb is done to, in its first state, its event in a state that allows it."""
    if step.of is Of.COMPETITION:
        return world.competition
    if step.of is Of.UNIT:
        return Unit.objects.get(pk=world.units[0])
    row = world.event("iot") if step.of is Of.EVENT else ROWS[step.of].objects.get()
    if step.starts:
        set_state(row, sorted(step.starts)[0])
    if step.while_:
        Event.objects.filter(slug="iot").update(state=sorted(step.while_)[0])
    return row


def set_state(row, state: str) -> None:
    """Put a row into a state past all verbs, whatever else belongs to that state."""
    settled = {}
    if isinstance(row, (Waiver, ChangeRequest)) and state != Open.ASKED:
        settled = {"settled_by": row.asked_by}
    if isinstance(row, Waiver) and state != Open.ASKED:
        settled["reason"] = "x"
    if isinstance(row, ChangeRequest) and state == Open.GRANTED:
        settled["version"] = row.event.competition.in_force
    if isinstance(row, Decision) and state != Open.ASKED:
        settled = {"taken_by": Account.objects.first(), "reason": "x"}
    if isinstance(row, Draw) and state != DrawState.FROZEN:
        settled = {"commitment": "x", "fixed_at": IN_TIME}
    type(row).objects.filter(pk=row.pk).update(state=state, **settled)


def try_it(step: Step, row, by) -> str:
    """Begin the verb and tell how it ended."""

    @action
    def verb() -> None:
        begin(step.verb, type(row), row.pk, by=by, at=IN_TIME, related=related(row))
        record(step.verb, row, by=by, at=IN_TIME)

    try:
        verb()
    except NotFound:
        return "not found"
    except Refused as refused:
        return refused.rule
    return "may"


def related(row) -> tuple[str, ...]:
    path = getattr(row, "event_path", None)
    return (path,) if path else ()


def actor(role: Role, world: World, row) -> object:
    """Somebody with that role, and no other, over where the row lies."""
    if role is Role.SYSTEM:
        return SYSTEM
    if role is Role.VISITOR:
        return Visitor()
    account = Account.objects.get(pk=add_account(login=f"x-{role.value}", name="测", by=world.office, at=LONG_BEFORE))
    scope = world.event("iot").scope
    if isinstance(row, Competition) or role in (Role.COMMITTEE, Role.ORGANISER, Role.SUPERVISOR, Role.ARBITER):
        scope = world.competition.scope
    if role is Role.UNIT:
        if not isinstance(row, (Entry, Unit)):
            return account
        scope = row.scope if isinstance(row, Unit) else row.unit.scope
    Appointment.objects.create(account=account, role=role, scope=scope, since=LONG_BEFORE)
    return account


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.verb)
def test_a_verb_is_done_by_its_roles_and_by_nobody_else(step, world):
    row = row_of(step, world)
    told = {role: try_it(step, row, actor(role, world, row)) for role in Role}
    stranger_units = {
        Of.ENTRY: set(),
        Of.UNIT: set(Role) - {Role.UNIT, Role.SYSTEM, Role.VISITOR},
    }.get(step.of, {Role.UNIT})
    assert {role for role, what in told.items() if what == "may"} == set(step.roles)
    assert {role for role, what in told.items() if what == "not found"} == stranger_units
    assert {what for role, what in told.items() if role not in step.roles | stranger_units} <= {"role"}


@pytest.mark.parametrize("step", [step for step in STEPS if step.starts], ids=lambda step: step.verb)
def test_a_verb_starts_from_its_states_and_from_no_other(step, world):
    row = row_of(step, world)
    by = actor(sorted(step.roles)[0], world, row)
    told = {}
    for state in STATES[step.of]:
        set_state(row, state)
        told[state.value] = try_it(step, row, by)
    assert {state for state, what in told.items() if what == "may"} == set(step.starts)
    assert {what for state, what in told.items() if state not in step.starts} <= {"state"}


@pytest.mark.parametrize("step", [step for step in STEPS if step.while_], ids=lambda step: step.verb)
def test_a_verb_on_something_of_an_event_asks_for_the_events_state(step, world):
    row = row_of(step, world)
    by = actor(sorted(step.roles)[0], world, row)
    told = {}
    for state in EventState:
        Event.objects.filter(slug="iot").update(state=state)
        told[state] = try_it(step, row, by)
    assert {state for state, what in told.items() if what == "may"} == set(step.while_)


def test_an_appointment_holds_from_its_first_instant_to_before_its_last(world):
    row = row_of(PROCEDURE["events.close_registration"], world)
    account = actor(Role.HOST, world, row)
    Appointment.objects.filter(account=account).update(since=IN_TIME, until=None)
    assert try_it(PROCEDURE["events.close_registration"], row, account) == "may"
    Appointment.objects.filter(account=account).update(since=LONG_BEFORE, until=IN_TIME)
    assert try_it(PROCEDURE["events.close_registration"], row, account) == "not found"


def test_a_role_in_another_event_counts_for_nothing_here(world):
    account = Account.objects.get(pk=add_account(login="other", name="测", by=world.office, at=LONG_BEFORE))
    Appointment.objects.create(
        account=account, role=Role.HOST, scope=world.event("ai-trainer").scope, since=LONG_BEFORE
    )
    assert try_it(PROCEDURE["events.close_registration"], world.event("iot"), account) == "not found"
