"""The calendar, as a page and for subscribers."""

from __future__ import annotations

from itertools import groupby

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from saiwu.competitions.queries import EventRow, Site, changes_of, event_of, events_of, site_of
from saiwu.documents import ics as icalendar
from saiwu.web.kept import Reader, kept
from saiwu.web.public import pages
from saiwu.web.public.calendar.dates import as_calendar, dated, pending
from saiwu.web.shared.files import download


@kept
def calendar(reader: Reader, slug: str) -> HttpResponse:
    """All dates by month, and what is still to be announced."""
    site = site_of(slug)
    rows = events_of(site)
    months = [
        (month, tuple(dates))
        for month, dates in groupby(dated(site, rows, reader.now), key=lambda one: one.day.replace(day=1))
    ]
    return pages.page(
        reader,
        "public/calendar/page.html",
        site,
        here="calendar",
        months=months,
        pending=pending(site, rows),
        today=reader.now.astimezone(site.book.zone).date(),
    )


@kept
def ics(reader: Reader, slug: str) -> HttpResponse:
    """All dates as iCalendar."""
    site = site_of(slug)
    return _calendar(reader, site, events_of(site), slug)


@kept
def event_ics(reader: Reader, slug: str, event: str) -> HttpResponse:
    """The dates of one event as iCalendar."""
    site = site_of(slug)
    return _calendar(reader, site, (event_of(site, event).row,), f"{slug}-{event}")


def _calendar(reader: Reader, site: Site, rows: tuple[EventRow, ...], name: str) -> HttpResponse:
    addresses = {row.slug: settings.ADDRESS + reverse("event", args=[site.slug, row.slug]) for row in rows}
    values = as_calendar(site, rows, changes_of(site.id), reader.now, addresses)
    return download(icalendar.render(values), "text/calendar; charset=utf-8", f"{name}.ics")
