"""Change requests: the host of one event asks to move its final, which is approved; another asks in vain."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from saiwu.competitions.actions import approve_change, ask_change, refuse_change
from saiwu.rules.procedure import Role
from saiwu.rules.rulebook.stages import FINAL
from saiwu.rules.rulebook.values import Who
from saiwu.simulation.agenda import Story
from saiwu.simulation.kinds import Trouble
from saiwu.simulation.world import World

_SHIFTS = (9, 8, 10, 7, 6, 5, 4, 3, 2, 1)
"""By how many days a final is moved, the first that stays within the competition's time."""
_SHARE = 0.6
"""At which share of the time for registration the host asks."""


def changed(world: World) -> list[Story]:
    """The stories of the changes that the notice allows."""
    term = world.book.changes
    allowed = term.allowed if term is not None else ()
    events = sorted(world.book.events, key=lambda slug: (world.clock.final_day(world.days(slug)) or date.max, slug))
    stories = []
    if "日期" in allowed:
        movable = next((slug for slug in events if days_moved(world, slug)), None)
        if movable is not None:
            stories.append(final_moved(world, movable))
            events.remove(movable)
    if "地点" in allowed and events:
        stories.append(change_refused(world, world.random.choice(events)))
    return stories


def days_moved(world: World, slug: str) -> dict[str, str]:
    """The keys of the final's days with their new text; empty where no shift stays within the competition's time."""
    stage = world.book.events[slug].stages[FINAL]
    written = {"on": stage.on, "from": stage.from_, "to": stage.to}
    days = {key: value for key, value in written.items() if isinstance(value, date)}
    last = max(days.values(), default=None, key=_day)
    if last is None or len(days) < sum(value is not None for value in written.values()):
        return {}
    for shift in _SHIFTS:
        if world.book.head.to is None or _day(last) + timedelta(days=shift) <= world.book.head.to:
            return {f"stages.final.{key}": _text(value + timedelta(days=shift)) for key, value in days.items()}
    return {}


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _text(value: date) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value.isoformat()


def final_moved(world: World, slug: str) -> Story:
    """The host asks to move the final, and it is moved."""
    at = yield _when(world, slug)
    host = world.staff[slug].host
    change_id = world.attempt(
        ask_change,
        event_id=world.event_ids[slug],
        kind="日期",
        values=days_moved(world, slug),
        reason="决赛场地设备检修，原定日期不能保证安全，申请顺延。",
        by=host,
        at=at,
    )
    if change_id is None:
        return
    at = yield at + timedelta(days=2, hours=5)
    account, letter = world.settler(_approver(world), at)
    if world.done(approve_change, change_id=change_id, letter=letter, remark="同意顺延。", by=account, at=at):
        world.met(Trouble.FINAL_MOVED)


def change_refused(world: World, slug: str) -> Story:
    """The host asks for another venue, in vain."""
    at = yield _when(world, slug)
    change_id = ask_for_venue(world, slug, at)
    if change_id is None:
        return
    at = yield at + timedelta(days=1, hours=3)
    account, letter = world.settler(_approver(world), at)
    remark = "新场地尚未验收，按原定地点办赛。"
    if world.done(refuse_change, change_id=change_id, letter=letter, remark=remark, by=account, at=at):
        world.met(Trouble.CHANGE_REFUSED)


def ask_for_venue(world: World, slug: str, at: datetime) -> int | None:
    """The host asks for another venue. Returns the request's id."""
    return world.attempt(
        ask_change,
        event_id=world.event_ids[slug],
        kind="地点",
        values={"stages.final.venue": "新校区实训楼"},
        reason="新校区实训楼即将启用，申请变更决赛地点。",
        by=world.staff[slug].host,
        at=at,
    )


def _when(world: World, slug: str) -> datetime:
    window = world.clock.window(world.days(slug), "registration")
    assert window is not None  # every event that is played has one
    start, end = window
    return world.clock.some_time(world.random, start + (end - start) * _SHARE, start + (end - start) * (_SHARE + 0.05))


def _approver(world: World) -> Role:
    by = world.book.changes.approved_by if world.book.changes is not None else None
    return Role.COMMITTEE if by is Who.COMMITTEE else Role.ORGANISER
