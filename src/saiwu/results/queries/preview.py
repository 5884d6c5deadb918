"""Lists as computed and not yet public, for the people who run the event: only after codes were joined back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from saiwu.audit.frame import NotFound
from saiwu.competitions.models import Event
from saiwu.competitions.rulebooks import in_force
from saiwu.documents import result_table
from saiwu.results.documents import table_of
from saiwu.results.lists import latest_lists
from saiwu.results.models import ResultList, Unsealing
from saiwu.results.queries.public import WHOLE, PublishedList, ResultPage, page_of


def preview(event_id: int, address: str) -> ResultPage:
    """The newest computation of a list. 8 SQL statements. Raises NotFound before unsealing, or where there is none."""
    row = _newest(event_id, address)
    listed = PublishedList(
        row.pk,
        row.event.slug,
        row.list_key,
        row.division.slug if row.division else None,
        row.number,
        row.computed_at,
        row.confirmed_at,
        row.results.filter(rank__isnull=False).count(),
    )
    return page_of(listed, row)


def table(event_id: int, address: str, *, at: datetime) -> bytes:
    """The same as XLSX, with names. 10 SQL statements. Raises NotFound as `preview`."""
    row = _newest(event_id, address)
    day = at.astimezone(in_force(row.event.competition).zone).date()
    return result_table.render(table_of(row, named=True, made_on=day))


def computed_bundle(event_id: int, address: str) -> Mapping[str, Any]:
    """Its saiwu-result/1 document. 6 SQL statements. Raises NotFound as `preview`."""
    bundle: Mapping[str, Any] = _newest(event_id, address).bundle
    return bundle


def _newest(event_id: int, address: str) -> ResultList:
    event = Event.objects.select_related("competition").get(pk=event_id)
    if not Unsealing.objects.filter(event=event).exists():
        raise NotFound("results before unsealing")
    for row in latest_lists(event):
        if address == (WHOLE if row.division is None else row.list_key):
            row.refresh_from_db(fields=["bundle"])
            row.event = event
            return row
    raise NotFound(f"result list {address}")
