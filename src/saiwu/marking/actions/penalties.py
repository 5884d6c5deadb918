"""Penalties 处罚: of the rulebook, given by the chief judge to a code, with the facts."""

from __future__ import annotations

from datetime import datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Account
from saiwu.audit.frame import Refused, action, record
from saiwu.checkin.models import BlindCode
from saiwu.competitions.models import Event
from saiwu.competitions.rulebooks import rules_of_event
from saiwu.marking.models import Penalty


@action
def penalise(*, event_id: int, code: str, penalty: str, times: int = 1, reason: str, by: Account, at: datetime) -> int:
    """Give a code a penalty of its division's rulebook. Returns the penalty's id.

    `reason` says what happened; it goes to the public bundle, so it names nobody.
    Raises Refused for an unknown code or penalty, several times where it counts once only, no reason, or the same
    penalty twice.
    """
    event = begin("marking.penalise", Event, event_id, by=by, at=at, related=("competition",))
    division = BlindCode.objects.filter(event=event, code=code).values_list("division__slug", flat=True).first()
    if division is None:
        raise Refused(f"本赛项没有加密号“{code}”，请核对。", rule="codes", field="code")
    penalties = rules_of_event(event).divisions[division].penalties
    term = penalties.get(penalty)
    if term is None:
        known = "、".join(f"{key}（{each.name or key}）" for key, each in penalties.items()) or "无"
        raise Refused(f"规则文件没有“{penalty}”这项处罚，可以选择：{known}。", rule="penalty", field="penalty")
    if times < 1 or (times > 1 and not term.each):
        raise Refused(
            f"“{term.name or penalty}”只计一次，不按次数。", rule="penalty", clause=term.clause, field="times"
        )
    if not reason.strip():
        raise Refused("处罚须写明事实。", rule="a_penalty_says_why", clause=term.clause, field="reason")
    given = Penalty.objects.create(
        event=event, code=code, penalty=penalty, times=times, reason=reason.strip(), by=by, at=at
    )
    facts = {"code": code, "penalty": penalty, "times": times, "clause": term.clause}
    record("marking.penalise", given, by=by, at=at, facts=facts)
    return given.pk
