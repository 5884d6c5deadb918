"""The bulletin: all winners in one document, to read and to keep."""

from __future__ import annotations

from django.http import HttpResponse

from saiwu.audit.frame import NotFound
from saiwu.competitions.queries import events_of, site_of
from saiwu.documents import bulletin as document
from saiwu.results.queries import bulletin_of
from saiwu.rules.procedure import EventState
from saiwu.web.kept import Reader, kept
from saiwu.web.public import pages
from saiwu.web.shared.files import DOCX, download

FINISHED = (EventState.CONFIRMED, EventState.CANCELLED)


@kept
def bulletin(reader: Reader, slug: str) -> HttpResponse:
    """The bulletin as issued; before that, how many events it waits for."""
    site = site_of(slug)
    issued = bulletin_of(site.id)
    if issued is None:
        waiting = tuple(row for row in events_of(site) if row.state not in FINISHED)
        return pages.page(
            reader,
            "public/bulletin/none.html",
            site,
            here="results",
            waiting=waiting,
            ridge=pages.still_ridge(),
        )
    return pages.page(reader, "public/bulletin/page.html", site, here="results", bulletin=issued, values=issued.values)


@kept
def docx(reader: Reader, slug: str) -> HttpResponse:
    """The same as DOCX: printed again from what was kept, the same bytes as when it was issued."""
    issued = bulletin_of(site_of(slug).id)
    if issued is None:
        raise NotFound("bulletin")
    return download(document.render(issued.values), DOCX, f"bulletin-{slug}.docx")
