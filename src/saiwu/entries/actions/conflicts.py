"""Settling what was refused as a second claim: the office has spoken with the person, and says what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Account
from saiwu.audit.frame import Refused, action, record
from saiwu.entries.models import Conflict

OUTCOMES: Mapping[str, str] = {
    "kept": "本人保留原来的报名",
    "moved": "本人撤回原报名，改报另一项",
    "mistyped": "证件号码填错，已请更正",
    "twice": "同一次报名重复提交，不需处理",
    "unknown": "联系不上，维持原报名",
}
"""What may have come of it. A choice, no free text: whatever is written goes into the trail, which holds no names."""


@action
def settle_conflict(*, conflict_id: int, outcome: str, by: Account, at: datetime) -> None:
    """Settle a conflict by one of `OUTCOMES`. It changes no entry: those who claim or withdraw do that themselves.

    Raises Refused for another outcome, or where it is settled already.
    """
    conflict = begin("entries.settle_conflict", Conflict, conflict_id, by=by, at=at, related=("event__competition",))
    if outcome not in OUTCOMES:
        raise Refused("请选择处理结果。", rule="conflict", field="outcome")
    if conflict.settled_at is not None:
        raise Refused("这一条已处理过。", rule="conflict")
    conflict.settled_at = at
    conflict.save(update_fields=["settled_at"])
    record("entries.settle_conflict", conflict, by=by, at=at, facts={"outcome": outcome})
