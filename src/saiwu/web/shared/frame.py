"""What head and foot of every page show, whichever door it belongs to."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from saiwu.competitions.queries import Site
from saiwu.web.kept import Reader
from saiwu.web.shared.naming import parts_of


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
