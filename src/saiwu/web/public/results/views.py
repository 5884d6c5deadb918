"""Published results: which there are, each list with the reason of every rank, and the bundle that they follow from."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from saiwu.audit.frame import NotFound
from saiwu.competitions.queries import event_of, events_of, site_of
from saiwu.results import queries
from saiwu.rules import canonical
from saiwu.rules.procedure import EventState
from saiwu.web.kept import Reader, kept
from saiwu.web.public import pages
from saiwu.web.shared.countdown import left
from saiwu.web.shared.files import download
from saiwu.web.shared.ranks import columns_of, counts_said, shown, tie_break_said


@kept
def index(reader: Reader, slug: str) -> HttpResponse:
    """The events, with the lists that are published."""
    site = site_of(slug)
    lists = queries.published(site.id)
    rows = [
        (row, tuple(listed for listed in lists if listed.event == row.slug))
        for row in events_of(site)
        if row.state is not EventState.CANCELLED
    ]
    return pages.page(
        reader,
        "public/results/index.html",
        site,
        here="results",
        rows=rows,
        any_list=bool(lists),
        bulletin=queries.bulletin_of(site.id),
        ridge="" if lists else pages.still_ridge(),
    )


@kept
def event(reader: Reader, slug: str, event: str) -> HttpResponse:
    """The first list of an event; before there is one, what will be here and when."""
    site = site_of(slug)
    row = event_of(site, event).row
    lists = queries.published_of(row.id)
    if lists:
        return HttpResponseRedirect(reverse("result-list", args=[slug, event, lists[0].address]))
    return pages.page(reader, "public/results/none.html", site, here="results", row=row, ridge=pages.still_ridge())


@kept
def listed(reader: Reader, slug: str, event: str, key: str) -> HttpResponse:
    """One list: a line a rank, that opens to its reason."""
    site = site_of(slug)
    row = event_of(site, event).row
    lists = queries.published_of(row.id)
    chosen = next((one for one in lists if one.address == key), None)
    if chosen is None:
        raise NotFound(key)
    rules = row.rules.divisions[chosen.division] if chosen.division else row.rules
    page = queries.result_page(chosen)
    until = queries.shown_until(row.id)
    awards = rules.awards
    cap_clause = next(iter(awards.source_of("cap").clauses), None) if awards and awards.cap else None
    return pages.page(
        reader,
        "public/results/page.html",
        site,
        here="results",
        row=row,
        lists=lists,
        chosen=chosen,
        page=page,
        rules=rules,
        columns=columns_of(page, rules),
        ranks=shown(page, site.book, rules),
        tie_break=tie_break_said(rules),
        tie_break_assumed=rules.ranking.source_of("tie_break"),
        teams=any(one.team for one in page.rows),
        counts=counts_said(page, rules),
        cap_clause=cap_clause,
        until=until,
        left=left(reader.now, until) if until else None,
        appeals=tuple(rules.appeals.values()),
    )


@kept
def bundle(reader: Reader, slug: str, event: str, key: str) -> HttpResponse:
    """The saiwu-result/1 document of a published list, without names."""
    row = event_of(site_of(slug), event).row
    document = queries.bundle_of(row.id, key)
    return download(
        canonical.canonical(document), "application/json; charset=utf-8", f"results-{slug}-{event}-{key}.json"
    )
