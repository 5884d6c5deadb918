"""What the commands that need the database share: Django set up, the installation's folder, PostgreSQL's own programs."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit


def set_up() -> None:
    """Set Django up with the installation's settings. Called once, by commands that need the database."""
    import django  # here alone: a command that can do without a database does not wait for it

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saiwu.conf.settings")
    django.setup()
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # what ends a command is said by it, once


def folder() -> Path:
    """The folder that holds the installation (`SAIWU_DATA`, else ./data), without asking Django."""
    return Path(os.environ.get("SAIWU_DATA") or "data").resolve()


def say(message: str) -> None:
    """A remark or a progress line, on stderr."""
    print(message, file=sys.stderr, flush=True)


def database_failed(error: Exception) -> int:
    """Say in one line that the database cannot be used, and what to do; the exit code."""
    why = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    say(f"数据库不能用：{why}。尚未建立的，请先运行 saiwu migrate；用 PostgreSQL 的，请核对 SAIWU_DATABASE。")
    return 2


class PostgresFailedError(Exception):
    """One of PostgreSQL's programs is not there, or failed; the message is what it said, without a full stop."""


def postgres_program(name: str, address: str, *arguments: str) -> None:
    """Run pg_dump or pg_restore on the database at `address`. Raises PostgresFailedError.

    The password goes by the environment: arguments can be read by everybody on the machine.
    """
    parts = urlsplit(address)
    user, _, place = parts.netloc.rpartition("@")
    login, _, password = user.partition(":")
    shown = parts._replace(netloc=f"{quote(unquote(login))}@{place}" if login else place).geturl()
    environment = {**os.environ, "PGPASSWORD": unquote(password)} if password else dict(os.environ)
    try:
        command = [name, f"--dbname={shown}", *arguments]
        subprocess.run(command, check=True, capture_output=True, env=environment)  # noqa: S603 (our own arguments)
    except FileNotFoundError as error:
        raise PostgresFailedError(f"这台机器上没有 {name}（Debian：apt-get install postgresql-client）") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip()
        raise PostgresFailedError(said.splitlines()[0] if said else f"{name} 失败") from error
