"""Folders that vanish with the process that works in them, however it ends.

A helper process holds the other end of a pipe: when this process ends, be it by `kill -9`, the pipe closes and the
helper takes the folders away. It has a session of its own, so that what kills a whole group of processes spares it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_TAKE_AWAY = (
    "import shutil, sys\n"
    "sys.stdin.buffer.read()\n"
    "for folder in sys.argv[1:]:\n"
    "    shutil.rmtree(folder, ignore_errors=True)\n"
)


@contextmanager
def scratch(*parents: Path | None) -> Iterator[tuple[Path, ...]]:
    """A fresh hidden folder below each of these (None: the system's place for such), taken away at the end.

    Whoever wants to keep one renames it. Raises OSError where one cannot be made.
    """
    made: list[Path] = []
    try:
        made += [Path(tempfile.mkdtemp(prefix=".saiwu-", dir=parent)) for parent in parents]
    finally:
        command = [sys.executable, "-I", "-S", "-c", _TAKE_AWAY, *map(str, made)]
        helper = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 (our own interpreter)
    try:
        yield tuple(made)
    finally:
        assert helper.stdin is not None
        helper.stdin.close()
        helper.wait()
