"""How personal data of a pre-registration are used and until when they are kept, as the rulebook says."""

from __future__ import annotations

from django.http import HttpResponse

from saiwu.competitions.queries import site_of
from saiwu.web.kept import Reader, kept
from saiwu.web.public import pages


@kept
def personal_data(reader: Reader, slug: str) -> HttpResponse:
    """What is kept, for what, how long, and who sees it."""
    site = site_of(slug)
    kept_until = [(what, str(until)) for what, until in site.book.retention.items()]
    return pages.page(reader, "public/preregister/data/page.html", site, kept_until=kept_until)
