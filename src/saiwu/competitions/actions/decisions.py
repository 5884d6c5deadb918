"""Taking what no program may decide: by name, with a reason, once."""

from __future__ import annotations

from datetime import date, datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Account
from saiwu.audit.frame import Refused, action, frame, record
from saiwu.competitions.decisions import cancel_if_nothing_is_left
from saiwu.competitions.models import Decision, Event
from saiwu.competitions.rulebooks import in_force
from saiwu.competitions.versions import put_in_force, reopen
from saiwu.rules.procedure import EventState, Open, Role
from saiwu.rules.rulebook.values import NotAllowed, parse_when

_ORDERED = frozenset({"tie", "advance"})
"""Kinds whose choice is the list of the codes concerned, best first (of advance: those who go on)."""


@action
def take_decision(
    *,
    decision_id: int,
    choice: str | list[str],
    reason: str,
    until: str = "",
    letter: str = "",
    by: Account,
    at: datetime,
) -> None:
    """Take a decision. `choice` is one of its options, or of tie and advance (and border) a list of its codes.

    Of a minimum it takes effect at once: 取消 ends the division, 延长 opens registration again until `until`, 延期 moves
    the final to `until` (a day or an instant, as the rulebook writes it); 照常 and 不设奖 are read by what comes later.
    What the organiser decides the office may record, with the number of the organiser's letter.
    Raises Refused where the choice is none of the options, the reason is empty, or another role must take it.
    """
    related = ("event__competition", "division")
    decision = begin("decisions.take", Decision, decision_id, by=by, at=at, related=related)
    _by_the_right_one(decision, letter)
    _among_the_options(decision, choice)
    if not reason.strip():
        raise Refused("作出裁定须写明理由。", rule="decision", field="reason")
    decision.choice, decision.reason, decision.letter = choice, reason, letter
    decision.taken_by, decision.taken_at, decision.taken_role = by, at, frame().role
    decision.state = Open.GRANTED
    decision.save()
    facts = {"kind": decision.kind, "subject": decision.subject, "choice": choice, "letter": letter}
    if decision.kind == "minimum":
        facts |= _effect(decision, str(choice), until.strip(), at)
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


def _effect(decision: Decision, choice: str, until: str, at: datetime) -> dict[str, str]:
    """Do what the choice says; returns what the audit record adds."""
    event = decision.event
    if choice == "取消":
        cancel_if_nothing_is_left(event)
    if choice == "合并":
        raise Refused(
            "合并组别要改整份规则（组别、名额、奖项都随之变），程序现在还不能办理，请选择其他处理办法。",
            rule="decision",
            field="choice",
        )
    if choice not in ("延长", "延期"):
        return {}
    _refuse_no_later_day(event, choice, until, at)
    if choice == "延长" and event.state not in (EventState.REGISTERING, EventState.REVIEWING):
        raise Refused("决赛名单已公布，不能再延长报名，请选择其他处理办法。", rule="state", field="choice")
    if choice == "延期" and event.state not in (EventState.REGISTERING, EventState.REVIEWING, EventState.LISTED):
        raise Refused("已经开赛，不能再延期，请选择其他处理办法。", rule="state", field="choice")
    values = _extended(decision, until) if choice == "延长" else {"stages.final.on": until}
    version = put_in_force(event, values, f"{choice}至{until}：{decision.reason}", at)
    # The same minimum is asked again when the new date has come: this decision stays under a subject of its own.
    decision.subject = f"{decision.subject}@{version.version}"
    decision.save(update_fields=["subject"])
    if choice == "延长":
        reopen(event)
    return {"until": until, "version": str(version.version)}


def _refuse_no_later_day(event: Event, choice: str, until: str, at: datetime) -> None:
    """A new date is a day or an instant that has not passed."""
    try:
        when = parse_when(until)
    except NotAllowed:
        when = None
    if not isinstance(when, date):  # an instant is a date, too; a relative date is none
        raise Refused(f"请填写{choice}到哪一天，如 2025-10-20。", rule="decision", field="until")
    if (when.date() if isinstance(when, datetime) else when) < at.astimezone(in_force(event.competition).zone).date():
        raise Refused(f"{until}已经过去，请填写以后的日期。", rule="decision", field="until")


def _extended(decision: Decision, until: str) -> dict[str, str]:
    """The keys that move: registration, and the pre-registration that it asks for, of the division concerned."""
    book = in_force(decision.event.competition)
    rules = book.events[decision.event.slug]
    place = f"divisions.{decision.division.slug}." if decision.division else ""
    keys = [key for key in ("preregistration", "registration") if key in rules.dates]
    return {f"{place}dates.{key}.to": until for key in keys}
