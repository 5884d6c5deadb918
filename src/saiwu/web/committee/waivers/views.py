"""Waivers: the list, and one with what the entry states, what the rules say of it, its documents, and the decision."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from saiwu.competitions.queries import event_of
from saiwu.entries.actions import grant_waiver, refuse_waiver
from saiwu.entries.queries.evidence import paper_of
from saiwu.entries.queries.review import claim_of, photo_of
from saiwu.entries.queries.waivers import count_waivers, waiver, waivers
from saiwu.web.committee.desks import DECIDERS, due, may_settle, needs_letter, tabs_of
from saiwu.web.committee.settling import settled
from saiwu.web.committee.waivers.forms import Settle
from saiwu.web.committee.words import rule_title
from saiwu.web.desk import Desk, desk
from saiwu.web.shared.countdown import left
from saiwu.web.shared.facts import age_of, facts_of
from saiwu.web.shared.findings import shown_of, with_names
from saiwu.web.shared.history import history_of
from saiwu.web.shared.pages import Pages, page_number


@desk(*DECIDERS, tabs=tabs_of)
def index(request: HttpRequest, at: Desk) -> HttpResponse:
    """Waivers, open ones first."""
    pages = Pages.of(page_number(request), count_waivers(at.site.id), {})
    rows = waivers(at.site.id, start=pages.start)
    titles = [rule_title(at.site.book, row.event, row.division, row.rule) for row in rows]
    return at.page(
        "committee/waivers/list.html", here="waivers", rows=list(zip(rows, titles, strict=True)), pages=pages
    )


@desk(*DECIDERS, tabs=tabs_of)
def one(request: HttpRequest, at: Desk, waiver_id: int) -> HttpResponse:
    """One waiver: granted or refused here by whoever may."""
    row = waiver(at.site.id, waiver_id)
    may = row.open and may_settle(at, row.may_settle)
    form = (
        Settle(request.POST if request.method == "POST" else None, letter=needs_letter(at, row.may_settle))
        if may
        else None
    )
    granted = "grant" in request.POST

    def do(form: Settle) -> None:
        reason, letter = form.cleaned_data["reason"], form.cleaned_data.get("letter", "")
        verb = grant_waiver if granted else refuse_waiver
        verb(waiver_id=row.id, reason=reason, letter=letter, by=at.account, at=at.now)

    if settled(form, do):
        at.told("已同意豁免，承办单位可以继续审核。" if granted else "已登记：不同意豁免。")
        return at.redirect("committee-waiver", at.site.slug, row.id)
    claim = claim_of(row.event_id, row.entry_id)
    event = event_of(at.site, row.event).row
    findings = shown_of(at.site, row.event, claim.division, with_names(claim.members, claim.findings))
    by = due(event, at.now) if row.open else None
    today = at.now.astimezone(at.site.book.zone).date()
    return at.page(
        "committee/waivers/page.html",
        here="waivers",
        row=row,
        event=event,
        title=rule_title(at.site.book, row.event, row.division, row.rule),
        division=at.site.book.events[row.event].divisions.get(row.division),
        claim=claim,
        members=[(one, age_of(one.born, today), facts_of(at.site, row.event, one)) for one in claim.members],
        asked=[one for one in findings if one.rule == row.rule],
        others=[one for one in findings if one.rule != row.rule],
        history=history_of(claim),
        form=form,
        by=by,
        left=left(at.now, by) if by else None,
    )


@desk(*DECIDERS)
def photo(request: HttpRequest, at: Desk, waiver_id: int, position: int) -> HttpResponse:
    """The photo of a member of the entry that the waiver is for."""
    row = waiver(at.site.id, waiver_id)
    return HttpResponse(photo_of(row.event_id, row.entry_id, position), content_type="image/jpeg")


@desk(*DECIDERS)
def evidence(request: HttpRequest, at: Desk, waiver_id: int, evidence_id: int) -> HttpResponse:
    """A document shown for a member of the entry that the waiver is for."""
    row = waiver(at.site.id, waiver_id)
    paper = paper_of(row.event_id, row.entry_id, evidence_id)
    kind = "inline" if paper.media == "image/jpeg" else "attachment"
    ending = "jpg" if paper.media == "image/jpeg" else "pdf"
    name = f'{kind}; filename="{evidence_id}.{ending}"'
    return HttpResponse(paper.content, content_type=paper.media, headers={"Content-Disposition": name})
