"""Each invariant, each route that can break it, and the guards that stand on that route.

A route sets the scene and returns the last step, the one that must be refused. Its guards are what `take_away` can take
away: named constraints of the database, or a rule that the verb asks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from saiwu.accounts.models import Visitor
from saiwu.audit.frame import action, record
from saiwu.competitions.actions import open_registration, take_decision
from saiwu.competitions.models import Decision
from saiwu.entries.actions import accept, preregister, register, reject, resubmit, return_for_correction
from saiwu.entries.actions.registering import HandedIn
from saiwu.entries.statements import InstructorStatement, Statement
from saiwu.results.actions import compute, confirm, issue_certificates, publish
from saiwu.results.models import Certificate, Result
from saiwu.rules import procedure
from saiwu.rules.procedure import EntryState, Role
from tests.checkin.rows import FINAL, Eve, eve, unsealed
from tests.world import IN_TIME, World, build, student, worker

Step = Callable[[], object]
EVENING, A_MONTH_LATER = FINAL + timedelta(hours=10), FINAL + timedelta(days=31)


@dataclass(frozen=True)
class Route:
    """`invariant` in the field's words; `guards` by name, all of which hold it; `refused` is the key of the refusal."""

    invariant: str
    scene: Callable[[], Step]
    guards: tuple[str, ...]
    refused: str


def _claim(world: World, event: str, who: Statement, request: str) -> object:
    return preregister(
        event_id=world.event(event).pk,
        division="student",
        statement=who,
        unit_name="示例学院甲",
        request=request,
        by=Visitor(),
        at=IN_TIME,
    )


def _enter(
    world: World, *people: Statement, event: str = "iot", unit: int = 1, division: str = "student", **more
) -> HandedIn:
    return register(
        event_id=world.event(event).pk,
        division=division,
        unit_id=world.units[unit - 1],
        members=people,
        declared=True,
        by=world.account(f"unit{unit}"),
        at=IN_TIME,
        **more,
    )


def _two_events() -> World:
    world = build(units=3)
    open_registration(event_id=world.event("ai-trainer").pk, by=world.office, at=IN_TIME)
    return world


def _resubmit(world: World, done: HandedIn, *people: Statement, unit: int = 1, **more) -> HandedIn:
    return_for_correction(entry_id=done.entry_id, reason="请核对。", by=world.account("host"), at=IN_TIME)
    return resubmit(
        entry_id=done.entry_id, members=people, declared=True, by=world.account(f"unit{unit}"), at=IN_TIME, **more
    )


def claim_twice() -> Step:
    world = _two_events()
    _claim(world, "iot", student(1), "one")
    return lambda: _claim(world, "ai-trainer", student(1), "two")


def claim_after_entry() -> Step:
    world = _two_events()
    _enter(world, student(1))
    return lambda: _claim(world, "ai-trainer", student(1), "two")


def enter_after_claim_of_another_event() -> Step:
    world = _two_events()
    _claim(world, "ai-trainer", student(1), "one")
    return lambda: _enter(world, student(1))


def enter_by_two_units() -> Step:
    world = _two_events()
    _enter(world, student(1))
    return lambda: _enter(world, student(1), unit=3)


def enter_two_events() -> Step:
    world = _two_events()
    _enter(world, student(1))
    return lambda: _enter(world, student(1), event="ai-trainer", unit=3)


def exchange_for_somebody_entered() -> Step:
    world = _two_events()
    _enter(world, student(1), unit=3)
    done = _enter(world, student(2))
    return lambda: _resubmit(world, done, student(1))


def third_entry_of_a_unit() -> Step:
    world = build(units=1)
    for serial in (1, 2):
        _enter(world, student(serial))
    return lambda: _must_wait(_enter(world, student(3)))


class Waits(Exception):  # noqa: N818 (an outcome, not an error)
    """The entry got no place: it waits for a waiver."""

    rule = "quotas.unit"


def _must_wait(done: HandedIn) -> None:
    if done.state is EntryState.WAITING:
        raise Waits


BOTH = worker(1, name="测双")
TEACHER = InstructorStatement("测双", BOTH.number)


def instructor_enters_as_worker() -> Step:
    world = build(units=2)
    _enter(world, student(5), instructors=[TEACHER])
    return lambda: _enter(world, BOTH, division="worker", unit=2)


def worker_instructs() -> Step:
    world = build(units=2)
    _enter(world, BOTH, division="worker", unit=2)
    return lambda: _enter(world, student(5), instructors=[TEACHER])


def worker_instructs_by_resubmitting() -> Step:
    world = build(units=2)
    _enter(world, BOTH, division="worker", unit=2)
    done = _enter(world, student(5))
    return lambda: _resubmit(world, done, student(5), instructors=[TEACHER])


def a_pair_of_one() -> Step:
    world = build(event="uav-delivery", units=1, open_=False)
    open_registration(event_id=world.event("uav-delivery").pk, by=world.office, at=IN_TIME)
    return lambda: _enter(world, student(1), event="uav-delivery", division="open", team_name="一飞队")


def a_pair_that_comes_back_as_three() -> Step:
    world = build(event="uav-delivery", units=1, open_=False)
    open_registration(event_id=world.event("uav-delivery").pk, by=world.office, at=IN_TIME)
    pair = [student(1), student(2)]
    done = _enter(world, *pair, event="uav-delivery", division="open", team_name="一飞队")
    return lambda: _resubmit(world, done, *pair, student(3), team_name="一飞队")


def accept_twice() -> Step:
    world = build(units=1)
    done = _enter(world, student(1))
    accept(entry_id=done.entry_id, by=world.account("host"), at=IN_TIME)
    return lambda: accept(entry_id=done.entry_id, by=world.account("host"), at=IN_TIME)


def return_what_is_accepted() -> Step:
    world = build(units=1)
    done = _enter(world, student(1))
    accept(entry_id=done.entry_id, by=world.account("host"), at=IN_TIME)
    return lambda: return_for_correction(entry_id=done.entry_id, reason="x", by=world.account("host"), at=IN_TIME)


def reject_what_is_accepted() -> Step:
    world = build(units=1)
    done = _enter(world, student(1))
    accept(entry_id=done.entry_id, by=world.account("host"), at=IN_TIME)
    return lambda: reject(entry_id=done.entry_id, reason="x", by=world.account("host"), at=IN_TIME)


def _confirmed_welders() -> Eve:
    made = eve(students=3)
    given = {"E001": (90, 45, 90), "E002": (80, 40, 80), "E003": (70, 35, 70)}
    unsealed(made.welder, given)
    event, host = made.welder.event.pk, made.welder[Role.HOST]
    compute(event_id=event, by=host, at=EVENING)
    organiser = made.office[Role.ORGANISER]
    for decision in Decision.objects.all():
        take_decision(decision_id=decision.pk, choice="从低到高减", reason="按会议纪要", by=organiser, at=EVENING)
    compute(event_id=event, by=host, at=EVENING)
    publish(event_id=event, by=host, at=EVENING)
    confirm(event_id=event, by=made.office[Role.COMMITTEE], at=A_MONTH_LATER)
    return made


def issue_certificates_twice() -> Step:
    made = _confirmed_welders()
    event, office = made.welder.event.pk, made.office[Role.COMMITTEE]
    issue_certificates(event_id=event, by=office, at=A_MONTH_LATER)
    return lambda: issue_certificates(event_id=event, by=office, at=A_MONTH_LATER)


def number_a_certificate_by_hand() -> Step:
    made = _confirmed_welders()
    office = made.office[Role.COMMITTEE]
    issue_certificates(event_id=made.welder.event.pk, by=office, at=A_MONTH_LATER)
    given = Certificate.objects.order_by("number").first()
    other = Result.objects.filter(result_list=given.result.result_list).exclude(pk=given.result_id).get(rank=3)

    @action
    def by_hand() -> None:
        member = other.entry.members.get()
        row = Certificate.objects.create(
            competition=made.competition,
            result=other,
            member=member,
            number=given.number,
            check_code="BYHAND",
            issued_at=A_MONTH_LATER,
        )
        record("results.issue_certificates", row, by=office, at=A_MONTH_LATER)

    return by_hand


ONE_EVENT = "一人限报一项"
QUOTA = "单位名额"
INSTRUCTOR = "选手不兼指导教师"
TEAM_SIZE = "队伍人数"
REVIEW = "一轮审核一个结论"
CERTIFICATE = "一证一号"

ROUTES: dict[str, Route] = {
    "claim_twice": Route(ONE_EVENT, claim_twice, ("one_event_per_person",), "one_event"),
    "claim_after_entry": Route(ONE_EVENT, claim_after_entry, ("one_event_per_person",), "one_event"),
    "enter_after_claim": Route(ONE_EVENT, enter_after_claim_of_another_event, ("one_event_per_person",), "one_event"),
    "enter_by_two_units": Route(
        ONE_EVENT, enter_by_two_units, ("one_event_per_person", "one_entry_per_claim"), "one_event"
    ),
    "enter_two_events": Route(ONE_EVENT, enter_two_events, ("one_event_per_person",), "one_event"),
    "exchange": Route(
        ONE_EVENT, exchange_for_somebody_entered, ("one_event_per_person", "one_entry_per_claim"), "one_event"
    ),
    "third_entry": Route(QUOTA, third_entry_of_a_unit, ("one_entry_a_place",), "quotas.unit"),
    "instructor_enters": Route(
        INSTRUCTOR, instructor_enters_as_worker, ("contestant_or_instructor",), "not_instructor"
    ),
    "worker_instructs": Route(INSTRUCTOR, worker_instructs, ("contestant_or_instructor",), "not_instructor"),
    "worker_instructs_later": Route(
        INSTRUCTOR, worker_instructs_by_resubmitting, ("contestant_or_instructor",), "not_instructor"
    ),
    "pair_of_one": Route(TEAM_SIZE, a_pair_of_one, ("rule team_size",), "team_size"),
    "pair_of_three": Route(TEAM_SIZE, a_pair_that_comes_back_as_three, ("rule team_size",), "team_size"),
    "accept_twice": Route(REVIEW, accept_twice, ("state", "one_decision_a_review"), "state"),
    "return_accepted": Route(REVIEW, return_what_is_accepted, ("state", "one_decision_a_review"), "state"),
    "reject_accepted": Route(REVIEW, reject_what_is_accepted, ("state",), "state"),
    "issue_twice": Route(
        CERTIFICATE, issue_certificates_twice, ("rule issued", "one_certificate_a_member"), "certificates"
    ),
    "number_by_hand": Route(
        CERTIFICATE, number_a_certificate_by_hand, ("one_number_a_certificate",), "one_number_a_certificate"
    ),
}


def allow_any_state() -> None:
    """Take the procedure's word on states of reviewed entries away."""
    for verb in ("entries.accept", "entries.return", "entries.reject"):
        step = procedure.PROCEDURE[verb]
        procedure.PROCEDURE[verb] = replace(step, starts=step.starts | {EntryState.ACCEPTED})
