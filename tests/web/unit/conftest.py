"""Units at their desks: a world in which registration is open, and clients signed in for its units."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from tests.web.sign_in import signed_in
from tests.world import IN_TIME, World, build

STUDENT = {
    "name": "冉启航",
    "phone": "16400000001",
    "place": "学习",
    "studies": "both",
    "in_region": "是",
    "school": "示例学院",
}


@pytest.fixture
def world(transactional_free: None, clock_at: Callable[..., None]) -> World:
    """Two units, one event open."""
    clock_at(IN_TIME)
    return build()


@pytest.fixture
def transactional_free(db: None) -> None:
    """The database, before the clock is set."""


@pytest.fixture
def desk(world: World) -> Callable[[int], Client]:
    """The client of a unit, by its number from 1."""

    def client_of(unit: int) -> Client:
        return signed_in(Client(), world.account(f"unit{unit}"))

    return client_of


def answers(number: str, at: int = 0, **more: str) -> dict[str, str]:
    """What a form is filled with for a student, at a place from 0 on."""
    return {f"m{at}-{key}": value for key, value in {**STUDENT, "number": number, **more}.items()}


def picture(width: int = 360, height: int = 480, kind: str = "JPEG", colour: str = "white", **more: Any) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind, **more)
    return out.getvalue()
