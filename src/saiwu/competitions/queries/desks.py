"""Where somebody who has signed in may sit down: his roles with what they are over, and the place that an address names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from saiwu.accounts.authority import in_force, installation_scope, roles_over
from saiwu.accounts.models import Account, Scope, Unit
from saiwu.audit.frame import NotFound
from saiwu.competitions.models import Competition, Event
from saiwu.competitions.queries.site import Site, site_of
from saiwu.rules.procedure import EventState, Role


@dataclass(frozen=True, slots=True)
class Seat:
    """A role that is in force, with what it is over. Empty: not over a competition, an event or a unit.

    `competition` and `event` are slugs.
    """

    role: Role
    kind: Scope.Kind
    competition: str
    event: str
    unit_id: int | None
    unit: str


def seats_of(account: Account, at: datetime) -> tuple[Seat, ...]:
    """The account's roles in force, in the order of their kinds. 1 SQL statement."""
    rows = in_force(account, at).select_related(
        "scope__event__competition", "scope__competition", "scope__unit", "scope__parent__competition"
    )
    seats = []
    for row in rows.order_by("scope__kind", "scope__event__position", "id"):
        scope = row.scope
        event = getattr(scope, "event", None)
        competition = event.competition if event else getattr(scope, "competition", None)
        unit = getattr(scope, "unit", None)
        seats.append(
            Seat(
                role=Role(row.role),
                kind=Scope.Kind(scope.kind),
                competition=competition.slug if competition else "",
                event=event.slug if event else "",
                unit_id=unit.pk if unit else None,
                unit=unit.name if unit else "",
            )
        )
    return tuple(dict.fromkeys(seats))


@dataclass(frozen=True, slots=True)
class EventPlace:
    """An event as a desk sits over it."""

    id: int
    slug: str
    name: str
    state: EventState
    host: str


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """A unit as a desk sits over it."""

    id: int
    name: str
    kind: str
    district: str
    credit_code: str


def over_installation(account: Account, at: datetime) -> frozenset[Role]:
    """The account's roles over the whole installation. 2 SQL statements."""
    return roles_over(account, {installation_scope().pk}, at)


def over_competition(account: Account, slug: str, at: datetime) -> tuple[Site, frozenset[Role]]:
    """A competition with the account's roles over it. 3 SQL statements (1 more the first time). Raises NotFound where
    there is none, or he has no role over it."""
    site = site_of(slug)
    scope_id = Competition.objects.values_list("scope_id", flat=True).get(pk=site.id)
    return site, _some(roles_over(account, {scope_id}, at), slug)


def over_event(account: Account, slug: str, event: str, at: datetime) -> tuple[Site, EventPlace, frozenset[Role]]:
    """An event with the account's roles over it or its competition. 3 SQL statements (1 more the first time). Raises
    NotFound as `over_competition`."""
    site = site_of(slug)
    row = Event.objects.select_related("competition").filter(competition_id=site.id, slug=event).first()
    if row is None:
        raise NotFound(event)
    roles = _some(roles_over(account, {row.scope_id, row.competition.scope_id}, at), event)
    rules = site.book.events[row.slug]
    place = EventPlace(row.pk, row.slug, rules.name or row.slug, EventState(row.state), rules.host or "")
    return site, place, roles


def over_unit(account: Account, unit_id: int, at: datetime) -> tuple[UnitPlace, frozenset[Role]]:
    """A unit with the account's roles over it. 2 SQL statements. Raises NotFound as `over_competition`."""
    row = Unit.objects.filter(pk=unit_id).first()
    if row is None:
        raise NotFound(f"unit {unit_id}")
    roles = _some(roles_over(account, {row.scope_id}, at), f"unit {unit_id}")
    return UnitPlace(row.pk, row.name, row.kind, row.district, row.credit_code), roles


def _some(roles: frozenset[Role], what: str) -> frozenset[Role]:
    if not roles:
        raise NotFound(what)
    return roles
