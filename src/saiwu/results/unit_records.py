"""What units, districts and hosts have done in a competition: on record, as the rules of unit awards take it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from saiwu.accounts.models import Unit
from saiwu.audit.frame import Refused
from saiwu.competitions.models import Competition
from saiwu.competitions.rulebooks import in_force, rules_of_event
from saiwu.entries.models import Entry
from saiwu.results.gathering import contestants
from saiwu.results.models import Result, ResultList
from saiwu.rules import bundle
from saiwu.rules.awards import prize_name
from saiwu.rules.marking import NotReady, Scored, scale_of, scored
from saiwu.rules.procedure import LIVE, EntryState, EventState
from saiwu.rules.rulebook.afterwards import UnitAward
from saiwu.rules.rulebook.book import Chapters
from saiwu.rules.unit_awards import Candidate, EntryOutcome, Proposal, Proposed, propose


@dataclass(slots=True)
class _Count:
    """What is counted of one name while rows are read: people, events by id, and how its entries came out."""

    registered: int = 0
    checked_in: int = 0
    events: set[str] = field(default_factory=set)
    hosted: int = 0
    outcomes: list[EntryOutcome] = field(default_factory=list)

    def candidate(self, name: str, among: str) -> Candidate:
        return Candidate(
            name,
            among,
            tuple(self.outcomes),
            registered=self.registered,
            checked_in=self.checked_in,
            entered=len(self.events),
            hosted=self.hosted,
        )


def proposal(competition: Competition, award: UnitAward, among: str) -> Proposal:
    """The points table of one list of an award, for people to decide on. SQL statements: 4, and 1 a list of results.

    Raises Refused where the rulebook does not say how many there are.
    """
    try:
        (found,) = propose(award.model_copy(update={"among": (among,)}), candidates(competition, among))
    except NotReady as error:
        raise Refused(f"单位奖还不能评定：{error}。", rule="rulebook") from error
    return found


def proposals(competition: Competition, award: UnitAward, among: str) -> tuple[Proposed, ...]:
    """The lines of that table, best first, those below the minimum left out."""
    return proposal(competition, award, among).ranked


def candidates(competition: Competition, among: str) -> list[Candidate]:
    """The candidates of a list: 参赛单位, 院校, 企业, 区县 or 承办单位.

    代表队 and 工作人员 are nobody's rows here, and have none. 扣分 is not recorded yet: nobody has any.
    """
    by_unit = _by_unit(competition)
    hosts = _hosts(competition)
    for unit, count in by_unit.items():
        count.hosted = hosts.get(unit.name, 0)
    match among:
        case "参赛单位":
            counts = {unit.name: count for unit, count in by_unit.items()}
        case "院校" | "企业":
            counts = {unit.name: count for unit, count in by_unit.items() if unit.kind == among}
        case "区县":
            counts = _together((unit.district, count) for unit, count in by_unit.items() if unit.district)
        case "承办单位":
            own = {unit.name: count for unit, count in by_unit.items()}
            counts = {name: own.get(name) or _Count(hosted=number) for name, number in hosts.items()}
        case _:
            counts = {}
    return [count.candidate(name, among) for name, count in counts.items()]


def _by_unit(competition: Competition) -> dict[Unit, _Count]:
    entries = (
        Entry.objects.filter(event__competition=competition, state__in=LIVE)
        .exclude(event__state=EventState.CANCELLED)
        .select_related("unit", "event")
        .prefetch_related("members")
        .order_by("unit_id", "id")
    )
    found: dict[Unit, _Count] = {}
    for entry in entries:
        count = found.setdefault(entry.unit, _Count())
        people = len(contestants(entry))
        count.registered += people
        count.checked_in += people if entry.state == EntryState.CHECKED_IN else 0
        count.events.add(entry.event.slug)
    _add_outcomes(competition, found)
    return found


def _add_outcomes(competition: Competition, found: Mapping[Unit, _Count]) -> None:
    lists = ResultList.objects.filter(event__competition=competition, confirmed_at__isnull=False)
    for row in lists.select_related("event__competition").order_by("event__position", "list_key", "id"):
        rules: Chapters = rules_of_event(row.event).divisions.get(row.list_key) or rules_of_event(row.event)
        prizes = rules.awards.prizes if rules.awards is not None else {}
        given = bundle.read(row.bundle)
        scale = scale_of(given.rules)
        marks = {entry.code: scored(entry, scale) for entry in given.entries}
        for result in Result.objects.filter(result_list=row, rank__isnull=False).select_related("entry__unit"):
            count = found.get(result.entry.unit)
            if count is not None:
                prize = prize_name(result.award, prizes[result.award]) if result.award else None
                count.outcomes.append(EntryOutcome(result.rank, prize, _passed_all(marks[result.code], rules)))


def _passed_all(one: Scored, rules: Chapters) -> bool:
    """Whether every pass mark of the rulebook was reached, of components and modules."""
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


def _together(named: Iterable[tuple[str, _Count]]) -> dict[str, _Count]:
    """Counts of the same name as one: a district's are those of its units."""
    found: dict[str, _Count] = {}
    for name, count in named:
        whole = found.setdefault(name, _Count())
        whole.registered += count.registered
        whole.checked_in += count.checked_in
        whole.events |= count.events
        whole.hosted += count.hosted
        whole.outcomes += count.outcomes
    return found
