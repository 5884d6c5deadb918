"""What all tests share: an installation of their own, keys of their own, both databases, and what is left out and why."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from saiwu.privacy import keys
from tests.chromium import CHROMIUM
from tests.postgres import Cluster, available

STRICT = os.environ.get("CI") == "true"
"""Under .ci/run nothing may be left out: what a test needs and lacks is a failure."""

_left_out: dict[str, str] = {}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what this machine cannot run, by name; under .ci/run let it fail."""
    if STRICT:
        return
    lacking = {}
    if CHROMIUM is None:
        lacking["browser"] = "没有 Chromium（Debian：apt-get install chromium-headless-shell）"
    if not available():
        lacking["postgres"] = "没有 PostgreSQL（Debian：apt-get install postgresql）"
    for item in items:
        for marker, why in lacking.items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=why))
                _left_out[marker] = why


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was left out, last."""
    for marker, why in _left_out.items():
        terminalreporter.write_line(f"left out: {marker}: {why}")


@pytest.fixture(autouse=True)
def installation_keys() -> Iterator[keys.Keys]:
    """Every test has keys of its own."""
    made = keys.fresh()
    with keys.using(made):
        yield made


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of the tests' own, on a socket in a folder of theirs.

    Not pytest's folder: that is closed to everybody else again by each run, and root's server runs as nobody.
    """
    with tempfile.TemporaryDirectory(prefix="saiwu-postgres-") as room, Cluster(Path(room)) as server:
        yield server
