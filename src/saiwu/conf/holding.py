"""A process with several threads keeps one SQLite connection open as long as it lives.

SQLite marks a database as in use by a lock of the operating system (fcntl), and the system drops all locks of a process
on a file as soon as any descriptor of that file is closed. SQLite knows, and does not close a file while a connection of
the process holds a lock; but it looks before it closes, and a connection that another thread opens in between loses the
lock that it has just taken (seen with 3.40.1 and mmap, whose unmapping stands in between). Then another process takes
itself for the last one, folds the write-ahead log into the database and deletes it: what the first one commits from
there on is in a file that nobody else reads, and is lost. A connection that is never closed holds the lock for all.
"""

from __future__ import annotations

import sqlite3
import threading
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

_holding: dict[str, sqlite3.Connection] = {}
_lock = threading.Lock()


def hold_the_database() -> None:
    """From the first connection of this process on, hold each SQLite file that it opens. PostgreSQL needs no such thing."""
    connection_created.connect(_hold, dispatch_uid="saiwu.conf.holding")


def _hold(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Before the connection is used, so before it can be closed: nobody who waits here has closed one."""
    if connection.vendor != "sqlite":
        return
    name = str(connection.settings_dict["NAME"])
    with _lock:
        if name not in _holding:
            held = sqlite3.connect(name, timeout=20, isolation_level=None, check_same_thread=False)
            # In WAL mode what has read once keeps the mark "in use" until it is closed.
            held.execute("SELECT count(*) FROM sqlite_master").fetchone()
            _holding[name] = held
