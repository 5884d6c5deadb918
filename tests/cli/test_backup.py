"""An installation comes back from its backup as it was, on both databases; nothing is overwritten, nothing half restored."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.postgres import Cluster

SAIWU = Path(sys.executable).with_name("saiwu")


@dataclass(frozen=True)
class Place:
    """Where an installation lives. `database` empty: SQLite in the folder."""

    data: Path
    database: str = ""

    def run(self, *command: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("SAIWU_", "DJANGO_"))}
        environment |= {"SAIWU_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "saiwu.conf.settings"}
        if self.database:
            environment["SAIWU_DATABASE"] = self.database
        done = subprocess.run(
            [str(part) for part in command], env=environment, capture_output=True, text=True, timeout=180, check=False
        )
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def saiwu(self, *arguments: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        return self.run(SAIWU, *arguments, check=check)

    def holds(self) -> dict[str, object]:
        """Every row of every table, the sealed trail, and every file but what is made anew."""
        rows = self.saiwu("manage", "dumpdata", "saiwu").stdout
        files = {
            str(path.relative_to(self.data)): path.read_bytes()
            for path in sorted(self.data.rglob("*"))
            if path.is_file() and not path.name.startswith("saiwu.sqlite3")
        }
        return {"rows": rows, "trail": self.saiwu("audit", "export").stdout, "files": files}


@dataclass(frozen=True)
class Home:
    """An installation in which something has happened, and its backup. `empty` makes the address of an empty database."""

    place: Place
    archive: Path
    empty: Callable[[str], str]

    @classmethod
    def furnished(cls, room: Path, empty: Callable[[str], str]) -> Home:
        place = Place(room / "data", empty("home"))
        place.run(sys.executable, "-m", "tests.cli.furnish")
        place.saiwu("audit", "export")
        place.saiwu("backup", room / "saiwu.tar.gz")
        return cls(place, room / "saiwu.tar.gz", empty)


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory) -> Home:
    return Home.furnished(tmp_path_factory.mktemp("sqlite"), lambda name: "")


@pytest.fixture(scope="module")
def on_postgres(tmp_path_factory, cluster: Cluster) -> Home:
    return Home.furnished(tmp_path_factory.mktemp("postgresql"), lambda name: cluster.create(f"backup_{name}"))


@pytest.fixture(params=["on_sqlite", pytest.param("on_postgres", marks=pytest.mark.postgres)])
def home(request) -> Home:
    found: Home = request.getfixturevalue(request.param)
    return found


def test_what_was_lost_comes_back_as_it_was(home, tmp_path):
    back = Place(tmp_path / "elsewhere" / "data", home.empty("back"))
    back.saiwu("restore", home.archive)
    assert back.holds() == home.place.holds()
    assert back.saiwu("audit", "verify").stdout == home.place.saiwu("audit", "verify").stdout
    back.saiwu("migrate", "--no-static")
    assert back.holds() == home.place.holds()


def test_only_its_owner_reads_the_archive_and_what_comes_out_of_it(home, tmp_path):
    back = Place(tmp_path / "data", home.empty("modes"))
    back.saiwu("restore", home.archive)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (home.archive, back.data, *back.data.rglob("*"))}
    assert modes == {path: 0o700 if path.is_dir() else 0o600 for path in modes}


def test_neither_an_archive_nor_a_folder_is_overwritten(home):
    before, held = home.archive.read_bytes(), home.place.holds()
    again = home.place.saiwu("backup", home.archive, check=False)
    assert (again.returncode, again.stderr) == (2, f"{home.archive} 已存在，不覆盖。请换一个文件名。\n")
    over = home.place.saiwu("restore", home.archive, check=False)
    assert over.returncode == 2
    assert over.stderr == f"{home.place.data} 不是空目录，不覆盖。请先移开，或用 SAIWU_DATA 指定另一个目录。\n"
    assert (home.archive.read_bytes(), home.place.holds()) == (before, held)


@pytest.mark.postgres
def test_a_database_that_is_not_empty_is_left_as_it_is(on_postgres, tmp_path):
    held = on_postgres.place.holds()
    intruder = Place(tmp_path / "data", on_postgres.place.database)
    done = intruder.saiwu("restore", on_postgres.archive, check=False)
    assert (done.returncode, intruder.data.exists()) == (2, False)
    assert done.stderr.endswith("数据库须为空，没有改动。\n")
    assert on_postgres.place.holds() == held


def test_a_damaged_archive_leaves_nothing(home, tmp_path):
    whole = home.archive.read_bytes()
    middle, end = len(whole) // 2, len(whole) - 6
    flipped = {place: whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] for place in (40, middle, end)}
    damaged = {"cut": whole[:middle], "tail": whole[:-1], "text": b"no archive at all", **flipped}
    place = Place(tmp_path / "room" / "data", home.empty("damaged"))
    for name, content in damaged.items():
        broken = tmp_path / f"{name}.tar.gz"
        broken.write_bytes(content)
        done = place.saiwu("restore", broken, check=False)
        told = (done.returncode, done.stderr, sorted((tmp_path / "room").glob("*")))
        assert told == (2, f"{broken} 不能恢复：文件不完整或已损坏。\n", []), name
    place.saiwu("restore", home.archive)


def test_an_archive_of_something_else_is_refused(tmp_path):
    other = tmp_path / "other.tar.gz"
    with tarfile.open(other, "w:gz") as archive:
        archive.add(__file__, arcname="data/keys.txt")
    place = Place(tmp_path / "data")
    done = place.saiwu("restore", other, check=False)
    assert (done.returncode, place.data.exists()) == (2, False)
    assert done.stderr == f"{other} 不能恢复：里面没有密钥，不是 saiwu backup 生成的文件。\n"


@pytest.mark.parametrize("name", ["/tmp/saiwu-was-here", "../saiwu-was-here", "data/../../saiwu-was-here"])
def test_an_archive_writes_nothing_outside_its_own_folder(name, tmp_path):
    evil = tmp_path / "evil.tar.gz"
    with tarfile.open(evil, "w:gz") as archive:
        member = archive.gettarinfo(__file__)
        member.name = name
        with open(__file__, "rb") as content:
            archive.addfile(member, content)
    before = sorted(tmp_path.rglob("*"))
    done = Place(tmp_path / "data").saiwu("restore", evil, check=False)
    assert (done.returncode, sorted(tmp_path.rglob("*"))) == (2, before)
    assert not Path("/tmp/saiwu-was-here").exists()
    assert done.stderr == f"{evil} 不能恢复：里面有“{name}”，不是 saiwu backup 生成的文件。\n"


def test_an_archive_with_a_link_in_it_is_refused(tmp_path):
    evil = tmp_path / "evil.tar.gz"
    with tarfile.open(evil, "w:gz") as archive:
        link = tarfile.TarInfo("data/keys")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc"
        archive.addfile(link)
    done = Place(tmp_path / "data").saiwu("restore", evil, check=False)
    assert (done.returncode, (tmp_path / "data").exists()) == (2, False)


def test_a_backup_of_sqlite_is_not_restored_into_postgresql(on_sqlite, tmp_path):
    place = Place(tmp_path / "data", "postgresql://nobody@localhost:1/nothing")
    done = place.saiwu("restore", on_sqlite.archive, check=False)
    said = f"{on_sqlite.archive} 不能恢复：这是 SQLite 安装的备份，请不要设置 SAIWU_DATABASE。\n"
    assert (done.returncode, done.stderr, place.data.exists()) == (2, said, False)


@pytest.mark.postgres
def test_a_backup_of_postgresql_is_not_restored_into_sqlite(on_postgres, tmp_path):
    place = Place(tmp_path / "data")
    done = place.saiwu("restore", on_postgres.archive, check=False)
    said = f"{on_postgres.archive} 不能恢复：这是 PostgreSQL 安装的备份，请设置 SAIWU_DATABASE。\n"
    assert (done.returncode, done.stderr, place.data.exists()) == (2, said, False)


def test_a_backup_is_refused_where_it_would_be_lost_with_what_it_saves(home):
    inside = home.place.data / "backup.tar.gz"
    done = home.place.saiwu("backup", inside, check=False)
    assert (done.returncode, inside.exists()) == (2, False)
    assert done.stderr.startswith(f"备份文件不能放在 {home.place.data} 里面")


def test_nothing_to_back_up_is_said_so(tmp_path):
    nowhere = Place(tmp_path / "nothing")
    done = nowhere.saiwu("backup", tmp_path / "x.tar.gz", check=False)
    assert (done.returncode, done.stderr) == (2, f"{nowhere.data} 里没有安装，没有可备份的内容。\n")
    (nowhere.data / "keys").mkdir(parents=True)
    done = nowhere.saiwu("backup", tmp_path / "x.tar.gz", check=False)
    assert (done.returncode, done.stderr) == (2, "读不了数据库：unable to open database file。\n")
    assert not list(tmp_path.glob("x.tar.gz*"))


def test_a_backup_taken_while_somebody_writes_holds_only_what_was_committed(on_sqlite, tmp_path):
    held = on_sqlite.place.holds()
    with closing(sqlite3.connect(on_sqlite.place.data / "saiwu.sqlite3", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE saiwu_account SET name = 'half done'")
        on_sqlite.place.saiwu("backup", tmp_path / "x.tar.gz")
        writer.execute("ROLLBACK")
    back = Place(tmp_path / "data")
    back.saiwu("restore", tmp_path / "x.tar.gz")
    assert back.holds() == held


def test_a_password_is_handed_over_where_nobody_can_read_it(tmp_path, monkeypatch):
    """pg_dump is replaced by a program that writes down what it was called with: arguments can be seen by all."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "pg_dump").write_text(
        f'#!/bin/sh\necho "$*" > {tmp_path}/arguments; echo "$PGPASSWORD" > {tmp_path}/password; exit 1\n'
    )
    (programs / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)
    place = Place(tmp_path / "data", "postgresql://saiwu:p%40ss@db.example:5433/saiwu")
    (place.data / "keys").mkdir(parents=True)
    assert place.saiwu("backup", tmp_path / "x.tar.gz", check=False).returncode == 2
    assert (tmp_path / "password").read_text() == "p@ss\n"
    called = (tmp_path / "arguments").read_text()
    assert called.startswith("--dbname=postgresql://saiwu@db.example:5433/saiwu --format=custom")
    assert "p%40ss" not in called


def test_a_database_that_cannot_be_reached_is_said_so_in_one_line(tmp_path):
    nowhere = Place(tmp_path / "data", "postgresql://saiwu@127.0.0.1:1/saiwu")
    done = nowhere.saiwu("migrate", "--no-static", check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("数据库不能用：")


def test_an_installation_that_was_never_made_says_how_to_make_it(tmp_path):
    done = Place(tmp_path / "data").saiwu("audit", "verify", check=False)
    assert (done.returncode, done.stderr) == (
        2,
        "数据库不能用：unable to open database file。"
        "尚未建立的，请先运行 saiwu migrate；用 PostgreSQL 的，请核对 SAIWU_DATABASE。\n",
    )
