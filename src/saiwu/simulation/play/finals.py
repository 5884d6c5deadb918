"""The life of an event: registration opens and closes, the list, the draw, the day of the final, results, certificates."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from saiwu.accounts.models import SYSTEM
from saiwu.checkin.actions import Among, check_in, commit, fix, freeze, issue_codes, make
from saiwu.competitions.actions import open_registration, start, start_marking
from saiwu.competitions.decisions import cancelled_divisions
from saiwu.competitions.models import Division
from saiwu.entries.actions import close_registration, publish_final_list
from saiwu.entries.models import Entry
from saiwu.results.actions import compute, confirm, issue_certificates, publish, unseal
from saiwu.results.actions.publication import notice_ends_at
from saiwu.rules.procedure import LIVE, EntryState, EventState
from saiwu.simulation.agenda import Chapter, Story
from saiwu.simulation.kinds import Outcome, Trouble
from saiwu.simulation.play.deciding import decide
from saiwu.simulation.play.marking import check_marks, correct_one, lock_marks, mark, mark_on, penalise_some
from saiwu.simulation.play.reviewing import settle_the_rest, withdrawn
from saiwu.simulation.world import World

_STATIONS = 20
_LIST_BEFORE = 3
"""Days before the final on which its list is published, where the rulebook names none."""


def event_life(world: World, slug: str) -> Story:
    """An event from the opening of registration to its certificates."""
    at = yield _opening(world, slug)
    staff, event_id = world.staff[slug], world.event_ids[slug]
    world.done(open_registration, event_id=event_id, by=staff.host, at=at)
    at = yield from _closed(world, slug)
    at = yield at + timedelta(days=world.pace(slug).decided_days)
    decide(world, slug, at)
    if world.event(slug).state != EventState.CANCELLED:
        at = yield from _listed(world, slug, at)
    if world.event(slug).state != EventState.CANCELLED:
        at = yield from _draws_begun(world, slug, at)
        at = yield from _final_day(world, slug)
        at = yield from _results(world, slug, at)
    world.unfinished.discard(slug)
    _say(world, slug)


def _say(world: World, slug: str, more: str = "") -> None:
    world.say(f"{world.book.events[slug].name}：{EventState(world.event(slug).state).chinese}{more}")


def _opening(world: World, slug: str) -> datetime:
    days = world.days(slug)
    windows = [world.clock.window(days, key) for key in ("preregistration", "registration")]
    return min(window[0] for window in windows if window is not None)


def _closed(world: World, slug: str) -> Chapter:
    """Registration closes by itself; where the final has been moved meanwhile, so has the day."""
    closes = world.clock.window(world.days(slug), "registration")
    assert closes is not None  # every event that is played has one
    at = yield closes[1] + timedelta(seconds=30)
    while (now := world.clock.window(world.days(slug), "registration")) is not None and now[1] >= at:
        at = yield now[1] + timedelta(seconds=30)
    world.done(close_registration, event_id=world.event_ids[slug], by=SYSTEM, at=at)
    entered = Entry.objects.filter(event_id=world.event_ids[slug], state__in=LIVE).count()
    _say(world, slug, f"，报名 {entered} 份")
    return at


def _listed(world: World, slug: str, at: datetime) -> Chapter:
    days = world.days(slug)
    final = _final(world, slug)
    planned = days.day("决赛名单") if days.date_term("final_list") else None
    day = planned or max(final - timedelta(days=_LIST_BEFORE), at.astimezone(world.clock.zone).date())
    at = yield max(world.clock.at(day, 16), at + timedelta(hours=1))
    settle_the_rest(world, slug, at)
    host = world.staff[slug].host
    listed = world.attempt(publish_final_list, event_id=world.event_ids[slug], by=host, at=at)
    _say(world, slug, f"，入围 {listed or 0} 份")
    at = yield at + timedelta(hours=2)
    decide(world, slug, at)
    at = yield at + timedelta(hours=16)
    for entry in world.plan.entries():
        late = entry.event == slug and entry.outcome is Outcome.WITHDRAWN_LATE and entry.entry_id
        if late and withdrawn(world, entry, "选手因病住院，附诊断证明。", at):
            world.met(Trouble.WITHDRAWN_AFTER_LIST)
    return at


def _held(world: World, slug: str) -> list[Division]:
    """Divisions that are not cancelled and have somebody on the list."""
    event = world.event(slug)
    gone = cancelled_divisions(event)
    there = set(Entry.objects.filter(event=event, state=EntryState.FINALIST).values_list("division_id", flat=True))
    rows = Division.objects.filter(event=event).exclude(pk__in=gone).order_by("position")
    return [row for row in rows if row.pk in there]


def _draws_begun(world: World, slug: str, at: datetime) -> Chapter:
    """Lists are frozen and commitments published the day before."""
    at = yield max(at + timedelta(minutes=30), world.clock.at(_final(world, slug) - timedelta(days=1), 15))
    registrar = world.staff[slug].registrar
    for division in _held(world, slug):
        name = world.book.events[slug].divisions[division.slug].name or division.slug
        draw_id = world.attempt(
            freeze,
            event_id=world.event_ids[slug],
            division=division.slug,
            purpose=f"{world.book.events[slug].name} {name} 决赛 工位抽签",
            among=Among.FINAL_LIST,
            stations=_STATIONS,
            by=registrar,
            at=at,
        )
        at = yield at + timedelta(minutes=10)
        if draw_id is not None:
            world.done(commit, draw_id=draw_id, by=registrar, at=at)
    return at


def _final_day(world: World, slug: str) -> Chapter:
    """Check-in, draw, codes; the work itself; marks, lock, the second look."""
    staff, event_id = world.staff[slug], world.event_ids[slug]
    first, last = _final(world, slug), world.clock.last_day(world.days(slug)) or _final(world, slug)
    at = yield world.clock.at(first, 7, 30)
    world.done(start, event_id=event_id, by=staff.host, at=at)
    yield from _check_in(world, slug, at)
    at = yield world.clock.at(first, 8, 40)
    for draw in world.event(slug).draws.order_by("id"):
        called = "、".join(str(world.random.randrange(1, 100)) for _ in range(5))
        source = "检录处由各队代表现场报出，当场录像并张贴"
        world.done(fix, draw_id=draw.pk, public_input=called, source=source, by=staff.supervisor, at=at)
        at = yield at + timedelta(minutes=4)
        world.done(make, draw_id=draw.pk, by=staff.registrar, at=at)
    at = yield at + timedelta(minutes=2)
    world.done(issue_codes, event_id=event_id, by=staff.registrar, at=at)
    at = yield at + timedelta(minutes=4)
    decide(world, slug, at)
    at = yield world.clock.at(last, 16)
    penalise_some(world, slug, at)
    at = yield world.clock.at(last, 17)
    world.done(start_marking, event_id=event_id, by=staff.chief_judge, at=at)
    at = yield world.clock.at(last, 17, 40)
    missing, tomorrow = mark(world, slug, at)
    if tomorrow:
        last += timedelta(days=1)
        at = yield world.clock.at(last, 9, 30)
        mark_on(world, slug, tomorrow, at)
    at = yield world.clock.at(last, 19)
    correct_one(world, slug, at)
    at = yield world.clock.at(last, 20)
    lock_marks(world, slug, missing, at)
    at = yield world.clock.at(last, 20, 30)
    check_marks(world, slug, at)
    return at


def _check_in(world: World, slug: str, at: datetime) -> Chapter:
    """In the order of their numbers, one after the other; those who are planned to be absent do not come."""
    absent = {entry.entry_id for entry in world.plan.entries() if entry.outcome is Outcome.ABSENT}
    registrar = world.staff[slug].registrar
    rows = Entry.objects.filter(event_id=world.event_ids[slug], state=EntryState.FINALIST).order_by("number")
    for pk in list(rows.values_list("pk", flat=True)):
        if pk in absent:
            world.met(Trouble.ABSENT)
            continue
        at = yield at + timedelta(seconds=world.pace(slug).arrival_s)
        world.done(check_in, entry_id=pk, by=registrar, at=at)
    return at


def _results(world: World, slug: str, at: datetime) -> Chapter:
    """Unsealed by two; computed and decided until nothing is open; shown, confirmed, certificates issued."""
    staff, event_id = world.staff[slug], world.event_ids[slug]
    at = yield at + timedelta(minutes=40)
    world.done(unseal, event_id=event_id, witness=staff.supervisor, by=staff.registrar, at=at)
    at = yield at + timedelta(minutes=10)
    world.done(compute, event_id=event_id, by=staff.host, at=at)
    at = yield at + timedelta(minutes=5)
    while decide(world, slug, at):
        at = yield at + timedelta(minutes=5)
        world.done(compute, event_id=event_id, by=staff.host, at=at)
        at = yield at + timedelta(minutes=5)
    morning = at.astimezone(world.clock.zone).date() + timedelta(days=1)
    at = yield world.clock.at(morning, 9)
    world.done(publish, event_id=event_id, by=staff.host, at=at)
    ends = notice_ends_at(world.event(slug)) or at
    days = timedelta(days=world.pace(slug).confirmed_days)
    at = yield world.clock.at(ends.astimezone(world.clock.zone).date() + days, 10)
    world.done(confirm, event_id=event_id, by=world.office, at=at)
    at = yield at + timedelta(hours=1)
    world.done(issue_certificates, event_id=event_id, by=world.office, at=at)
    return at


def _final(world: World, slug: str) -> date:
    day = world.clock.final_day(world.days(slug))
    assert day is not None  # without a day of the final there is no playing (`supplemented`)
    return day
