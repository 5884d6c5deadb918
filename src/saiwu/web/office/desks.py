"""The office's desk over the whole installation: its tabs, and how it says what an account holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from saiwu.accounts.queries import AccountRow, Appointed, Which, account_counts
from saiwu.audit.frame import Refused
from saiwu.competitions.queries import sites
from saiwu.competitions.queries.published import over_what
from saiwu.rules.procedure import Role
from saiwu.web.desk import Desk, Tab
from saiwu.web.forms import Form

OFFICE = Role.COMMITTEE


def tabs_of(at: Desk) -> Sequence[Tab]:
    """The tabs. 1 SQL statement."""
    return (
        Tab("home", "首页", reverse("office-home")),
        Tab("units", "参赛单位", reverse("office-units")),
        Tab("accounts", "账号", reverse("office-accounts"), account_counts().of[Which.RESET], act=True),
        Tab("notices", "通知", reverse("office-published")),
    )


def search_of(request: HttpRequest) -> str:
    """What is searched for; a NUL, which no name has and no database takes, is left out."""
    return request.GET.get("q", "").replace("\0", "").strip()[:60]


_FIELDS: Mapping[str, str] = {
    "one_unit_a_name": "name",
    "one_unit_a_credit_code": "credit_code",
    "one_account_a_login": "login",
}
"""The field by which somebody breaks a constraint."""


def take_back(form: Form, refused: Refused) -> None:
    """Show what a verb refused beside the field that decided, also where a constraint of the database refused it."""
    form.take_back(refused, {"": _FIELDS.get(refused.rule, "")})


@dataclass(frozen=True, slots=True)
class Held:
    """A role that an account holds or held, with what it is over in words. `address`: where it can be ended, or empty."""

    role: Role
    over: str
    competition: str
    since: datetime
    until: datetime | None
    in_force: bool
    address: str


def held_by(rows: Iterable[AccountRow], now: datetime) -> Mapping[int, tuple[Held, ...]]:
    """What accounts hold, by account, those in force first. 2 SQL statements (and 1 for each rulebook read anew)."""
    every = [(row.id, one) for row in rows for one in row.appointments]
    places = over_what(one.scope_id for _, one in every)
    books = {site.slug: site.book for site in sites()}
    found: dict[int, list[Held]] = {}
    for account_id, one in every:
        place = places.get(one.scope_id)
        book = books.get(place.competition) if place else None
        name = (book.head.name or book.id) if book else ""
        over = one.unit
        if place and book:
            over = (book.events[place.event].name or place.event) if place.event in book.events else ""
        address = reverse("committee-appointments", args=[place.competition]) if place else ""
        held = Held(one.role, over, name, one.since, one.until, one.in_force(now), address or _of_unit(one))
        found.setdefault(account_id, []).append(held)
    return {key: tuple(sorted(many, key=lambda held: (not held.in_force, held.since))) for key, many in found.items()}


def _of_unit(one: Appointed) -> str:
    return f"{reverse('office-units')}?{urlencode({'q': one.unit})}" if one.unit else ""
