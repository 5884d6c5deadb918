"""Signing a test's client in as an account, past the sign-in page: that page has tests of its own."""

from __future__ import annotations

from datetime import UTC, datetime

from django.test import Client

from saiwu.accounts.models import Account


def signed_in(client: Client, account: Account) -> Client:
    """The client with a session of that account, as `sitting.begin` leaves it."""
    client.force_login(account)
    session = client.session
    session["signed_in_at"] = session["seen_at"] = int(datetime.now(UTC).timestamp())
    session.save()
    return client
