"""What all public pages share: their frame, and how they become a response."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string

from saiwu.competitions.queries import Site
from saiwu.documents.ridge import Ridge, svg
from saiwu.web.kept import Reader
from saiwu.web.public.naming import parts_of

STILL_WIDTH, STILL_HEIGHT = 520, 90


def page(reader: Reader, template: str, site: Site | None, *, here: str = "", **values: Any) -> HttpResponse:
    """The rendered page. `here`: the tab of the head on which it stands. The language comes with `reader`."""
    response = HttpResponse(render_to_string(template, frame(reader, site, here=here) | values))
    response.headers["Content-Language"] = "en" if reader.choices.language == "en" else "zh-Hans"
    return response


def frame(reader: Reader | None, site: Site | None, *, here: str = "") -> dict[str, Any]:
    """What head and foot of every page show."""
    return {
        "reader": reader,
        "site": site,
        "title_parts": parts_of(site.book.head.name or site.slug) if site else None,
        "here": here,
        "demo": settings.DEMO,
        "demo_at": reader.now if reader and settings.DEMO_AT else None,
    }


def download(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to keep. `name` in ASCII."""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def still_ridge() -> str:
    """A still range, for pages on which there is nothing."""
    return svg(Ridge(STILL_WIDTH, STILL_HEIGHT))


def ridges(days: tuple[date, ...], today: date) -> tuple[str, str]:
    """The calendar of finals as hills: for a desk with dates, for a phone without."""
    wide = Ridge(1152, 212, days, dict.fromkeys(days, ""), today)
    return svg(wide), svg(Ridge(400, 92, days, {}, today))
