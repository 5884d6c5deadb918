"""The desk of judges: its tabs by role, and what several of its pages show. Codes are all that stands here of an entry.

What else could tell whose a code is stays out, too: the head shows the event and the judge's own code, not the host.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from saiwu.marking.queries.judging import code_of_judge
from saiwu.marking.queries.rulings import rulings_of
from saiwu.rules.procedure import EventState, Role
from saiwu.web.desk import Desk, Tab

JUDGE, CHIEF = Role.JUDGE, Role.CHIEF_JUDGE

BEFORE = frozenset(
    {EventState.ANNOUNCED, EventState.REGISTERING, EventState.REVIEWING, EventState.LISTED, EventState.RUNNING}
)
"""States in which nothing can be marked yet."""

_CHIEF_TABS = (
    ("overview", "评分总览", "judge-overview"),
    ("penalties", "处罚", "judge-penalties"),
    ("rulings", "裁定", "judge-rulings"),
)


def tabs_of(at: Desk) -> Sequence[Tab]:
    """The chief judge's tabs; a judge has one page, and none. At most 1 SQL statement."""
    if not at.has(CHIEF):
        return ()
    parts = [at.site.slug, at.event.slug]
    waiting = {"rulings": sum(1 for one in rulings_of(at.event.id) if one.is_open)}
    home = Tab("home", "首页", reverse("judge-home", args=parts))
    return (
        home,
        *(Tab(key, title, reverse(name, args=parts), waiting.get(key, 0), True) for key, title, name in _CHIEF_TABS),
    )


def place(at: Desk) -> tuple[str, str]:
    """The parts of an address within this event."""
    return at.site.slug, at.event.slug


def page(at: Desk, template: str, *, here: str = "home", status: int = 200, **values: Any) -> HttpResponse:
    """A page of this door: it knows the code of who sits there and whether marks can be entered."""
    return at.page(
        template,
        here=here,
        status=status,
        judge=code_of_judge(at.account) if at.has(JUDGE) else "",
        marking=at.event.state is EventState.MARKING,
        is_judge=at.has(JUDGE),
        is_chief=at.has(CHIEF),
        **values,
    )


def only_unfinished(request: HttpRequest) -> bool:
    """Whether the reader asked for what is not finished alone."""
    return request.GET.get("show") == "left"
