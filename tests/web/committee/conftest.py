"""Things wait for the committee, and people of its door are signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.web.committee.scene import Scene, scene
from tests.web.sign_in import signed_in
from tests.world import IN_TIME


@pytest.fixture
def waiting(db, clock_at) -> Scene:
    """A waiver, a change request and a conflict wait; the clock stands while registration is open."""
    clock_at(IN_TIME.replace(day=3))
    return scene()


@pytest.fixture
def as_role(waiting) -> Callable[[str], Client]:
    """A client signed in as the account of that role."""

    def sign_in(role: str) -> Client:
        return signed_in(Client(), waiting.world.account(role))

    return sign_in


@pytest.fixture
def office(as_role) -> Client:
    """The office at its desk."""
    return as_role("committee")


@pytest.fixture
def organiser(as_role) -> Client:
    """The organiser at his desk."""
    return as_role("organiser")
