"""The desk of an event: its tabs by role, and what several of its pages show."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from saiwu.competitions.queries.asked import open_decisions_of
from saiwu.entries.queries.of_event import states_of
from saiwu.rules.procedure import EntryState, Role
from saiwu.web.desk import Desk, Tab

HOST, REGISTRAR, SUPERVISOR = Role.HOST, Role.REGISTRAR, Role.SUPERVISOR

_TABS: tuple[tuple[str, str, str, frozenset[Role]], ...] = (
    ("home", "首页", "host-home", frozenset({HOST, REGISTRAR, SUPERVISOR})),
    ("review", "资格审核", "host-review", frozenset({HOST})),
    ("entries", "全部报名", "host-entries", frozenset({HOST})),
    ("finalists", "决赛名单", "host-finalists", frozenset({HOST})),
    ("checkin", "检录", "host-checkin", frozenset({REGISTRAR})),
    ("draws", "抽签", "host-draws", frozenset({HOST, REGISTRAR, SUPERVISOR})),
    ("codes", "加密号", "host-codes", frozenset({REGISTRAR})),
    ("marks", "评分", "host-marks", frozenset({HOST})),
    ("results", "成绩", "host-results", frozenset({HOST, REGISTRAR, SUPERVISOR})),
    ("changes", "变更与裁定", "host-changes", frozenset({HOST})),
    ("documents", "文件", "host-documents", frozenset({HOST})),
)
"""Key, title, address, and whose it is."""


def tabs_of(at: Desk) -> Sequence[Tab]:
    """The tabs of whoever sits there. At most 2 SQL statements."""
    counts: dict[str, int] = {}
    if at.has(HOST):
        counts["review"] = states_of(at.event.id).get(EntryState.SUBMITTED, 0)
        counts["changes"] = len(open_decisions_of(at.event.id))
    return tuple(
        Tab(key, title, reverse(name, args=[at.site.slug, at.event.slug]), counts.get(key, 0), key == "review")
        for key, title, name, whose in _TABS
        if at.has(*whose)
    )


def place(at: Desk) -> tuple[str, str]:
    """The parts of an address within this event."""
    return at.site.slug, at.event.slug
