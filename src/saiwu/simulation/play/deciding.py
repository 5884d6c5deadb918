"""What no program may decide is decided: by the chief judge, by the organiser, or by the office with his letter."""

from __future__ import annotations

from datetime import datetime

from saiwu.competitions.actions import take_decision
from saiwu.competitions.models import Decision
from saiwu.rules.procedure import Open, Role
from saiwu.simulation.kinds import Trouble
from saiwu.simulation.world import World

_PREFERRED = ("照常", "都取", "从低到高减")
_CLOSING = "报名截止"
_REASONS = {
    "tie": "经裁判组合议，比对技能操作过程记录后排定先后。",
    "advance": "经裁判组合议，按选拔赛过程记录排定。",
    "border": "同分选手（队）成绩确无高下，按规则处理。",
    "over_cap": "到场人数较少，按获奖总数上限执行。",
    "minimum": "报名已充分发动，承办条件具备，保证赛事规模和质量。",
}


def decide(world: World, event: str, at: datetime) -> int:
    """Take every decision of the event that waits. Returns how many were taken.

    What happened by itself, since the rulebook leaves no choice, is counted too.
    """
    of_event = Decision.objects.filter(event_id=world.event_ids[event]).order_by("id")
    for row in of_event.filter(taken_role=Role.SYSTEM).exclude(pk__in=world.by_themselves):
        world.by_themselves.add(row.pk)
        _count(world, row, str(row.choice))
    return sum(_take(world, event, row, at) for row in of_event.filter(state=Open.ASKED))


def _take(world: World, event: str, row: Decision, at: datetime) -> bool:
    choice: str | list[str]
    if row.kind in ("tie", "advance"):
        choice = list(row.concerns)
        world.random.shuffle(choice)
    else:
        choice = next((one for one in _PREFERRED if one in row.options), row.options[0])
    role = Role(row.may_take)
    account, letter = (world.staff[event].chief_judge, "") if role is Role.CHIEF_JUDGE else world.settler(role, at)
    reason = _REASONS[row.kind]
    if not world.done(
        take_decision, decision_id=row.pk, choice=choice, reason=reason, letter=letter, by=account, at=at
    ):
        return False
    _count(world, row, choice)
    return True


def _count(world: World, row: Decision, choice: str | list[str]) -> None:
    if row.kind == "tie":
        world.met(Trouble.TIE_AT_BORDER)
    elif row.kind == "over_cap":
        world.met(Trouble.OVER_CAP)
    elif row.kind == "minimum":
        world.met(Trouble.BELOW_MINIMUM_AT_CLOSING if _CLOSING in row.message else Trouble.BELOW_MINIMUM_IN_FINAL)
        if choice == "取消":
            world.met(Trouble.DIVISION_CANCELLED)
