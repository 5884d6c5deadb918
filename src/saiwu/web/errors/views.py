"""Pages for what went wrong: not found, refused, our own mistakes. The last touches neither database nor session."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from saiwu.audit.frame import NotFound
from saiwu.competitions.queries import Site, only_site, site_of
from saiwu.documents.ridge import Ridge, svg
from saiwu.privacy import chance
from saiwu.web import clock
from saiwu.web.choices import Choices
from saiwu.web.kept import Reader
from saiwu.web.public.pages import still_ridge
from saiwu.web.shared.frame import frame

log = logging.getLogger("saiwu.web")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, in the frame of the competition in whose part of the site it happened."""
    return _told(request, "errors/not_found.html", 404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _plain("errors/bad_request.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 as 404: what one may not see does not exist."""
    return _told(request, "errors/not_found.html", 404)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: the page was open too long, or cookies are off."""
    return _plain("errors/csrf.html", 403)


def ours(request: HttpRequest) -> HttpResponse:
    """500. `number` stands in the log beside the traceback, so that whoever telephones can be helped."""
    number = f"{chance.code(4)}-{chance.code(4)}"
    log.error("error %s at %s %s", number, request.method, request.resolver_match)
    return _plain("errors/ours.html", 500, number=number)


def _told(request: HttpRequest, template: str, status: int) -> HttpResponse:
    reader = Reader(Choices.of(request), clock.now(), request.path)
    return HttpResponse(
        render_to_string(template, frame(reader, _site(request)) | {"ridge": still_ridge()}), status=status
    )


def _site(request: HttpRequest) -> Site | None:
    try:
        slug = resolve(request.path).kwargs.get("slug")
    except Resolver404:
        head, _, rest = request.path.lstrip("/").partition("/")
        slug = rest.partition("/")[0] if head == "c" else None
    if slug is not None:
        try:
            return site_of(slug)
        except NotFound:
            return None
    return only_site()


def _plain(template: str, status: int, **values: object) -> HttpResponse:
    context = {"reader": None, "site": None, "demo": False, "ridge": svg(Ridge(520, 90))} | values
    return HttpResponse(render_to_string(template, context), status=status)
