"""Pages with somebody's own data: kept by no browser and no proxy, found by nobody else."""

from __future__ import annotations

import functools
import hmac
from collections.abc import Callable
from typing import Any

from django.core.signing import Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from saiwu.audit.frame import NotFound
from saiwu.competitions.queries import Site
from saiwu.web import clock
from saiwu.web.choices import Choices, newly_chosen
from saiwu.web.kept import Reader
from saiwu.web.shared.frame import frame

_RECEIPTS = Signer(salt="saiwu.receipt")

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """`view(request, reader, **parts)`. What does not exist for the visitor is a 404; nothing is kept anywhere."""

    @functools.wraps(view)
    def served(request: HttpRequest, **parts: Any) -> HttpResponse:
        if request.method == "GET" and (back := newly_chosen(request)) is not None:
            return back
        reader = Reader(Choices.of(request), clock.now(), request.path)
        try:
            response = view(request, reader, **parts)
        except NotFound as missing:
            raise Http404 from missing
        response.headers["Cache-Control"] = "no-store"
        return response

    return served


def page(
    request: HttpRequest, reader: Reader, template: str, site: Site, *, status: int = 200, **values: Any
) -> HttpResponse:
    """The rendered page, in the reader's language."""
    response = render(request, template, frame(reader, site) | values, status=status)
    response.headers["Content-Language"] = "en" if reader.choices.language == "en" else "zh-Hans"
    return response


def receipt_address(slug: str, number: str, name: str = "receipt") -> str:
    """Where a receipt is shown to whoever submitted it: nobody finds the address who was not given it."""
    return reverse(name, args=[slug, number, _signature(slug, number)])


def is_address(slug: str, number: str, signature: str) -> bool:
    """Whether the address of a receipt was given out by us."""
    return hmac.compare_digest(_signature(slug, number).encode(), signature.encode())


def _signature(slug: str, number: str) -> str:
    return _RECEIPTS.signature(f"{slug}/{number}")[:27]
