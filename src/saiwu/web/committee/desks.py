"""The desk over a competition: its tabs by role, and what several of its pages show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from saiwu.competitions.queries import EventRow
from saiwu.competitions.queries.office import waiting
from saiwu.entries.queries.conflicts import count_conflicts
from saiwu.entries.queries.waivers import count_waivers
from saiwu.rules.procedure import EventState, Role
from saiwu.web.desk import Desk, Tab

COMMITTEE, ORGANISER, SUPERVISOR, ARBITER = Role.COMMITTEE, Role.ORGANISER, Role.SUPERVISOR, Role.ARBITER
EVERYBODY = (COMMITTEE, ORGANISER, SUPERVISOR, ARBITER)
DECIDERS = (COMMITTEE, ORGANISER)

_TABS: tuple[tuple[str, str, str, tuple[Role, ...]], ...] = (
    ("home", "首页", "committee-home", EVERYBODY),
    ("decisions", "裁定事项", "committee-decisions", EVERYBODY),
    ("waivers", "豁免", "committee-waivers", DECIDERS),
    ("changes", "变更", "committee-changes", DECIDERS),
    ("conflicts", "冲突", "committee-conflicts", DECIDERS),
    ("appointments", "聘任", "committee-appointments", DECIDERS),
    ("draws", "抽签", "committee-draws", EVERYBODY),
    ("results", "成绩", "committee-results", (*DECIDERS, ARBITER)),
    ("certificates", "证书", "committee-certificates", DECIDERS),
    ("awards", "单位奖", "committee-awards", DECIDERS),
    ("bulletin", "通报", "committee-bulletin", DECIDERS),
    ("audit", "审计日志", "committee-audit", (*DECIDERS, SUPERVISOR)),
)
"""Key, title, address, and whose it is."""


def tabs_of(at: Desk) -> Sequence[Tab]:
    """The tabs of whoever sits there. 4 SQL statements."""
    decisions, changes = waiting(at.site.id)
    counts = {
        "decisions": decisions,
        "changes": changes,
        "waivers": count_waivers(at.site.id, open_only=True),
        "conflicts": count_conflicts(at.site.id, open_only=True),
    }
    return tuple(
        Tab(key, title, reverse(name, args=[at.site.slug]), counts.get(key, 0), at.has(*DECIDERS))
        for key, title, name, whose in _TABS
        if at.has(*whose)
    )


def due(row: EventRow, now: datetime) -> datetime | None:
    """Until when something that waits over an event should be settled: while people register, before that ends; until
    the final, before it. None after that: it holds up what comes next, and the sooner the better."""
    closes = row.entering.closes if row.entering else None
    if row.state in (EventState.ANNOUNCED, EventState.REGISTERING) and closes is not None and closes >= now:
        return closes
    eve = row.final.eve
    return eve if eve is not None and eve >= now else None


def may_settle(at: Desk, who: Role) -> bool:
    """Whether whoever sits there may settle what `who` settles; the office records what the organiser decided."""
    return at.has(who) or (who is ORGANISER and at.has(COMMITTEE))


def approves_changes(at: Desk) -> Role:
    """Who approves changes, as the notice says; where it does not, the organiser."""
    term = at.site.book.changes
    return COMMITTEE if term and term.approved_by and term.approved_by.value == "组委会" else ORGANISER


def needs_letter(at: Desk, who: Role) -> bool:
    """Whether he only records it, and needs the number of the letter."""
    return not at.has(who)
