"""How far the results of a whole competition have come, for its office and the organiser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from saiwu.competitions.queries import EventRow, Site, events_of
from saiwu.results.actions.bulletin import FINISHED
from saiwu.results.actions.publication import last_second
from saiwu.results.queries.public import PublishedList, published
from saiwu.rules.procedure import EventState


@dataclass(frozen=True, slots=True)
class EventResults:
    """An event with its published lists. `until`: the last second of the public notice, None where there is none."""

    row: EventRow
    lists: tuple[PublishedList, ...]
    until: datetime | None

    def may_confirm(self, at: datetime) -> bool:
        """Whether the public notice runs no more, and nobody has confirmed yet."""
        over = self.until is None or at.replace(microsecond=0) > self.until
        return self.row.state is EventState.PUBLIC_NOTICE and over


def results_of(site: Site) -> tuple[EventResults, ...]:
    """Every event of a competition, by their finals. 6 SQL statements, however many events and lists."""
    lists = published(site.id)
    return tuple(
        EventResults(
            row,
            own := tuple(one for one in lists if one.event == row.slug),
            last_second(row.rules, row.days, row.days.timeline.moments) if own else None,
        )
        for row in events_of(site)
    )


def unfinished(site: Site) -> tuple[EventRow, ...]:
    """Events that are neither confirmed nor cancelled: for these unit awards and the bulletin wait. 4 SQL statements."""
    return tuple(row for row in events_of(site) if row.state not in FINISHED)
