"""An event of teams that a unit may enter: three members with a captain, a substitute, one or two instructors.

`python -m tests.browser.team_event FOLDER INSTANT` fills FOLDER; `unit1` can sign in with PASSWORD.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

PASSWORD = "four plain words here"
NOTICE, EVENT = "qinghe-2026", "warehouse"


def fill(folder: Path, instant: str) -> None:
    """Migrate, collect, publish, open registration."""
    os.environ["SAIWU_DATA"] = str(folder)
    from saiwu.cli.installation import set_up

    set_up()
    from saiwu.cli.migrate import make_ready

    make_ready(static=True)
    from saiwu.competitions.actions import open_registration
    from tests.world import build

    world = build(NOTICE, event=EVENT, units=1, open_=False)
    open_registration(event_id=world.event(EVENT).pk, by=world.account("host"), at=datetime.fromisoformat(instant))
    account = world.account("unit1")
    account.set_password(PASSWORD)
    account.save()
    (folder / "demo").write_text(instant, "ascii")


if __name__ == "__main__":
    fill(Path(sys.argv[1]), sys.argv[2])
