"""Results are shown to everybody (公示), and confirmed once nobody may object any more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Actor
from saiwu.audit.frame import Refused, action, record
from saiwu.competitions.decisions import open_decisions
from saiwu.competitions.models import Event
from saiwu.competitions.rulebooks import days_of, happened, moments_of, rules_of_event
from saiwu.results.lists import latest_lists, list_keys
from saiwu.results.models import Result, ResultList
from saiwu.rules.procedure import EventState, Open
from saiwu.rules.rulebook import book as typed
from saiwu.rules.rulebook.afterwards import PublicNotice
from saiwu.rules.rulebook.days import Days

PUBLISHED, PUBLIC_NOTICE = "成绩公布", "公示"


@action
def publish(*, event_id: int, by: Actor, at: datetime) -> None:
    """Publish the results of an event: from now on everybody may read them and object.

    Raises Refused before all lists are computed, while a decision is open, or where one was taken since.
    """
    event = begin("results.publish", Event, event_id, by=by, at=at, related=("competition",))
    lists = latest_lists(event)
    if missing := [key for key in list_keys(event) if key not in {row.list_key for row in lists}]:
        raise Refused(f"还没有计算成绩（{'、'.join(missing)}），不能公示。", rule="results")
    if waiting := open_decisions(event):
        first = waiting[0]
        raise Refused(
            f"还有 {len(waiting)} 项裁定未作出，不能公示：{first.message}", rule="decision", clause=first.clause or None
        )
    computed = min(row.computed_at for row in lists)
    taken = event.decisions.filter(state=Open.GRANTED, taken_at__gt=computed).exists()
    if taken or Result.objects.filter(result_list__in=lists).exclude(pending__in=("", "evidence")).exists():
        raise Refused("成绩算出后又作出了裁定，请重新计算成绩再公示。", rule="results")
    ResultList.objects.filter(pk__in=[row.pk for row in lists]).update(published_at=at)
    event.state = EventState.PUBLIC_NOTICE
    event.save(update_fields=["state"])
    for moment in (PUBLISHED, PUBLIC_NOTICE):
        happened(event, moment, at)
    facts = {"lists": [{"list": row.list_key, "number": row.number, "sha256": row.sha256} for row in lists]}
    record("results.publish", event, by=by, at=at, facts=facts)


@action
def confirm(*, event_id: int, by: Actor, at: datetime) -> None:
    """Confirm the results of an event. Raises Refused before the last second of the public notice has passed."""
    event = begin("results.confirm", Event, event_id, by=by, at=at, related=("competition",))
    ends = notice_ends_at(event)
    if ends is not None and at.replace(microsecond=0) <= ends:
        local = ends.astimezone(days_of(event).timeline.zone)
        raise Refused(f"公示到{local:%Y年%-m月%-d日 %H:%M:%S}为止，期满后才能确认成绩。", rule="public_notice")
    confirmed = [row.pk for row in latest_lists(event)]
    ResultList.objects.filter(pk__in=confirmed).update(confirmed_at=at)
    event.state = EventState.CONFIRMED
    event.save(update_fields=["state"])
    record("results.confirm", event, by=by, at=at, facts={"lists": len(confirmed)})


def notice_ends_at(event: Event) -> datetime | None:
    """The last second of the public notice, by the longest window of the event's divisions. At most 2 SQL statements.

    None where the rulebook sets no window, or results are not published yet.
    """
    return last_second(rules_of_event(event), days_of(event), moments_of(event))


def last_second(rules: typed.Event, days: Days, moments: Mapping[str, datetime]) -> datetime | None:
    """The same, by what is known already. No SQL statement."""
    terms = [division.public_notice or PublicNotice() for division in rules.divisions.values()]
    ends = [
        days.ends(start, term.window)
        for term in terms
        if term.window is not None and (start := moments.get(term.after) or moments.get(PUBLISHED)) is not None
    ]
    return max(ends, default=None)
