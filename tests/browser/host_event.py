"""An event for the host's journey: entries of every verdict that wait for review, and sessions of its people.

`python -m tests.browser.host_event FOLDER INSTANT` fills FOLDER. `python -m tests.browser.host_event FOLDER`, once it is
filled (the key of sessions is the installation's own), prints session keys by role, as JSON;
`python -m tests.browser.host_event FOLDER INSTANT SCENE` plays what others do meanwhile, and moves the clock.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

PASSWORD = "four plain words here"
ROLES = ("host", "registrar", "supervisor", "judge", "chief_judge", "organiser", "office")


def fill(folder: Path, instant: str) -> None:
    """Migrate, collect, enter."""
    os.environ["SAIWU_DATA"] = str(folder)
    from saiwu.cli.installation import set_up

    set_up()
    from saiwu.cli.migrate import make_ready

    make_ready(static=True)
    from tests.world import build

    world = build(event="iot", units=8, open_=True)
    _enter(world)
    (folder / "demo").write_text(instant, "ascii")


def sessions(folder: Path) -> dict[str, str]:
    """A session for each of the event's people, past the sign-in page."""
    os.environ["SAIWU_DATA"] = str(folder)
    from saiwu.cli.installation import set_up

    set_up()
    from saiwu.accounts.models import Account

    return {role: _session(Account.objects.get(login=role)) for role in ROLES}


def _session(account) -> str:
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    store = import_module(settings.SESSION_ENGINE).SessionStore()
    now = int(datetime.now(UTC).timestamp())
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store["signed_in_at"] = store["seen_at"] = now
    store.create()
    return str(store.session_key)


def scene(folder: Path, instant: str, name: str) -> None:
    """Let others do their part, and move the clock to that instant."""
    os.environ["SAIWU_DATA"] = str(folder)
    from saiwu.cli.installation import set_up

    set_up()
    at = datetime.fromisoformat(instant)
    {"others": _others, "chief": _chief, "judges": _judges}[name](at)
    (folder / "demo").write_text(instant, "ascii")


def _account(role: str):
    from saiwu.accounts.models import Account

    return Account.objects.get(login=role)


def _event():
    from saiwu.competitions.models import Event

    return Event.objects.get(slug="iot", competition__slug="bayu-2025")


def _others(at: datetime) -> None:
    """The organiser decides whatever waits: waivers, minimums, prizes beyond the cap; the chief judge, ties."""
    from saiwu.competitions.actions import take_decision
    from saiwu.competitions.models import Decision
    from saiwu.entries.actions import grant_waiver
    from saiwu.entries.models import Waiver

    for waiver in Waiver.objects.filter(state="asked").order_by("id"):
        office = waiver.may_settle == "committee"
        grant_waiver(
            waiver_id=waiver.pk, reason="经核，同意。", by=_account("office" if office else "organiser"), at=at
        )
    chosen = {"minimum": "照常", "over_cap": "从低到高减"}
    for decision in Decision.objects.filter(state="asked").order_by("id"):
        take_decision(
            decision_id=decision.pk,
            choice=chosen.get(decision.kind, decision.concerns),
            reason="按会议纪要。",
            by=_account("chief_judge" if decision.kind == "tie" else "organiser"),
            at=at,
        )


def _chief(at: datetime) -> None:
    """The competition is over; marking begins. The supervisor has a password."""
    from saiwu.competitions.actions import start_marking

    start_marking(event_id=_event().pk, by=_account("chief_judge"), at=at)
    supervisor = _account("supervisor")
    supervisor.set_password(PASSWORD)
    supervisor.save()


def _judges(at: datetime) -> None:
    """The judge marks the practical part; the chief judge locks."""
    from saiwu.checkin.models import BlindCode
    from saiwu.marking.actions import MarkRow, enter, lock

    event = _event()
    codes = BlindCode.objects.filter(event=event).order_by("code").values_list("code", flat=True)
    rows = [MarkRow(code, "practical", 60_000 + 3_500 * place) for place, code in enumerate(codes)]
    enter(event_id=event.pk, marks=rows, by=_account("judge"), at=at)
    lock(event_id=event.pk, by=_account("chief_judge"), at=at)


def _enter(world) -> None:
    from datetime import timedelta

    from saiwu.entries.actions import attach_photo, register
    from tests.world import IN_TIME, student, worker

    unproved = {"level": None, "level_in": None, "years": None}
    people = [
        (1, "worker", worker(1, "冉启航", **unproved)),
        (1, "worker", worker(2, "李思远", **{**unproved, "level": "无", "years": "3"})),
        (2, "student", student(3, "陈予安")),
        (2, "student", student(4, "蒋梦琪")),
        (3, "student", student(5, "周子涵")),
        (3, "worker", worker(6, "彭诗雅", **unproved)),
        (4, "student", student(7, "邓皓然")),
        (4, "student", student(8, "罗佳怡")),
        (5, "worker", worker(9, "唐铭泽")),
        (5, "worker", worker(10, "向明轩")),
        (1, "worker", worker(11, "何雨桐")),
    ]
    for place, (unit, division, member) in enumerate(people):
        when = IN_TIME + timedelta(hours=5 * place)
        account = world.account(f"unit{unit}")
        entry = register(
            event_id=world.event("iot").pk,
            division=division,
            unit_id=world.units[unit - 1],
            members=[member],
            declared=True,
            by=account,
            at=when,
        ).entry_id
        attach_photo(entry_id=entry, position=1, image=_portrait(place), by=account, at=when)


def _portrait(place: int) -> bytes:
    import io

    from PIL import Image, ImageDraw

    image = Image.new("RGB", (354, 472), "#E8F1F8")
    draw = ImageDraw.Draw(image)
    draw.ellipse((37, 330, 317, 620), fill=("#3F5B66", "#6B5B4B", "#43604F")[place % 3])
    draw.ellipse((112, 110, 242, 300), fill="#EBC8A9")
    draw.chord((108, 90, 246, 240), 180, 360, fill="#3A322C")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


if __name__ == "__main__":
    place, *asked = sys.argv[1:]
    if len(asked) == 2:
        scene(Path(place), *asked)
    elif asked:
        fill(Path(place), asked[0])
    else:
        print(json.dumps(sessions(Path(place))))
