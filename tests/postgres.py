"""A PostgreSQL server for tests: a cluster in a folder, reached by a socket there, gone when the tests end."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

_FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
_OPTIONS = (
    "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c max_connections=100 -c unix_socket_directories={}"
)


def _program(name: str) -> str | None:
    for folder in _FOLDERS:
        if (folder / name).exists():
            return str(folder / name)
    return shutil.which(name)


def available() -> bool:
    """Whether this machine has a PostgreSQL server that tests may start."""
    return _program("initdb") is not None and _program("pg_ctl") is not None


class Cluster:
    """A running server. PostgreSQL refuses root, so root starts it as nobody, in a folder that is nobody's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._prefix: Sequence[str] = ()
        if os.geteuid() == 0:
            self._prefix = ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups")

    def __enter__(self) -> Cluster:
        for path in (self.folder, *self.folder.parents[:3]):
            if path.stat().st_uid == os.geteuid():
                path.chmod(0o755)
        if self._prefix:
            shutil.chown(self.folder, "nobody", "nogroup")
        self._run(
            "initdb", "-D", str(self.folder / "data"), "-U", "saiwu", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"
        )
        log, options = self.folder / "log", _OPTIONS.format(self.folder)
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-l", str(log), "-o", options, "-w", "start")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")

    def address(self, database: str) -> str:
        """The address of a database of this server, as SAIWU_DATABASE takes it."""
        return f"postgresql://saiwu@{quote(str(self.folder), safe='')}/{database}"

    def create(self, database: str, template: str = "template0") -> str:
        """Make a database and return its address."""
        self._run("createdb", "-h", str(self.folder), "-U", "saiwu", "-T", template, database)
        return self.address(database)

    def _run(self, name: str, *arguments: str) -> None:
        program = _program(name)
        if program is None:
            raise FileNotFoundError(f"{name} is not on this machine (Debian: apt-get install postgresql)")
        subprocess.run([*self._prefix, program, *arguments], check=True, capture_output=True, cwd=self.folder)
