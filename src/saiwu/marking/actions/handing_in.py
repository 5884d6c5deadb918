"""提交评分: a judge says that what is his to mark is marked."""

from __future__ import annotations

import hashlib
from datetime import datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Account
from saiwu.audit.frame import Refused, action, record
from saiwu.competitions.models import Event
from saiwu.marking.models import HandIn
from saiwu.marking.standing import standing_of

_SHOWN = 10


@action
def hand_in(*, event_id: int, by: Account, at: datetime) -> int:
    """Put on record, by name and time, that a judge is done. Returns its id.

    What he enters or corrects after it makes it 失效: he hands in again.
    Raises Refused where something is left that nobody but he can mark (see `Standing.left_for`), before anything was
    marked by him, or where he has handed in and changed nothing since.
    """
    event = begin("marking.hand_in", Event, event_id, by=by, at=at, related=("competition",))
    standing = standing_of(event, at)
    left = standing.left_for(by.pk)
    if left:
        named = [f"{code} 的{standing.parts[standing.divisions[code]][part].name}" for code, part in left[:_SHOWN]]
        more = " 等" if len(left) > _SHOWN else ""
        raise Refused(f"您还有 {len(left)} 项没有评：{'、'.join(named)}{more}。评完再提交。", rule="hand_in")
    own = sorted(
        (code, part, mark.value)
        for (code, part), marks in standing.given.items()
        for mark in marks
        if mark.owner == by.pk
    )
    if not own:
        raise Refused("您还没有评分，没有可以提交的。", rule="hand_in")
    made = HandIn.objects.create(event=event, by=by, at=at, marks=len(own))
    lines = "".join(f"{code}\t{part}\t{value}\n" for code, part, value in own)
    facts = {"marks": len(own), "sha256": hashlib.sha256(lines.encode()).hexdigest()}
    record("marking.hand_in", made, by=by, at=at, facts=facts)
    return made.pk
