"""saiwu backup FILE: the whole installation (database, keys, files) in one archive, taken while it runs."""

from __future__ import annotations

import os
import sqlite3
import tarfile
import tempfile
from pathlib import Path

from saiwu.cli.arguments import Arguments
from saiwu.cli.installation import PostgresFailedError, folder, postgres_program, say

LEFT_OUT = ("static", "saiwu.sqlite3", "saiwu.sqlite3-wal", "saiwu.sqlite3-shm", "saiwu.sqlite3.writers")
"""Made anew by `saiwu migrate`, or taken by the database's own means."""


def run(argv: list[str]) -> int:
    """Exit 0 when FILE is whole (it is written beside and renamed); 2 where there is nothing to back up or no place."""
    parser = Arguments(prog="saiwu backup", description="把整套安装备份成一个文件（.tar.gz），可在运行中进行。")
    parser.add_argument("file", type=Path, metavar="文件", help="备份文件，不可已存在")
    target: Path = parser.parse_args(argv).file
    data = folder()
    if not (data / "keys").is_dir():
        say(f"{data} 里没有安装，没有可备份的内容。")
        return 2
    if target.exists():
        say(f"{target} 已存在，不覆盖。请换一个文件名。")
        return 2
    if target.resolve().is_relative_to(data):
        say(f"备份文件不能放在 {data} 里面：数据目录丢失时，备份也随之丢失。请换一个地方。")
        return 2
    beside = target.with_name(target.name + ".part")
    try:
        _write(beside, data)
        beside.rename(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        say(f"写不了 {target}：{error.strerror or error}。")
        return 2
    except (sqlite3.Error, PostgresFailedError) as error:
        beside.unlink(missing_ok=True)
        say(f"读不了数据库：{error}。")
        return 2
    say(f"已备份到 {target}（{max(1, target.stat().st_size // 1024):,} KB）。其中有密钥和个人信息，请妥善保管。")
    return 0


def _write(path: Path, data: Path) -> None:
    """The archive, on disk before anybody is told that it is whole. Only its owner reads it: keys, personal data."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as raw:
        with tarfile.open(fileobj=raw, mode="w:gz") as archive:
            _add_database(archive, data)
            for entry in sorted(data.iterdir()):
                if entry.name not in LEFT_OUT:
                    archive.add(entry, arcname=f"data/{entry.name}")
        raw.flush()
        os.fsync(raw.fileno())


def _add_database(archive: tarfile.TarFile, data: Path) -> None:
    """A consistent copy: SQLite by its own backup (readers and writers go on), PostgreSQL by pg_dump."""
    address = os.environ.get("SAIWU_DATABASE")
    with tempfile.TemporaryDirectory() as room:
        if address:
            copy = Path(room) / "database.dump"
            postgres_program("pg_dump", address, "--format=custom", "--no-owner", "--no-privileges", f"--file={copy}")
        else:
            copy = Path(room) / "saiwu.sqlite3"
            source = sqlite3.connect(f"{(data / 'saiwu.sqlite3').as_uri()}?mode=ro", uri=True)
            target = sqlite3.connect(copy)
            try:
                with target:
                    source.backup(target)
            finally:
                source.close()
                target.close()
        archive.add(copy, arcname=copy.name)
