"""Certificates: issued an event at a time, found by name or number, downloaded one by one or packed."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse

from saiwu.audit.frame import Refused
from saiwu.competitions.queries import EventRow, event_of, events_of
from saiwu.documents.award_certificate import AwardCertificate
from saiwu.documents.fonts import MissingGlyphs
from saiwu.results.actions import issue_certificates
from saiwu.results.queries import issued as queries
from saiwu.rules.procedure import EventState
from saiwu.web.committee.certificates.packing import packed
from saiwu.web.committee.desks import COMMITTEE, DECIDERS, tabs_of
from saiwu.web.desk import Desk, desk
from saiwu.web.forms import Form
from saiwu.web.shared.files import PDF, download
from saiwu.web.shared.pages import Pages, page_number

INVENTED = "演示数据：人员、变更与成绩均为虚构"
UNPRINTABLE = "不能打印的证书.txt"
LONGEST_SEARCH = 80


@desk(*DECIDERS, tabs=tabs_of)
def index(request: HttpRequest, at: Desk) -> HttpResponse:
    """Every event with how many certificates were issued."""
    counts = queries.counted(at.site.id)
    rows = [(row, counts.get(row.slug, 0)) for row in events_of(at.site)]
    waiting = [row for row, many in rows if row.state is EventState.CONFIRMED and not many]
    return at.page(
        "committee/certificates/index.html",
        here="certificates",
        rows=rows,
        waiting=len(waiting),
        total=sum(counts.values()),
        office=at.has(COMMITTEE),
        confirmed=any(row.state is EventState.CONFIRMED for row, _ in rows),
    )


@desk(*DECIDERS, tabs=tabs_of)
def event(request: HttpRequest, at: Desk, in_event: str) -> HttpResponse:
    """The certificates of an event, a page at a time."""
    row = event_of(at.site, in_event).row
    search = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    known = queries.to_issue(row.id)
    rows = queries.count_issued(row.id, search=search) if search else known.issued
    pages = Pages.of(page_number(request), rows, {"q": search})
    parts = -(-known.issued // queries.TOGETHER)
    return at.page(
        "committee/certificates/event.html",
        here="certificates",
        row=row,
        known=known,
        search=search,
        pages=pages,
        rows=queries.issued(row.id, search=search, start=pages.start),
        parts=[
            (part, (part - 1) * queries.TOGETHER + 1, min(part * queries.TOGETHER, known.issued))
            for part in range(1, parts + 1)
        ],
        may_issue=_may_issue(at, row) and known.wanted,
        unprintable=queries.unprintable_of(row.id) if known.issued else (),
    )


def _may_issue(at: Desk, row: EventRow) -> bool:
    return at.has(COMMITTEE) and row.state is EventState.CONFIRMED


@desk(COMMITTEE, tabs=tabs_of)
def issue(request: HttpRequest, at: Desk, in_event: str) -> HttpResponse:
    """Say how many; issue. Issued twice, the second time says that all are."""
    row = event_of(at.site, in_event).row
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            many = issue_certificates(event_id=row.id, by=at.account, at=at.now)
        except Refused as refused:
            form.take_back(refused)
        else:
            at.told(f"已颁发 {many} 份证书，每份都可以按编号或二维码查验。")
            return at.redirect("committee-certificates-event", at.site.slug, row.slug)
    return at.page(
        "committee/certificates/issue.html",
        here="certificates",
        row=row,
        form=form,
        known=queries.to_issue(row.id),
        allowed=_may_issue(at, row),
    )


@desk(*DECIDERS, tabs=tabs_of)
def pdf(request: HttpRequest, at: Desk, certificate_id: int) -> HttpResponse:
    """One certificate. The file is called by its key: no name stands in an address or a log."""
    try:
        made = queries.pdf_of(at.site.id, certificate_id, check_address=_check_address(), remark=_remark())
    except MissingGlyphs as missing:
        return at.page("committee/certificates/unprintable.html", here="certificates", message=str(missing), status=409)
    return download(made, PDF, f"certificate-{at.site.slug}-{certificate_id}.pdf")


@desk(*DECIDERS)
def archive(request: HttpRequest, at: Desk, in_event: str) -> StreamingHttpResponse:
    """Certificates of an event as ZIP, so many at a time (`page`), made while they are sent. Those that cannot be printed
    are left out, and a text in it says which and why."""
    row = event_of(at.site, in_event).row
    part = page_number(request)
    values = queries.printed_part(row.id, part, check_address=_check_address(), remark=_remark())
    name = f"certificates-{at.site.slug}-{row.slug}-{part}.zip"
    answer = StreamingHttpResponse(packed(_files(values)), content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _files(values: tuple[AwardCertificate, ...]) -> Iterator[tuple[str, bytes]]:
    faults = dict(queries.unprintable(values))
    if faults:
        lines = [f"{number}：{why}" for number, why in faults.items()]
        yield UNPRINTABLE, ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()
    for number, made in queries.pdfs(tuple(one for one in values if one.number not in faults)):
        yield f"{number}.pdf", made


def _check_address() -> str:
    return settings.ADDRESS + reverse("certificates")


def _remark() -> str:
    return INVENTED if settings.DEMO else ""
