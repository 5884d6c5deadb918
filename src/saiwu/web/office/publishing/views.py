"""Publishing a notice: its files are checked, its faults or its explanation shown, and just what was checked is published."""

from __future__ import annotations

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from saiwu.accounts.models import Scope
from saiwu.audit.frame import Refused
from saiwu.competitions import actions
from saiwu.competitions.queries import seats_of, sites
from saiwu.competitions.queries.published import versions
from saiwu.competitions.rulebooks import digest_of
from saiwu.web.desk import Desk, desk
from saiwu.web.office.desks import OFFICE, tabs_of
from saiwu.web.office.publishing.archive import NoArchiveError, unpacked
from saiwu.web.office.publishing.checking import Checked, check, check_shipped, shipped
from saiwu.web.office.publishing.forms import Shipped, Upload

_SALT = "saiwu.office.publishing"
_HOLDS_S = 2 * 3600
MOST_CARRIED = 1024 * 1024


@desk(OFFICE, tabs=tabs_of)
def published(request: HttpRequest, at: Desk) -> HttpResponse:
    """The competitions, each with the versions of its rulebook."""
    runs = {one.competition for one in seats_of(at.account, at.now) if one.kind is Scope.Kind.COMPETITION}
    every = versions()
    rows = [
        (site, every.get(site.id, ()), reverse("committee-home", args=[site.slug]) if site.slug in runs else "")
        for site in sites()
    ]
    return at.page("office/publishing/published.html", here="notices", rows=rows)


@desk(OFFICE, tabs=tabs_of)
def publish(request: HttpRequest, at: Desk) -> HttpResponse:
    """Choose, check, publish. What was checked travels in the page, signed, so that just that is published."""
    if "checked" in request.POST:
        return _publish(request, at)
    notices = shipped()
    upload, choice = Upload(), Shipped(notices)
    taken = frozenset(site.slug for site in sites())
    found: Checked | None = None
    if request.method == "POST" and "notice" in request.POST:
        choice = Shipped(notices, request.POST)
        if choice.is_valid():
            name = choice.cleaned_data["notice"]
            slug = choice.named(name, taken)
            found = check_shipped(name, slug) if slug else None
    elif request.method == "POST":
        upload = Upload(request.POST, request.FILES)
        found = _uploaded(upload, taken) if upload.is_valid() else None
    if found is not None:
        carried = _carried(found, at) if found.in_order else ""
        if len(carried) <= MOST_CARRIED:
            return at.page(
                "office/publishing/checked.html",
                here="notices",
                found=found,
                carried=carried,
                chapters=found.chapters(),
            )
        upload.add_error(None, "规则文件太大，不能发布。请删去通知以外的文件。")
    faulty = next((form for form in (upload, choice) if form.is_bound and form.errors), None)
    return at.page("office/publishing/page.html", here="notices", upload=upload, choice=choice, faulty=faulty)


def _uploaded(form: Upload, taken: frozenset[str]) -> Checked | None:
    """What came of an upload; None where the form says why nothing did."""
    archive = form.cleaned_data["archive"]
    try:
        folder = unpacked(archive.read())
    except NoArchiveError as error:
        form.add_error("archive", str(error))
        return None
    slug = form.named(folder.folder or archive.name.rpartition(".")[0], taken)
    return check(slug, folder.files, folder.faults) if slug else None


def _carried(found: Checked, at: Desk) -> str:
    value = {"slug": found.slug, "files": dict(found.files), "by": at.account.pk}
    return signing.dumps(value, salt=_SALT, compress=True)


def _publish(request: HttpRequest, at: Desk) -> HttpResponse:
    try:
        value = signing.loads(request.POST["checked"], salt=_SALT, max_age=_HOLDS_S)
    except signing.BadSignature as error:
        raise Refused("检查结果已过期，请重新上传规则文件。", rule="rulebook") from error
    if value["by"] != at.account.pk:
        raise Refused("这份规则文件是别人检查的，请自己重新上传。", rule="rulebook")
    slug, files = value["slug"], value["files"]
    if not _is_published(slug, files):
        actions.publish(slug=slug, files=files, by=at.account, at=at.now)
    at.told("通知已发布，公众页面已打开。接着聘任各赛项的承办单位。")
    return at.redirect("office-published")


def _is_published(slug: str, files: dict[str, str]) -> bool:
    """Whether just these files are published already: then it is a second click."""
    digest = digest_of(files)
    every = versions()
    return any(one.sha256 == digest for site in sites() if site.slug == slug for one in every.get(site.id, ()))
