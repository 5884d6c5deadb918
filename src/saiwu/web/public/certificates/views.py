"""Checking a certificate: by the code in its QR, or by its number."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from saiwu.competitions.queries import only_site, site_of
from saiwu.documents.ridge import Ridge, svg
from saiwu.documents.text import one_line
from saiwu.results.queries import certificate_of, certificates_numbered
from saiwu.web import clock
from saiwu.web.choices import Choices
from saiwu.web.kept import Reader, kept
from saiwu.web.public import pages

LONGEST_NUMBER = 80


@kept
def check(reader: Reader, check_code: str) -> HttpResponse:
    """What is printed on the certificate with that code, as it is registered."""
    found = certificate_of(check_code)
    site = site_of(found.competition)
    rules = site.book.events[found.event]
    return pages.page(
        reader,
        "public/certificates/page.html",
        site,
        here="certificates",
        certificate=found,
        rules=rules,
        division=rules.divisions[found.division],
        ridge=svg(Ridge(420, 60)),
    )


def find(request: HttpRequest) -> HttpResponse:
    """The form, and where a number was asked for the certificate of that number. Answers are not kept."""
    number = one_line(request.GET.get("number", ""))[:LONGEST_NUMBER].strip()
    if not number:
        return _form(request)
    found = certificates_numbered(number)
    if len(found) == 1:
        return HttpResponseRedirect(reverse("certificate", args=[found[0].check_code]))
    reader = Reader(Choices.of(request), clock.now(), request.path)
    titles = [(one, site_of(one.competition)) for one in found]
    answer = pages.page(
        reader, "public/certificates/find.html", only_site(), here="certificates", number=number, found=titles
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@kept
def _form(reader: Reader) -> HttpResponse:
    return pages.page(
        reader, "public/certificates/find.html", only_site(), here="certificates", ridge=pages.still_ridge()
    )
