"""A competition after its finals, for the committee's last journey: the public notice of one event's results is over, all
other events were cancelled.

`python -m tests.browser.finals_event FOLDER INSTANT` fills FOLDER; office and organiser can sign in with PASSWORD.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

PASSWORD = "four plain words here"
LOGINS = ("office", "organiser")


def fill(folder: Path, instant: str) -> None:
    """Migrate, collect, play one event up to its public notice, cancel the others."""
    os.environ["SAIWU_DATA"] = str(folder)
    from saiwu.cli.installation import set_up

    set_up()
    from saiwu.cli.migrate import make_ready

    make_ready(static=True)
    from saiwu.accounts.models import Account
    from tests.web.play import Stage, play

    played = play(Stage.PUBLIC_NOTICE)
    _cancel_others(played)
    for account in Account.objects.filter(login__in=LOGINS):
        account.set_password(PASSWORD)
        account.save()
    (folder / "demo").write_text(instant, "ascii")


def _cancel_others(played) -> None:
    from saiwu.competitions.actions import approve_change, ask_change
    from saiwu.competitions.models import Event
    from tests.web.committee.scene import host_of
    from tests.web.play import MOVED, at

    host, organiser = played.world.account("host"), played.world.account("organiser")
    for other in Event.objects.exclude(pk=played.event).order_by("id"):
        if other.slug != MOVED:
            host_of(played.world, other.slug)
        change = ask_change(event_id=other.pk, kind="取消", values={}, reason="场地不具备条件", by=host, at=at(10, 26))
        approve_change(change_id=change, by=organiser, at=at(10, 27))


if __name__ == "__main__":
    fill(Path(sys.argv[1]), sys.argv[2])
