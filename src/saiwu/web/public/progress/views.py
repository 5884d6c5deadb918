"""How a pre-registration stands: by receipt and last four places. From there it is changed or withdrawn."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from saiwu.accounts.models import Visitor
from saiwu.audit.frame import Refused
from saiwu.competitions.queries import Site, site_of
from saiwu.entries.actions import withdraw_preregistration
from saiwu.entries.queries.preregistering import ReceiptPage
from saiwu.web.kept import Reader
from saiwu.web.public.preregister.private import page, private, receipt_address
from saiwu.web.public.preregister.receipt.views import render
from saiwu.web.public.preregister.words import Words
from saiwu.web.public.progress.forms import LookUpForm
from saiwu.web.public.progress.holding import held


@private
def progress(request: HttpRequest, reader: Reader, slug: str) -> HttpResponse:
    """The form, and by POST the receipt, where the pair is right."""
    site, words = site_of(slug), Words(reader.choices.language)
    if request.method != "POST":
        number = "".join(
            figure for figure in request.GET.get("receipt", "")[:20] if figure.isascii() and figure.isdigit()
        )
        return _asked(request, reader, site, LookUpForm(words, initial={"receipt": number}))
    form = LookUpForm(words, request.POST)
    found = _held(request, reader, site, form)
    if found is None:
        return _asked(request, reader, site, form)
    return render(request, reader, site, found, last_four=form.cleaned_data["last_four"])


@private
def withdraw(request: HttpRequest, reader: Reader, slug: str) -> HttpResponse:
    """Asks once, says what becomes free, and withdraws."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("progress", args=[slug]))
    site = site_of(slug)
    form = LookUpForm(Words(reader.choices.language), request.POST)
    found = _held(request, reader, site, form)
    if found is None:
        return _asked(request, reader, site, form)
    fault = ""
    if "sure" in request.POST:
        number, last_four = form.cleaned_data["receipt"], form.cleaned_data["last_four"]
        try:
            withdraw_preregistration(
                receipt=number, competition_id=site.id, last_four=last_four, by=Visitor(number), at=reader.now
            )
        except Refused as refused:
            fault = str(refused)
        else:
            return HttpResponseRedirect(receipt_address(slug, number))
    rules = site.book.events[found.event]
    return page(
        request,
        reader,
        "public/progress/withdraw.html",
        site,
        receipt=found,
        event=rules,
        division=rules.divisions[found.division],
        last_four=form.cleaned_data["last_four"],
        fault=fault,
    )


def _held(request: HttpRequest, reader: Reader, site: Site, form: LookUpForm) -> ReceiptPage | None:
    if not form.is_valid():
        return None
    try:
        return held(request, reader, site, form.cleaned_data["receipt"], form.cleaned_data["last_four"])
    except Refused as refused:
        form.take_back(refused)
        return None


def _asked(request: HttpRequest, reader: Reader, site: Site, form: LookUpForm) -> HttpResponse:
    return page(request, reader, "public/progress/page.html", site, form=form)
