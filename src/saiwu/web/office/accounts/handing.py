"""The link that the office hands over: made, shown on a page of its own, kept nowhere."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from saiwu.accounts import actions
from saiwu.accounts.queries import UnitRow, account
from saiwu.documents import qr
from saiwu.web.desk import Desk


def hand_over(at: Desk, account_id: int, *, here: str, unit: UnitRow | None = None) -> HttpResponse:
    """Make a new link, which ends the ones before, and show it. It stands in this answer alone: no page shows it again."""
    token = actions.invite(account_id=account_id, by=at.account, at=at.now)
    link = settings.ADDRESS + reverse("invitation", args=[account_id, token])
    return at.page(
        "office/accounts/link.html",
        here=here,
        person=account(account_id),
        unit=unit,
        link=link,
        picture=qr.svg(link),
        until=at.now + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
    )
