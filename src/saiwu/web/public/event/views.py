"""An event: facts, who may take part, contents, prizes, changes, and the way to its lists."""

from __future__ import annotations

from django.http import HttpResponse

from saiwu.checkin.queries import draws_of
from saiwu.competitions.queries import event_of, site_of
from saiwu.entries.queries import claimed
from saiwu.entries.queries.preregistering import offer_of
from saiwu.results.queries import published_of
from saiwu.rules.procedure import EventState
from saiwu.web.kept import Reader, kept
from saiwu.web.public import pages
from saiwu.web.public.event.said import certificates_said, lines_of, modules_of, prizes_said
from saiwu.web.public.events.views import OPEN
from saiwu.web.shared.conditions import asked_of
from saiwu.web.shared.countdown import left


@kept
def event(reader: Reader, slug: str, event: str) -> HttpResponse:
    """The page of an event."""
    site = site_of(slug)
    shown = event_of(site, event)
    row = shown.row
    closing = row.entering if row.state in OPEN else None
    return pages.page(
        reader,
        "public/event/page.html",
        site,
        here="events",
        row=row,
        changes=shown.changes,
        same_day=shown.same_day,
        lines=lines_of(row.rules),
        asked=asked_of(site.book, row.rules, row.days),
        modules=modules_of(row.rules),
        prizes=prizes_said(row.rules),
        certificates=certificates_said(row.rules),
        closing=closing,
        left=left(reader.now, closing.closes) if closing and closing.closes else None,
        count=claimed(site.id).get(row.slug, 0),
        draws=draws_of(row.id) if row.listed else (),
        lists=published_of(row.id),
        offer=offer_of(row, reader.now),
        cancelled=row.state is EventState.CANCELLED,
        own_contact=row.rules.contact if row.rules.contact != site.book.chapters.contact else None,
    )
