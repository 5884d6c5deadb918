"""Pages of a unit: home, roster, an entry with its photos, documents and numbers; and that no other unit sees them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from saiwu.audit.models import Record
from saiwu.entries.actions import attach_evidence, attach_photo, register
from saiwu.entries.models import Entry, Evidence
from saiwu.people.models import Photo
from saiwu.rules.procedure import EntryState
from tests.web.play import Stage, play
from tests.web.play import at as instant
from tests.web.sign_in import signed_in
from tests.web.unit.conftest import picture
from tests.world import IN_TIME, add_a_unit, number, student

pytestmark = pytest.mark.django_db


def entered(world, serials=(1,), unit: int = 1, name: str = "") -> list[int]:
    return [
        register(
            event_id=world.event("iot").pk,
            division="student",
            unit_id=world.units[unit - 1],
            members=[student(serial, name)],
            declared=True,
            by=world.account(f"unit{unit}"),
            at=IN_TIME,
        ).entry_id
        for serial in serials
    ]


def address(world, unit: int = 1, rest: str = "") -> str:
    return f"/unit/{world.units[unit - 1]}/bayu-2025/{rest}"


def file(content: bytes, name: str = "证明.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/octet-stream")


@pytest.mark.parametrize(("part", "statements"), [("", 20), ("entries/", 18), ("documents/", 16), ("add/", 13)])
def test_a_list_takes_as_many_statements_for_one_entry_as_for_three(world, desk, part, statements):
    client = desk(1)
    taken = []
    for serials in ((1,), (2, 3)):
        entered(world, serials)
        client.get(address(world, rest=part))
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address(world, rest=part)).status_code == 200
        taken.append(len(caught))
    assert taken == [statements, statements]


def test_home_says_what_is_missing_and_then_that_all_is_done(world, desk):
    client = desk(1)
    [entry] = entered(world)
    before = re.sub(r"<[^>]+>", "", client.get(address(world)).content.decode())
    assert ("还有 1 件事" in before, "补交 1 张照片" in before) == (True, True)
    attach_photo(entry_id=entry, position=1, image=picture(), by=world.account("unit1"), at=IN_TIME)
    assert "都办好了" in client.get(address(world)).content.decode()


def test_the_last_second_of_a_deadline_counts_as_at_every_other_desk(world, desk, clock_at):
    entered(world)
    clock_at(instant(10, 16, 22))
    assert "10月16日（周四）24:00前还有 2 小时" in re.sub(r"<[^>]+>", "", desk(1).get(address(world)).content.decode())


def test_a_unit_with_one_competition_goes_straight_to_it(world, desk):
    response = desk(1).get(f"/unit/{world.units[0]}/")
    assert (response.status_code, response["Location"]) == (302, address(world))


def test_photo_and_documents_are_taken_shown_to_the_unit_and_kept_by_no_browser(world, desk):
    [entry] = entered(world)
    client, where = desk(1), address(world, rest=f"entries/{entry}/")
    client.post(f"{where}photo/1/upload/", {"file": file(picture())})
    client.post(f"{where}evidence/1/upload/", {"file": file(picture(3000, 1500)), "rule": "student"})
    client.post(f"{where}evidence/1/upload/", {"file": file(b"%PDF-1.7\n...\n%%EOF\n", "在读证明.pdf"), "rule": ""})
    photo = client.get(f"{where}photo/1/")
    assert (photo["Content-Type"], photo["Cache-Control"].split(",")[0]) == ("image/jpeg", "no-store")
    shown, pdf = Evidence.objects.order_by("id")
    assert [(one.rule, one.media) for one in (shown, pdf)] == [("student", "image/jpeg"), ("", "application/pdf")]
    response = client.get(f"{where}evidence/{pdf.pk}/")
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert (response["Cache-Control"].split(",")[0], response.content) == ("no-store", b"%PDF-1.7\n...\n%%EOF\n")
    client.post(f"{where}evidence/{pdf.pk}/remove/")
    assert Evidence.objects.count() == 1


def test_a_file_that_is_no_picture_is_told_beside_its_field(world, desk):
    [entry] = entered(world)
    where = address(world, rest=f"entries/{entry}/")
    response = desk(1).post(f"{where}evidence/1/upload/", {"file": file(b"hello"), "rule": ""})
    assert (response.status_code, "不是图片或 PDF" in response.content.decode()) == (409, True)


def test_a_whole_number_is_shown_once_and_that_goes_on_record(world, desk):
    [entry] = entered(world)
    client, where = desk(1), address(world, rest=f"entries/{entry}/")
    assert number(1) not in client.get(where).content.decode()
    assert client.get(f"{where}number/1/").status_code == 405
    response = client.post(f"{where}number/1/")
    assert (number(1) in response.content.decode(), "no-store" in response["Cache-Control"]) == (True, True)
    assert Record.objects.order_by("-id").values_list("verb", flat=True)[0] == "entries.reveal_number"
    assert number(1) not in client.get(where).content.decode()


def test_nothing_of_an_entry_is_ever_found_by_another_unit(world, desk):
    [entry] = entered(world, name="冉启航")
    by = world.account("unit1")
    attach_photo(entry_id=entry, position=1, image=picture(), by=by, at=IN_TIME)
    paper = attach_evidence(entry_id=entry, position=1, rule="", name="证明", content=picture(), by=by, at=IN_TIME)
    client = desk(2)
    parts = ["", "mend/", "withdraw/", "photo/1/", f"evidence/{paper}/"]
    found = [
        client.get(address(world, unit, f"entries/{entry}/{part}")).status_code for unit in (1, 2) for part in parts
    ]
    assert found == [404] * 10
    posts = [
        "photo/1/upload/",
        "evidence/1/upload/",
        f"evidence/{paper}/remove/",
        "number/1/",
        "form/",
        "withdraw/",
        "mend/",
    ]
    done = [
        client.post(
            address(world, unit, f"entries/{entry}/{part}"), {"reason": "x", "file": file(picture())}
        ).status_code
        for unit in (1, 2)
        for part in posts
    ]
    assert done == [404] * 14
    assert "冉启航" not in client.get(address(world, 2, "entries/")).content.decode()
    assert (Evidence.objects.count(), Photo.objects.count(), Entry.objects.get().state) == (1, 1, EntryState.SUBMITTED)


def test_judges_and_strangers_find_no_desk_of_a_unit(world):
    [entry] = entered(world)
    client = signed_in(Client(), world.account("judge"))
    assert client.get(address(world, rest=f"entries/{entry}/photo/1/")).status_code == 404
    assert Client().get(address(world))["Location"].startswith("/sign-in/")


def test_withdrawing_asks_for_the_reason_once_and_frees_the_place(world, desk):
    [entry] = entered(world)
    client, where = desk(1), address(world, rest=f"entries/{entry}/withdraw/")
    assert "请写明撤回的原因" in client.post(where, {"reason": ""}).content.decode()
    assert Entry.objects.get().state == EntryState.SUBMITTED
    client.post(where, {"reason": "本人放弃"})
    assert Entry.objects.get().state == EntryState.WITHDRAWN


def test_the_roster_is_narrowed_by_state_and_by_name_and_turns_pages(world, desk):
    entered(world, (1, 2))
    client = desk(1)
    names = [
        len(re.findall('class="sw-man"', client.get(address(world, rest=f"entries/{query}")).content.decode()))
        for query in ("", "?state=submitted", "?state=returned", "?q=测生乙", "?page=9&q=测生")
    ]
    assert names == [2, 2, 0, 1, 2]


def test_documents_are_printed_and_tickets_once_the_list_is_published(world, desk):
    [entry] = entered(world)
    client = desk(1)
    form = client.post(address(world, rest=f"entries/{entry}/form/"), {"as": "pdf"})
    summary = client.post(address(world, rest="documents/summary/"))
    assert (form.content[:5], summary.content[:2]) == (b"%PDF-", b"PK")
    refused = client.post(address(world, rest="documents/tickets/iot/"))
    assert (refused.status_code, "决赛名单公布后才能打印参赛证" in refused.content.decode()) == (409, True)


def test_finalists_have_tickets_and_results_once_public(db, clock_at: Callable[..., None]):
    clock_at(instant(10, 25))
    world = play(Stage.PUBLIC_NOTICE, 4).world
    add_a_unit(world, 9)
    client = signed_in(Client(), world.account("unit1"))
    tickets = client.post(address(world, rest="documents/tickets/iot/"))
    assert (tickets.status_code, tickets.content[:5]) == (200, b"%PDF-")
    page = client.get(address(world, rest="results/")).content.decode()
    assert ("冉启航" in page, "彭诗雅" in page) == (True, False)
    assert client.get(address(world, rest="documents/")).status_code == 200
