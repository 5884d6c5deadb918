"""What was done to an entry, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from saiwu.entries.queries.review import EntryClaim
from saiwu.rules import procedure
from saiwu.rules.procedure import Role


@dataclass(frozen=True, slots=True)
class Done:
    """A line of the history."""

    at: datetime
    text: str


def history_of(claim: EntryClaim) -> tuple[Done, ...]:
    """What was done to the entry, in words, and why it was returned or rejected."""
    reasons = {one.at: one.reason for one in claim.decided if one.reason}
    lines = []
    for one in claim.history:
        what = procedure.PROCEDURE[one.verb].chinese if one.verb in procedure.PROCEDURE else one.verb
        role = Role(one.role).chinese if one.role in list(Role) else ""
        who = " ".join(part for part in (role, one.by) if part)
        reason = reasons.get(one.at, "")
        lines.append(Done(one.at, "，".join(part for part in (what, who) if part) + (f"：{reason}" if reason else "")))
    return tuple(lines)
