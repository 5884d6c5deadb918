"""What is done after the finals, and counting what a page asks."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from saiwu.competitions.actions import approve_change, ask_change
from saiwu.competitions.models import Event
from saiwu.results.actions import confirm
from tests.web.committee.scene import host_of
from tests.web.play import EVENT, MOVED, Played, at

HOME = "/committee/bayu-2025/"
CONFIRM = f"{HOME}results/{EVENT}/confirm/"
OF_EVENT = f"{HOME}certificates/{EVENT}/"
AWARD = f"{HOME}awards/decide/?award=organisation&among=参赛单位"
LETTER = "渝经信函〔2025〕101号"


def confirmed(shown: Played) -> None:
    confirm(event_id=shown.event, by=shown.world.office, at=at(11, 3))


def finish(shown: Played) -> None:
    """The event is confirmed, the others are cancelled."""
    confirmed(shown)
    cancel_others(shown)


def cancel_others(shown: Played) -> None:
    for other in Event.objects.exclude(pk=shown.event).order_by("id"):
        if other.slug != MOVED:
            host_of(shown.world, other.slug)
        host, organiser = shown.world.account("host"), shown.world.account("organiser")
        asked = ask_change(event_id=other.pk, kind="取消", values={}, reason="场地不具备条件", by=host, at=at(11, 3))
        approve_change(change_id=asked, by=organiser, at=at(11, 3))


def counted(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
