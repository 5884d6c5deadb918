"""The receipt: a page and a picture for whoever submitted it, and the undoing of a submit that was a slip."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from saiwu.accounts.models import Visitor
from saiwu.audit.frame import NotFound, Refused
from saiwu.competitions.queries import Site, events_of, site_of
from saiwu.documents import qr, receipt
from saiwu.documents.ridge import Ridge, svg
from saiwu.entries.actions import undo_preregistration
from saiwu.entries.queries.preregistering import ReceiptPage, receipt_page
from saiwu.rules.findings import Verdict
from saiwu.web.kept import Reader
from saiwu.web.public.preregister.private import is_address, page, private, receipt_address

_WIDTH, _HEIGHT = 420, 64
_JUST_NOW = timedelta(minutes=10)


@private
def shown(request: HttpRequest, reader: Reader, slug: str, number: str, signature: str) -> HttpResponse:
    """The page of a receipt, as long as its address is known: its state now, and what comes next."""
    site, found = _found(slug, number, signature, reader)
    return render(request, reader, site, found)


def render(
    request: HttpRequest, reader: Reader, site: Site, found: ReceiptPage, *, last_four: str = ""
) -> HttpResponse:
    """A receipt. With `last_four` the holder has just shown that it is his: then it can be changed and withdrawn."""
    rules = site.book.events[found.event]
    days = tuple(day for row in events_of(site) if row.state != "cancelled" and (day := row.final_day()) is not None)
    today = reader.now.astimezone(site.book.zone).date()
    return page(
        request,
        reader,
        "public/preregister/receipt/page.html",
        site,
        receipt=found,
        event=rules,
        division=rules.divisions[found.division],
        fresh=reader.now - found.at <= _JUST_NOW,
        lacking=[finding for finding in found.findings if finding.verdict is Verdict.EVIDENCE],
        to_waive=[finding for finding in found.findings if finding.verdict is Verdict.WAIVER],
        code=qr.svg(_look_up(site, found.number)),
        ridge=svg(Ridge(_WIDTH, _HEIGHT, days, {}, today)),
        image=receipt_address(site.slug, found.number, "receipt-image"),
        undo=receipt_address(site.slug, found.number, "receipt-undo"),
        short=settings.ADDRESS.partition("://")[2] + reverse("progress", args=[site.slug]),
        last_four=last_four,
    )


@private
def image(request: HttpRequest, reader: Reader, slug: str, number: str, signature: str) -> HttpResponse:
    """The receipt as a picture to keep: in WeChat a long press saves it."""
    site, found = _found(slug, number, signature, reader)
    rules = site.book.events[found.event]
    division = rules.divisions[found.division]
    picture = receipt.png(
        receipt.Receipt(
            number=found.number,
            competition=site.book.head.name or site.slug,
            name=found.name,
            event=rules.name or found.event,
            division=(division.name or found.division) if len(rules.divisions) > 1 else "",
            submitted_at=found.at.astimezone(site.book.zone),
            look_up=_look_up(site, found.number),
            withdrawn=found.state == "withdrawn",
        )
    )
    return HttpResponse(picture, content_type="image/png", headers={"Content-Disposition": "inline"})


@private
def undo(request: HttpRequest, reader: Reader, slug: str, number: str, signature: str) -> HttpResponse:
    """Undo the submit. What cannot be undone any more is told on the receipt."""
    if request.method != "POST":
        return HttpResponseNotAllowed(("POST",))
    site, _ = _found(slug, number, signature, reader)
    try:
        undo_preregistration(receipt=number, competition_id=site.id, by=Visitor(number), at=reader.now)
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(receipt_address(slug, number))


def _found(slug: str, number: str, signature: str, reader: Reader) -> tuple[Site, ReceiptPage]:
    if not is_address(slug, number, signature):
        raise NotFound("receipt")
    site = site_of(slug)
    return site, receipt_page(site, number, reader.now)


def _look_up(site: Site, number: str) -> str:
    return f"{settings.ADDRESS}{reverse('progress', args=[site.slug])}?receipt={number}"
