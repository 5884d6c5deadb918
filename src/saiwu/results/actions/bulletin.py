"""The bulletin 通报: one document over all events, once the last is confirmed."""

from __future__ import annotations

import hashlib
from datetime import datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Account
from saiwu.audit.frame import Refused, action, record
from saiwu.competitions.models import Competition
from saiwu.competitions.rulebooks import happened, rules_of_event
from saiwu.documents import bulletin
from saiwu.results.documents import as_json, bulletin_of
from saiwu.results.models import Bulletin
from saiwu.rules.procedure import EventState

FINISHED = frozenset({EventState.CONFIRMED, EventState.CANCELLED})


@action
def issue_bulletin(*, competition_id: int, number: str = "", note: str = "", by: Account, at: datetime) -> str:
    """Issue the bulletin, once a competition.

    `number`: the document's, where the office has given it one already. `note` stands at its end, as 此件公开发布.
    Its values stay as they are now, so that it can be printed again with the same bytes. Returns their SHA-256.
    Raises Refused while an event is neither confirmed nor cancelled, or where the bulletin is issued already.
    """
    related = ("in_force",)
    competition = begin("results.issue_bulletin", Competition, competition_id, by=by, at=at, related=related)
    events = list(competition.events.select_related("competition").order_by("position"))
    unfinished = [rules_of_event(event).name or event.slug for event in events if event.state not in FINISHED]
    if unfinished:
        raise Refused(f"还有 {len(unfinished)} 个赛项未确认成绩：{'、'.join(unfinished)}。", rule="bulletin")
    if Bulletin.objects.filter(competition=competition).exists():
        raise Refused("通报已发布。", rule="bulletin")
    values = bulletin_of(competition, number=number.strip(), note=note, at=at)
    digest = hashlib.sha256(bulletin.render(values)).hexdigest()
    issued = Bulletin.objects.create(
        competition=competition, number=number.strip(), values=as_json(values), docx_sha256=digest, by=by, at=at
    )
    for event in events:
        happened(event, "通报", at)
    record("results.issue_bulletin", issued, by=by, at=at, facts={"number": issued.number, "sha256": digest})
    return digest
