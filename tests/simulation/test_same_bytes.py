"""The same seed gives the same bytes, wherever and whenever; another seed gives another competition."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.simulation.conftest import SEED, Rehearsal, simulate

HERE = {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"}
THERE = {
    "PYTHONHASHSEED": "4711",
    "TZ": "America/New_York",
    "LC_ALL": "C",
    "SAIWU_ADDRESS": "https://elsewhere.example",
}


@pytest.mark.parametrize("notice", ["qinghe-2026", "qingshi-2026"])
def test_another_process_with_the_same_seed_writes_the_same_files(
    notice: str, rehearsed: Callable[[str], Rehearsal], tmp_path: Path
) -> None:
    one = rehearsed(notice)
    (tmp_path / "elsewhere").mkdir()
    asked = ("--notice", notice, "--seed", SEED)
    other = simulate(tmp_path / "out", *asked, cwd=tmp_path / "elsewhere", **THERE)
    assert one.files() == other.files()
    assert one.stdout == other.stdout


def test_the_founding_competition_too_in_small(tmp_path: Path) -> None:
    asked = ("--notice", "bayu-2025", "--seed", "青", "--scale", "1/12")
    one = simulate(tmp_path / "one", *asked, **HERE)
    other = simulate(tmp_path / "other", *asked, **THERE)
    assert one.files() == other.files()


def test_another_seed_is_another_competition(rehearsed: Callable[[str], Rehearsal], tmp_path: Path) -> None:
    one = rehearsed("qingshi-2026").files()
    other = simulate(tmp_path / "other", "--notice", "qingshi-2026", "--seed", "2").files()
    assert {path for path in one.keys() & other.keys() if one[path] == other[path]} == set()
