"""Check-in 检录: identity verified at the venue."""

from __future__ import annotations

from datetime import datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Account
from saiwu.audit.frame import Refused, action, record
from saiwu.checkin.models import BlindCode, CheckIn
from saiwu.competitions.decisions import cancelled_divisions
from saiwu.competitions.models import Event
from saiwu.entries.models import Entry
from saiwu.rules.procedure import EntryState


@action
def check_in(*, entry_id: int, by: Account, at: datetime) -> None:
    """Check in a finalist whose papers were compared with the person.

    Raises Refused where the entry is no finalist (any more), where its division was cancelled, or once the codes of
    its event are issued: whoever came after that has none, and is absent.
    """
    entry = begin("checkin.check_in", Entry, entry_id, by=by, at=at, related=("event__competition",))
    Event.objects.select_for_update().get(pk=entry.event_id)  # the codes are issued before this, or after it
    if BlindCode.objects.filter(event=entry.event_id).exists():
        raise Refused("本赛项的加密号已编发，检录已截止。", rule="check_in")
    if entry.division_id in cancelled_divisions(entry.event):
        raise Refused("本组别已取消，不再检录。", rule="check_in")
    CheckIn.objects.create(entry=entry, by=by, at=at)
    entry.state = EntryState.CHECKED_IN
    entry.save(update_fields=["state"])
    record("checkin.check_in", entry, by=by, at=at, facts={"entry": entry.number})
