"""saiwu restore FILE: an installation from its backup, into an empty folder (and an empty database)."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from saiwu.cli.arguments import Arguments
from saiwu.cli.installation import folder, say


def run(argv: list[str]) -> int:
    """Exit 0 when the installation is whole in SAIWU_DATA; 2 where the folder is not empty or FILE is no backup."""
    parser = Arguments(prog="saiwu restore", description="由备份文件恢复整套安装；数据目录须为空或不存在。")
    parser.add_argument("file", type=Path, help="saiwu backup 生成的文件")
    source: Path = parser.parse_args(argv).file
    data = folder()
    if data.exists() and any(data.iterdir()):
        say(f"{data} 不是空目录，不覆盖。请先移开，或用 SAIWU_DATA 指定另一个目录。")
        return 2
    data.parent.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=data.parent) as room, tarfile.open(source, "r:gz") as archive:
            archive.extractall(room, filter="data")
            _put_in_place(Path(room), data)
    except (OSError, tarfile.TarError, EOFError) as error:
        say(f"{source} 不是完整的备份文件：{error}")
        return 2
    except subprocess.CalledProcessError as error:
        say(f"pg_restore 失败：{error.stderr.decode(errors='replace').strip()}")
        return 2
    say(f"已恢复到 {data}。请运行 saiwu migrate，再启动。")
    return 0


def _put_in_place(room: Path, data: Path) -> None:
    """Keys and files by one rename; the database first where it is PostgreSQL, so that a failure leaves no folder."""
    parts = room / "data"
    if not (parts / "keys").is_dir():
        raise tarfile.ReadError("没有密钥目录")
    address = os.environ.get("SAIWU_DATABASE")
    if address:
        dump = room / "database.dump"
        if not dump.is_file():
            raise tarfile.ReadError("这是 SQLite 安装的备份，请不要设置 SAIWU_DATABASE")
        command = ["pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", f"--dbname={address}", str(dump)]
        subprocess.run(command, check=True, capture_output=True)
    else:
        copy = room / "saiwu.sqlite3"
        if not copy.is_file():
            raise tarfile.ReadError("这是 PostgreSQL 安装的备份，请设置 SAIWU_DATABASE")
        shutil.move(copy, parts / "saiwu.sqlite3")
    if data.exists():
        data.rmdir()
    parts.rename(data)
