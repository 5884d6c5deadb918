"""Desks: the pages of those who have signed in. A view names the roles that may open it; to others it does not exist.

    @desk(Role.HOST)
    def review(request: HttpRequest, at: Desk) -> HttpResponse:
        rows = awaiting_review(event_id=at.event.id, seen_by=at.account)
        return at.page("host/review/page.html", here="review", rows=rows)

The address says over what: `slug` and `event` for an event, `slug` for a competition, `unit` (with `slug`) for a unit,
nothing for the installation. What a query does not find is a 404; what a verb refuses and the view does not catch is
shown as a page of its own. `at.now` is the door's clock, read once.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from saiwu.accounts.models import Account
from saiwu.accounts.queries import needs_second_factor
from saiwu.audit.frame import NotFound, Refused
from saiwu.competitions.queries import Site, site_of
from saiwu.competitions.queries.desks import (
    EventPlace,
    UnitPlace,
    over_competition,
    over_event,
    over_installation,
    over_unit,
)
from saiwu.rules.procedure import Role
from saiwu.web import clock, sitting
from saiwu.web.choices import Choices, newly_chosen
from saiwu.web.kept import Reader
from saiwu.web.shared.frame import frame

EVERYBODY = frozenset(Role) - {Role.VISITOR, Role.SYSTEM}
DESK_ROLES = "desk_roles"
"""The attribute of a view that tells tests which roles may open it."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of a desk. `count`: things that wait (0: none shown); `act`: whether they wait for the reader."""

    key: str
    title: str
    address: str
    count: int = 0
    act: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody at his desk: who, in which of his roles over this, and when. `roles` are those he has over the place."""

    request: HttpRequest
    account: Account
    roles: frozenset[Role]
    now: datetime
    _site: Site | None = None
    _event: EventPlace | None = None
    _unit: UnitPlace | None = None
    tabs: Callable[[Desk], Sequence[Tab]] | None = field(default=None)

    @property
    def site(self) -> Site:
        """The competition that the address names."""
        assert self._site is not None
        return self._site

    @property
    def event(self) -> EventPlace:
        """The event that the address names."""
        assert self._event is not None
        return self._event

    @property
    def unit(self) -> UnitPlace:
        """The unit that the address names."""
        assert self._unit is not None
        return self._unit

    def has(self, *roles: Role) -> bool:
        """Whether he holds one of these roles here."""
        return not self.roles.isdisjoint(roles)

    def page(self, template: str, *, here: str = "", status: int = 200, **values: Any) -> HttpResponse:
        """The rendered page; `here` is the tab on which it stands."""
        reader = Reader(Choices.of(self.request), self.now, self.request.path)
        context = frame(reader, self._site, here=here) | {
            "desk": self,
            "tabs": self.tabs(self) if self.tabs else (),
            "role": next((role for role in Role if role in self.roles), None),
            "title_event": self._event,
            "title_unit": self._unit,
        }
        return render(self.request, template, context | values, status=status)

    def told(self, sentence: str) -> None:
        """Say on the next page what was done."""
        messages.success(self.request, sentence)

    def redirect(self, name: str, *parts: Any, query: dict[str, Any] | None = None) -> HttpResponse:
        """To a page by its name, after something was done (POST, then GET)."""
        return HttpResponseRedirect(reverse(name, args=parts) + (f"?{urlencode(query)}" if query else ""))


View = Callable[..., HttpResponseBase]


def desk(*roles: Role, tabs: Callable[[Desk], Sequence[Tab]] | None = None) -> Callable[[View], View]:
    """Only for who has one of these roles over the place that the address names (all who have signed in, where none is
    named). Anybody else: not signed in, to the sign-in and back; signed in, 404."""
    may = frozenset(roles) or EVERYBODY

    def dressed(view: View) -> View:
        @never_cache
        @functools.wraps(view)
        def served(request: HttpRequest, **parts: Any) -> HttpResponseBase:
            if request.method == "GET" and (back := newly_chosen(request)) is not None:
                return back
            account = sitting.account_of(request)
            if account is None:
                return _to_sign_in(request)
            now = clock.now()
            if roles and _lacks_second_factor(account, now):
                return HttpResponseRedirect(reverse("second-factor"))
            try:
                at = _sit_down(request, account, now, may if roles else None, parts)
                return view(request, replace(at, tabs=tabs), **parts)
            except NotFound as missing:
                raise Http404 from missing
            except Refused as refused:
                return _refused(request, account, now, refused)

        setattr(served, DESK_ROLES, may if roles else frozenset())
        return served

    return dressed


def _lacks_second_factor(account: Account, now: datetime) -> bool:
    wanted = settings.SECOND_FACTOR_REQUIRED and account.second_factor_sealed is None
    return wanted and needs_second_factor(account, now)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" else request.path
    return HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode({'next': back})}")


def _sit_down(
    request: HttpRequest, account: Account, now: datetime, may: frozenset[Role] | None, parts: dict[str, Any]
) -> Desk:
    """The desk at the place that the address names; takes the place's words out of `parts`."""
    site: Site | None = None
    event: EventPlace | None = None
    unit: UnitPlace | None = None
    slug = parts.pop("slug", None)
    if "unit" in parts:
        unit, held = over_unit(account, parts.pop("unit"), now)
        site = site_of(slug) if slug is not None else None
    elif "event" in parts and slug is not None:
        site, event, held = over_event(account, slug, parts.pop("event"), now)
    elif slug is not None:
        site, held = over_competition(account, slug, now)
    elif may is not None:
        held = over_installation(account, now)
    else:
        held = frozenset()
    if may is not None and not held & may:
        raise NotFound("desk")
    return Desk(request, account, held, now, site, event, unit)


def _refused(request: HttpRequest, account: Account, now: datetime, refused: Refused) -> HttpResponse:
    """What a verb refused and no form showed: what, which clause, and the way back."""
    reader = Reader(Choices.of(request), now, request.path)
    return render(request, "shared/refused.html", frame(reader, None) | {"refused": refused}, status=409)
