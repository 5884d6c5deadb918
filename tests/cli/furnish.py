"""Furnishes the installation that the environment names: a published notice, an entry, a file that belongs to nobody.

`python -m tests.cli.furnish`. The only arguments are the environment's (SAIWU_DATA, SAIWU_DATABASE).
"""

from __future__ import annotations

import os
from pathlib import Path

from tests.rooms import settle_in


def main() -> None:
    """Build through the verbs, as life does."""
    settle_in()
    from saiwu.accounts.models import Visitor
    from saiwu.entries.actions import preregister, register
    from tests.world import IN_TIME, build, student

    world = build()
    event = world.event("iot").pk
    who = {"event_id": event, "division": "student", "at": IN_TIME}
    preregister(statement=student(9), unit_name="示例学院甲", request="r", by=Visitor(), **who)
    register(unit_id=world.units[0], members=[student(1)], declared=True, by=world.account("unit1"), **who)
    (Path(os.environ["SAIWU_DATA"]) / "demo").write_text("2025-09-01T10:00:00+08:00", "ascii")


if __name__ == "__main__":
    main()
