"""Review by the host: papers are looked at, waivers asked for and settled, forms returned, mended, rejected, withdrawn."""

from __future__ import annotations

from datetime import datetime, timedelta

from saiwu.entries.actions import (
    accept,
    ask_waiver,
    grant_waiver,
    refuse_waiver,
    reject,
    resubmit,
    return_for_correction,
    withdraw,
)
from saiwu.entries.models import Entry, Waiver
from saiwu.entries.statements import InstructorStatement
from saiwu.entries.verdicts import from_json
from saiwu.rules.findings import Verdict
from saiwu.rules.procedure import EntryState, Role
from saiwu.simulation.agenda import Chapter, Story
from saiwu.simulation.kinds import BEYOND_QUOTA, LOST, Outcome, Trouble
from saiwu.simulation.plan import PlannedDivision, PlannedEntry
from saiwu.simulation.world import World

_SEEN = "已查验原件并留存复印件"
_RETURNED = "材料不全，请按核验结论补充后重新提交。"
_REJECTED = "所附证明材料与所填情况不符，经核实不予受理。"
_BY_UNIT = "单位生产任务调整，本单位撤回全部报名。"
_EARLY_OF = 8
"""One in so many of those who do not reach the final is lost before registration closes."""
_BY_ENTRY = "本人因故不能参赛，申请撤回。"


def reviewed(world: World, entry: PlannedEntry, division: PlannedDivision, at: datetime) -> Story:
    """What host, unit, office and organiser do of an entry that is handed in, until it is settled."""
    pace = world.pace(entry.event)
    lost_late = entry.outcome in LOST and world.random.randrange(_EARLY_OF)
    if lost_late or (pace.unseen_of and not world.random.randrange(pace.unseen_of)):
        at = yield from _closing(world, entry.event, at)
    if entry.outcome is Outcome.WITHDRAWN and world.random.randrange(2):
        at = yield world.clock.later(world.random, at, hours=pace.review_hours)
        _withdraw(world, entry, at)
        return
    at = yield world.clock.later(world.random, at, hours=pace.review_hours)
    match entry.outcome:
        case Outcome.NEVER_MENDED:
            if return_entry(world, entry.event, entry.entry_id, at):
                world.met(Trouble.RETURNED_NEVER_MENDED)
        case Outcome.MENDED:
            return_entry(world, entry.event, entry.entry_id, at)
            at = yield world.clock.later(world.random, at, hours=pace.review_hours)
            if _resubmit(world, entry, at):
                world.met(Trouble.RETURNED_AND_MENDED)
            at = yield world.clock.later(world.random, at, hours=20)
            _accept(world, entry.event, entry.entry_id, at)
        case Outcome.REJECTED:
            _reject(world, entry.event, entry.entry_id, at, _REJECTED)
        case Outcome.WITHDRAWN:
            _accept(world, entry.event, entry.entry_id, at)
            at = yield world.clock.later(world.random, at, hours=30)
            _withdraw(world, entry, at)
        case Outcome.SKILL_GRANTED | Outcome.SKILL_REFUSED | Outcome.PLACE_GRANTED | Outcome.PLACE_REFUSED:
            granted = entry.outcome in (Outcome.SKILL_GRANTED, Outcome.PLACE_GRANTED)
            asked = ask_waivers(world, entry.event, entry.entry_id, at, beyond=entry.outcome in BEYOND_QUOTA)
            at = yield world.clock.later(world.random, at, hours=pace.settle_hours)
            for waiver_id in asked:
                _settle(world, entry, waiver_id, at, granted=granted)
            at = yield at + timedelta(minutes=30)
            if granted:
                _accept(world, entry.event, entry.entry_id, at)
            else:
                _reject(world, entry.event, entry.entry_id, at, "所请豁免未获同意，不予受理。")
        case _:
            _accept(world, entry.event, entry.entry_id, at)


def _closing(world: World, event: str, at: datetime) -> Chapter:
    """Until registration has closed: most of what goes wrong in review is seen only then."""
    while (window := world.clock.window(world.days(event), "registration")) is not None and window[1] >= at:
        at = yield window[1] + timedelta(minutes=5)
    return at


def settle_the_rest(world: World, event: str, at: datetime) -> None:
    """Before the list: what waits for review is accepted or rejected, what waits for a place is rejected."""
    rows = Entry.objects.filter(
        event=world.event(event), state__in=(EntryState.SUBMITTED, EntryState.WAITING)
    ).order_by("id")
    for row in rows:
        if row.state == EntryState.WAITING or not _accept(world, event, row.pk, at):
            _reject(world, event, row.pk, at, "截至公布决赛名单前未获豁免或材料未补齐，不予受理。")


def _accept(world: World, event: str, entry_id: int, at: datetime) -> bool:
    """Accept, having seen what the rules could not."""
    kept = Entry.objects.values_list("findings", flat=True).get(pk=entry_id)
    lacking = [one.rule for one in from_json(kept) if one.verdict is Verdict.EVIDENCE]
    host = world.staff[event].host
    evidence = dict.fromkeys(lacking, _SEEN)
    accepted = world.done(accept, entry_id=entry_id, evidence=evidence, by=host, at=at)
    if accepted and lacking:
        world.met(Trouble.EVIDENCE_SHOWN)
    return accepted


def return_entry(world: World, event: str, entry_id: int, at: datetime) -> bool:
    """The host returns an entry to its unit."""
    host = world.staff[event].host
    return world.done(return_for_correction, entry_id=entry_id, reason=_RETURNED, by=host, at=at)


def _resubmit(world: World, entry: PlannedEntry, at: datetime) -> bool:
    handed_in = world.attempt(
        resubmit,
        entry_id=entry.entry_id,
        members=[one.statement() for one in entry.entrants],
        instructors=[InstructorStatement(one.name, one.number) for one in entry.instructors],
        team_name=entry.team_name,
        declared=True,
        by=world.unit_accounts[entry.unit.account_id],
        at=at,
    )
    world.judged(None if handed_in is None else handed_in.findings)
    return handed_in is not None


def _reject(world: World, event: str, entry_id: int, at: datetime, reason: str) -> None:
    host = world.staff[event].host
    if world.done(reject, entry_id=entry_id, reason=reason, by=host, at=at):
        world.met(Trouble.REJECTED)


def _withdraw(world: World, entry: PlannedEntry, at: datetime) -> None:
    of_unit = Trouble.UNIT_WITHDRAWN in entry.troubles
    if withdrawn(world, entry, _BY_UNIT if of_unit else _BY_ENTRY, at):
        world.met(Trouble.UNIT_WITHDRAWN if of_unit else Trouble.WITHDRAWN)


def withdrawn(world: World, entry: PlannedEntry, reason: str, at: datetime) -> bool:
    """The unit takes an entry back. False where it may not any more."""
    account = world.unit_accounts[entry.unit.account_id]
    return world.done(withdraw, entry_id=entry.entry_id, reason=reason, by=account, at=at)


def ask_waivers(world: World, event: str, entry_id: int, at: datetime, *, beyond: bool) -> list[int]:
    """Ask for every rule that may be set aside. `beyond`: there is no place left for the entry."""
    kept = Entry.objects.values_list("findings", flat=True).get(pk=entry_id)
    rules = [one.rule for one in from_json(kept) if one.verdict is Verdict.WAIVER]
    host = world.staff[event].host
    grounds = "单位出具书面说明，赛项工位尚有余量。" if beyond else "单位出具技能水平说明及项目业绩。"
    asked = [
        world.attempt(ask_waiver, entry_id=entry_id, rule=rule, grounds=grounds, by=host, at=at)
        for rule in dict.fromkeys(rules)
    ]
    return [waiver_id for waiver_id in asked if waiver_id is not None]


def _settle(world: World, entry: PlannedEntry, waiver_id: int, at: datetime, *, granted: bool) -> None:
    waiver = Waiver.objects.get(pk=waiver_id)
    account, letter = world.settler(Role(waiver.may_settle), at)
    verb = grant_waiver if granted else refuse_waiver
    reason = "理由充分，同意豁免。" if granted else "不具备豁免条件，按通知执行。"
    if not world.done(verb, waiver_id=waiver_id, reason=reason, letter=letter, by=account, at=at):
        return
    world.counts.waivers["granted" if granted else "refused"] += 1
    place = waiver.rule.startswith("quotas.")
    if granted:
        world.met(Trouble.PLACE_GRANTED if place else Trouble.SKILL_WAIVER_GRANTED)
    else:
        world.met(Trouble.PLACE_REFUSED if place else Trouble.SKILL_WAIVER_REFUSED)
