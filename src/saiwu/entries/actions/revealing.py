"""An ID number shown whole: to whom it may concern, each time on record."""

from __future__ import annotations

from datetime import datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Account
from saiwu.audit.frame import Refused, action, record
from saiwu.entries.claiming import number_of
from saiwu.entries.models import Entry


@action
def reveal_number(*, entry_id: int, position: int, by: Account, at: datetime) -> str:
    """The whole ID number of the member at that position. Raises Refused where the entry has none there."""
    entry = begin("entries.reveal_number", Entry, entry_id, by=by, at=at, related=("event__competition",))
    member = entry.members.select_related("person").filter(position=position).first()
    if member is None:
        raise Refused(f"这份报名没有第 {position} 名队员。", rule="member", field="position")
    number = number_of(member.person)
    record("entries.reveal_number", entry, by=by, at=at, facts={"person": member.person.key})
    return number
