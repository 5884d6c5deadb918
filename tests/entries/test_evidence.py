"""Documents that a unit shows for its people: what is kept, who may, and until when."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from saiwu.audit.frame import NotFound, Refused
from saiwu.audit.models import Record
from saiwu.documents import evidence
from saiwu.entries.actions import accept, attach_evidence, register, remove_evidence
from saiwu.entries.models import Evidence
from saiwu.entries.queries.evidence import paper_of
from saiwu.entries.statements import Statement
from saiwu.people.models import Person
from tests.world import IN_TIME, World, build, student

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build()


def pdf(text: str) -> bytes:
    return f"%PDF-1.7\n{text}\n%%EOF\n".encode()


def entered(world: World, unit: int = 1, serial: int = 1, *, statement: Statement | None = None) -> int:
    return register(
        event_id=world.event("iot").pk,
        division="student",
        unit_id=world.units[unit - 1],
        members=[statement or student(serial)],
        declared=True,
        by=world.account(f"unit{unit}"),
        at=IN_TIME,
    ).entry_id


def shown(world: World, entry: int, content: bytes, unit: int = 1) -> int:
    by = world.account(f"unit{unit}")
    return attach_evidence(entry_id=entry, position=1, rule="student", name="证明", content=content, by=by, at=IN_TIME)


def test_a_picture_is_kept_small_and_without_its_exif():
    exif = Image.Exif()
    exif[0x010F] = "camera"
    out = io.BytesIO()
    Image.new("RGB", (4000, 1000), "white").save(out, "JPEG", exif=exif)
    ready = evidence.ready(out.getvalue())
    image = Image.open(io.BytesIO(ready.content))
    assert (ready.media, image.size, dict(image.getexif())) == ("image/jpeg", (2000, 500), {})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空文件"),
        (b"hello", "不是图片或 PDF"),
        (b"%PDF-1.7 cut off", "PDF 文件不完整"),
        (b"%PDF-1.7" + b" " * evidence.MOST_BYTES_OF_A_PDF + b"%%EOF", "上限为 3 MB"),
        (b"PK\x03\x04", "压缩包"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_how_to_mend_it(content, said):
    with pytest.raises(evidence.EvidenceRefused, match=said):
        evidence.ready(content)


def test_a_document_comes_out_as_it_went_in_and_is_on_record_by_its_digest_alone(world):
    entry = entered(world)
    paper = shown(world, entry, pdf("1"))
    assert paper_of(world.event("iot").pk, entry, paper).content == pdf("1")
    record = Record.objects.order_by("-id")[0]
    person = Person.objects.get()
    assert (record.verb, record.facts) == (
        "entries.attach_evidence",
        {"person": person.key, "rule": "student", "sha256": Evidence.objects.get().sha256},
    )


def test_another_unit_finds_neither_the_entry_nor_the_document(world):
    entry, other = entered(world), entered(world, 2, 2)
    paper = shown(world, entry, pdf("1"))
    with pytest.raises(NotFound):
        shown(world, entry, pdf("2"), unit=2)
    with pytest.raises(NotFound):
        remove_evidence(entry_id=other, evidence_id=paper, by=world.account("unit2"), at=IN_TIME)
    with pytest.raises(NotFound):
        paper_of(world.event("iot").pk, other, paper)
    assert Evidence.objects.count() == 1


def test_the_same_document_twice_and_a_ninth_are_refused(world):
    entry = entered(world)
    shown(world, entry, pdf("0"))
    with pytest.raises(Refused, match="已经上传过"):
        shown(world, entry, pdf("0"))
    for figure in "1234567":
        shown(world, entry, pdf(figure))
    with pytest.raises(Refused, match="最多上传 8 份"):
        shown(world, entry, pdf("8"))


def test_once_accepted_nothing_is_added_or_taken_back(world):
    entry = entered(world)
    paper = shown(world, entry, pdf("1"))
    accept(entry_id=entry, by=world.account("host"), at=IN_TIME)
    with pytest.raises(Refused, match="审核通过"):
        shown(world, entry, pdf("2"))
    with pytest.raises(Refused, match="审核通过"):
        remove_evidence(entry_id=entry, evidence_id=paper, by=world.account("unit1"), at=IN_TIME)


def test_a_unit_states_by_reference_only_people_whom_it_knows(world):
    entered(world)
    person = Person.objects.get()
    stranger = Statement("", "", person=person.pk, facts=student(1).facts)
    with pytest.raises(Refused, match="本单位名下没有这名人员") as refused:
        entered(world, 2, statement=stranger)
    assert (refused.value.field, refused.value.clause) == ("members.0", None)
