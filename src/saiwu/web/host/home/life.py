"""The event's life as a timeline: each state with when it was, or when it is planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from saiwu.rules.procedure import EventState
from saiwu.web.host.home.todos import Known

_ORDER = tuple(EventState)


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the life. `at`: when it was, or will be; None: nobody has said. `course`: a class of `sw-timeline`."""

    name: str
    at: date | None
    assumed: str | None
    course: str


def life(known: Known) -> tuple[Stage, ...]:
    """The steps from opening to confirming. A cancelled event has none to come."""
    row, happened = known.page.row, known.page.happened
    entering, final = row.registration or row.preregistration, row.final
    planned: tuple[tuple[str, EventState, date | None, str | None], ...] = (
        ("开放报名", EventState.REGISTERING, entering.opens if entering else None, None),
        (
            "截止报名",
            EventState.REVIEWING,
            happened.get("报名截止") or (entering.closes if entering else None),
            entering.assumed if entering and "报名截止" not in happened else None,
        ),
        ("公布决赛名单", EventState.LISTED, happened.get("决赛名单"), None),
        ("开赛", EventState.RUNNING, happened.get("检录") or final.first, None),
        ("开始评分", EventState.MARKING, happened.get("竞赛结束"), None),
        ("锁定评分", EventState.SEALED, None, None),
        ("公示成绩", EventState.PUBLIC_NOTICE, happened.get("成绩公布"), None),
        ("确认成绩", EventState.CONFIRMED, known.notice_ends, None),
    )
    now_at = _ORDER.index(row.state)
    found, marked = [], False
    for name, state, when, assumed in planned:
        done = row.state is not EventState.CANCELLED and _ORDER.index(state) <= now_at
        course = "is-done" if done else "" if marked or row.state is EventState.CANCELLED else "is-now"
        marked = marked or course == "is-now"
        found.append(Stage(name, when, assumed, course))
    return tuple(found)
