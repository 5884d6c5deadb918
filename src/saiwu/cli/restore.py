"""saiwu restore FILE: an installation from its backup, into an empty folder (and an empty database)."""

from __future__ import annotations

import gzip
import os
import shutil
import tarfile
import tempfile
import zlib
from pathlib import Path, PurePosixPath

from saiwu.cli.arguments import Arguments
from saiwu.cli.installation import PostgresFailedError, folder, postgres_program, say


def run(argv: list[str]) -> int:
    """Exit 0 when the installation is whole in SAIWU_DATA; 2 where the folder is not empty or FILE is no backup."""
    parser = Arguments(prog="saiwu restore", description="由备份文件恢复整套安装；数据目录须为空或不存在。")
    parser.add_argument("file", type=Path, metavar="文件", help="saiwu backup 生成的文件")
    source: Path = parser.parse_args(argv).file
    data = folder()
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        say(f"{data} 不是空目录，不覆盖。请先移开，或用 SAIWU_DATA 指定另一个目录。")
        return 2
    if not source.is_file():
        say(f"没有 {source} 这个文件。")
        return 2
    try:
        _check_whole(source)
        data.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=data.parent, prefix=".saiwu-restore-") as room:
            with tarfile.open(source, "r:gz") as archive:
                _take_out(archive, Path(room))
            _put_in_place(Path(room), data)
    except _NotABackupError as error:
        say(f"{source} 不能恢复：{error}。")
        return 2
    except PostgresFailedError as error:
        say(f"写不进数据库：{error}。数据库须为空，没有改动。")
        return 2
    except (OSError, tarfile.TarError) as error:
        say(f"{source} 不能恢复：{getattr(error, 'strerror', None) or error}。")
        return 2
    say(f"已恢复到 {data}。请运行 saiwu migrate，再启动。")
    return 0


class _NotABackupError(Exception):
    """What stands in the archive is no backup for here; the message is Chinese, without its full stop."""


def _check_whole(source: Path) -> None:
    """Read the archive to its last byte, so that the checksum there speaks before anything is taken out of it."""
    try:
        with gzip.open(source) as whole:
            while whole.read(1024 * 1024):
                pass
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise _NotABackupError("文件不完整或已损坏") from error


def _take_out(archive: tarfile.TarFile, room: Path) -> None:
    """Plain files and folders, inside the room. (tarfile's own filters came with Python 3.11.4; Debian 12 has 3.11.2.)"""
    for member in archive:
        path = PurePosixPath(member.name)
        if path.is_absolute() or ".." in path.parts or not (member.isfile() or member.isdir()):
            raise _NotABackupError(f"里面有“{member.name}”，不是 saiwu backup 生成的文件")
        target = room / path
        if member.isdir():
            target.mkdir(parents=True, exist_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        content = archive.extractfile(member)
        assert content is not None, "a file has content"
        with content, target.open("xb") as file:
            shutil.copyfileobj(content, file)


def _put_in_place(room: Path, data: Path) -> None:
    """Keys and files by one rename; the database first where it is PostgreSQL, so that a failure leaves no folder."""
    parts = room / "data"
    if not (parts / "keys").is_dir():
        raise _NotABackupError("里面没有密钥，不是 saiwu backup 生成的文件")
    address = os.environ.get("SAIWU_DATABASE")
    dump, copy = room / "database.dump", room / "saiwu.sqlite3"
    if address:
        if not dump.is_file():
            raise _NotABackupError("这是 SQLite 安装的备份，请不要设置 SAIWU_DATABASE")
    elif copy.is_file():
        shutil.move(copy, parts / "saiwu.sqlite3")
    else:
        raise _NotABackupError("这是 PostgreSQL 安装的备份，请设置 SAIWU_DATABASE")
    for path in (parts, *parts.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    if address:
        options = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges")
        postgres_program("pg_restore", address, *options, str(dump))
    if data.exists():
        data.rmdir()
    parts.rename(data)
