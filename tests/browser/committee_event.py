"""A competition for the committee's journey: things wait for a decision, and one event has its results on show.

`python -m tests.browser.committee_event FOLDER INSTANT` fills FOLDER. `python -m tests.browser.committee_event FOLDER`,
once it is filled, prints session keys by login, as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

LOGINS = ("office", "organiser", "supervisor", "arbiter")


def fill(folder: Path, instant: str) -> None:
    """Migrate, collect, enter, ask."""
    os.environ["SAIWU_DATA"] = str(folder)
    from saiwu.cli.installation import set_up

    set_up()
    from saiwu.cli.migrate import make_ready

    make_ready(static=True)
    from saiwu.competitions.actions import ask_change, open_registration
    from saiwu.entries.actions import close_registration
    from tests.web.committee.scene import enter, host_of, scene, waiver_of
    from tests.web.play import NAMES
    from tests.world import IN_TIME, student, worker

    world = scene(units=30).world
    waiver_of(world, 2, 50)
    for slug in ("desktop-cloud", "digital-twin"):
        host_of(world, slug)
        open_registration(event_id=world.event(slug).pk, by=world.account("host"), at=IN_TIME)
    for unit in range(3, 31):
        for place, name in enumerate((NAMES[unit % 20], NAMES[(unit + 7) % 20])):
            enter(world, student(100 + 2 * unit + place, name), unit=unit, at=IN_TIME.replace(day=1 + unit % 20))
    for unit in range(4, 20):
        enter(world, worker(300 + unit, NAMES[unit]), unit=unit, event="desktop-cloud", division="worker")
    ask_change(
        event_id=world.event("digital-twin").pk,
        kind="地点",
        values={"stages.final.venue": "重庆电子科技职业大学实训楼 B"},
        reason="A 楼检修",
        by=world.account("host"),
        at=IN_TIME,
    )
    close_registration(
        event_id=world.event("desktop-cloud").pk, by=world.account("host"), at=IN_TIME.replace(month=10, day=12)
    )
    (folder / "demo").write_text(instant, "ascii")


def sessions(folder: Path) -> dict[str, str]:
    """A session for each of the door's people, past the sign-in page."""
    os.environ["SAIWU_DATA"] = str(folder)
    from saiwu.cli.installation import set_up

    set_up()
    from saiwu.accounts.models import Account
    from tests.browser.host_event import _session

    return {login: _session(Account.objects.get(login=login)) for login in LOGINS}


if __name__ == "__main__":
    if len(sys.argv) == 3:
        fill(Path(sys.argv[1]), sys.argv[2])
    else:
        print(json.dumps(sessions(Path(sys.argv[1]))))
