"""Taking what no program may decide: by name, with a reason, once."""

from __future__ import annotations

from datetime import datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Account
from saiwu.audit.frame import Refused, action, frame, record
from saiwu.competitions.decisions import cancelled_divisions
from saiwu.competitions.models import Decision, Division, Event
from saiwu.rules.procedure import EventState, Open, Role

_ORDERED = frozenset({"tie", "advance"})
"""Kinds whose choice is the list of the codes concerned, best first (of advance: those who go on)."""


@action
def take_decision(
    *, decision_id: int, choice: str | list[str], reason: str, letter: str = "", by: Account, at: datetime
) -> None:
    """Take a decision. `choice` is one of its options, or of tie and advance (and border) a list of its codes.

    What the organiser decides the office may record, with the number of the organiser's letter.
    Raises Refused where the choice is none of the options, the reason is empty, or another role must take it.
    """
    decision = begin("decisions.take", Decision, decision_id, by=by, at=at, related=("event", "division"))
    _by_the_right_one(decision, letter)
    _among_the_options(decision, choice)
    if not reason.strip():
        raise Refused("作出裁定须写明理由。", rule="decision", field="reason")
    decision.choice, decision.reason, decision.letter = choice, reason, letter
    decision.taken_by, decision.taken_at, decision.taken_role = by, at, frame().role
    decision.state = Open.GRANTED
    decision.save()
    if decision.kind == "minimum" and choice == "取消":
        _cancel_if_nothing_is_left(decision.event)
    facts = {"kind": decision.kind, "subject": decision.subject, "choice": choice, "letter": letter}
    record("decisions.take", decision, by=by, at=at, facts=facts)


def _by_the_right_one(decision: Decision, letter: str) -> None:
    role, needed = Role(frame().role), Role(decision.may_take)
    if role is needed:
        return
    if needed is Role.ORGANISER and role is Role.COMMITTEE:
        if letter.strip():
            return
        raise Refused("由主办单位决定。代为登记的，请填写其来文文号。", rule="decision", field="letter")
    raise Refused(f"这件事由{needed.chinese}裁定。", rule="decision")


def _among_the_options(decision: Decision, choice: str | list[str]) -> None:
    if isinstance(choice, list):
        known = len(set(choice)) == len(choice) and set(choice) <= set(decision.concerns)
        whole = decision.kind != "tie" or len(choice) == len(decision.concerns)
        if decision.kind in (*_ORDERED, "border") and known and whole:
            return
        raise Refused(f"请按先后列出：{'、'.join(decision.concerns)}。", rule="decision", field="choice")
    if decision.kind in _ORDERED or choice not in decision.options:
        shown = "、".join(decision.options) or "按先后列出有关编号"
        raise Refused(f"可以选择：{shown}。", rule="decision", field="choice")


def _cancel_if_nothing_is_left(event: Event) -> None:
    if set(Division.objects.filter(event=event).values_list("pk", flat=True)) <= cancelled_divisions(event):
        Event.objects.filter(pk=event.pk).update(state=EventState.CANCELLED)
