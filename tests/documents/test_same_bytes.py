"""The same values give the same bytes: in another process, under another hash seed, zone and locale, on another day."""

import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from saiwu.documents import registration_form_template
from tests.documents.samples import DOCUMENTS

ROOT = Path(__file__).parents[2]


def digests(**surroundings: str) -> dict[str, str]:
    printed = subprocess.run(
        [sys.executable, "-m", "tests.documents.samples"],
        cwd=ROOT,
        env={**os.environ, **surroundings},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return dict(line.split() for line in printed.splitlines())


def test_documents_are_the_same_bytes_in_every_process_zone_and_hash_order():
    here = digests(PYTHONHASHSEED="1", TZ="Asia/Shanghai", LC_ALL="C.UTF-8")
    there = digests(PYTHONHASHSEED="4242", TZ="America/Los_Angeles", LC_ALL="C", SOURCE_DATE_EPOCH="1")
    assert here == there
    assert set(here) == set(DOCUMENTS)


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name.endswith(("docx", "xlsx"))])
def test_office_files_bear_no_hour_and_do_not_hang_on_the_compressor(name):
    with zipfile.ZipFile(BytesIO(DOCUMENTS[name]())) as archive:
        members = archive.infolist()
    assert {(member.date_time, member.compress_type) for member in members} == {
        ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED)
    }
    assert members[0].filename == "[Content_Types].xml"


def test_the_template_of_the_form_is_the_one_that_its_program_makes():
    assert registration_form_template.PATH.read_bytes() == registration_form_template.build()
