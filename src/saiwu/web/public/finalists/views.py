"""The list of finalists of an event, once it is public."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpResponse

from saiwu.checkin.queries import draws_of
from saiwu.competitions.queries import event_of, site_of
from saiwu.entries import queries
from saiwu.web.kept import Reader, kept
from saiwu.web.public import pages


@kept
def finalists(reader: Reader, slug: str, event: str) -> HttpResponse:
    """Names and units by division."""
    site = site_of(slug)
    row = event_of(site, event).row
    listed = queries.finalists(row.id)
    divisions = [(key, tuple(rows)) for key, rows in groupby(listed, key=lambda one: one.division)]
    return pages.page(
        reader,
        "public/finalists/page.html",
        site,
        here="events",
        row=row,
        divisions=divisions,
        total=len(listed),
        draws=draws_of(row.id),
    )
