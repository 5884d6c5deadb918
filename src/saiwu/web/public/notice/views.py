"""The notice itself, clause by clause, with what of the rules rests on each."""

from __future__ import annotations

from django.http import HttpResponse

from saiwu.competitions.queries import site_of
from saiwu.web.kept import Reader, kept
from saiwu.web.public import pages
from saiwu.web.public.notice.rests import assumptions_of, clauses_of


@kept
def notice(reader: Reader, slug: str) -> HttpResponse:
    """The sentences of the notice; what is 待定; what is assumed and why."""
    site = site_of(slug)
    clauses = clauses_of(site.book)
    return pages.page(
        reader,
        "public/notice/page.html",
        site,
        here="notice",
        clauses=clauses,
        assumptions=assumptions_of(site.book),
        pending=tuple(clause for clause in clauses if clause.pending),
        history=site.book.head.history,
    )
