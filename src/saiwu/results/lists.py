"""The lists that count: of each list of an event the one computed last."""

from __future__ import annotations

from django.db.models import F, Max

from saiwu.competitions.decisions import cancelled_divisions
from saiwu.competitions.models import Division, Event
from saiwu.competitions.rulebooks import rules_of_event
from saiwu.results.gathering import WHOLE_EVENT
from saiwu.results.models import ResultList
from saiwu.rules.procedure import EntryState


def latest_lists(event: Event) -> list[ResultList]:
    """The newest computation of each list of an event, in the order of its divisions. 2 SQL statements."""
    newest = ResultList.objects.filter(event=event).values("list_key").annotate(last=Max("number"))
    last = {row["list_key"]: row["last"] for row in newest}
    rows = (
        ResultList.objects.filter(event=event, number__in=set(last.values())).select_related("division").defer("bundle")
    )
    ordered = rows.order_by(F("division__position").asc(nulls_first=True), "id")
    return [row for row in ordered if row.number == last[row.list_key]]


def list_keys(event: Event) -> list[str]:
    """The keys of the lists that the event must have: its divisions that are held, or one for all. 3 SQL statements."""
    if rules_of_event(event).ranking.list_ == "赛项":
        return [WHOLE_EVENT]
    gone = cancelled_divisions(event)
    finalists = event.entries.filter(state__in=(EntryState.FINALIST, EntryState.CHECKED_IN))
    held = set(finalists.order_by().values_list("division_id", flat=True).distinct())
    return list(Division.objects.filter(pk__in=held - gone).values_list("slug", flat=True))
