"""Breaks a registration in its middle and prints what is left, as JSON: `python -m tests.races.crash kill` or `full`.

`kill`: the process is gone, without any clean-up, when people are written and places are about to be taken.
`full`: the database has no room left for the rows of the verb (SQLite only).
"""

from __future__ import annotations

import json
import os
import sys

from tests.rooms import settle_in


def main(how: str) -> None:
    """Break one registration, then look at the tables from a fresh connection."""
    settle_in()
    from django.db import OperationalError, connection

    from saiwu.audit.models import Record
    from saiwu.entries import places
    from saiwu.entries.actions import register
    from saiwu.entries.models import Claim, Entry, Member
    from saiwu.people.models import Person
    from tests.world import IN_TIME, build, student

    world = build()
    before = Record.objects.count()

    def enter(serial: int) -> None:
        register(
            event_id=world.event("iot").pk,
            division="student",
            unit_id=world.units[0],
            members=[student(serial, note="满" * 400)],
            declared=True,
            by=world.account("unit1"),
            at=IN_TIME,
        )

    if how == "kill":
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
        child = os.fork()
        if child == 0:
            places.take = lambda *_: os._exit(9)
            enter(1)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
        told = "killed"
    else:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        told, serial = "never full", 1
        while told == "never full" and serial < 200:
            try:
                enter(serial)
                serial += 1
            except OperationalError as error:
                told = str(error)
        before += Entry.objects.count()
        connection.close()
    left = {
        "members without entry": Member.objects.filter(entry=None).count(),
        "entries": Entry.objects.count(),
        "members": Member.objects.count(),
        "claims": Claim.objects.count(),
        "people": Person.objects.count(),
        "records": Record.objects.count() - before,
    }
    print(json.dumps({"told": told, "left": left}, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1])
