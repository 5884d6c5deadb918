"""A rehearsal that is stopped in the middle leaves nothing; what is there already is never touched."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import pytest

from saiwu.cli import main
from tests.simulation.conftest import COMMAND, environment

_SOON_S = 30.0


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_nothing_stays_of_a_rehearsal_that_is_killed(how: signal.Signals, tmp_path: Path) -> None:
    passing, place = tmp_path / "passing", tmp_path / "place"
    passing.mkdir()
    place.mkdir()
    command = [*COMMAND, "simulate", "--notice", "bayu-2025", "--seed", "1", "--out", str(place / "out")]
    with subprocess.Popen(
        command, env=environment(TMPDIR=str(passing)), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as running:
        assert running.stderr is not None
        assert "个单位" in running.stderr.readline()  # everybody is invented, and the play begins
        assert _there(passing, place) != []
        running.send_signal(how)
        running.communicate()
    until = time.monotonic() + _SOON_S
    while _there(passing, place) and time.monotonic() < until:
        time.sleep(0.05)
    assert _there(passing, place) == []


def _there(*folders: Path) -> list[Path]:
    return [path for folder in folders for path in folder.iterdir()]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert main(["simulate", "--notice", "qingshi-2026", "--seed", "1", "--out", str(tmp_path)]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert "不是空目录" in capsys.readouterr().err


def test_a_notice_that_is_not_there_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["simulate", "--notice", "no-such-notice", "--seed", "1", "--out", str(tmp_path / "out")])
    assert list(tmp_path.iterdir()) == []
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("scale", ["0", "-1", "11", "viel"])
def test_a_scale_that_makes_no_sense_is_refused(scale: str, tmp_path: Path) -> None:
    asked = ["simulate", "--notice", "qingshi-2026", "--seed", "1", "--out", str(tmp_path / "out"), "--scale", scale]
    with pytest.raises(SystemExit, match="2"):
        main(asked)
