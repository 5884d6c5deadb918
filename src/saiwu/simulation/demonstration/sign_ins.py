"""Who can be signed in as in a demonstration: one account for each part that somebody may want to play.

All of them have the same password, made anew whenever a demonstration is built. Nothing of this is in a real
installation: its accounts get their passwords by invitation alone, and so do these.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from saiwu.accounts.actions import accept_invitation, invite
from saiwu.accounts.models import Account, Unit
from saiwu.competitions.models import Event
from saiwu.entries.models import Entry
from saiwu.privacy import chance
from saiwu.rules.procedure import EntryState, EventState, Role
from saiwu.simulation.demonstration.left_open import awaiting_units
from saiwu.simulation.demonstration.morning import Standing
from saiwu.simulation.demonstration.playing import Demonstration
from saiwu.simulation.world import World

START = "/desks/"
"""Where everybody starts: the page of his desks, which asks who he is."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account to try out. `part`: a name for scripts; `role`, `does`: what he is and can do, in Chinese; `start`: the
    path at which he begins; `competition` and `event`: over what, empty where over more than one."""

    part: str
    role: str
    does: str
    login: str
    password: str
    start: str
    competition: str = ""
    event: str = ""


def password() -> str:
    """A password that can be read out and typed: twelve letters and figures in threes."""
    return "-".join(chance.code(3).lower() for _ in range(4))


def sign_ins(demo: Demonstration) -> list[SignIn]:
    """Give the accounts their password, on the morning and on record. In the order in which an event meets them."""
    word, found = password(), []
    for part, role, does, account, world, event in _cast(demo):
        token = invite(account_id=account.pk, by=world.office, at=demo.morning.at)
        accept_invitation(account_id=account.pk, token=token, password=word, at=demo.morning.at)
        competition = world.book.id if part != "office" else ""
        found.append(SignIn(part, role.chinese, does, account.login, word, START, competition, event))
    return found


_Part = tuple[str, Role, str, Account, World, str]


def _cast(demo: Demonstration) -> Iterator[_Part]:
    shown, today, events = demo.shown, demo.today, demo.morning.events
    unit = _unit(demo)
    if unit is not None:
        account = shown.unit_accounts[unit.scope.appointments.get(role=Role.UNIT).account_id]
        yield "unit", Role.UNIT, f"{unit.name}：改退回的报名表，确认预报名人员", account, shown, ""
    for slug in _most(shown, events[Standing.REVIEWING], EntryState.SUBMITTED):
        yield _of(shown, slug, Role.HOST, "host", "审核报名，请求豁免，公布决赛名单")
    for slug in _most(shown, events[Standing.REGISTERING], EntryState.SUBMITTED):
        yield _of(shown, slug, Role.HOST, "host_registering", "看报名进度，审核，申请变更")
    for slug in today.book.events:
        yield _of(today, slug, Role.REGISTRAR, "registrar", "今天决赛：检录、抽签、编发加密号")
        yield _of(today, slug, Role.SUPERVISOR, "supervisor", "今天决赛：确定抽签的公开输入")
        yield _of(today, slug, Role.HOST, "host_today", "今天决赛：看检录和抽签")
    for slug in events[Standing.MARKING][:1]:
        yield _of(shown, slug, Role.JUDGE, "judge", "录入余下的评分")
        yield _of(shown, slug, Role.CHIEF_JUDGE, "chief_judge", "看评分进度，处罚，锁定评分")
        yield _of(shown, slug, Role.SUPERVISOR, "supervisor_marking", "锁定后抽检复核，见证解密")
        yield _of(shown, slug, Role.REGISTRAR, "registrar_marking", "锁定后解密")
        yield _of(shown, slug, Role.HOST, "host_marking", "解密后计算并公示成绩")
    yield "arbiter", Role.ARBITER, "处理对成绩的异议", _arbiter(shown), shown, ""
    yield "organiser", Role.ORGANISER, "决定豁免、变更和裁定事项", shown.organiser, shown, ""
    yield "office", Role.COMMITTEE, "全部竞赛：豁免、裁定、确认成绩、账号和单位", shown.office, shown, ""


def _of(world: World, slug: str, role: Role, part: str, does: str) -> _Part:
    staff = world.staff[slug]
    account = {
        Role.HOST: staff.host,
        Role.REGISTRAR: staff.registrar,
        Role.CHIEF_JUDGE: staff.chief_judge,
        Role.SUPERVISOR: staff.supervisor,
        Role.JUDGE: staff.judges[0],
    }[role]
    return part, role, f"{world.book.events[slug].name}：{does}", account, world, slug


def _arbiter(world: World) -> Account:
    return Account.objects.get(login=f"{world.logins}arbiter")


def _most(world: World, slugs: tuple[str, ...], state: EntryState) -> list[str]:
    """The event with most entries in that state; none where there is no event."""
    ids = [world.event_ids[slug] for slug in slugs]
    count = {
        event.slug: event.entries.filter(state=state).count()
        for event in Event.objects.filter(pk__in=ids).order_by("id")
    }
    return sorted(count, key=lambda slug: -count[slug])[:1]


def _unit(demo: Demonstration) -> Unit | None:
    """A unit with a returned form that may still be mended, and somebody who pre-registered and waits for it."""
    shown, events = demo.shown, demo.morning.events
    slugs = (*events[Standing.REGISTERING], *events[Standing.REVIEWING])
    returned = Entry.objects.filter(
        event_id__in=[shown.event_ids[slug] for slug in slugs],
        event__state__in=(EventState.REGISTERING, EventState.REVIEWING),
        state=EntryState.RETURNED,
    ).select_related("unit__scope", "event")
    waiting = set(awaiting_units(shown, events[Standing.REGISTERING]))
    rows = sorted(
        returned, key=lambda row: (row.unit.name not in waiting, row.event.state != EventState.REGISTERING, row.pk)
    )
    return rows[0].unit if rows else None
