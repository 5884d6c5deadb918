"""A competition played up to a stage, through the verbs: what pages show of it is tested against this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from zoneinfo import ZoneInfo

from saiwu.checkin.actions import Among, check_in, commit, fix, freeze, issue_codes, make
from saiwu.checkin.models import BlindCode, Draw
from saiwu.competitions.actions import appoint, approve_change, ask_change, start, start_marking, take_decision
from saiwu.competitions.models import Decision, Event
from saiwu.entries.actions import accept, close_registration, publish_final_list, register
from saiwu.marking.actions import MarkRow, check, enter, lock, penalise
from saiwu.results.actions import compute, confirm, issue_bulletin, issue_certificates, publish, unseal
from saiwu.rules.procedure import Role
from tests.world import IN_TIME, LONG_BEFORE, World, build, student

SHANGHAI = ZoneInfo("Asia/Shanghai")
EVENT, MOVED = "iot", "ai-image"
NAMES = [
    *("冉启航", "周子涵", "彭诗雅", "邓皓然", "唐铭泽", "何雨桐", "罗佳怡", "谭晓琳", "蒋梦琪", "向明轩"),
    *("陈予安", "李思远", "杨若溪", "吴承宇", "郑可心", "孙浩宇", "马清越", "朱一诺", "胡景行", "林知夏"),
]
MARKS = (
    (92, 93.5), (88, 93), (94, 89), (86.5, 90), (84.5, 90), (91.5, 87), (82, 88.5), (85, 86.5), (79.5, 88), (84, 85.5),
    (80, 86), (90, 78.5), (77, 83), (76, 82.5), (81, 79), (74, 80), (72, 78.5), (70, 76), (68, 71), (60, 50),
)  # fmt: skip
"""Theory and practical of each, in the order of the names. 唐铭泽 and 何雨桐 have the same total, 88.350."""


class Stage(IntEnum):
    """How far it is played."""

    PUBLISHED = 0
    REGISTERING = 1
    LISTED = 2
    COMMITTED = 3
    DRAWN = 4
    SEALED = 5
    PUBLIC_NOTICE = 6
    BULLETIN = 7


@dataclass(frozen=True, slots=True)
class Played:
    """The world, the event that was played, and its draw."""

    world: World
    event: int
    draw: int | None = None


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """An instant of 2025 in the notice's zone."""
    return datetime(2025, month, day, hour, minute, tzinfo=SHANGHAI)


def play(until: Stage, contestants: int = len(NAMES)) -> Played:
    """Play the event up to that stage; the final of another event is moved, and in the end the others are cancelled."""
    world = build(event=EVENT, units=(contestants + 1) // 2, open_=until >= Stage.REGISTERING)
    event = world.event(EVENT).pk
    if until == Stage.PUBLISHED:
        return Played(world, event)
    _move(world)
    entries = _enter(world, event, contestants)
    if until == Stage.REGISTERING:
        return Played(world, event)
    _list(world, event)
    if until == Stage.LISTED:
        return Played(world, event)
    draw = _draw(world, event, made=until >= Stage.DRAWN)
    if until <= Stage.DRAWN:
        return Played(world, event, draw)
    _mark(world, event, entries)
    if until == Stage.SEALED:
        return Played(world, event, draw)
    publish(event_id=event, by=world.account("host"), at=at(10, 24, 15, 30))
    if until == Stage.BULLETIN:
        _finish(world, event)
    return Played(world, event, draw)


def _host_of(world: World, slug: str) -> None:
    host = world.account("host")
    appoint(
        competition_id=world.competition.pk,
        account_id=host.pk,
        role=Role.HOST,
        event=slug,
        by=world.office,
        at=LONG_BEFORE,
    )


def _move(world: World) -> None:
    _host_of(world, MOVED)
    change = ask_change(
        event_id=world.event(MOVED).pk,
        kind="日期",
        values={"stages.final.on": "2025-10-31"},
        reason="因场地电力检修调整",
        by=world.account("host"),
        at=at(9, 10),
    )
    approve_change(change_id=change, by=world.account("organiser"), at=at(9, 12))


def _enter(world: World, event: int, contestants: int) -> list[int]:
    entries = []
    for serial in range(contestants):
        unit = serial // 2
        handed_in = register(
            event_id=event,
            division="student",
            unit_id=world.units[unit],
            members=[student(serial + 1, NAMES[serial])],
            declared=True,
            by=world.account(f"unit{unit + 1}"),
            at=IN_TIME,
        )
        entries.append(handed_in.entry_id)
    return entries


def _list(world: World, event: int) -> None:
    host, organiser = world.account("host"), world.account("organiser")
    for entry in world.event(EVENT).entries.order_by("id"):
        accept(entry_id=entry.pk, by=host, at=IN_TIME)
    close_registration(event_id=event, by=host, at=at(10, 17))
    workers = Decision.objects.get(subject="minimum:start:worker")
    take_decision(decision_id=workers.pk, choice="取消", reason="无人报名", by=organiser, at=at(10, 17))
    _decide(world, "minimum", "照常", "organiser")
    publish_final_list(event_id=event, by=host, at=at(10, 18))
    _decide(world, "minimum", "照常", "organiser")


def _draw(world: World, event: int, *, made: bool) -> int:
    registrar = world.account("registrar")
    draw = freeze(
        event_id=event,
        division="student",
        purpose="物联网安装调试员 决赛 工位抽签",
        among=Among.FINAL_LIST,
        stations=10,
        by=registrar,
        at=at(10, 22),
    )
    commit(draw_id=draw, by=registrar, at=at(10, 22, 10))
    if made:
        fix(
            draw_id=draw,
            public_input="3871.22",
            source="10月22日上证指数收盘",
            by=world.account("supervisor"),
            at=at(10, 22, 16),
        )
        make(draw_id=draw, by=registrar, at=at(10, 22, 17))
    assert Draw.objects.get(pk=draw).commitment
    return draw


def _mark(world: World, event: int, entries: list[int]) -> None:
    host, registrar, supervisor = (world.account(role) for role in ("host", "registrar", "supervisor"))
    chief = world.account("chief_judge")
    for entry in entries:
        check_in(entry_id=entry, by=registrar, at=at(10, 23))
    start(event_id=event, by=host, at=at(10, 23))
    issue_codes(event_id=event, by=registrar, at=at(10, 23))
    start_marking(event_id=event, by=chief, at=at(10, 23, 13))
    codes = [BlindCode.objects.get(entry=entry).code for entry in entries]
    rows = [
        MarkRow(code, part, round(mark * 1000))
        for code, marks in zip(codes, MARKS, strict=False)
        for part, mark in zip(("theory", "practical"), marks, strict=True)
    ]
    assert {
        outcome.message for outcome in enter(event_id=event, marks=rows, by=world.account("judge"), at=at(10, 23, 15))
    } == {None}
    penalise(
        event_id=event, code=codes[-1], penalty="misuse", times=1, reason="未断电接线", by=chief, at=at(10, 23, 15)
    )
    lock(event_id=event, by=chief, at=at(10, 23, 16))
    check(event_id=event, codes=codes[:2], by=supervisor, at=at(10, 23, 16, 30))
    unseal(event_id=event, witness=supervisor, by=registrar, at=at(10, 23, 17))
    compute(event_id=event, by=host, at=at(10, 23, 17, 10))
    if _decide(world, "tie", None, "chief_judge") + _decide(world, "over_cap", "从低到高减", "organiser"):
        compute(event_id=event, by=host, at=at(10, 23, 18))


def _finish(world: World, event: int) -> None:
    organiser = world.account("organiser")
    for other in Event.objects.exclude(pk=event).order_by("id"):
        if other.slug != MOVED:
            _host_of(world, other.slug)
        change = ask_change(
            event_id=other.pk, kind="取消", values={}, reason="场地不具备条件", by=world.account("host"), at=at(10, 26)
        )
        approve_change(change_id=change, by=organiser, at=at(10, 27))
    confirm(event_id=event, by=world.office, at=at(11, 3))
    issue_certificates(event_id=event, by=world.office, at=at(11, 10))
    issue_bulletin(competition_id=world.competition.pk, number="渝经信发〔2025〕88号", by=organiser, at=at(11, 14))


def _decide(world: World, kind: str, choice: str | None, role: str) -> int:
    waiting = list(Decision.objects.filter(kind=kind, state="asked").order_by("id"))
    for decision in waiting:
        take_decision(
            decision_id=decision.pk,
            choice=decision.concerns if choice is None else choice,
            reason="按会议纪要",
            by=world.account(role),
            at=decision.raised_at,
        )
    return len(waiting)
