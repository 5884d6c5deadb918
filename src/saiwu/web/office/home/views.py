"""The office's home: who waits for a link, what is published, and how to begin where nothing is there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from saiwu.accounts.models import Scope
from saiwu.accounts.queries import Which, account_counts, accounts, count_units
from saiwu.competitions.queries import seats_of, sites
from saiwu.web.desk import Desk, desk
from saiwu.web.office.desks import OFFICE, tabs_of

MOST_SHOWN = 5


@desk(OFFICE, tabs=tabs_of)
def home(request: HttpRequest, at: Desk) -> HttpResponse:
    """What waits, and where everything is."""
    counts = account_counts()
    runs = {one.competition for one in seats_of(at.account, at.now) if one.kind is Scope.Kind.COMPETITION}
    return at.page(
        "office/home/page.html",
        here="home",
        every=counts.every,
        asked=counts.of[Which.RESET],
        no_password=counts.of[Which.NO_PASSWORD],
        waiting=accounts(only=Which.RESET, count=MOST_SHOWN),
        units=count_units(),
        competitions=[
            (site, reverse("committee-home", args=[site.slug]) if site.slug in runs else "") for site in sites()
        ],
    )
