"""Closing registration, and the list of finalists; what falls short of a minimum becomes a decision."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Actor
from saiwu.audit.frame import Refused, action, record
from saiwu.competitions.decisions import cancelled_divisions, open_decisions, raise_decision
from saiwu.competitions.models import Division, Event
from saiwu.competitions.rulebooks import days_of, happened, in_force, rules_of, rules_of_event
from saiwu.entries.models import Entry, Member
from saiwu.rules.procedure import LIVE, EntryState, EventState, Role
from saiwu.rules.rulebook import missing_for
from saiwu.rules.rulebook.quotas import Minimum

CLOSING, FINAL_LIST = "报名截止", "决赛名单"


@action
def close_registration(*, event_id: int, by: Actor, at: datetime) -> None:
    """Close registration once its last second has passed. Divisions below a minimum raise a decision, never a silent pass."""
    event = begin("events.close_registration", Event, event_id, by=by, at=at, related=("competition",))
    term = rules_of_event(event).dates.get("registration")
    closes = days_of(event).closes_at(term.to) if term and term.to else None
    if closes is not None and at <= closes:
        raise Refused("报名期限还没有过，现在截止会让还在期限内的单位报不上名。", rule="dates")
    happened(event, CLOSING, closes or at)
    raised = _raise_minimums(event, CLOSING, LIVE, at)
    event.state = EventState.REVIEWING
    event.save(update_fields=["state"])
    record("events.close_registration", event, by=by, at=at, facts={"raised": raised})


@action
def publish_final_list(*, event_id: int, by: Actor, at: datetime) -> int:
    """Publish the list of finalists: all accepted entries. Returns how many.

    Raises Refused while an entry waits for review or a minimum for its decision, or the final has no date.
    """
    event = begin("events.publish_final_list", Event, event_id, by=by, at=at, related=("competition",))
    waiting = Entry.objects.filter(event=event, state__in=(EntryState.SUBMITTED, EntryState.WAITING)).count()
    if waiting:
        raise Refused(f"还有 {waiting} 份报名没有审完，请先审核。", rule="review")
    decisions = open_decisions(event, ("minimum",))
    if decisions:
        raise Refused(f"还有裁定事项未决：{decisions[0].message}", rule="decision", clause=decisions[0].clause or None)
    missing = missing_for(in_force(event.competition), event.slug, None, "final_list")
    if missing:
        raise Refused(f"公布决赛名单还缺：{'、'.join(missing)}。", rule="rulebook")
    listed = (
        Entry.objects.filter(event=event, state=EntryState.ACCEPTED)
        .exclude(division_id__in=cancelled_divisions(event))
        .update(state=EntryState.FINALIST)
    )
    happened(event, FINAL_LIST, at)
    raised = _raise_minimums(event, FINAL_LIST, frozenset({EntryState.FINALIST}), at)
    event.state = EventState.LISTED
    event.save(update_fields=["state"])
    record("events.publish_final_list", event, by=by, at=at, facts={"listed": listed, "raised": raised})
    return listed


def _raise_minimums(event: Event, moment: str, states: frozenset[EntryState], at: datetime) -> list[str]:
    """A decision for each minimum that is not reached; one with a single effect is a decision with one option.

    A minimum within a division counts that division's entries, within an event all of the event's, each once.
    """
    raised = []
    gone = cancelled_divisions(event)
    for division in Division.objects.filter(event=event).exclude(pk__in=gone):
        division.event = event
        for key, minimum in rules_of(division).minimums.items():
            whole_event = minimum.within != "组别"
            subject = f"minimum:{key}" if whole_event else f"minimum:{key}:{division.slug}"
            if minimum.at != moment or minimum.at_least is None:
                continue
            have = _count(event, None if whole_event else division, minimum, states)
            if have >= minimum.at_least:
                continue
            name = rules_of_event(event).name if whole_event else rules_of(division).name
            unit = "人" if minimum.counts == "人" else "人（队）"
            raise_decision(
                event,
                None if whole_event else division,
                "minimum",
                subject,
                options=minimum.effect,
                message=f"{name}{moment}时 {have} {unit}，少于 {minimum.at_least} {unit}。",
                clause=minimum.clause,
                may_take=Role.ORGANISER,
                at=at,
            )
            raised.append(subject)
    return list(dict.fromkeys(raised))


def _count(event: Event, division: Division | None, minimum: Minimum, states: Iterable[EntryState]) -> int:
    entries = Entry.objects.filter(event=event, state__in=tuple(states))
    if division is not None:
        entries = entries.filter(division=division)
    if minimum.counts == "人":
        return Member.objects.filter(entry__in=entries).exclude(role="替补").count()
    return entries.count()
