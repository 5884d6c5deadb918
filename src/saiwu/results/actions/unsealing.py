"""Unsealing 解密: codes are joined back to entries, by a registrar before a supervisor, neither of whom marked.

Before it, and never after, marks may be sent back 退回重评.
"""

from __future__ import annotations

from datetime import datetime

from saiwu.accounts.authority import begin, roles_over
from saiwu.accounts.models import Account
from saiwu.audit.frame import Refused, action, record
from saiwu.checkin.models import BlindCode
from saiwu.competitions.models import Event
from saiwu.marking.current import has_marked
from saiwu.marking.models import SecondLook
from saiwu.results.models import Unsealing
from saiwu.rules.procedure import EventState, Role


@action
def unseal(*, event_id: int, witness: Account, by: Account, at: datetime) -> None:
    """Join the codes of an event back to its entries, once. `witness` has proved at the door that he is there himself.

    Raises Refused before a second look, where the witness is no supervisor of this event, is the same person, or where
    one of the two marked.
    """
    event = begin("results.unseal", Event, event_id, by=by, at=at, related=("competition",))
    if Unsealing.objects.filter(event=event).exists():
        raise Refused("本赛项已解密。", rule="unsealing")
    if witness.pk == by.pk:
        raise Refused("解密须由两人在场：检录加密人员操作，监督见证。", rule="two_people_unseal", field="witness")
    if Role.SUPERVISOR not in roles_over(witness, {event.scope_id, event.competition.scope_id}, at):
        raise Refused("见证人须是本赛项的监督。", rule="unsealing", field="witness")
    if has_marked(by.pk, event.pk):
        raise Refused("您在本赛项评过分，解密须由未参加评分的人员进行。", rule="unsealing")
    if has_marked(witness.pk, event.pk):
        raise Refused("见证人在本赛项评过分，须由未参加评分的监督见证。", rule="unsealing", field="witness")
    if not SecondLook.objects.filter(event=event, outdated_at=None).exists():
        raise Refused("还没有抽检复核，不能解密。请先由监督复核。", rule="second_look")
    Unsealing.objects.create(event=event, by=by, witness=witness, at=at)
    codes = BlindCode.objects.filter(event=event).count()
    record("results.unseal", event, by=by, at=at, facts={"witness": witness.audit_key, "codes": codes})


@action
def send_back(*, event_id: int, reason: str, by: Account, at: datetime) -> None:
    """Send locked marks back, because the second look found one that is wrong: it is corrected, and all locked anew.

    Second looks so far no longer count. Raises Refused without a reason, and once codes are joined back: whoever
    corrects a mark must not know whose it is.
    """
    event = begin("results.send_back", Event, event_id, by=by, at=at, related=("competition",))
    if not reason.strip():
        raise Refused("请写明退回重评的原因，裁判长会看到。", rule="unsealing", field="reason")
    if Unsealing.objects.filter(event=event).exists():
        raise Refused("本赛项已解密，不能再退回重评。", rule="unsealing")
    outdated = SecondLook.objects.filter(event=event, outdated_at=None).update(outdated_at=at)
    event.state = EventState.MARKING
    event.save(update_fields=["state"])
    record("results.send_back", event, by=by, at=at, facts={"reason": reason.strip(), "outdated": outdated})
