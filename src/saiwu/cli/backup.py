"""saiwu backup FILE: the whole installation (database, keys, files) in one archive, taken while it runs."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import tarfile
import tempfile
from pathlib import Path

from saiwu.cli.arguments import Arguments
from saiwu.cli.installation import folder, say

LEFT_OUT = ("static", "saiwu.sqlite3", "saiwu.sqlite3-wal", "saiwu.sqlite3-shm", "saiwu.sqlite3.writers")
"""Made anew by `saiwu migrate`, or taken by the database's own means."""


def run(argv: list[str]) -> int:
    """Exit 0 when FILE is whole (it is written beside and renamed); 2 where there is nothing to back up or no place."""
    parser = Arguments(prog="saiwu backup", description="把整套安装备份成一个文件（.tar.gz），可在运行中进行。")
    parser.add_argument("file", type=Path, help="备份文件，不可已存在")
    target: Path = parser.parse_args(argv).file
    data = folder()
    if not (data / "keys").is_dir():
        say(f"{data} 里没有安装，没有可备份的内容。")
        return 2
    if target.exists():
        say(f"{target} 已存在，不覆盖。请换一个文件名。")
        return 2
    beside = target.with_name(target.name + ".part")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # it holds keys and personal data
        with os.fdopen(handle, "wb") as raw, tarfile.open(fileobj=raw, mode="w:gz") as archive:
            _add_database(archive, data)
            for path in sorted(data.iterdir()):
                if path.name not in LEFT_OUT:
                    archive.add(path, arcname=f"data/{path.name}")
        beside.rename(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        say(f"写不了 {target}：{error.strerror}。")
        return 2
    except subprocess.CalledProcessError as error:
        beside.unlink(missing_ok=True)
        say(f"pg_dump 失败：{error.stderr.decode(errors='replace').strip()}")
        return 2
    say(f"已备份到 {target}（{target.stat().st_size / 1024 / 1024:.1f} MB）。其中有密钥和个人信息，请妥善保管。")
    return 0


def _add_database(archive: tarfile.TarFile, data: Path) -> None:
    """A consistent copy: SQLite by its own backup (readers and writers go on), PostgreSQL by pg_dump."""
    address = os.environ.get("SAIWU_DATABASE")
    with tempfile.TemporaryDirectory() as room:
        if address:
            copy = Path(room) / "database.dump"
            command = ["pg_dump", "--format=custom", "--no-owner", f"--file={copy}", address]
            subprocess.run(command, check=True, capture_output=True)
        else:
            copy = Path(room) / "saiwu.sqlite3"
            source = sqlite3.connect(f"file:{data / 'saiwu.sqlite3'}?mode=ro", uri=True)
            target = sqlite3.connect(copy)
            with target:
                source.backup(target)
            source.close()
            target.close()
        archive.add(copy, arcname=copy.name)
