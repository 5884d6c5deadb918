"""A competition in which things wait for the committee: a waiver, a change request, a decision, a conflict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from saiwu.accounts.models import Visitor
from saiwu.audit.frame import Refused
from saiwu.competitions.actions import appoint, ask_change, open_registration
from saiwu.competitions.models import Decision
from saiwu.entries.actions import ask_waiver, close_registration, preregister, register
from saiwu.entries.models import Conflict
from saiwu.rules.procedure import Role
from tests.world import IN_TIME, LONG_BEFORE, World, build, student, worker

SHANGHAI = ZoneInfo("Asia/Shanghai")
MOVED = "ai-image"
CLOSED = datetime(2025, 10, 17, 9, 0, tzinfo=SHANGHAI)


@dataclass(frozen=True, slots=True)
class Scene:
    """What waits, by id."""

    world: World
    waiver: int
    change: int
    conflict: int


def scene(units: int = 3) -> Scene:
    """Registration of iot and ai-trainer is open. A third student of a unit waits for a place, the final of another
    event is to be moved, and somebody tried to enter a second event."""
    world = build(units=units)
    for slug in (MOVED, "ai-trainer"):
        host_of(world, slug)
    open_registration(event_id=world.event("ai-trainer").pk, by=world.account("host"), at=IN_TIME)
    return Scene(world, waiver_of(world, 1), change_of(world), conflict_of(world))


def host_of(world: World, slug: str) -> None:
    """The host of the first event runs that one too."""
    appoint(
        competition_id=world.competition.pk,
        account_id=world.account("host").pk,
        role=Role.HOST,
        event=slug,
        by=world.office,
        at=LONG_BEFORE,
    )


def enter(world: World, *members, unit: int = 1, event: str = "iot", division: str = "student", at=IN_TIME) -> int:
    """Hand in an entry; returns its id."""
    return register(
        event_id=world.event(event).pk,
        division=division,
        unit_id=world.units[unit - 1],
        members=members,
        declared=True,
        by=world.account(f"unit{unit}"),
        at=at,
    ).entry_id


def waiver_of(world: World, unit: int, first: int = 1) -> int:
    """Three students of a unit: the third waits for a place, and the host asks for it. Returns the waiver's id."""
    for serial, name in enumerate(("冉启航", "周子涵"), start=first):
        enter(world, student(serial, name), unit=unit)
    third = enter(world, student(first + 2, "李思远"), unit=unit)
    return ask_waiver(
        entry_id=third, rule="quotas.unit", grounds="市赛选拔第三名，择优", by=world.account("host"), at=IN_TIME
    )


def change_of(world: World, on: str = "2025-10-31") -> int:
    """The host asks to move the final of another event. Returns the request's id."""
    return ask_change(
        event_id=world.event(MOVED).pk,
        kind="日期",
        values={"stages.final.on": on},
        reason="因场地电力检修调整",
        by=world.account("host"),
        at=IN_TIME + timedelta(hours=1),
    )


def conflict_of(world: World, serial: int = 1) -> int:
    """Somebody who is entered tries to pre-register for another event. Returns the conflict's id."""
    try:
        preregister(
            event_id=world.event("ai-trainer").pk,
            division="student",
            statement=student(serial, "冉启航"),
            unit_name="示例学院甲",
            request=f"request-{serial}",
            by=Visitor(),
            at=IN_TIME + timedelta(hours=2),
        )
    except Refused:
        return Conflict.objects.latest("pk").pk
    raise AssertionError("a second event was not refused")


def decision_of(world: World) -> int:
    """Registration of iot is closed with too few workers. Returns the decision's id."""
    enter(world, worker(90, "陈予安"), unit=2, division="worker")
    close_registration(event_id=world.event("iot").pk, by=world.account("host"), at=CLOSED)
    return Decision.objects.get(subject="minimum:start:worker").pk
