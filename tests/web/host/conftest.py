"""A small event to review: two units, a few people, and its host signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from saiwu.entries.actions import register
from tests.web.sign_in import signed_in
from tests.world import IN_TIME, World, build, student, worker

HOME = "/host/bayu-2025/iot/"


@pytest.fixture
def world(db, clock_at) -> World:
    """Registration is open; the clock stands at the instant at which units register."""
    clock_at(IN_TIME)
    return build(units=3)


@pytest.fixture
def enter(world) -> Callable[..., int]:
    """Hand in an entry; returns its id."""

    def hand_in(*members, unit: int = 1, division: str = "student", **more) -> int:
        return register(
            event_id=world.event("iot").pk,
            division=division,
            unit_id=world.units[unit - 1],
            members=members,
            declared=True,
            by=world.account(f"unit{unit}"),
            at=IN_TIME,
            **more,
        ).entry_id

    return hand_in


@pytest.fixture
def as_role(world) -> Callable[[str], Client]:
    """A client signed in as the account of that role."""

    def sign_in(role: str) -> Client:
        return signed_in(Client(), world.account(role))

    return sign_in


@pytest.fixture
def host(as_role) -> Client:
    """The event's host at his desk."""
    return as_role("host")


__all__ = ["HOME", "student", "worker"]
