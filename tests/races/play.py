"""Plays one race with real processes and prints what each of them was told, as JSON.

`python -m tests.races.play person` or `quota`, in an installation of its own (tests.rooms.play).
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections.abc import Callable

from tests.rooms import settle_in

RUNNERS = 16


def main(race: str) -> None:
    """Build the world, let sixteen processes run at once, print the sorted outcomes and what the rows say."""
    settle_in()
    from django.db import connections

    from tests.races import courses

    course = courses.COURSES[race]
    world = course.prepare(RUNNERS)
    for connection in connections.all():
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
    processes = multiprocessing.get_context("fork")
    barrier, answers = processes.Barrier(RUNNERS), processes.Queue()

    def run(runner: int, attempt: Callable[..., str]) -> None:
        barrier.wait()
        answers.put(attempt(world, runner))

    runners = [processes.Process(target=run, args=(runner, course.attempt)) for runner in range(RUNNERS)]
    for process in runners:
        process.start()
    told = sorted(answers.get(timeout=120) for _ in runners)
    for process in runners:
        process.join()
    print(json.dumps({"told": told, "kept": course.kept()}))


if __name__ == "__main__":
    main(sys.argv[1])
