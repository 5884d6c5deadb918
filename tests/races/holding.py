"""Is the SQLite file marked as in use for as long as somebody uses it? Prints what the system says of its locks.

`python -m tests.races.holding` in an installation of its own. `unmarked`: connections of four threads that had read and
lost the mark to another thread's close; `between_requests`: the server's processes that hold it while nobody asks.
"""

from __future__ import annotations

import fcntl
import json
import os
import struct
import threading
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

from tests.races.over_http import PATIENCE_S, served
from tests.rooms import settle_in

THREADS, OPENED = 4, 500
SHARED_FIRST, SHARED_SIZE = 0x40000002, 510
"""The bytes that whoever uses a SQLite file locks: PENDING_BYTE + 2, of the file format."""


def unmarked(database: Path) -> int:
    """Threads open, read and close as requests do; how many connections stood there without the lock."""
    from django.db import connection

    with connection.cursor() as cursor:
        # What is mapped takes its time to be unmapped, and that is the gap.
        cursor.execute(
            "CREATE TABLE much AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
            " SELECT zeroblob(4000) AS line FROM n"
        )
    connection.close()
    seen: list[int] = []
    # Its own descriptor, never closed while the threads run: closing it would drop the locks too.
    watching = os.open(database, os.O_RDWR)

    def ask() -> None:
        missing = 0
        for _ in range(OPENED):
            with connection.cursor() as cursor:
                cursor.execute("SELECT sum(length(line)) FROM much")
                cursor.fetchone()
            wanted = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, SHARED_FIRST, SHARED_SIZE, 0)
            found = fcntl.fcntl(watching, fcntl.F_OFD_GETLK, wanted)
            missing += struct.unpack("hhqqi4x", found)[0] == fcntl.F_UNLCK
            connection.close()
        seen.append(missing)

    threads = [threading.Thread(target=ask) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(seen)


def holders(database: Path) -> int:
    """The processes that hold the lock of whoever uses the file."""
    inode = database.stat().st_ino
    lines = [line.split() for line in Path("/proc/locks").read_text("ascii").splitlines()]
    return len(
        {
            words[4]
            for words in lines
            if words[1] == "POSIX" and words[5].endswith(f":{inode}") and int(words[6]) == SHARED_FIRST
        }
    )


def main() -> None:
    """Count both, the server first: this process holds nothing then."""
    settle_in()
    from django.conf import settings
    from django.db import connection

    from saiwu.conf.holding import hold_the_database

    database = Path(settings.DATABASES["default"]["NAME"])
    connection.close()
    with served() as port:
        for _ in range(40):
            with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)) as asked:
                asked.request("GET", "/")
                asked.getresponse().read()
        between = holders(database)
    hold_the_database()
    print(json.dumps({"between_requests": between, "unmarked": unmarked(database)}))


if __name__ == "__main__":
    main()
