"""Rehearsals that several tests look at: each is made once, by the command itself, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SEED = "2025"
COMMAND = (str(Path(sys.executable).with_name("saiwu")),)


@dataclass(frozen=True)
class Rehearsal:
    """What `saiwu simulate` left: the folder, and what it said on stdout and stderr."""

    folder: Path
    stdout: str
    stderr: str

    @property
    def summary(self) -> dict[str, Any]:
        """summary.json."""
        found: dict[str, Any] = json.loads((self.folder / "summary.json").read_text("utf-8"))
        return found

    def files(self) -> dict[str, bytes]:
        """Every file by its path."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }


def environment(**changed: str) -> dict[str, str]:
    """This process's environment, without the tests' installation, with something changed."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SAIWU_", "DJANGO_"))}
    return {**kept, **changed}


def simulate(out: Path, *arguments: str, cwd: Path | None = None, **changed: str) -> Rehearsal:
    """Run `saiwu simulate` to its end."""
    command = [*COMMAND, "simulate", "--out", str(out), *arguments]
    done = subprocess.run(command, env=environment(**changed), cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return Rehearsal(out, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Rehearsal]:
    """A whole rehearsal of a notice that ships, made when it is first asked for."""
    made: dict[str, Rehearsal] = {}

    def of(notice: str) -> Rehearsal:
        if notice not in made:
            out = tmp_path_factory.mktemp("rehearsal") / notice
            made[notice] = simulate(out, "--notice", notice, "--seed", SEED)
        return made[notice]

    return of


@pytest.fixture
def bayu(rehearsed: Callable[[str], Rehearsal]) -> Rehearsal:
    """The founding competition, whole."""
    return rehearsed("bayu-2025")
