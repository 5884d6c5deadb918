"""All registrations of the event: found, filtered, sorted, printed, and as the summary table."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from saiwu.documents.fonts import MissingGlyphs
from saiwu.entries import actions
from saiwu.entries.queries.of_event import Filter, Order, count_of, rows_of, states_of
from saiwu.rules.procedure import EntryState
from saiwu.web.desk import Desk, desk
from saiwu.web.host.desks import HOST, tabs_of
from saiwu.web.shared.files import DOCX, PDF, XLSX, download
from saiwu.web.shared.pages import Pages, page_number


@desk(HOST, tabs=tabs_of)
def entries(request: HttpRequest, at: Desk) -> HttpResponse:
    """The list, a page at a time."""
    rules = at.site.book.events[at.event.slug]
    said = request.GET
    state = said.get("state", "") if said.get("state", "") in list(EntryState) else ""
    division = said.get("division", "") if said.get("division", "") in rules.divisions else ""
    search, sort = said.get("q", "").strip()[:60], said.get("sort", "")
    order = Order(sort) if sort in list(Order) else Order.TIME
    only = Filter(frozenset({EntryState(state)}) if state else frozenset(), division, None, search)
    query = {"state": state, "division": division, "q": search, "sort": sort if sort in list(Order) else ""}
    pages = Pages.of(page_number(request), count_of(at.event.id, only), query)
    counts = states_of(at.event.id)
    return at.page(
        "host/entries/page.html",
        here="entries",
        rows=[
            (row, rules.division_name(row.division))
            for row in rows_of(at.event.id, only, order=order, start=pages.start)
        ],
        pages=pages,
        said=query,
        order=order,
        states=[(one, counts[one]) for one in EntryState if counts.get(one)],
        everything=sum(counts.values()),
        divisions=[(key, one.name or key) for key, one in rules.divisions.items()],
    )


@require_POST
@desk(HOST)
def summary(request: HttpRequest, at: Desk) -> HttpResponse:
    """The summary table of the event, with whole ID numbers: each time on record."""
    made = actions.print_event_summary(event_id=at.event.id, by=at.account, at=at.now)
    return download(made, XLSX, f"summary-{at.site.slug}-{at.event.slug}.xlsx")


@require_POST
@desk(HOST)
def form(request: HttpRequest, at: Desk, entry_id: int) -> HttpResponse:
    """The registration form of an entry, as PDF; as DOCX where a name has a letter that the fonts lack."""
    name = f"form-{at.site.slug}-{at.event.slug}-{entry_id}"
    try:
        made = actions.print_form(entry_id=entry_id, by=at.account, at=at.now)
    except MissingGlyphs:
        made = actions.print_form(entry_id=entry_id, docx=True, by=at.account, at=at.now)
        return download(made, DOCX, f"{name}.docx")
    return download(made, PDF, f"{name}.pdf")
