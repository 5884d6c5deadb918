"""What the pages of this door share: who may open them, their tabs, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from saiwu.rules.procedure import Role
from saiwu.web.desk import Desk, Tab

UNIT = Role.UNIT


def place(at: Desk) -> tuple[int, str]:
    """The parts of an address of this door."""
    return at.unit.id, at.site.slug


def tabs_of(at: Desk) -> Sequence[Tab]:
    """The tabs; before a competition is chosen there are none."""
    if at.request.resolver_match is None or "slug" not in at.request.resolver_match.kwargs:
        return ()
    pages = (
        ("home", "首页", "unit-home"),
        ("roster", "选手名单", "unit-roster"),
        ("documents", "文件", "unit-documents"),
        ("results", "成绩与证书", "unit-results"),
        ("profile", "单位资料", "unit-profile"),
    )
    return tuple(Tab(key, title, reverse(name, args=place(at))) for key, title, name in pages)
