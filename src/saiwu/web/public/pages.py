"""What all public pages share: how they become a response, and the range of hills on them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string

from saiwu.competitions.queries import Site
from saiwu.documents.ridge import Ridge, svg
from saiwu.web.kept import Reader
from saiwu.web.shared.frame import frame

STILL_WIDTH, STILL_HEIGHT = 520, 90


def page(reader: Reader, template: str, site: Site | None, *, here: str = "", **values: Any) -> HttpResponse:
    """The rendered page. `here`: the tab of the head on which it stands. The language comes with `reader`."""
    response = HttpResponse(render_to_string(template, frame(reader, site, here=here) | values))
    response.headers["Content-Language"] = "en" if reader.choices.language == "en" else "zh-Hans"
    return response


def still_ridge() -> str:
    """A still range, for pages on which there is nothing."""
    return svg(Ridge(STILL_WIDTH, STILL_HEIGHT))


def ridges(days: tuple[date, ...], today: date) -> tuple[str, str]:
    """The calendar of finals as hills: for a desk with dates, for a phone without."""
    wide = Ridge(1152, 212, days, dict.fromkeys(days, ""), today)
    return svg(wide), svg(Ridge(400, 92, days, {}, today))
