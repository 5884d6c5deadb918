"""Photos, documents and ID numbers of an entry: only for who sits over its event, never kept by browsers or proxies."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from saiwu.entries import actions
from saiwu.entries.queries.evidence import paper_of
from saiwu.entries.queries.review import claim_of, photo_of
from saiwu.web.desk import Desk, desk
from saiwu.web.host.desks import HOST, REGISTRAR, tabs_of
from saiwu.web.host.review.views import Revealed, shown_page
from saiwu.web.shared.files import download


@desk(HOST, REGISTRAR)
def photo(request: HttpRequest, at: Desk, entry_id: int, position: int) -> HttpResponse:
    """The photo of a member, for review and for check-in."""
    return HttpResponse(photo_of(at.event.id, entry_id, position), content_type="image/jpeg")


@desk(HOST)
def evidence(request: HttpRequest, at: Desk, entry_id: int, evidence_id: int) -> HttpResponse:
    """A document: a picture in the page, anything else as a file, so that nothing of it runs here."""
    paper = paper_of(at.event.id, entry_id, evidence_id)
    if paper.media == "image/jpeg":
        return HttpResponse(paper.content, content_type=paper.media)
    return download(paper.content, paper.media, f"evidence-{entry_id}-{evidence_id}.pdf")


@require_POST
@desk(HOST, tabs=tabs_of)
def reveal(request: HttpRequest, at: Desk, entry_id: int) -> HttpResponse:
    """The whole ID number, once, on the same page; that it was shown goes on record."""
    claim = claim_of(at.event.id, entry_id)
    text = request.POST.get("position", "")
    position = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    number = actions.reveal_number(entry_id=claim.id, position=position, by=at.account, at=at.now)
    return shown_page(request, at, claim, Revealed(position, number))
