"""抽检复核: a sample of locked marks, looked at again before the codes are joined back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Account
from saiwu.audit.frame import Refused, action, record
from saiwu.checkin.models import BlindCode
from saiwu.competitions.models import Event
from saiwu.marking.current import has_marked
from saiwu.marking.models import SecondLook


@action
def check(*, event_id: int, codes: Sequence[str], remark: str = "", by: Account, at: datetime) -> int:
    """Put on record that a supervisor who did not mark has looked again at the marks of these codes. Returns its id.

    Raises Refused for an empty sample, a code that the event does not have, or where `by` marked in this event.
    """
    event = begin("marking.check", Event, event_id, by=by, at=at, related=("competition",))
    if has_marked(by.pk, event.pk):
        raise Refused("您在本赛项评过分，复核须由未参加评分的监督人员进行。", rule="second_look")
    sample = sorted(set(codes))
    if not sample:
        raise Refused("请写明复核了哪些加密号。", rule="second_look", field="codes")
    known = set(BlindCode.objects.filter(event=event, code__in=sample).values_list("code", flat=True))
    if unknown := [code for code in sample if code not in known]:
        raise Refused(f"本赛项没有这些加密号：{'、'.join(unknown)}。", rule="codes", field="codes")
    look = SecondLook.objects.create(event=event, codes=sample, by=by, at=at, remark=remark.strip())
    record("marking.check", look, by=by, at=at, facts={"codes": sample})
    return look.pk
