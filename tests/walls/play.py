"""Signs in as every role of every event of a demonstration and asks for every address; prints what went wrong, as JSON.

`python -m tests.walls.play` with SAIWU_DATA as a built demonstration. Three things are asked of each account:
a foreign place, its own place with a foreign thing, and its own place with a role that has no business there. Nothing of
that may exist for it (404), reading or writing, and nothing may have been written. What is its own must open.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from typing import Any

import django

GONE = (404, 405)
"""Not there; or there is no such method at all, whoever asks."""
OPENS = (200, 302, 304, 404, 405, 409)
"""What one's own may answer: 404 where its state has nothing to show, 409 where a verb refuses. Never a mistake of ours."""


def main() -> None:
    """Walk, and print."""
    django.setup()
    from django.conf import settings
    from django.http import HttpResponse
    from django.test import Client

    from saiwu.audit.models import Record
    from saiwu.conf import urls
    from tests.walls.places import THINGS, addresses, held_over, home_places, places
    from tests.web.sign_in import signed_in

    # The page that says so has tests of its own; here it would be most of the time.
    urls.handler404 = lambda request, exception: HttpResponse(status=404)
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECOND_FACTOR_REQUIRED = False
    every = places()
    desks = [one for one in addresses() if one.roles]
    unknown = sorted({thing for one in desks for thing in one.things} - set(THINGS))
    wrong: list[str] = []
    asked = {"foreign place": 0, "foreign thing": 0, "no business": 0, "own": 0}
    things_of = {(place.key, thing): THINGS[thing](place) for place in every for thing in THINGS}
    before = Record.objects.count()
    written_at: set[tuple[str, str, frozenset[str]]] = set()
    people = accounts()
    roles_of = {one.pk: frozenset(one.appointments.values_list("role", flat=True)) for one in people}
    logging.disable(logging.ERROR)

    def ask(client: Client, who: Any, what: str, one: Any, url: str, may: Iterable[int]) -> None:
        asked[what] += 1
        answers = {"GET": client.get(url).status_code}
        # Reading is asked of every account; writing of every role once, since the same wall stands before both.
        key = (what, one.name, roles_of[who.pk])
        if what != "own" and key not in written_at:
            written_at.add(key)
            answers["POST"] = client.post(url, {}).status_code
        for method, status in answers.items():
            if status not in may:
                wrong.append(f"{who.login}: {what}: {method} {url}: {status}")

    for account in people:
        client = signed_in(Client(raise_request_exception=False), account)
        homes = home_places(account, every)
        for one in desks:
            own = [place for place in homes if place.of == one.of]
            foreign = [place for place in every if place.of == one.of and place not in homes]
            for place in foreign[:1]:
                for things in _some(one.things, place, things_of):
                    ask(client, account, "foreign place", one, one.at(place, things), GONE)
            for place in own[:1]:
                if not held_over(account, place) & one.roles:
                    for things in _some(one.things, place, things_of):
                        ask(client, account, "no business", one, one.at(place, things), GONE)
                    continue
                for things in _some(one.things, place, things_of):
                    ask(client, account, "own", one, one.at(place, things), OPENS)
                for elsewhere in [other for other in every if other.of == one.of and not _overlap(other, place)][:1]:
                    for things in _some(one.things, elsewhere, things_of) if one.things else ():
                        if not _theirs(things, place, things_of):
                            ask(client, account, "foreign thing", one, one.at(place, things), GONE)
    stranger = Client(raise_request_exception=False)
    for one in desks:
        place = next(place for place in every if place.of == one.of)
        for things in _some(one.things, place, things_of):
            for status in (stranger.get(one.at(place, things)), stranger.post(one.at(place, things), {})):
                if status.status_code not in (302, 405) or "sign-in" not in status.headers.get("Location", "sign-in"):
                    wrong.append(f"nobody: {one.at(place, things)}: {status.status_code}")
    written = Record.objects.count() - before
    print(json.dumps({"unknown": unknown, "wrong": wrong, "written": written, "asked": asked, "desks": len(desks)}))


def accounts() -> list[Any]:
    """One account of each role at each place."""
    from saiwu.accounts.models import Appointment

    chosen: dict[tuple[str, int], Any] = {}
    units = 0
    for row in Appointment.objects.select_related("account", "scope").order_by("pk"):
        if row.role == "unit":
            units += 1
            if units > 3:
                continue
        chosen.setdefault((row.role, row.scope_id), row.account)
    return list(dict.fromkeys(chosen.values()))


def _some(things: tuple[str, ...], place: Any, things_of: dict[Any, list[Any]]) -> list[dict[str, Any]]:
    """The first thing of each kind at that place; none where it has none."""
    found = {thing: things_of.get((place.key, thing), []) for thing in things}
    return [{thing: values[0] for thing, values in found.items()}] if all(found.values()) else []


def _theirs(things: dict[str, Any], place: Any, things_of: dict[Any, list[Any]]) -> bool:
    return all(value in things_of.get((place.key, thing), []) for thing, value in things.items())


def _overlap(one: Any, other: Any) -> bool:
    """Places of which one lies within the other share their things."""
    return one.key == other.key


if __name__ == "__main__":
    main()
