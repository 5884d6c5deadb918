"""What handing in would lead to, before it is done: what is asked, which places are left, what the rules say.

Nothing is written. What depends on other people's rows (one event each, instructors) is settled by the submit alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from saiwu.accounts.models import Unit
from saiwu.audit.frame import NotFound, Refused
from saiwu.competitions.models import Division
from saiwu.competitions.queries import EventRow, Planned, Site
from saiwu.competitions.rulebooks import in_force, moments_of, resolved_rules
from saiwu.entries.claiming import number_digest
from saiwu.entries.deadlines import refuse_outside
from saiwu.entries.known import resolved
from saiwu.entries.models import Entry, QuotaPlace
from saiwu.entries.statements import Checked, InstructorStatement, Statement, checked, checked_instructors, local_day
from saiwu.entries.verdicts import event_facts, judged, judged_entry
from saiwu.rules import asking
from saiwu.rules.asking import Question, Standing
from saiwu.rules.eligibility import EventFacts
from saiwu.rules.findings import Finding
from saiwu.rules.procedure import LIVE, EventState
from saiwu.rules.quotas import scope_of
from saiwu.rules.rulebook import book as typed
from saiwu.rules.rulebook.days import Days
from saiwu.rules.rulebook.quotas import Quota
from saiwu.rules.rulebook.stages import EntryTerm


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of an entry of a division: its `entry` chapter, and the questions to each standing."""

    event: str
    event_id: int
    division: str
    rules: typed.Division
    entry: EntryTerm
    standings: tuple[Standing, ...]
    questions: Mapping[Standing, tuple[Question, ...]]
    facts: EventFacts


def asked_of(site: Site, event: str, division: str, at: datetime) -> Asked:
    """What a unit is asked there. 2 SQL statements. Raises NotFound where there is no such division."""
    row = _division(site, event, division)
    rules = resolved_rules(row, moments_of(row.event))
    facts = event_facts(row, at)
    standings = tuple(one for one in asking.standings_of(site.book.events[event]) if one.division == division)
    questions = {one: asking.questions_of(rules, site.book.facts, one, facts) for one in standings}
    return Asked(event, row.event_id, division, rules, rules.entry or EntryTerm(), standings, questions, facts)


@dataclass(frozen=True, slots=True)
class Places:
    """Places of a unit under a quota. `each`: what one place is, 队 or 人."""

    quota: Quota
    taken: int
    limit: int
    each: str

    @property
    def left(self) -> int:
        """How many are free."""
        return max(self.limit - self.taken, 0)

    @property
    def boxes(self) -> tuple[str, ...]:
        """A box a place: taken, free, or over the limit by a waiver."""
        free = ("free",) * self.left
        over = ("over",) * max(self.taken - self.limit, 0)
        return ("taken",) * min(self.taken, self.limit) + free + over


def places_of(site: Site, unit_id: int) -> Mapping[tuple[str, str], tuple[Places, ...]]:
    """Places of a unit by event and division, under quotas that count by unit. 2 SQL statements, however many."""
    kind = Unit.objects.values_list("kind", flat=True).get(pk=unit_id)
    subject = f"|unit:{unit_id}"
    held = Counter(
        QuotaPlace.objects.filter(quota__startswith=f"{site.id}|", quota__endswith=subject).values_list(
            "quota", flat=True
        )
    )
    found: dict[tuple[str, str], tuple[Places, ...]] = {}
    for event, rules in site.book.events.items():
        for division, own in rules.divisions.items():
            facts = EventFacts(event=event, division=division)
            found[event, division] = tuple(
                Places(
                    quota,
                    held["|".join((str(site.id), key, *scope_of(quota, facts))) + subject],
                    quota.at_most,
                    quota.counts if (own.entry or EntryTerm()).team_size.low != 1 else "人",
                )
                for key, quota in own.quotas.items()
                if (quota.per == "参赛单位" or (quota.per == "院校" and kind == "院校"))
                and quota.at_most is not None
                and quota.stage is None
                and not quota.named
                and not quota.for_
                and quota.counts != "赛项"
            )
    return found


@dataclass(frozen=True, slots=True)
class Opening:
    """A division of an event, and whether a unit may enter people now. `closed`: why not, in words; empty: it may."""

    row: EventRow
    division: str
    rules: typed.Division
    registration: Planned | None
    closed: str

    @property
    def closes(self) -> datetime | None:
        """The last second of registration; None where nobody has said."""
        return self.registration.closes if self.registration else None


def openings_of(site: Site, rows: Sequence[EventRow], at: datetime) -> tuple[Opening, ...]:
    """The divisions of events, in the order given. No SQL statement."""
    return tuple(
        _opening(site, row, division, rules, at) for row in rows for division, rules in row.rules.divisions.items()
    )


def _opening(site: Site, row: EventRow, division: str, rules: typed.Division, at: datetime) -> Opening:
    days = Days(site.book, row.slug, division, row.days.timeline.moments)
    term = rules.dates.get("registration")
    planned = Planned.of("registration", term, days) if term is not None else None
    closed = ""
    if row.state is EventState.CANCELLED or division in row.cancelled:
        closed = "已取消"
    elif row.state is EventState.ANNOUNCED or (planned and planned.opens and at < planned.opens):
        closed = "还没有开放报名"
    elif row.state is not EventState.REGISTERING or (planned and planned.closes and at > planned.closes):
        closed = "报名已截止"
    return Opening(row, division, rules, planned, closed)


@dataclass(frozen=True, slots=True)
class Person:
    """A contestant as he was read: name and masked number (to be checked), and the findings on him."""

    name: str
    role: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the rules say of an entry that is about to be handed in: of the whole, and of each member."""

    whole: tuple[Finding, ...]
    people: tuple[Person, ...]
    instructors: tuple[str, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of them."""
        return (*self.whole, *(finding for person in self.people for finding in person.findings))


def outlook(
    *,
    site: Site,
    event: str,
    division: str,
    unit_id: int,
    members: Sequence[Statement],
    instructors: Sequence[InstructorStatement],
    team_name: str,
    at: datetime,
    again: bool = False,
) -> Outlook:
    """Judge without writing. At most 5 SQL statements. `again`: a returned entry, which no date stands against.

    Raises Refused where something cannot be so; `field` is `members.0.number`, `instructors.1.name` and the like.
    """
    row = _division(site, event, division)
    unit = Unit.objects.get(pk=unit_id)
    moments = moments_of(row.event)
    if not again:
        refuse_outside(row, "registration", moments, at, "报名")
    stated, teaching = resolved(members, instructors, unit, row.event.competition)
    day = local_day(in_force(row.event.competition), at)
    people: list[Checked] = []
    for place, one in enumerate(stated):
        where = f"第{place + 1}名队员：" if len(stated) > 1 else ""
        people.append(_at(f"members.{place}", lambda one=one, where=where: checked(one, on=day, where=where)))
    teachers: list[Checked] = []
    for place, teacher in enumerate(teaching):
        teachers += _at(f"instructors.{place}", lambda teacher=teacher: checked_instructors([teacher], on=day))
    entry = Entry(event=row.event, division=row, unit=unit, team_name=team_name)
    whole = judged_entry(row, entry, people, teachers)
    persons = []
    for place, who in enumerate(people):
        findings = _at(
            f"members.{place}",
            lambda who=who: judged(row, who, moments=moments, at=at, unit=unit, team=len(people)),
        )
        persons.append(Person(who.name, who.role, tuple(findings)))
    return Outlook(tuple(whole), tuple(persons), tuple(one.name for one in teachers))


def _at(where: str, read):  # type: ignore[no-untyped-def]
    try:
        return read()
    except Refused as refused:
        refused.field = f"{where}.{refused.field}" if refused.field else where
        raise


def entered_already(*, unit_id: int, event_id: int, members: Sequence[Statement], at: datetime) -> int | None:
    """The live entry of the unit that holds these very people, where there is one: a form sent twice finds the first.

    2 SQL statements.
    """
    unit = Unit.objects.get(pk=unit_id)
    division = Division.objects.select_related("event__competition").filter(event_id=event_id).first()
    if division is None:
        return None
    stated, _ = resolved(members, (), unit, division.event.competition)
    day = local_day(in_force(division.event.competition), at)
    wanted = {number_digest(checked(one, on=day).identity.number) for one in stated}
    rows = Entry.objects.filter(unit_id=unit_id, event_id=event_id, state__in=tuple(LIVE))
    held: dict[int, set[str]] = {}
    for pk, digest in rows.values_list("pk", "members__person__number_digest").order_by("pk"):
        held.setdefault(pk, set()).add(digest)
    return next((pk for pk, digests in held.items() if digests == wanted), None)


def _division(site: Site, event: str, division: str) -> Division:
    row = Division.objects.select_related("event__competition").filter(
        event__competition_id=site.id, event__slug=event, slug=division
    )
    found = row.first()
    if found is None:
        raise NotFound(f"{event} {division}")
    return found
