"""The home of a competition, and of an installation that holds several."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from saiwu.competitions.queries import Change, EventRow, Planned, Site, changes_of, events_of, site_of, sites
from saiwu.entries.queries import claimed
from saiwu.entries.queries.preregistering import by_person
from saiwu.results.queries import BulletinPage, PublishedList, bulletin_of, published
from saiwu.rules.procedure import EventState
from saiwu.web.kept import Reader, kept
from saiwu.web.public import pages
from saiwu.web.public.events.views import OPEN
from saiwu.web.public.home.steps import steps_of
from saiwu.web.shared.countdown import Left, closing_next, left

NEWS = 6


@dataclass(frozen=True, slots=True)
class Soonest:
    """The deadline that comes next, of one event."""

    row: EventRow
    planned: Planned
    left: Left


@dataclass(frozen=True, slots=True)
class News:
    """A line of the notices: what, where it leads, when."""

    kind: str
    event: EventRow | None
    change: Change | None
    at: date
    where: str


@kept
def installation(reader: Reader) -> HttpResponse:
    """The competitions of the installation; where there is one, its home."""
    found = sites()
    if len(found) == 1:
        return HttpResponseRedirect(reverse("home", args=[found[0].slug]))
    return pages.page(reader, "public/home/installation.html", None, sites=found, ridge=pages.still_ridge())


@kept
def home(reader: Reader, slug: str) -> HttpResponse:
    """Name, deadline, what is new, events, the way through the year."""
    site = site_of(slug)
    rows = events_of(site)
    lists, bulletin, changes = published(site.id), bulletin_of(site.id), changes_of(site.id)
    today = reader.now.astimezone(site.book.zone).date()
    days = tuple(day for row in rows if row.state is not EventState.CANCELLED and (day := row.final_day()))
    wide, narrow = pages.ridges(days, today)
    return pages.page(
        reader,
        "public/home/page.html",
        site,
        here="home",
        rows=rows,
        counts=claimed(site.id),
        soonest=_soonest(rows, reader.now),
        moved=_moved(rows, today),
        by_slug={row.slug: row for row in rows},
        steps=steps_of(site, rows, bulletin.at if bulletin else None, reader.now),
        news=_news(site, rows, lists, changes, bulletin),
        ridge_wide=wide,
        ridge_narrow=narrow,
        has_dates=bool(days),
        before_list=OPEN,
        lists=lists,
        bulletin=bulletin,
        by_person=by_person(site.book.chapters),
    )


def _moved(rows: tuple[EventRow, ...], today: date) -> Change | None:
    """The newest change of a final that is still to come."""
    to_come = (
        row.moved
        for row in rows
        if row.moved and row.state is not EventState.CANCELLED and (day := row.final_day()) and day >= today
    )
    return max(to_come, key=lambda change: (change.agreed_at, change.id), default=None)


def _soonest(rows: tuple[EventRow, ...], now: datetime) -> Soonest | None:
    found = closing_next(rows, now)
    if found is None:
        return None
    row, planned, closes = found
    return Soonest(row, planned, left(now, closes))


def _news(
    site: Site,
    rows: tuple[EventRow, ...],
    lists: tuple[PublishedList, ...],
    changes: tuple[Change, ...],
    bulletin: BulletinPage | None,
) -> tuple[News, ...]:
    by_slug, zone = {row.slug: row for row in rows}, site.book.zone
    found: list[News] = []
    if bulletin is not None:
        found.append(
            News("bulletin", None, None, bulletin.at.astimezone(zone).date(), reverse("bulletin", args=[site.slug]))
        )
    newest: dict[str, PublishedList] = {}
    for listed in lists:
        if listed.event not in newest or listed.published_at > newest[listed.event].published_at:
            newest[listed.event] = listed
    for listed in newest.values():
        where = reverse("event-results", args=[site.slug, listed.event])
        found.append(News("results", by_slug[listed.event], None, listed.published_at.astimezone(zone).date(), where))
    for change in changes:
        where = reverse("event", args=[site.slug, change.event]) + f"#change-{change.id}"
        found.append(News("change", by_slug[change.event], change, change.agreed_at.astimezone(zone).date(), where))
    issued = site.book.head.issued or site.published_at.astimezone(zone).date()
    found.append(News("notice", None, None, issued, reverse("notice", args=[site.slug])))
    return tuple(sorted(found, key=lambda news: news.at, reverse=True)[:NEWS])
