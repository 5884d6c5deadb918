"""What can be printed or kept of the event, by what it is for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from saiwu.checkin.queries import draws_of
from saiwu.competitions.queries.events import LISTED
from saiwu.results.queries.progress import progress
from saiwu.results.queries.public import WHOLE
from saiwu.rules.procedure import DrawState, EventState
from saiwu.web.desk import Desk, desk
from saiwu.web.host.desks import HOST, tabs_of


@desk(HOST, tabs=tabs_of)
def documents(request: HttpRequest, at: Desk) -> HttpResponse:
    """The documents that there are now; what will come says when."""
    rules = at.site.book.events[at.event.slug]
    known = progress(at.event.id)
    return at.page(
        "host/documents/page.html",
        here="documents",
        listed=at.event.state in LISTED,
        draws=[one for one in draws_of(at.event.id) if one.state is DrawState.MADE],
        lists=[(rules.division_name(one.division), one.division or WHOLE) for one in known.lists],
        published=known.state in (EventState.PUBLIC_NOTICE, EventState.CONFIRMED),
    )
