"""`saiwu run`: a fresh installation or a demonstration is served, its trail sealed, and nothing runs on afterwards."""

from __future__ import annotations

import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.simulation.conftest import COMMAND, environment

_SOON_S = 120.0


def _free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


@contextmanager
def _running(data: Path, *arguments: str, how: signal.Signals = signal.SIGTERM) -> Iterator[str]:
    """The site's address while it runs; stopped by a signal, which must end in order."""
    port = _free_port()
    command = [*COMMAND, "run", "--port", str(port), *arguments]
    with subprocess.Popen(
        command, env=environment(SAIWU_DATA=str(data)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        line = running.stdout.readline()
        try:
            assert f"http://127.0.0.1:{port}" in line
            yield f"http://127.0.0.1:{port}"
        finally:
            running.send_signal(how)
            _, said = running.communicate(timeout=_SOON_S)
        assert (running.returncode, said.strip().splitlines()[-1]) == (0, "已停止。")
    with pytest.raises(ConnectionRefusedError), closing(socket.create_connection(("127.0.0.1", port), 1)):
        pass


def _page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return str(answer.read().decode())


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_fresh_installation_is_made_and_served(how: signal.Signals, tmp_path: Path) -> None:
    with _running(tmp_path / "data", how=how) as address:
        assert "<html" in _page(f"{address}/")
    assert (tmp_path / "data" / "keys" / "seals").is_file()
    assert not (tmp_path / "data" / "demo").exists()


def test_a_demonstration_is_built_once_sealed_and_stands_still(tmp_path: Path) -> None:
    data = tmp_path / "data" / "demo"
    with _running(data, "--demo", "--scale", "1/12") as address:
        assert "演示数据" in _page(f"{address}/c/bayu-2025/results/")
    assert [path.name for path in data.parent.iterdir()] == ["demo"]
    assert (data / "demo").read_text().startswith("2025-11")
    made = (data / "demo").stat().st_mtime_ns
    with closing(sqlite3.connect(data / "saiwu.sqlite3")) as database:
        waiting = "SELECT count(*) FROM saiwu_record WHERE id NOT IN (SELECT record_id FROM saiwu_seal)"
        assert database.execute(waiting).fetchall() == [(0,)]
    begun = time.monotonic()
    with _running(data, "--demo") as address:
        assert time.monotonic() - begun < 20  # seconds, on a busy machine too: nothing is built again
        assert "演示数据" in _page(f"{address}/c/bayu-2025/")
    assert (data / "demo").stat().st_mtime_ns == made


def test_a_demonstration_is_not_served_as_something_real(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("2025-11-12T09:00:00+08:00\n")
    done = _run(tmp_path, "run", "--port", str(_free_port()))
    assert (done.returncode, done.stderr.count("\n"), "演示数据" in done.stderr) == (2, 1, True)


def test_a_demonstration_does_not_take_the_place_of_something_else(tmp_path: Path) -> None:
    (tmp_path / "saiwu.sqlite3").write_text("somebody's")
    done = _run(tmp_path, "run", "--demo", "--port", str(_free_port()))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["saiwu.sqlite3"]


def test_a_port_that_is_taken_is_said_at_once(tmp_path: Path) -> None:
    with closing(socket.socket()) as somebody:
        somebody.bind(("127.0.0.1", 0))
        somebody.listen(1)
        port = somebody.getsockname()[1]
        done = _run(tmp_path / "data", "run", "--demo", "--port", str(port))
    assert (done.returncode, done.stderr.count("\n"), str(port) in done.stderr) == (2, 1, True)
    assert not (tmp_path / "data").exists()


def test_a_demonstration_that_is_stopped_while_it_is_built_leaves_nothing(tmp_path: Path) -> None:
    data = tmp_path / "place" / "demo"
    command = [*COMMAND, "run", "--demo", "--port", str(_free_port())]
    with subprocess.Popen(
        command, env=environment(SAIWU_DATA=str(data)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stderr is not None
        while "个单位" not in running.stderr.readline():
            assert running.poll() is None
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=_SOON_S)
    assert running.returncode == 130
    until = time.monotonic() + 30
    while list(data.parent.iterdir()) and time.monotonic() < until:
        time.sleep(0.05)
    assert list(data.parent.iterdir()) == []


def _run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *arguments]
    return subprocess.run(command, env=environment(SAIWU_DATA=str(data)), capture_output=True, text=True, check=False)
