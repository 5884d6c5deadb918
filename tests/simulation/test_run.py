"""`saiwu run`: a fresh installation or a demonstration is served, its trail sealed, and nothing runs on afterwards."""

from __future__ import annotations

import json
import re
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.simulation.conftest import COMMAND, environment

_SOON_S = 120.0
CHINA = timezone(timedelta(hours=8))
MORNING = datetime(2025, 10, 19, 8, 30, tzinfo=CHINA)


def _free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


@contextmanager
def _running(data: Path, *arguments: str, how: signal.Signals = signal.SIGTERM) -> Iterator[tuple[str, list[str]]]:
    """The site's address while it runs, and what else it told on stdout; stopped by a signal, which must end in order."""
    port = _free_port()
    command = [*COMMAND, "run", "--port", str(port), *arguments]
    told: list[str] = []
    with subprocess.Popen(
        command, env=environment(SAIWU_DATA=str(data)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        line = running.stdout.readline()
        try:
            assert f"http://127.0.0.1:{port}" in line
            yield f"http://127.0.0.1:{port}", told
        finally:
            running.send_signal(how)
            # not `communicate`: what `readline` read ahead would be lost
            told += running.stdout.read().replace(f"http://127.0.0.1:{port}", "").splitlines()
            said = running.stderr.read()
            running.wait(_SOON_S)
        assert (running.returncode, said.strip().splitlines()[-1]) == (0, "已停止。")
    with pytest.raises(ConnectionRefusedError), closing(socket.create_connection(("127.0.0.1", port), 1)):
        pass


def _shown(address: str) -> datetime:
    """The moment at which the demonstration is, as its pages say it."""
    said = re.search(r'演示时刻 <time datetime="([^"]+)"', _page(f"{address}/"))
    assert said is not None
    return datetime.fromisoformat(said[1])


def _page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return str(answer.read().decode())


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_fresh_installation_is_made_and_served(how: signal.Signals, tmp_path: Path) -> None:
    with _running(tmp_path / "data", how=how) as (address, _):
        assert "<html" in _page(f"{address}/")
    assert (tmp_path / "data" / "keys" / "seals").is_file()
    assert not (tmp_path / "data" / "demo").exists()


def test_a_demonstration_is_built_once_sealed_and_goes_on_where_it_was_left(tmp_path: Path) -> None:
    data = tmp_path / "data" / "demo"
    with _running(data, "--demo", "--scale", "1/12") as (address, told):
        assert "演示数据" in _page(f"{address}/c/bayu-2025/results/")
        assert _shown(address) - MORNING < timedelta(minutes=5)
    assert [path.name for path in data.parent.iterdir()] == ["demo"]
    made = (data / "demo").stat().st_mtime_ns
    people = json.loads((data / "demo-sign-ins.json").read_text("utf-8"))
    said = "\n".join(told)
    assert [one["login"] for one in people if one["login"] not in said or one["password"] not in said] == []
    with closing(sqlite3.connect(data / "saiwu.sqlite3")) as database:
        waiting = "SELECT count(*) FROM saiwu_record WHERE id NOT IN (SELECT record_id FROM saiwu_seal)"
        assert database.execute(waiting).fetchall() == [(0,)]
        with database:
            database.execute(
                "INSERT INTO saiwu_record (at, actor, role, verb, object, facts, competition)"
                " VALUES ('2025-10-20 01:00:00', 'system', 'system', 'a.verb', 'a:1', '{}', '')"
            )
    begun = time.monotonic()
    with _running(data, "--demo") as (address, told):
        assert time.monotonic() - begun < 20  # seconds, on a busy machine too: nothing is built again
        gone_on = _shown(address) - datetime(2025, 10, 20, 9, 0, tzinfo=CHINA)
        assert timedelta(0) <= gone_on < timedelta(minutes=5)
    assert (data / "demo").stat().st_mtime_ns == made
    assert "\n".join(told) == said


def test_a_demonstration_of_another_version_makes_room_for_a_new_one(tmp_path: Path) -> None:
    older = tmp_path / "demo"
    older.mkdir()
    (older / "demo").write_text("2025-11-12T09:00:00+08:00\n")
    with _running(older, "--demo", "--scale", "1/12") as (address, _):
        assert "演示数据" in _page(f"{address}/c/bayu-2025/")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo", "demo.old"]
    assert (tmp_path / "demo.old" / "demo").read_text() == "2025-11-12T09:00:00+08:00\n"


def test_the_server_ends_when_the_command_is_killed(tmp_path: Path) -> None:
    port = _free_port()
    command = [*COMMAND, "run", "--port", str(port)]
    changed = environment(SAIWU_DATA=str(tmp_path / "data"))
    with subprocess.Popen(
        command, env=changed, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as running:
        assert running.stdout is not None
        assert str(port) in running.stdout.readline()
        running.kill()
        running.wait()
    until = time.monotonic() + _SOON_S
    while _listens(port) and time.monotonic() < until:
        time.sleep(0.1)
    assert not _listens(port)


def _listens(port: int) -> bool:
    with closing(socket.socket()) as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def test_a_real_installation_has_no_account_until_somebody_founds_one(tmp_path: Path) -> None:
    with _running(tmp_path / "data"):
        pass
    with closing(sqlite3.connect(tmp_path / "data" / "saiwu.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM saiwu_account").fetchall() == [(0,)]
    assert [path.name for path in (tmp_path / "data").glob("demo*")] == []


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
