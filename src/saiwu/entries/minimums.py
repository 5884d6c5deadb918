"""Minimums (rulebook language §9): what falls short at its moment becomes a decision, never a silent pass."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from saiwu.competitions.decisions import cancelled_divisions, happen, raise_decision
from saiwu.competitions.models import Division, Event
from saiwu.competitions.rulebooks import rules_of, rules_of_event
from saiwu.entries.models import Entry, Member
from saiwu.rules.procedure import EntryState, Role
from saiwu.rules.rulebook.quotas import Minimum

AT_ONCE = frozenset({"照常", "不设奖", "取消"})
"""Effects that need no further word; 延长 and 延期 need a date, so they wait for whoever names it."""


def raise_minimums(event: Event, moment: str, states: frozenset[EntryState], at: datetime) -> list[str]:
    """A decision for each minimum that is not reached. A single effect that needs no date happens now, on record (§9).

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
            decision = raise_decision(
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
            if len(minimum.effect) == 1 and minimum.effect[0] in AT_ONCE:
                happen(decision, minimum.effect[0], at)
            raised.append(subject)
    return list(dict.fromkeys(raised))


def _count(event: Event, division: Division | None, minimum: Minimum, states: Iterable[EntryState]) -> int:
    entries = Entry.objects.filter(event=event, state__in=tuple(states))
    if division is not None:
        entries = entries.filter(division=division)
    if minimum.counts == "人":
        return Member.objects.filter(entry__in=entries).exclude(role="替补").count()
    return entries.count()
