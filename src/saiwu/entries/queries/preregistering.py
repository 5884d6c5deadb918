"""What a visitor may read of pre-registration: where it is open, what the rules would say of him, and his own receipt.

Nothing here tells of anybody else: of a unit only its name and how many places it has left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from saiwu.accounts.models import Unit
from saiwu.audit.frame import NotFound
from saiwu.competitions.models import Division
from saiwu.competitions.queries import EventRow, Planned, Site, events_of
from saiwu.competitions.rulebooks import in_force, moments_of, resolved_rules, rules_of
from saiwu.entries.actions.changing import UNDONE_WITHIN, knows
from saiwu.entries.claiming import number_of, phone_of
from saiwu.entries.models import Preregistration, QuotaPlace
from saiwu.entries.statements import Checked
from saiwu.entries.verdicts import BY_PERSON, event_facts, from_json, judged_before
from saiwu.privacy import fields
from saiwu.rules import asking
from saiwu.rules.asking import Question, Standing
from saiwu.rules.eligibility import EventFacts
from saiwu.rules.findings import Finding
from saiwu.rules.procedure import EntryState, EventState
from saiwu.rules.quotas import scope_of
from saiwu.rules.rulebook import book as typed
from saiwu.rules.rulebook.days import Days
from saiwu.rules.rulebook.eligibility import OwnFact
from saiwu.rules.rulebook.quotas import Quota
from saiwu.rules.rulebook.values import plain


class Closed(StrEnum):
    """Why an event cannot be pre-registered for."""

    NOT_YET = "not_yet"
    OVER = "over"
    BY_UNIT = "by_unit"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Offer:
    """An event, and whether a person may pre-register for it now. `planned`: from when until when, where it is said."""

    row: EventRow
    closed: Closed | None
    planned: Planned | None
    standings: tuple[Standing, ...]


def offers(site: Site, at: datetime) -> tuple[Offer, ...]:
    """The events of a competition by their finals. 4 SQL statements, however many events."""
    return tuple(offer_of(row, at) for row in events_of(site))


def offer_of(row: EventRow, at: datetime) -> Offer:
    """Whether one event is open to persons. No SQL statement."""
    planned = row.preregistration
    return Offer(row, _closed(row, planned, at), planned, asking.standings_of(row.rules, row.cancelled))


def _closed(row: EventRow, planned: Planned | None, at: datetime) -> Closed | None:
    if row.state is EventState.CANCELLED:
        return Closed.CANCELLED
    if not any(by_person(division) for division in row.rules.divisions.values()):
        return Closed.BY_UNIT
    if row.state is EventState.ANNOUNCED or (planned and planned.opens and at < planned.opens):
        return Closed.NOT_YET
    if row.state is not EventState.REGISTERING or (planned and planned.closes and at > planned.closes):
        return Closed.OVER
    return None


def by_person(rules: typed.Chapters) -> bool:
    """Whether the notice has people pre-register themselves."""
    return rules.registration is not None and rules.registration.preregistration in BY_PERSON


@dataclass(frozen=True, slots=True)
class Place:
    """An event and standing that somebody has chosen, with all that is asked and judged there.

    `rules` are the division's with every day worked out.
    """

    event_id: int
    event: str
    standing: Standing
    rules: typed.Division
    facts: EventFacts
    questions: tuple[Question, ...]
    moments: Mapping[str, datetime]
    row: Division


def place_of(site: Site, event: str, standing: Standing, at: datetime) -> Place:
    """What is asked of somebody of that standing. 2 SQL statements. Raises NotFound where there is no such place."""
    row = Division.objects.select_related("event__competition").filter(
        event__competition_id=site.id, event__slug=event, slug=standing.division
    )
    division = row.first()
    if division is None or standing not in standings_of(site, event):
        raise NotFound(f"{event} {standing.key}")
    moments = moments_of(division.event)
    rules = resolved_rules(division, moments)
    facts = event_facts(division, at)
    asked = _questions(_Key(site.book.facts, rules), standing, facts)
    return Place(division.event_id, event, standing, rules, facts, asked, moments, division)


def standings_of(site: Site, event: str) -> tuple[Standing, ...]:
    """As what one may enter an event of the rulebook. No SQL statement."""
    rules = site.book.events.get(event)
    return asking.standings_of(rules) if rules is not None else ()


@dataclass(frozen=True)
class _Key:
    """Rules as the key of a cache: the same object is the same rules (a version's are typed once in a process)."""

    own: Mapping[str, OwnFact]
    rules: typed.Division

    def __hash__(self) -> int:
        return id(self.rules)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.rules is self.rules


@lru_cache(maxsize=512)
def _questions(key: _Key, standing: Standing, facts: EventFacts) -> tuple[Question, ...]:
    return asking.questions_of(key.rules, key.own, standing, facts)


def verdicts(place: Place, one: Checked, at: datetime) -> tuple[Finding, ...]:
    """What the rules would say of somebody who pre-registers there, ok ones included. No SQL statement.

    What depends on other people (one event each) is settled by the submit alone.
    """
    return tuple(judged_before(place.row, one, moments=place.moments, at=at))


def asks_former_retirement(place: Place, one: Checked, at: datetime) -> bool:
    """Whether it matters at which age a woman was to retire, and she has not said. No SQL statement."""
    return any(finding.fact == "former_retirement" for finding in verdicts(place, one, at))


def unit_named(text: str) -> str | None:
    """The name of the registered unit that somebody means, by its name or its credit code. 1 SQL statement."""
    said = text.strip()
    if not said:
        return None
    units = Unit.objects.filter(name_key=plain(said)) | Unit.objects.filter(credit_code=said.upper()).exclude(
        credit_code=""
    )
    return units.values_list("name", flat=True).order_by("id").first()


def units_like(text: str, most: int = 6) -> list[str]:
    """Names of registered units in which the text stands, the shortest first. 1 SQL statement, none for one letter."""
    wanted = plain(text)
    if len(wanted) < 2:
        return []
    names = list(
        Unit.objects.filter(name_key__contains=wanted).values_list("name", flat=True).order_by("name_key")[:50]
    )
    return sorted(names, key=lambda name: (len(name), name))[:most]


@dataclass(frozen=True, slots=True)
class Left:
    """How many places a unit has left under a quota, before somebody is entered."""

    quota: Quota
    id: str
    left: int


def places_left(place: Place, unit_name: str) -> tuple[Left, ...]:
    """What quotas by unit leave to a registered unit in that division. 2 SQL statements; 1 for an unknown unit.

    Pre-registration takes no place: it only shows how many are left.
    """
    unit_id = Unit.objects.filter(name_key=plain(unit_name)).values_list("pk", flat=True).first()
    if unit_id is None:
        return ()
    asked = {
        quota_id: term
        for quota_id, term in place.rules.quotas.items()
        if term.per == "参赛单位"
        and term.at_most is not None
        and term.stage is None
        and not term.named
        and not term.for_
    }
    competition = place.row.event.competition_id
    keys = {
        "|".join((str(competition), quota_id, *scope_of(term, place.facts), f"unit:{unit_id}")): (quota_id, term)
        for quota_id, term in asked.items()
    }
    taken: dict[str, int] = {}
    for key in QuotaPlace.objects.filter(quota__in=keys).values_list("quota", flat=True).order_by("id"):
        taken[key] = taken.get(key, 0) + 1
    return tuple(
        Left(term, quota_id, max((term.at_most or 0) - taken.get(key, 0), 0)) for key, (quota_id, term) in keys.items()
    )


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """A pre-registration as its receipt shows it. The name is empty once it is erased; the phone is masked.

    `undo_until`: until when it can be undone without being asked; None where that is over. `closes`: the last second of
    withdrawal and change.
    """

    number: str
    event: str
    division: str
    name: str
    unit: str
    phone: str
    state: EntryState
    at: datetime
    findings: tuple[Finding, ...]
    undo_until: datetime | None
    closes: datetime | None
    closes_assumed: str | None
    registration_closes: datetime | None
    registration_assumed: str | None
    can_change: bool


@dataclass(frozen=True, slots=True)
class Stated:
    """What was stated: the answers by fact, and what only the person himself is shown again."""

    name: str
    masked_number: str
    masked_phone: str
    unit: str
    event: str
    standing: Standing
    answers: Mapping[str, Any]


def receipt_page(site: Site, number: str, at: datetime) -> ReceiptPage:
    """The receipt of that number. 2 SQL statements. Raises NotFound.

    For whoever submitted it, or has shown that he knows the person's last four places: who asks has made sure of that.
    """
    return _page(_row(site, number), at)


def looked_up(site: Site, number: str, last_four: str, at: datetime) -> ReceiptPage:
    """The same for whoever knows the last four places of phone or ID number. Raises NotFound for a wrong pair."""
    row = _row(site, number)
    if not knows(row, last_four):
        raise NotFound("preregistration")
    return _page(row, at)


def is_receipt(site: Site, number: str) -> bool:
    """Whether there is a receipt of that number: only to count wrong attempts at it, never told. 1 SQL statement."""
    return Preregistration.objects.filter(competition_id=site.id, receipt=number).exists()


def stated(site: Site, number: str, last_four: str) -> Stated:
    """What was stated under that receipt, to be changed. 1 SQL statement. Raises NotFound for a wrong pair."""
    row = _row(site, number)
    if not knows(row, last_four):
        raise NotFound("preregistration")
    status = row.answers.get(asking.STATUS)
    return Stated(
        name=row.person.name,
        masked_number=fields.masked_number(number_of(row.person)),
        masked_phone=fields.masked_phone(phone_of(row.person)),
        unit=row.unit_name,
        event=row.event.slug,
        standing=Standing(row.division.slug, str(status) if status else None),
        answers=row.answers,
    )


def identity_number(site: Site, number: str, last_four: str) -> str:
    """The ID number behind a receipt, for the rules alone: to judge a change before it is submitted. Never shown whole."""
    row = _row(site, number)
    if not knows(row, last_four):
        raise NotFound("preregistration")
    return number_of(row.person)


def _row(site: Site, number: str) -> Preregistration:
    rows = Preregistration.objects.filter(competition_id=site.id, receipt=number)
    row = rows.select_related("event__competition", "division", "person").first()
    if row is None:
        raise NotFound("preregistration")
    row.division.event = row.event
    return row


def _page(row: Preregistration, at: datetime) -> ReceiptPage:
    days = Days(in_force(row.event.competition), row.event.slug, row.division.slug, moments_of(row.event))
    rules = rules_of(row.division)
    dates = {
        key: Planned.of(key, rules.dates[key], days)
        for key in ("preregistration", "registration")
        if key in rules.dates
    }
    before, entering = dates.get("preregistration"), dates.get("registration")
    state = EntryState(row.state)
    closes = before.closes if before else None
    undo = row.at + UNDONE_WITHIN if state is EntryState.PREREGISTERED else None
    phone = phone_of(row.person)
    return ReceiptPage(
        number=row.receipt,
        event=row.event.slug,
        division=row.division.slug,
        name=row.person.name,
        unit=row.unit_name,
        phone=fields.masked_phone(phone) if phone else "",
        state=state,
        at=row.at,
        findings=tuple(from_json(row.findings)),
        undo_until=undo if undo and at <= undo else None,
        closes=closes,
        closes_assumed=before.assumed if before else None,
        registration_closes=entering.closes if entering else None,
        registration_assumed=entering.assumed if entering else None,
        can_change=state is EntryState.PREREGISTERED and (closes is None or at <= closes),
    )
