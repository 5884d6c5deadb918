"""When things are: stages, dates, and relative dates worked out (§2).

A *span* is anything with `on`, or `from` and/or `to`. A *moment* is what happens and is recorded with its instant;
until then the planned date of that name stands for it. Relative dates move with their anchor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from saiwu.rules.rulebook.book import Chapters, Division, Event, Rulebook, find
from saiwu.rules.rulebook.calendar import WorkCalendar, knows, shift
from saiwu.rules.rulebook.certificates import Certificates
from saiwu.rules.rulebook.eligibility import AgeTerm, AnyOfTerm, PastWinnerTerm, PlaceTerm, Rule, SkillTerm
from saiwu.rules.rulebook.head import DateTerm
from saiwu.rules.rulebook.stages import Stage
from saiwu.rules.rulebook.values import END_OF_DAY, MOMENTS, Duration, Relative, Unit, When, plain

SUBMITTED = "提交"
"""The day of registering: only the caller knows it."""

Point = date | datetime
"""A day, or an instant: with its zone where it is worked out, in the notice's zone where it is written."""

_ENDS_OF = {"报名截止": "registration", "预报名截止": "preregistration"}


@dataclass(frozen=True, slots=True)
class Span:
    """A stage or date as planned. None: not written, or 待定."""

    name: str | None
    on: When | None = None
    from_: When | None = None
    to: When | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Stages and dates of one division (or event), and what has happened. Dates that go in a circle are None."""

    stages: Mapping[str, Span]
    dates: Mapping[str, Span]
    work: WorkCalendar = field(default_factory=WorkCalendar)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    moments: Mapping[str, datetime] = field(default_factory=dict)

    def point(self, when: When | None, seen: frozenset[str] = frozenset()) -> Point | None:
        """The day or instant that a value means; None where it is 待定 or hangs on something that is."""
        if when is None:
            return None
        if isinstance(when, datetime):
            return when if when.tzinfo is not None else when.replace(tzinfo=self.zone)
        if isinstance(when, date):
            return when
        anchor = self.anchor(when.anchor, seen, last=when.before is False)
        if anchor is None or when.before is None:
            return anchor
        number = -when.number if when.before else when.number
        try:
            if when.unit is Unit.HOUR:
                clock = time(0) if when.before else END_OF_DAY
                return self._instant(anchor, clock) + timedelta(hours=number)
            return shift(self.day(anchor), number, when.unit, self.work)
        except OverflowError:
            return None

    def estimated(self, when: When | None, seen: frozenset[str] = frozenset()) -> bool:
        """Whether the day rests on working days of a year that the national calendar does not know (按周末推算)."""
        if not isinstance(when, Relative):
            return False
        key = self.key_of(when.anchor)
        if key is not None and key not in seen and self._happened(when.anchor) is None:
            chapter, _, id_ = key.partition(".")
            span = (self.stages if chapter == "stages" else self.dates)[id_]
            if any(self.estimated(part, seen | {key}) for part in (span.on, span.from_, span.to)):
                return True
        if when.before is None or when.unit is not Unit.WORKING_DAY:
            return False
        points = (self.anchor(when.anchor, seen, last=not when.before), self.point(when, seen))
        return any(point is not None and not knows(self.day(point)) for point in points)

    def first(self, span: Span, seen: frozenset[str] = frozenset()) -> Point | None:
        """The first day or instant of a stage or date."""
        return self.point(span.on if span.on is not None else span.from_, seen)

    def last(self, span: Span, seen: frozenset[str] = frozenset()) -> Point | None:
        """The last day or instant of a stage or date."""
        return self.point(span.on if span.on is not None else span.to, seen)

    def day(self, point: Point) -> date:
        """The day on which a point lies, in the notice's zone."""
        return self._instant(point, time(0)).date() if isinstance(point, datetime) else point

    def _instant(self, point: Point, clock: time) -> datetime:
        if isinstance(point, datetime):
            return point.astimezone(self.zone) if point.tzinfo is not None else point.replace(tzinfo=self.zone)
        return datetime.combine(point, clock, tzinfo=self.zone)

    def opens(self, point: Point | None) -> datetime | None:
        """A point as a beginning: a day from its first second."""
        return None if point is None else self._instant(point, time(0))

    def closes(self, point: Point | None) -> datetime | None:
        """A point as an end: a day to its last second. That second is still in time."""
        return None if point is None else self._instant(point, END_OF_DAY)

    def anchor(self, name: str, seen: frozenset[str] = frozenset(), *, last: bool) -> Point | None:
        """The first or last day or instant of a stage, date or moment. `seen`: what is being worked out already."""
        happened = self._happened(name)
        if happened is not None:
            return happened
        key = self.key_of(name)
        if key is None or key in seen:
            return None
        chapter, _, id_ = key.partition(".")
        span = (self.stages if chapter == "stages" else self.dates)[id_]
        beyond = seen | {key}
        if plain(name) in _ENDS_OF:
            return self.last(span, beyond)
        return self.last(span, beyond) if last else self.first(span, beyond)

    def _happened(self, name: str) -> datetime | None:
        if name in self.moments:
            return self._instant(self.moments[name], time(0))
        key = self.key_of(name)
        for moment, at in self.moments.items():
            if moment in MOMENTS and moment not in _ENDS_OF and key is not None and self.key_of(moment) == key:
                return self._instant(at, time(0))
        return None

    def key_of(self, name: str) -> str | None:
        """`stages.final` or `dates.registration` for a stage, a date or a moment that is planned; None for no such."""
        for chapter, spans in (("stages", self.stages), ("dates", self.dates)):
            id_ = find(spans, name)
            if id_ is not None:
                return f"{chapter}.{id_}"
        id_ = _ENDS_OF.get(plain(name))
        return f"dates.{id_}" if id_ in self.dates else None


class Days:
    """The days of one event, or of one division of it; of what notice.yaml says for all where `event_id` is None.

    `moments`: what has happened, by the language's word (报名截止, 成绩公布, …; 提交 for the entry in hand). It beats
    the planned date. Instants come out with their zone; a day stays a day.
    """

    def __init__(
        self,
        book: Rulebook,
        event_id: str | None,
        division_id: str | None = None,
        moments: Mapping[str, datetime] | None = None,
    ) -> None:
        """Raises KeyError where there is no such event or division."""
        self.chapters: Chapters = _chapters(book, event_id, division_id)
        work = WorkCalendar.of(book.working_days.holidays, book.working_days.make_up)
        self.timeline = timeline_of(self.chapters, work, book.zone, moments or {})

    def first(self, when: When | Stage | DateTerm | str | None) -> Point | None:
        """The day or instant that a value means, or the first of a stage or date (by id, name or term)."""
        return self._point(when, last=False)

    def last(self, when: When | Stage | DateTerm | str | None) -> Point | None:
        """The same; of a stage or date the last."""
        return self._point(when, last=True)

    def opens_at(self, when: When | Stage | DateTerm | str | None) -> datetime | None:
        """From which instant on: a day opens with its first second."""
        return self.timeline.opens(self.first(when))

    def closes_at(self, when: When | Stage | DateTerm | str | None) -> datetime | None:
        """The last instant that is still in time: a day closes with its last second."""
        return self.timeline.closes(self.last(when))

    def day(self, when: When | Stage | DateTerm | str | None) -> date | None:
        """The (first) day, where an instant is not wanted."""
        point = self.first(when)
        return None if point is None else self.timeline.day(point)

    def estimated(self, term: Stage | DateTerm) -> bool:
        """Whether a day of it was worked out by weekends alone, since nobody has published that year's calendar yet."""
        return any(self.timeline.estimated(when) for when in (term.on, term.from_, term.to))

    def ends(self, start: datetime, duration: Duration) -> datetime:
        """When a window of that length that opens at that instant closes; that second is still in time."""
        return self.timeline.work.ends(start.astimezone(self.timeline.zone), duration)

    def date_term(self, name: str) -> DateTerm | None:
        """The date of `dates` with that id or name."""
        key = find(self.chapters.dates, name)
        return None if key is None else self.chapters.dates[key]

    def _point(self, when: When | Stage | DateTerm | str | None, *, last: bool) -> Point | None:
        if isinstance(when, (Stage, DateTerm)):
            span = span_of(when)
            return self.timeline.last(span) if last else self.timeline.first(span)
        if isinstance(when, str):
            return self.timeline.anchor(when, last=last)
        return self.timeline.point(when)


def span_of(term: Stage | DateTerm) -> Span:
    """What is planned of a stage or date."""
    return Span(term.name, term.on, term.from_, term.to)


def timeline_of(
    chapters: Chapters, work: WorkCalendar, zone: ZoneInfo, moments: Mapping[str, datetime] | None = None
) -> Timeline:
    """The timeline of merged chapters."""
    stages = {key: span_of(stage) for key, stage in chapters.stages.items()}
    dates = {key: span_of(term) for key, term in chapters.dates.items()}
    return Timeline(stages, dates, work, zone, moments or {})


def _chapters(book: Rulebook, event_id: str | None, division_id: str | None) -> Chapters:
    if event_id is None:
        return book.chapters
    event = book.event(event_id)
    return event if division_id is None else event.division(division_id)


def resolved(
    book: Rulebook, event_id: str, division_id: str | None, moments: Mapping[str, datetime] | None = None
) -> Division | Event:
    """A copy whose rules and certificates know their days: `on` and `since` with their defaults, as dates.

    None where the day is 待定 or hangs on something that is. 提交 stays: only the caller knows that day.
    """
    days = Days(book, event_id, division_id, moments)
    chapters = days.chapters
    assert isinstance(chapters, (Division, Event))
    also = {
        key: second.model_copy(update={"certificates": _dated(second.certificates, days)})
        for key, second in chapters.also_rank.items()
    }
    return chapters.model_copy(
        update={
            "eligibility": {key: _rule(rule, days) for key, rule in chapters.eligibility.items()},
            "certificates": _dated(chapters.certificates, days),
            "also_rank": also,
        }
    )


FINAL_STAGE, CLOSING = Relative("决赛"), Relative("报名截止")


def _dated(certificates: Certificates | None, days: Days) -> Certificates | None:
    if certificates is None:
        return None
    return certificates.model_copy(
        update={"on": _day(certificates.on, FINAL_STAGE, certificates.is_pending("on"), days)}
    )


def _rule(rule: Rule, days: Days) -> Rule:
    match rule:
        case AgeTerm():
            return rule.model_copy(update={"on": _day(rule.on, FINAL_STAGE, rule.is_pending("on"), days)})
        case PlaceTerm() | SkillTerm():
            return rule.model_copy(update={"on": _day(rule.on, CLOSING, rule.is_pending("on"), days)})
        case PastWinnerTerm():
            return rule.model_copy(update={"since": _day(rule.since, None, rule.is_pending("since"), days)})
        case AnyOfTerm():
            return rule.model_copy(update={"rules": {key: _rule(inner, days) for key, inner in rule.rules.items()}})
        case _:
            return rule


def _day(written: When | None, default: Relative | None, pending: bool, days: Days) -> date | Relative | None:
    when = default if written is None and not pending else written
    if isinstance(when, Relative) and plain(when.anchor) == SUBMITTED and SUBMITTED not in days.timeline.moments:
        return when
    return days.day(when)
