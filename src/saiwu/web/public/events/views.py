"""The events of a competition."""

from __future__ import annotations

from django.http import HttpResponse

from saiwu.competitions.queries import events_of, site_of
from saiwu.entries.queries import claimed
from saiwu.rules.procedure import EventState
from saiwu.web.kept import Reader, kept
from saiwu.web.public import pages

OPEN = (EventState.ANNOUNCED, EventState.REGISTERING)
"""States in which a list tells when entering closes."""


@kept
def events(reader: Reader, slug: str) -> HttpResponse:
    """All events with their finals, hosts, divisions and states."""
    site = site_of(slug)
    return pages.page(
        reader,
        "public/events/page.html",
        site,
        here="events",
        rows=events_of(site),
        counts=claimed(site.id),
        before_list=OPEN,
    )
