"""Home: what is to be done next and by when, how many there are, and the event's life."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from saiwu.checkin.queries import draws_of
from saiwu.competitions.queries import event_of
from saiwu.competitions.queries.asked import asked_changes, open_decisions_of
from saiwu.entries.queries.of_event import standing
from saiwu.results.queries import shown_until
from saiwu.results.queries.progress import progress
from saiwu.rules.procedure import EntryState
from saiwu.web.desk import Desk, desk
from saiwu.web.host.desks import HOST, REGISTRAR, SUPERVISOR, tabs_of
from saiwu.web.host.home.life import life
from saiwu.web.host.home.todos import Known, todos
from saiwu.web.host.meters import against_minimum
from saiwu.web.host.steps.steps import next_step


@desk(HOST, REGISTRAR, SUPERVISOR, tabs=tabs_of)
def home(request: HttpRequest, at: Desk) -> HttpResponse:
    """The host's home, or that of the registrar or supervisor of the event."""
    page = event_of(at.site, at.event.slug)
    divisions = tuple(one for one in standing(at.event.id) if not one.cancelled)
    known = Known(
        page=page,
        divisions=divisions,
        progress=progress(at.event.id),
        draws=draws_of(at.event.id),
        decisions=open_decisions_of(at.event.id),
        changes=asked_changes(at.event.id),
        notice_ends=shown_until(at.event.id),
    )
    waiting = todos(at, known)
    rules = page.row.rules
    return at.page(
        "host/home/page.html",
        here="home",
        row=page.row,
        todos=waiting,
        acts=sum(1 for one in waiting if one.address),
        meters=[against_minimum(one, rules) for one in divisions],
        minimum=next((one for one in divisions if one.minimum is not None), None),
        counts=[(state, many) for state in EntryState if (many := sum(one.by_state[state] for one in divisions))],
        life=life(known),
        step=next_step(at) if at.has(HOST) else None,
        is_host=at.has(HOST),
    )
