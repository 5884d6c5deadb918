"""The poster with the QR code (附件12 of the founding notice): a page of A4 to print, of a competition or of one event."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from saiwu.audit.frame import NotFound
from saiwu.competitions.queries import EventRow, Site, event_of, events_of, site_of
from saiwu.documents import poster
from saiwu.entries.queries.preregistering import by_person
from saiwu.rules.rulebook.days import Point
from saiwu.web import dates
from saiwu.web.kept import Reader, kept
from saiwu.web.shared.files import PDF, download


@kept
def competition(reader: Reader, slug: str) -> HttpResponse:
    """The competition's: its code leads to the choice of events."""
    site = site_of(slug)
    rows = [row for row in events_of(site) if _offered(row)]
    if not rows:
        raise NotFound(slug)
    lines = [_line(site, row) for row in rows]
    return _poster(site, "扫码预报名", lines, reverse("preregister", args=[slug]), slug)


@kept
def event(reader: Reader, slug: str, event: str) -> HttpResponse:
    """An event's: its code leads to the form with the event chosen."""
    site = site_of(slug)
    row = event_of(site, event).row
    if not _offered(row):
        raise NotFound(event)
    return _poster(
        site,
        row.rules.name or row.slug,
        [_line(site, row)],
        reverse("preregister-event", args=[slug, event]),
        f"{slug}-{event}",
    )


def _offered(row: EventRow) -> bool:
    return row.state != "cancelled" and any(by_person(division) for division in row.rules.divisions.values())


def _line(site: Site, row: EventRow) -> tuple[str, str]:
    closes = row.preregistration.last if row.preregistration else None
    until = f"{_words(site, closes)}前" if closes is not None else ""
    return row.rules.name or row.slug, until


def _words(site: Site, point: Point) -> str:
    return dates.words(dates.local(point, site.book.zone), weekday=False)


def _poster(site: Site, title: str, lines: list[tuple[str, str]], path: str, name: str) -> HttpResponse:
    registration = site.book.chapters.registration
    source = registration.source_of("preregistration") if registration else None
    clause = source.clauses[0] if source and source.clauses else ""
    contact = site.book.chapters.contact
    made = poster.render(
        poster.Poster(
            competition=site.book.head.name or site.slug,
            title=title,
            lines=tuple(lines),
            address=settings.ADDRESS + path,
            clause=clause,
            sentence=site.book.text.get(clause, ""),
            number=site.book.head.number or "",
            phone=(contact.phone or "") if contact else "",
            dated=site.book.head.issued or site.published_at.astimezone(site.book.zone).date(),
        )
    )
    return download(made, PDF, f"{name}-poster.pdf")
