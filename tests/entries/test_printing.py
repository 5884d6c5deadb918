"""Forms and tables of entries: made from what was stated, read back by the roster check, each reveal on record."""

from __future__ import annotations

import io
import json

import pytest
from docx import Document
from pypdf import PdfReader

from saiwu.audit.frame import NotFound
from saiwu.audit.models import Record
from saiwu.cli import roster
from saiwu.entries.actions import attach_photo, print_event_summary, print_form, print_unit_summary, register
from saiwu.entries.statements import InstructorStatement
from tests.world import IN_TIME, World, build, number, student

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = build()
    for serial in (1, 2):
        register(
            event_id=world.event("iot").pk,
            division="student",
            unit_id=world.units[0],
            members=[student(serial, school="示例学院甲", level="无")],
            instructors=[InstructorStatement("测师", number(900, "19800101"))],
            declared=True,
            by=world.account("unit1"),
            at=IN_TIME,
        )
    return world


def test_the_form_shows_the_whole_number_and_the_sentence_that_is_signed_for(world):
    entry = Record.objects.filter(verb="entries.register").first().object.split(":")[1]
    pdf = print_form(entry_id=int(entry), by=world.account("unit1"), at=IN_TIME)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace(" ", "")
    assert [
        part for part in (number(1), "测生乙", "物联网安装调试员", "具有良好的政治思想素质") if part not in text
    ] == []
    docx = print_form(entry_id=int(entry), docx=True, by=world.account("unit1"), at=IN_TIME)
    assert number(1) in "".join(node.text or "" for node in Document(io.BytesIO(docx)).element.body.iter())


def test_every_reveal_is_on_record_and_says_of_whom(world):
    entry = Record.objects.filter(verb="entries.register").first().object
    print_form(entry_id=int(entry.split(":")[1]), by=world.account("host"), at=IN_TIME)
    kept = Record.objects.filter(verb="entries.print_form").get()
    assert (kept.actor, kept.role, kept.object) == (world.account("host").audit_key, "host", entry)
    assert number(1) not in json.dumps(kept.facts)


def test_another_unit_prints_nothing_of_it(world):
    entry = Record.objects.filter(verb="entries.register").first().object.split(":")[1]
    with pytest.raises(NotFound):
        print_form(entry_id=int(entry), by=world.account("unit2"), at=IN_TIME)
    with pytest.raises(NotFound):
        print_unit_summary(
            unit_id=world.units[0], competition_id=world.competition.pk, by=world.account("unit2"), at=IN_TIME
        )


def test_the_summary_table_is_read_back_by_the_roster_check(world, tmp_path, capsys):
    table = print_unit_summary(
        unit_id=world.units[0], competition_id=world.competition.pk, by=world.account("unit1"), at=IN_TIME
    )
    file = tmp_path / "汇总表.xlsx"
    file.write_bytes(table)
    assert roster.run(["check", str(file), "--notice", "bayu-2025", "--on", "2025-09-01", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["summary"] == {"rows": 2, "ok": 2, "evidence": 0, "waiver": 0, "refused": 0}
    assert print_event_summary(event_id=world.event("iot").pk, by=world.account("host"), at=IN_TIME)[:2] == b"PK"


def test_an_image_that_is_none_is_refused_and_nothing_is_kept(world):
    entry = int(Record.objects.filter(verb="entries.register").first().object.split(":")[1])
    with pytest.raises(Exception, match=r"图片|照片") as refused:
        attach_photo(entry_id=entry, position=1, image=b"MZ not an image", by=world.account("unit1"), at=IN_TIME)
    assert type(refused.value).__name__ == "Refused"
