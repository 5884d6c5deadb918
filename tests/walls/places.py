"""Every address of the site, who may open it, and with which things: found by walking the addresses themselves.

A new page joins by itself. A new kind of thing in an address needs a line in `THINGS`, or the walk says so and fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from saiwu.accounts.models import Account, Appointment, Scope, Unit
from saiwu.checkin.models import BlindCode, Draw
from saiwu.competitions.models import ChangeRequest, Competition, Decision, Division, Event
from saiwu.entries.models import Conflict, Entry, Evidence, Waiver
from saiwu.marking.models import Mark
from saiwu.results.models import Certificate
from saiwu.rules.procedure import Role
from saiwu.web.desk import DESK_ROLES


@dataclass(frozen=True)
class Address:
    """A pattern of the site: its name, what it asks for, the roles of its desk (None: no desk)."""

    name: str
    asks: tuple[str, ...]
    roles: frozenset[Role] | None
    module: str

    @property
    def of(self) -> str:
        """What its desk is over."""
        if "unit" in self.asks:
            return "unit"
        if "event" in self.asks:
            return "event"
        return "competition" if "slug" in self.asks else "installation"

    @property
    def things(self) -> tuple[str, ...]:
        """What it asks for beside the place."""
        return tuple(key for key in self.asks if key not in PLACE)

    def at(self, place: Place, things: Mapping[str, Any]) -> str:
        """The address there."""
        values = {key: place.words[key] for key in self.asks if key in PLACE}
        return reverse(self.name, kwargs=values | {key: things[key] for key in self.things})


PLACE = ("slug", "event", "unit")


@dataclass(frozen=True)
class Place:
    """Where a desk stands: its words as the address has them (a competition's slug, an event's, a unit's id), and the
    scopes by which somebody has roles over it."""

    of: str
    words: Mapping[str, Any]
    scopes: frozenset[int]

    @property
    def key(self) -> tuple[Any, ...]:
        """What tells it from others."""
        return (self.of, *self.words.values())


def places() -> list[Place]:
    """Every place of the installation; a unit once in each competition."""
    found = [
        Place("installation", {}, frozenset(Scope.objects.filter(kind="installation").values_list("pk", flat=True)))
    ]
    for competition in Competition.objects.order_by("pk"):
        found.append(Place("competition", {"slug": competition.slug}, frozenset({competition.scope_id})))
        for event in Event.objects.filter(competition=competition).order_by("position"):
            words = {"slug": competition.slug, "event": event.slug}
            found.append(Place("event", words, frozenset({event.scope_id, competition.scope_id})))
        entered = Unit.objects.filter(entries__event__competition=competition).distinct().order_by("pk")
        for unit in entered:
            found.append(Place("unit", {"unit": unit.pk, "slug": competition.slug}, frozenset({unit.scope_id})))
    return found


def held_over(account: Account, place: Place) -> frozenset[Role]:
    """The account's roles there."""
    return frozenset(
        Role(role) for role in account.appointments.filter(scope__in=place.scopes).values_list("role", flat=True)
    )


def home_places(account: Account, every: list[Place]) -> list[Place]:
    """Places over which it has a role."""
    own = set(account.appointments.values_list("scope_id", flat=True))
    return [place for place in every if place.scopes & own]


def addresses() -> list[Address]:
    """All of them, in their order."""
    return list(_walk(get_resolver(), ()))


def _walk(node: URLResolver, asks: tuple[str, ...]) -> Iterator[Address]:
    for one in node.url_patterns:
        own = (*asks, *one.pattern.converters)
        if isinstance(one, URLResolver):
            yield from _walk(one, own)
        elif isinstance(one, URLPattern):
            view = one.callback
            yield Address(str(one.name), own, getattr(view, DESK_ROLES, None), view.__module__)


# ---- what there is at a place


def _of_event(model: Any, path: str = "event") -> Callable[[Place], list[Any]]:
    def found(place: Place) -> list[Any]:
        rows = model.objects.all()
        words = place.words
        if "event" in words:
            rows = rows.filter(**{f"{path}__slug": words["event"], f"{path}__competition__slug": words["slug"]})
        elif "unit" in words and model is not Entry:
            return []
        elif "unit" in words:
            rows = rows.filter(unit_id=words["unit"], event__competition__slug=words["slug"])
        elif "slug" in words:
            rows = rows.filter(**{f"{path}__competition__slug": words["slug"]})
        return list(rows.order_by("pk").values_list("pk", flat=True)[:3])

    return found


def _evidence(place: Place) -> list[Any]:
    rows = Evidence.objects.filter(person__memberships__entry__in=_of_event(Entry)(place))
    return list(rows.order_by("pk").values_list("pk", flat=True).distinct()[:3])


def _marks(place: Place) -> list[Any]:
    return _of_event(Mark)(place)


def _codes(place: Place) -> list[Any]:
    rows = BlindCode.objects.filter(
        event__slug=place.words.get("event"), event__competition__slug=place.words.get("slug")
    )
    return list(rows.order_by("pk").values_list("code", flat=True)[:3])


def _divisions(place: Place) -> list[Any]:
    rows = Division.objects.filter(event__competition__slug=place.words.get("slug"))
    if "event" in place.words:
        rows = rows.filter(event__slug=place.words["event"])
    return list(rows.order_by("event__position", "position").values_list("slug", flat=True)[:3])


def _events(place: Place) -> list[Any]:
    rows = Event.objects.filter(competition__slug=place.words.get("slug")).order_by("-position")
    return list(rows.values_list("slug", flat=True)[:3])


def _certificates(place: Place) -> list[Any]:
    rows = Certificate.objects.order_by("pk")
    if "slug" in place.words:
        rows = rows.filter(competition__slug=place.words["slug"])
    if "event" in place.words:
        rows = rows.filter(result__result_list__event__slug=place.words["event"])
    return list(rows.values_list("pk", flat=True)[:3])


def _accounts(place: Place) -> list[Any]:
    rows = Account.objects.order_by("-pk")
    return list(rows.values_list("pk", flat=True)[:3])


def _units(place: Place) -> list[Any]:
    return list(Unit.objects.order_by("pk").values_list("pk", flat=True)[:3])


def _appointments(place: Place) -> list[Any]:
    slug = place.words.get("slug")
    rows = Appointment.objects.filter(Q(scope__competition__slug=slug) | Q(scope__event__competition__slug=slug))
    return list(rows.order_by("pk").values_list("pk", flat=True)[:3])


THINGS: dict[str, Callable[[Place], list[Any]]] = {
    "entry_id": _of_event(Entry),
    "waiver_id": _of_event(Waiver, "entry__event"),
    "decision_id": _of_event(Decision),
    "change_id": _of_event(ChangeRequest),
    "conflict_id": _of_event(Conflict),
    "draw_id": _of_event(Draw),
    "evidence_id": _evidence,
    "mark_id": _marks,
    "code": _codes,
    "certificate_id": _certificates,
    "appointment_id": _appointments,
    # of the whole installation: nobody's own place has them alone
    "account_id": _accounts,
    "unit_id": _units,
    # words that are the same everywhere
    "position": lambda _: [1],
    "key": _divisions,
    "division": _divisions,
    "in_event": _events,
}
