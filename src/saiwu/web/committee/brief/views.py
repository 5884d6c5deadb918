"""今日简报: the numbers of the day on one sheet, for printing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from saiwu.competitions.queries import changes_of, events_of
from saiwu.competitions.queries.office import waiting
from saiwu.entries.queries.conflicts import count_conflicts
from saiwu.entries.queries.waivers import count_waivers
from saiwu.web.committee.desks import DECIDERS, tabs_of
from saiwu.web.committee.home.views import lines_of
from saiwu.web.desk import Desk, desk


@desk(*DECIDERS, tabs=tabs_of)
def brief(request: HttpRequest, at: Desk) -> HttpResponse:
    """Event by event: entered, expected, in the final, waiting; and what waits for a decision."""
    lines = lines_of(at.site, events_of(at.site), at.now)
    decisions, changes = waiting(at.site.id)
    return at.page(
        "committee/brief/page.html",
        here="home",
        lines=lines,
        decisions=decisions,
        change_requests=changes,
        waivers=count_waivers(at.site.id, open_only=True),
        conflicts=count_conflicts(at.site.id, open_only=True),
        entered=sum(meter.have for line in lines for meter in line.meters),
        submitted=sum(line.submitted for line in lines),
        changes=changes_of(at.site.id)[:10],
        by_slug={line.row.slug: line.row for line in lines},
    )
