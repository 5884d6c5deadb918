"""Raising what no program may decide. A decision is raised by the verb that finds it, and taken by `decisions.take`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from saiwu.competitions.models import Decision, Division, Event
from saiwu.rules.procedure import EventState, Open, Role


def raise_decision(
    event: Event,
    division: Division | None,
    kind: str,
    subject: str,
    *,
    concerns: Sequence[str] = (),
    options: Sequence[str] = (),
    message: str,
    clause: str | None = None,
    may_take: Role,
    at: datetime,
) -> Decision:
    """Raise a decision within the running verb, or find the one raised before over the same subject, and bring it up.

    `subject` identifies what it is about within the event (`minimum:start:student`, `over_cap:student`). At most 3 SQL
    statements.
    """
    says = {"concerns": list(concerns), "options": list(options), "message": message}
    decision, _ = Decision.objects.get_or_create(
        event=event,
        subject=subject,
        defaults={
            "division": division,
            "kind": kind,
            "clause": clause or "",
            "may_take": may_take,
            "raised_at": at,
            **says,
        },
    )
    if decision.state == Open.ASKED and any(getattr(decision, key) != value for key, value in says.items()):
        # Another decision taken since can change whom an open one concerns.
        for key, value in says.items():
            setattr(decision, key, value)
        decision.save(update_fields=list(says))
    return decision


def happen(decision: Decision, effect: str, at: datetime) -> None:
    """The only effect that the notice allows happens by itself: nobody chose, and the record says so."""
    if decision.state != Open.ASKED:
        return
    decision.state, decision.choice, decision.taken_role, decision.taken_at = Open.GRANTED, effect, Role.SYSTEM, at
    decision.reason = "规则只写了这一种处理，按规则执行。"
    decision.save()
    if effect == "取消":
        cancel_if_nothing_is_left(decision.event)


def cancel_if_nothing_is_left(event: Event) -> None:
    """An event whose divisions are all cancelled is cancelled."""
    if set(Division.objects.filter(event=event).values_list("pk", flat=True)) <= cancelled_divisions(event):
        event.state = EventState.CANCELLED
        event.save(update_fields=["state"])


def open_decisions(event: Event, kinds: Sequence[str] = ()) -> list[Decision]:
    """Decisions of an event that nobody has taken, oldest first. 1 SQL statement."""
    rows = Decision.objects.filter(event=event, state=Open.ASKED)
    return list((rows.filter(kind__in=kinds) if kinds else rows).order_by("raised_at", "id"))


def cancelled_divisions(event: Event) -> frozenset[int]:
    """Divisions that were cancelled because too few had entered. 1 SQL statement."""
    taken = Decision.objects.filter(event=event, kind="minimum", state=Open.GRANTED, choice="取消")
    return frozenset(pk for pk in taken.values_list("division_id", flat=True) if pk is not None)
