"""The list of finalists: who will be on it, what still waits, and the publishing; afterwards who is on it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from saiwu.competitions.queries.asked import open_decisions_of
from saiwu.competitions.queries.events import LISTED
from saiwu.entries.queries.of_event import Filter, Order, count_of, rows_of, standing
from saiwu.rules.procedure import EntryState
from saiwu.web.desk import Desk, desk
from saiwu.web.host.desks import HOST, tabs_of
from saiwu.web.host.meters import against_minimum
from saiwu.web.host.steps.steps import STEPS
from saiwu.web.shared.pages import Pages, page_number

_IN = frozenset({EntryState.FINALIST, EntryState.CHECKED_IN})


@desk(HOST, tabs=tabs_of)
def finalists(request: HttpRequest, at: Desk) -> HttpResponse:
    """The list as it is, or as it would be."""
    rules = at.site.book.events[at.event.slug]
    listed = at.event.state in LISTED
    only = Filter(_IN if listed else frozenset({EntryState.ACCEPTED}))
    pages = Pages.of(page_number(request), count_of(at.event.id, only), {})
    divisions = tuple(one for one in standing(at.event.id) if not one.cancelled)
    rows = rows_of(at.event.id, only, order=Order.UNIT, start=pages.start)
    return at.page(
        "host/finalists/page.html",
        here="finalists",
        listed=listed,
        rows=[(row, rules.division_name(row.division)) for row in rows],
        pages=pages,
        meters=[against_minimum(one, rules) for one in divisions],
        submitted=sum(one.by_state[EntryState.SUBMITTED] for one in divisions),
        waiting=sum(one.by_state[EntryState.WAITING] for one in divisions),
        returned=sum(one.by_state[EntryState.RETURNED] for one in divisions),
        decisions=[one for one in open_decisions_of(at.event.id) if one.kind == "minimum"],
        may_publish=STEPS["list"].allowed(at),
    )
