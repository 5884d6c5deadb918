"""The walls: what one may not see does not exist. Every role of every event asks for every address with foreign things."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.built import built

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the walk through a demonstration found."""
    folder = tmp_path_factory.mktemp("walls") / "demo"
    shutil.copytree(built(), folder)
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("SAIWU_", "DJANGO_"))}
    environment |= {"SAIWU_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "saiwu.conf.settings"}

    done = subprocess.run(
        [sys.executable, "-m", "tests.walls.play"],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-6000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_every_kind_of_thing_in_an_address_is_walked(walked):
    assert walked["unknown"] == []


def test_what_one_may_not_see_does_not_exist_and_nothing_is_written_there(walked):
    assert walked["wrong"] == []
    assert walked["written"] == 0


def test_the_walk_was_long_enough_to_mean_something(walked):
    """Roles of eight events and more, over a hundred pages of desks: thousands of questions."""
    least = {"foreign place": 2000, "foreign thing": 100, "no business": 1000, "own": 300}
    assert walked["desks"] >= 100
    assert {what: asked for what, asked in walked["asked"].items() if asked < least[what]} == {}
