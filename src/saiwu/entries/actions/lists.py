"""Closing registration, and the list of finalists; what falls short of a minimum becomes a decision."""

from __future__ import annotations

from datetime import datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Actor
from saiwu.audit.frame import Refused, action, record
from saiwu.competitions.decisions import cancelled_divisions, open_decisions
from saiwu.competitions.models import Event
from saiwu.competitions.rulebooks import happened, in_force, moments_of
from saiwu.competitions.versions import CLOSING
from saiwu.entries.minimums import raise_minimums
from saiwu.entries.models import Entry
from saiwu.rules.procedure import LIVE, EntryState, EventState
from saiwu.rules.rulebook import Days, missing_for

FINAL_LIST = "决赛名单"


@action
def close_registration(*, event_id: int, by: Actor, at: datetime) -> None:
    """Close registration once its last second has passed. Divisions below a minimum raise a decision, never a silent pass."""
    event = begin("events.close_registration", Event, event_id, by=by, at=at, related=("competition",))
    closes = _closes_at(event)
    if closes is not None and at <= closes:
        raise Refused("报名期限还没有过，现在截止会让还在期限内的单位报不上名。", rule="dates")
    happened(event, CLOSING, closes or at)
    event.state = EventState.REVIEWING
    event.save(update_fields=["state"])
    raised = raise_minimums(event, CLOSING, LIVE, at)
    record("events.close_registration", event, by=by, at=at, facts={"raised": raised})


def _closes_at(event: Event) -> datetime | None:
    """The last second of registration, of the division that closes last; None where the rulebook names none."""
    book, moments = in_force(event.competition), moments_of(event)
    ends = []
    for key, rules in book.events[event.slug].divisions.items():
        term = rules.dates.get("registration")
        if term is not None and term.to is not None:
            ends.append(Days(book, event.slug, key, moments).closes_at(term.to))
    return max((end for end in ends if end is not None), default=None)


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
    event.state = EventState.LISTED
    event.save(update_fields=["state"])
    raised = raise_minimums(event, FINAL_LIST, frozenset({EntryState.FINALIST}), at)
    record("events.publish_final_list", event, by=by, at=at, facts={"listed": listed, "raised": raised})
    return listed
