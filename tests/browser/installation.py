"""An installation of its own for the browser: migrated, played up to a stage, its clock standing still.

`python -m tests.browser.installation FOLDER STAGE INSTANT` fills FOLDER; `served` then serves it as in life.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE_S = 60


def fill(folder: Path, stage: str, instant: str) -> None:
    """Migrate, collect static files, play, and name the instant at which the demonstration stands."""
    os.environ["SAIWU_DATA"] = str(folder)
    from saiwu.cli.installation import set_up

    set_up()
    from saiwu.cli.migrate import make_ready
    from tests.web.play import Stage, play

    make_ready(static=True)
    play(Stage[stage])
    (folder / "demo").write_text(instant, "ascii")


@contextmanager
def served(folder: Path, stage: str, instant: str) -> Iterator[str]:
    """The address of a server of such an installation."""
    with served_from(__name__, folder, stage, instant) as address:
        yield address


@contextmanager
def served_from(program: str, folder: Path, *arguments: str) -> Iterator[str]:
    """The address of a server of an installation that `python -m PROGRAM FOLDER …` fills."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", program, str(folder), *arguments]
    subprocess.run(command, env=environment_of(folder), cwd=ROOT, check=True)
    with serving(folder) as address:
        yield address


def environment_of(folder: Path, port: int = 0) -> dict[str, str]:
    """In which a program of that installation runs."""
    return {
        **os.environ,
        "SAIWU_DATA": str(folder),
        "SAIWU_ADDRESS": f"http://127.0.0.1:{port}",
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "saiwu.conf.settings",
    }


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a server of an installation that is there already."""
    port = _free_port()
    environment = environment_of(folder, port)
    module = [sys.executable, "-m"]
    command = [*module, "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
    server = subprocess.Popen(
        [*command, "--log-level", "error", "saiwu.conf.wsgi:application"], env=environment, cwd=ROOT
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE_S)


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:  # not yet, or too busy
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


if __name__ == "__main__":
    fill(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
