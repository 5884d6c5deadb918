"""The life of an event, where no entry is touched: opening registration, starting, starting to mark."""

from __future__ import annotations

from datetime import datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Actor
from saiwu.audit.frame import Refused, action, record
from saiwu.competitions.decisions import open_decisions
from saiwu.competitions.models import Event
from saiwu.competitions.rulebooks import days_of, happened, in_force
from saiwu.rules.procedure import EventState
from saiwu.rules.rulebook import missing_for

_WITH = ("competition",)


@action
def open_registration(*, event_id: int, by: Actor, at: datetime) -> None:
    """Open pre-registration and registration of an event.

    Raises Refused where the rulebook lacks what registration needs (or has it 待定), or before its first day.
    """
    event = begin("events.open_registration", Event, event_id, by=by, at=at, related=_WITH)
    book = in_force(event.competition)
    for division in book.events[event.slug].divisions:
        missing = missing_for(book, event.slug, division, "open_registration")
        if missing:
            raise Refused(f"开放报名还缺：{'、'.join(missing)}。请先在规则文件中补上。", rule="rulebook")
    dates = book.events[event.slug].dates
    first = [
        days_of(event).opens_at(term.from_)
        for key in ("preregistration", "registration")
        if (term := dates.get(key)) and term.from_
    ]
    opens = min((day for day in first if day), default=None)
    if opens is not None and at < opens:
        raise Refused(f"报名自{opens:%Y年%-m月%-d日}起，现在还不能开放。", rule="dates")
    _move(event, EventState.REGISTERING)
    record("events.open_registration", event, by=by, at=at)


@action
def start(*, event_id: int, by: Actor, at: datetime) -> None:
    """Start the competition of an event on the day of its final. Raises Refused before it, or while a decision waits."""
    event = begin("events.start", Event, event_id, by=by, at=at, related=_WITH)
    waiting = open_decisions(event, ("minimum",))
    if waiting:
        raise Refused(f"还有裁定事项未决：{waiting[0].message}", rule="decision", clause=waiting[0].clause or None)
    book = in_force(event.competition)
    missing = missing_for(book, event.slug, None, "mark")
    if missing:
        raise Refused(f"开赛还缺：{'、'.join(missing)}。", rule="rulebook")
    stages = book.events[event.slug].stages
    final = list(stages.values())[-1]
    first = days_of(event).opens_at(final.on or final.from_) if (final.on or final.from_) else None
    if first is not None and at < first:
        raise Refused(f"决赛定于{first:%Y年%-m月%-d日}，现在还不能开赛。如需提前，请先提出变更申请。", rule="dates")
    _move(event, EventState.RUNNING)
    happened(event, "检录", at)
    record("events.start", event, by=by, at=at)


@action
def start_marking(*, event_id: int, by: Actor, at: datetime) -> None:
    """The competition is over; marking begins."""
    event = begin("events.start_marking", Event, event_id, by=by, at=at, related=_WITH)
    _move(event, EventState.MARKING)
    happened(event, "竞赛结束", at)
    record("events.start_marking", event, by=by, at=at)


def _move(event: Event, state: EventState) -> None:
    event.state = state
    event.save(update_fields=["state"])
