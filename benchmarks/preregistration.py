"""How many SQL statements a pre-registration takes through its verb, BEGIN and COMMIT not counted, and its time beside
that of one bare insert of the same row in a transaction of its own."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path


def main() -> dict[str, float]:
    """Returns `statements` (new person) and `times_a_bare_insert`."""
    with tempfile.TemporaryDirectory(prefix="saiwu-bench-") as room:
        os.environ["SAIWU_DATA"] = room
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saiwu.conf.settings")
        return _measure()


def _measure() -> dict[str, float]:
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from saiwu.accounts.models import Visitor
    from saiwu.audit.frame import writers_turn
    from saiwu.cli.migrate import make_ready
    from saiwu.entries.actions import preregister
    from saiwu.entries.models import Conflict
    from tests.world import IN_TIME, build, student

    make_ready(static=False)
    world = build()
    event = world.event("iot")

    def claim(serial: int) -> None:
        preregister(
            event_id=event.pk,
            division="student",
            statement=student(serial),
            unit_name="示例学院甲",
            request=f"r{serial}",
            by=Visitor(),
            at=IN_TIME,
        )

    def bare(serial: int) -> None:
        with writers_turn():
            Conflict.objects.create(
                competition=world.competition,
                event=event,
                number_digest=f"{serial:064d}",
                rule="x",
                actor="x",
                at=IN_TIME,
            )

    claim(1)
    with CaptureQueriesContext(connection) as queries:
        claim(2)
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    statements = [one["sql"] for one in queries if not one["sql"].startswith(control)]
    ratio = _median(claim, range(10, 310)) / _median(bare, range(10, 310))
    result = {"statements": float(len(statements)), "times_a_bare_insert": round(ratio, 2)}
    print(result)
    return result


def _median(work: Callable[[int], None], serials: range) -> float:
    took = []
    for serial in serials:
        start = time.perf_counter()
        work(serial)
        took.append(time.perf_counter() - start)
    return statistics.median(took)


if __name__ == "__main__":
    assert Path("tests").is_dir(), "run it from the project's folder"
    main()
