"""The office at its desk over the installation, with a competition published, two units and their accounts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.web.sign_in import signed_in
from tests.world import IN_TIME, World, build

NOW = IN_TIME.replace(day=3)


@pytest.fixture
def world(db, clock_at) -> World:
    """Units, accounts, one event that registers; the clock stands."""
    clock_at(NOW)
    return build(open_=False)


@pytest.fixture
def as_account(world) -> Callable[[str], Client]:
    """A client signed in as that account of the world."""

    def sign_in(name: str) -> Client:
        return signed_in(Client(), world.account(name))

    return sign_in


@pytest.fixture
def office(as_account) -> Client:
    """The office at its desk."""
    return as_account("committee")


@pytest.fixture
def new_office(db, clock_at) -> Client:
    """The office of an installation in which nothing is yet."""
    from saiwu.accounts.actions import found
    from saiwu.accounts.models import Account

    clock_at(NOW)
    return signed_in(Client(), Account.objects.get(pk=found(login="office", name="组委会甲", at=NOW)))
