"""What units, districts and hosts have done in a competition: the facts that unit awards count (rulebook language §15)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from saiwu.accounts.models import Unit
from saiwu.competitions.models import Competition
from saiwu.competitions.rulebooks import in_force, rules_of_event
from saiwu.entries.models import Entry
from saiwu.results.gathering import contestants
from saiwu.results.models import Result, ResultList
from saiwu.rules import bundle
from saiwu.rules.awards import prize_name
from saiwu.rules.marking import Scored, scale_of, scored
from saiwu.rules.procedure import LIVE, EntryState, EventState
from saiwu.rules.rulebook.afterwards import UnitAward
from saiwu.rules.rulebook.book import Chapters
from saiwu.rules.rulebook.values import parse_range, plain

ENTERED, PRESENT, EVENTS, HOSTED, PASSED = "报名人数", "检录人数", "参赛赛项", "承办赛项", "合格未获奖"
_RANKS = re.compile(r"第(.+)名")


@dataclass(slots=True)
class UnitRecord:
    """One candidate: people entered and checked in, events entered and hosted, and how its entries came out.

    `prizes`: of each entry with a prize its id and name. `passed`: ranked entries without a prize that reached every pass
    mark.
    """

    name: str
    entered: int = 0
    present: int = 0
    events: set[str] = field(default_factory=set)
    hosted: int = 0
    prizes: list[frozenset[str]] = field(default_factory=list)
    ranks: list[int] = field(default_factory=list)
    passed: int = 0

    def fact(self, word: str) -> int:
        """How often what the word names was reached: a prize, 第7-10名, 报名人数, … 扣分 is not recorded yet: 0."""
        counts = {
            ENTERED: self.entered,
            PRESENT: self.present,
            EVENTS: len(self.events),
            HOSTED: self.hosted,
            PASSED: self.passed,
        }
        if word in counts:
            return counts[word]
        if match := _RANKS.fullmatch(word):
            ranks = parse_range(match[1])
            return sum(1 for rank in self.ranks if ranks.holds(rank))
        return sum(1 for prize in self.prizes if plain(word) in prize)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line of the proposal: the points that the facts give, and the facts by their words."""

    name: str
    points: int
    facts: Mapping[str, int]


def proposals(competition: Competition, award: UnitAward, among: str) -> list[Candidate]:
    """The points table of one award and list, best first; then by the award's tie-break, then by name.

    SQL statements: 4, and 1 an event.
    """
    words = list(dict.fromkeys((*award.points, *award.tie_break)))
    lines = []
    for record in records(competition, among):
        facts = {word: record.fact(word) for word in words}
        points = sum(each * facts[word] for word, each in award.points.items())
        lines.append(Candidate(record.name, points, facts))
    return sorted(lines, key=lambda one: (-one.points, [-one.facts[word] for word in award.tie_break], one.name))


def records(competition: Competition, among: str) -> list[UnitRecord]:
    """The candidates of a list: 参赛单位, 院校, 企业, 区县 or 承办单位. Others are nobody's rows, and have none."""
    by_unit = _by_unit(competition)
    hosts = _hosts(competition)
    for unit, record in by_unit.items():
        record.hosted = hosts.get(unit.name, 0)
    match among:
        case "参赛单位":
            return list(by_unit.values())
        case "院校" | "企业":
            return [record for unit, record in by_unit.items() if unit.kind == among]
        case "区县":
            return _together((unit.district, record) for unit, record in by_unit.items() if unit.district)
        case "承办单位":
            own = {unit.name: record for unit, record in by_unit.items()}
            return [own.get(name) or UnitRecord(name, hosted=count) for name, count in hosts.items()]
        case _:
            return []


def _by_unit(competition: Competition) -> dict[Unit, UnitRecord]:
    entries = (
        Entry.objects.filter(event__competition=competition, state__in=LIVE)
        .exclude(event__state=EventState.CANCELLED)
        .select_related("unit", "event")
        .prefetch_related("members")
        .order_by("unit_id", "id")
    )
    found: dict[Unit, UnitRecord] = {}
    for entry in entries:
        record = found.setdefault(entry.unit, UnitRecord(entry.unit.name))
        people = len(contestants(entry))
        record.entered += people
        record.present += people if entry.state == EntryState.CHECKED_IN else 0
        record.events.add(entry.event.slug)
    _add_results(competition, found)
    return found


def _add_results(competition: Competition, found: Mapping[Unit, UnitRecord]) -> None:
    lists = ResultList.objects.filter(event__competition=competition, confirmed_at__isnull=False)
    for row in lists.select_related("event__competition").order_by("event__position", "list_key"):
        rules: Chapters = rules_of_event(row.event).divisions.get(row.list_key) or rules_of_event(row.event)
        prizes = rules.awards.prizes if rules.awards is not None else {}
        names = {key: frozenset({plain(key), plain(prize_name(key, prize))}) for key, prize in prizes.items()}
        given = bundle.read(row.bundle)
        scale = scale_of(given.rules)
        marks = {entry.code: scored(entry, scale) for entry in given.entries}
        for result in Result.objects.filter(result_list=row, rank__isnull=False).select_related("entry__unit"):
            record = found.get(result.entry.unit)
            if record is None:
                continue
            record.ranks.append(result.rank or 0)
            if result.award:
                record.prizes.append(names.get(result.award, frozenset({plain(result.award)})))
            elif _passed_all(marks[result.code], rules):
                record.passed += 1


def _passed_all(one: Scored, rules: Chapters) -> bool:
    for key, component in rules.components.items():
        parts = {key: component, **{f"{key}/{inner}": module for inner, module in component.modules.items()}}
        if not all(one.passed(part, term) for part, term in parts.items() if term.pass_ is not None):
            return False
    return True


def _hosts(competition: Competition) -> dict[str, int]:
    """Host -> how many events it runs, in the order of the events."""
    book = in_force(competition)
    hosts: dict[str, int] = {}
    for slug in competition.events.exclude(state=EventState.CANCELLED).values_list("slug", flat=True):
        host = book.events[slug].host
        if host:
            hosts[host] = hosts.get(host, 0) + 1
    return hosts


def _together(named: Iterable[tuple[str, UnitRecord]]) -> list[UnitRecord]:
    """Records of the same name as one: a district's are those of its units."""
    found: dict[str, UnitRecord] = {}
    for name, record in named:
        whole = found.setdefault(name, UnitRecord(name))
        whole.entered += record.entered
        whole.present += record.present
        whole.events |= record.events
        whole.hosted += record.hosted
        whole.prizes += record.prizes
        whole.ranks += record.ranks
        whole.passed += record.passed
    return list(found.values())
