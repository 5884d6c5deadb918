"""What the pages before the desks share: the frame of the competition, a ridge, nothing kept by browsers or proxies."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from saiwu.competitions.queries import only_site
from saiwu.documents.ridge import Ridge, svg
from saiwu.web import clock
from saiwu.web.choices import Choices
from saiwu.web.kept import Reader
from saiwu.web.shared.frame import frame

_WIDTH, _HEIGHT = 1280, 150


def page(request: HttpRequest, template: str, *, status: int = 200, **values: Any) -> HttpResponse:
    """The rendered page."""
    reader = Reader(Choices.of(request), clock.now(), request.path)
    context = frame(reader, only_site()) | {"ridge": svg(Ridge(_WIDTH, _HEIGHT))}
    return render(request, template, context | values, status=status)
