"""The bulletin: what it waits for, how it would read, and issuing it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from saiwu.audit.frame import Refused
from saiwu.results.actions import issue_bulletin
from saiwu.results.queries import bulletin_of
from saiwu.results.queries.bulletin_draft import draft
from saiwu.results.queries.of_competition import unfinished
from saiwu.results.queries.unit_awards import given
from saiwu.web.committee.bulletin.forms import Issue
from saiwu.web.committee.desks import DECIDERS, tabs_of
from saiwu.web.desk import Desk, desk
from saiwu.web.shared.files import DOCX, download


@desk(*DECIDERS, tabs=tabs_of)
def bulletin(request: HttpRequest, at: Desk) -> HttpResponse:
    """Number and note; a draft to read (`draft`); what follows, asked once more; issue it (`sure`)."""
    issued = bulletin_of(at.site.id)
    waiting = () if issued else unfinished(at.site)
    form = None
    if issued is None and not waiting:
        form = Issue(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form is not None and form.is_valid() and "back" not in request.POST:
        number, note = form.cleaned_data["number"], form.cleaned_data["note"]
        if "draft" in request.POST:
            made = draft(at.site.id, number=number, note=note, at=at.now)
            return download(made, DOCX, f"bulletin-draft-{at.site.slug}.docx")
        if "sure" not in request.POST:
            return at.page("committee/bulletin/sure.html", here="bulletin", form=form)
        try:
            issue_bulletin(competition_id=at.site.id, number=number, note=note, by=at.account, at=at.now)
        except Refused as refused:
            form.take_back(refused)
        else:
            at.told("通报已发布，公众可以看到和下载。")
            return at.redirect("committee-bulletin", at.site.slug)
    awards = given(at.site.id) if not issued else ()
    missing = [
        term.name or key for key, term in at.site.book.unit_awards.items() if key not in {a.award for a in awards}
    ]
    return at.page(
        "committee/bulletin/page.html",
        here="bulletin",
        issued=issued,
        waiting=waiting,
        form=form,
        missing=missing if not issued else (),
    )
