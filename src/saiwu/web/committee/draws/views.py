"""All draws of the competition with how far each has come; anybody can verify them on their public pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from saiwu.checkin.queries import draws_in
from saiwu.rules.procedure import DrawState
from saiwu.web.committee.desks import EVERYBODY, tabs_of
from saiwu.web.desk import Desk, desk


@desk(*EVERYBODY, tabs=tabs_of)
def index(request: HttpRequest, at: Desk) -> HttpResponse:
    """The draws, by event."""
    events = at.site.book.events
    rows = [(slug, one, events[slug].division_name(one.division)) for slug, one in draws_in(at.site.id)]
    made = sum(1 for _, one, _ in rows if one.state is DrawState.MADE)
    return at.page("committee/draws/page.html", here="draws", rows=rows, made=made, going=len(rows) - made)
