"""A played competition for a whole module of tests: nothing on the public pages writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from saiwu.privacy import keys
from saiwu.web.kept import SHELF
from tests.web.play import Played, Stage, play


@contextmanager
def played_until(stage: Stage, blocker) -> Iterator[Played]:
    """Play up to that stage within a transaction that is rolled back at the end."""
    with blocker.unblock(), keys.using(keys.fresh()), transaction.atomic():
        yield play(stage)
        transaction.set_rollback(True)


@pytest.fixture(scope="session", autouse=True)
def static_root() -> None:
    """The folder of collected files is there, as after `saiwu migrate`; nothing need be in it."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def fresh_shelf() -> Iterator[None]:
    """No page is kept from one test to the next."""
    SHELF.clear()
    yield
    SHELF.clear()


@pytest.fixture(autouse=True)
def passwords_alone(settings) -> None:
    """Whoever is signed in may go to his desk; the tests of the second factor ask for it."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def clock_at(monkeypatch) -> Callable[..., None]:
    """Set the installation's clock: it stands still at that instant, as in a demonstration."""

    def set_clock(instant) -> None:
        monkeypatch.setattr(settings, "DEMO_AT", instant.isoformat())

    return set_clock
