"""The run of a competition in a few steps: done, now, to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from saiwu.competitions.queries import EventRow, Site
from saiwu.rules.procedure import EventState
from saiwu.rules.rulebook.terms import Term


class Course(StrEnum):
    """Where a step stands; the values are classes of `sw-timeline`."""

    DONE = "is-done"
    NOW = "is-now"
    TO_COME = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step. `since`: it goes on from that day. `until`: its last. `assumed`: why, where the notice is silent."""

    name: str
    first: date | None
    since: bool
    detail: str
    until: date | None
    assumed: str | None
    over: bool
    course: Course = Course.TO_COME


def steps_of(site: Site, events: tuple[EventRow, ...], bulletin_at: datetime | None, now: datetime) -> tuple[Step, ...]:
    """The steps; now is the first that is not over."""
    head, chapters = site.book.head, site.book.chapters
    today = now.astimezone(site.book.zone).date()
    alive = tuple(row for row in events if row.state is not EventState.CANCELLED)
    steps = [Step("发布通知", head.issued or site.published_at.date(), False, head.number or "", None, None, over=True)]
    entering = [planned for row in alive for planned in (row.preregistration, row.registration) if planned]
    opens = [planned.opens.date() for planned in entering if planned.opens]
    closes = [planned.closes for planned in entering if planned.closes]
    if entering:
        reason = next((planned.assumed for planned in entering if planned.assumed), None)
        over = all(row.state not in (EventState.ANNOUNCED, EventState.REGISTERING) for row in alive) or bool(
            closes and max(closes) < now
        )
        has_first = any(row.preregistration for row in alive)
        name = "预报名与报名" if has_first else "报名"
        steps.append(Step(name, min(opens, default=None), True, _closing(chapters), None, reason, over))
    finals = [day for row in alive if (day := row.final_day())]
    last = max((day for row in alive if (day := row.final.last_day())), default=None)
    one = len(alive) == 1
    steps.append(
        Step(
            "决赛" if one else f"{_count(len(alive))}项决赛",
            min(finals, default=None),
            bool(finals) and last != min(finals),
            "",
            last if finals and last != min(finals) else None,
            None,
            over=bool(last and last < today),
        )
    )
    notice = chapters.public_notice
    shown = all(row.state is EventState.CONFIRMED for row in alive) if alive else False
    steps.append(
        Step(
            "成绩公示",
            None,
            False,
            f"{notice.after}后{notice.window}" if notice and notice.window else "",
            None,
            _assumed(notice, "window"),
            over=shown,
        )
    )
    issued = bulletin_at.astimezone(site.book.zone).date() if bulletin_at else None
    steps.append(Step("通报获奖", issued, False, "", None, None, over=issued is not None))
    return _on_course(steps)


def _on_course(steps: list[Step]) -> tuple[Step, ...]:
    current = next((place for place, step in enumerate(steps) if not step.over), len(steps))
    courses = (
        Course.DONE if place < current else Course.NOW if place == current else Course.TO_COME
        for place, _ in enumerate(steps)
    )
    return tuple(
        Step(step.name, step.first, step.since, step.detail, step.until, step.assumed, step.over, course)
        for step, course in zip(steps, courses, strict=True)
    )


def _closing(chapters: object) -> str:
    dates = getattr(chapters, "dates", {})
    said = [
        f"{dates[key].name or name}{dates[key].to}截止"
        for key, name in (("preregistration", "预报名"), ("registration", "报名"))
        if key in dates and dates[key].to is not None and not isinstance(dates[key].to, date)
    ]
    return "，".join(said)


def _assumed(term: Term | None, key: str) -> str | None:
    if term is None:
        return None
    source = term.source_of(key)
    return None if source.clauses else source.assumed


_FIGURES = "零一二三四五六七八九十"


def _count(number: int) -> str:
    """八; 12 where words would be long."""
    return _FIGURES[number] if number <= 10 else str(number)
