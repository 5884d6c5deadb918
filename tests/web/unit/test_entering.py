"""A unit adds people in the browser: the form, what the rules say, handing in, mending."""

from __future__ import annotations

import pytest

from saiwu.entries.models import Entry
from tests.web.unit.conftest import answers
from tests.world import number

pytestmark = pytest.mark.django_db


def address(world, unit: int = 1, rest: str = "") -> str:
    return f"/unit/{world.units[unit - 1]}/bayu-2025/{rest}"


def test_pages_open(world, desk):
    client = desk(1)
    for rest in (
        "",
        "entries/",
        "add/",
        "add/iot/student/",
        "add/iot/worker/",
        "add/uav-delivery/open/",
        "documents/",
        "results/",
        "profile/",
    ):
        response = client.get(address(world, rest=rest))
        assert response.status_code == 200, rest
    where = address(world, rest="add/iot/student/")
    checked = client.post(where, answers(number(1)) | {"do": "check"})
    assert "核对并提交" in checked.content.decode()
    done = client.post(where, answers(number(1)) | {"do": "submit", "declared": "on"})
    entry = Entry.objects.get()
    assert done["Location"] == address(world, rest=f"entries/{entry.pk}/")
    again = client.post(where, answers(number(1)) | {"do": "submit", "declared": "on"})
    assert again["Location"] == done["Location"]
    assert client.get(done["Location"]).status_code == 200
    assert client.get(address(world)).status_code == 200
    assert client.get(address(world, rest="entries/")).status_code == 200
