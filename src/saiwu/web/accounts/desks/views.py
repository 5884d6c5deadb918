"""My desks: every role in force, each with the way to its door. Who has one desk only is there at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from saiwu.accounts.models import Scope
from saiwu.competitions.queries import Seat, Site, seats_of, sites
from saiwu.rules.procedure import Role
from saiwu.web.desk import Desk, desk

_JUDGES = (Role.JUDGE, Role.CHIEF_JUDGE)


@dataclass(frozen=True, slots=True)
class Door:
    """The way to a desk. `roles` that lead there; `over`: the unit, or the event; `competition`: its name."""

    roles: tuple[Role, ...]
    over: str
    competition: str
    address: str


@desk()
def desks(request: HttpRequest, at: Desk) -> HttpResponse:
    """The desks of whoever has signed in."""
    found = doors(seats_of(at.account, at.now), {site.slug: site for site in sites()})
    if len(found) == 1 and "all" not in request.GET:
        return HttpResponseRedirect(found[0].address)
    return at.page("accounts/desks/page.html", doors=found)


def doors(seats: tuple[Seat, ...], sites_by_slug: dict[str, Site]) -> list[Door]:
    """One door for each place; roles that lead to the same one stand together."""
    found: dict[str, Door] = {}
    for seat in seats:
        site = sites_by_slug.get(seat.competition)
        name = (site.book.head.name or site.slug) if site else ""
        over = seat.unit
        if site and seat.event:
            over = site.book.events[seat.event].name or seat.event
        address = _address(seat)
        roles = (*(found[address].roles if address in found else ()), seat.role)
        found[address] = Door(roles, over, name, address)
    return list(found.values())


def _address(seat: Seat) -> str:
    match seat.kind:
        case Scope.Kind.UNIT:
            return reverse("unit", args=[seat.unit_id])
        case Scope.Kind.EVENT:
            door = "judge-home" if seat.role in _JUDGES else "host-home"
            return reverse(door, args=[seat.competition, seat.event])
        case Scope.Kind.COMPETITION:
            return reverse("committee-home", args=[seat.competition])
        case _:
            return reverse("office-home")
