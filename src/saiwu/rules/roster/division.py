"""The rules of one division (or of an event whose division is not known), ready to judge many rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from operator import attrgetter
from typing import Any

from saiwu.rules.eligibility import ContestantFacts, EventFacts, OtherEntry, judge_rule
from saiwu.rules.findings import Finding, Verdict
from saiwu.rules.places import region_of
from saiwu.rules.roster.judgeable import WRITTEN_GROUNDS, Judgeable, judgeable, judgeable_quota
from saiwu.rules.roster.readings import Locator, school_in_region
from saiwu.rules.roster.rows import Row, occupation_of
from saiwu.rules.rulebook.book import Division, Event, Rulebook
from saiwu.rules.rulebook.days import resolved
from saiwu.rules.rulebook.eligibility import (
    AgeTerm,
    AnyOfTerm,
    EligibilityTerm,
    FactsTerm,
    NotInstructorTerm,
    OneEventTerm,
    PlaceTerm,
    SkillTerm,
    StudentTerm,
    WorkerTerm,
)
from saiwu.rules.rulebook.quotas import Quota
from saiwu.rules.rulebook.stages import EntryTerm

Judge = Callable[[Row], Finding | None]

ENTERED_BY = "参赛单位"
_ROW_FACTS = {"status": "status", "sex": "sex", "minor": "minor", "former_retirement": "former_retirement"}
"""Facts that differ from row to row -> where a Row has them. The others are the same for all rows of a division."""

_OTHERWISE = "（如另有其他依据，表中没有相应的列，须另行核实。）"


class Locators:
    """One locator a region: that of the notice, and those that rules name."""

    def __init__(self, book: Rulebook) -> None:
        """The notice's region stands for rules that name none."""
        self._notice = (book.head.region, book.head.region_code)
        self._found: dict[tuple[str | None, str | None], Locator] = {}

    def of(self, term: EligibilityTerm | None = None) -> Locator:
        """The locator of the region that a rule speaks of; of no rule: the notice's."""
        if isinstance(term, AnyOfTerm):
            return self.of(next((inner for inner in term.rules.values() if isinstance(inner, PlaceTerm)), None))
        region = self._notice
        if isinstance(term, PlaceTerm) and (term.region is not None or term.region_code is not None):
            region = (term.region, term.region_code)
        if region not in self._found:
            self._found[region] = Locator(region_of(*region))
        return self._found[region]


class DivisionRules:
    """What one division asks: each rule a function of a row, with a memory for rows that say the same."""

    def __init__(self, book: Rulebook, event_id: str, division_id: str | None, on: date, locators: Locators) -> None:
        """`division_id` None: only what the event says for all its divisions."""
        event = book.events[event_id]
        self.event_id, self.division_id = event_id, division_id
        self.chapters: Division | Event = resolved(book, event_id, division_id)
        self.entry = self.chapters.entry or EntryTerm()
        self.singles = self.entry.team_size.high == 1
        self.facts = EventFacts.of(
            book, event, self.chapters, event_id=event_id, division_id=division_id or "", registering_on=on
        )
        self._locators = locators
        self.judges: list[Judge] = []
        self.one_event: list[OneEventTerm] = []
        self.not_instructor: list[NotInstructorTerm] = []
        for rule_id, term in self.chapters.eligibility.items():
            part = judgeable(term, rule_id)
            if isinstance(part.term, OneEventTerm):
                self.one_event.append(part.term)
            elif isinstance(part.term, NotInstructorTerm):
                self.not_instructor.append(part.term)
            elif part.term is not None:
                self.judges.append(self._judge(part.term, part))
        self.quotas: Mapping[str, Quota] = {
            key: term for key, term in self.chapters.quotas.items() if judgeable_quota(term)
        }

    def _judge(self, term: EligibilityTerm, part: Judgeable) -> Judge:
        needs = tuple(dict.fromkeys(_needs(term)))
        if isinstance(term, AgeTerm) and "minor" not in needs:
            return _AgeJudge(self, term, tuple(need for need in needs if need != "born"))
        return _MemoJudge(self, part, self._key(term, needs))

    def _key(self, term: EligibilityTerm, needs: tuple[str, ...]) -> Callable[[Row], Any]:
        """What rows must share to share the finding of a rule; of places and schools it is where they lie."""
        agree: Callable[[Row], Any] = attrgetter(*needs) if needs else lambda row: None
        locator = self._locators.of(term)
        if locator is self._locators.of() or "located" not in needs:
            return agree
        return lambda row: (locator.places(row.place_text), agree(row))

    def contestant(self, row: Row, term: EligibilityTerm | None = None) -> ContestantFacts:
        """The facts of a row; of places those that `term` asks."""
        place: tuple[str, ...] | None = None
        in_region: bool | None = None
        if term is not None:
            if row.status == "学生":
                in_region = school_in_region(row.school, row.located)
            elif (held := row.located.grounds(frozenset({"工作"}))) is not None:
                in_region = bool(held)
            place = self._locators.of(term).places(row.place_text).grounds(_grounds(term))
        return ContestantFacts(
            born=row.born,
            sex=row.sex,
            status=row.status,
            place=place,
            level=row.level,
            level_in=occupation_of(row.level_in),
            years=row.years,
            in_region=in_region,
            major=row.school.major,
            former_retirement=row.former_retirement,
            minor=row.minor,
            entered_by=ENTERED_BY,
            entry_kind="单人" if self.singles else "团体",
        )

    def twice(self, row: Row, term: OneEventTerm) -> Finding | None:
        """The finding of somebody who holds another live entry; None where the rule's `for` does not fit."""
        facts = self.contestant(row)
        return judge_rule(_with_other_event(facts), term, self.facts)


def _with_other_event(facts: ContestantFacts) -> ContestantFacts:
    values = {name: getattr(facts, name) for name in ContestantFacts.__slots__}
    return ContestantFacts(**{**values, "other_events": (OtherEntry(""),)})


class _MemoJudge:
    """A rule that asks few facts: rows that agree in them share the finding."""

    def __init__(self, rules: DivisionRules, part: Judgeable, key: Callable[[Row], Any]) -> None:
        assert part.term is not None
        self._rules, self._term, self._otherwise = rules, part.term, part.may_hold_otherwise
        self._key = key
        self._memo: dict[Any, Finding | None] = {}

    def __call__(self, row: Row) -> Finding | None:
        key = self._key(row)
        try:
            return self._memo[key]
        except KeyError:
            finding = self._memo[key] = self._asked(row)
            return finding

    def _asked(self, row: Row) -> Finding | None:
        finding = judge_rule(self._rules.contestant(row, self._term), self._term, self._rules.facts)
        if self._otherwise and finding is not None and finding.verdict.severity > Verdict.EVIDENCE.severity:
            return self._term.evidence(finding.fact, finding.message + _OTHERWISE)
        return finding


class _AgeJudge:
    """`age`, for many rows: the births that are in order are an interval, found once by asking the rule itself.

    Every bound of the rule is one-sided in the date of birth, and whoever is born later reaches the statutory age
    later; so the births that it allows have no gap. Outside the interval the rule is asked for each row.
    """

    def __init__(self, rules: DivisionRules, term: AgeTerm, needs: tuple[str, ...]) -> None:
        self._rules, self._term = rules, term
        self._key: Callable[[Row], Any] = attrgetter(*needs) if needs else lambda row: ()
        self._windows: dict[Any, tuple[date, date, Finding] | None] = {}

    def __call__(self, row: Row) -> Finding | None:
        key = self._key(row)
        if key not in self._windows:
            self._windows[key] = self._window(row)
        window = self._windows[key]
        if window is not None and row.born is not None and window[0] <= row.born <= window[1]:
            return window[2]
        return self._asked(row, row.born)

    def _asked(self, row: Row, born: date | None) -> Finding | None:
        facts = ContestantFacts(
            born=born,
            sex=row.sex,
            status=row.status,
            former_retirement=row.former_retirement,
            entered_by=ENTERED_BY,
            entry_kind="单人" if self._rules.singles else "团体",
        )
        return judge_rule(facts, self._term, self._rules.facts)

    def _window(self, row: Row) -> tuple[date, date, Finding] | None:
        today = self._rules.facts.registering_on or date(2000, 1, 1)
        for years in (20, 30, 40, 50, 17, 60):
            start = today - timedelta(days=years * 365)
            ok = self._asked(row, start)
            if ok is not None and ok.verdict is Verdict.OK:
                first = self._edge(row, start, start - timedelta(days=150 * 365))
                last = self._edge(row, start, today + timedelta(days=366))
                return first, last, ok
        return None

    def _edge(self, row: Row, within: date, outside: date) -> date:
        """The last birth in order on the way from one that is to one that may not be."""
        good, bad = within.toordinal(), outside.toordinal()
        while abs(bad - good) > 1:
            middle = (good + bad) // 2
            found = self._asked(row, date.fromordinal(middle))
            if found is not None and found.verdict is Verdict.OK:
                good = middle
            else:
                bad = middle
        return date.fromordinal(good)


def _grounds(term: EligibilityTerm) -> frozenset[str]:
    if isinstance(term, PlaceTerm):
        return frozenset(ground for ground, _ in term.any_of)
    if isinstance(term, AnyOfTerm):
        return frozenset().union(*(_grounds(inner) for inner in term.rules.values()))
    return WRITTEN_GROUNDS


def _needs(term: EligibilityTerm) -> Iterable[str]:
    """What of a row the finding hangs on."""
    for fact in term.for_:
        if fact in _ROW_FACTS:
            yield _ROW_FACTS[fact]
    match term:
        case AgeTerm():
            yield from ("born", "sex", "former_retirement")
        case PlaceTerm():
            yield "located"
        case StudentTerm() | WorkerTerm():
            yield from ("status", "located", "school")
        case SkillTerm():
            yield from ("level", "level_in", "years")
        case FactsTerm():
            yield from (_ROW_FACTS[fact] for fact in term.must_be if fact in _ROW_FACTS)
        case AnyOfTerm():
            for inner in term.rules.values():
                yield from _needs(inner)
        case _:
            # Rows that agree in what is named here share one finding: a kind left out would give all rows the first's.
            raise TypeError(f"nobody has said which cells {type(term).__name__} hangs on")
