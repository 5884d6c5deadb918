"""Every document says which notice it rests on, under which theme, and whom to ask."""

import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree as ET

import pypdf
import pytest

from saiwu.documents import award_certificate, bulletin, ics, registration_form, result_table, summary_table
from saiwu.documents.origin import Origin
from tests.documents.samples import BULLETIN, CALENDAR, CERTIFICATE, FORM, ORIGIN, RESULTS, SUMMARY

SAID = ("某经信发〔2025〕32号", "技高行天下能强走世界", "某某处张老师000-00000000", "演示数据")


def pdf_words(content: bytes) -> str:
    return "".join("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split())


def office_words(content: bytes) -> str:
    """All text of a DOCX or XLSX, whatever part it stands in."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.endswith(".xml")]
    return "".join("".join("".join(ET.fromstring(part).itertext()) for part in parts).split())


@pytest.mark.parametrize(
    "words",
    [
        lambda: pdf_words(award_certificate.render(CERTIFICATE)),
        lambda: pdf_words(registration_form.render(FORM)),
        lambda: office_words(registration_form.render_docx(FORM)),
        lambda: office_words(summary_table.render(SUMMARY)),
        lambda: office_words(result_table.render(RESULTS)),
        lambda: "".join(ics.render(replace(CALENDAR, origin=ORIGIN)).decode().replace("\r\n ", "").split()),
    ],
    ids=["certificate", "form.pdf", "form.docx", "summary", "results", "calendar"],
)
def test_number_theme_contact_and_remark_are_on_every_document(words):
    found = words()
    assert [said for said in SAID if said not in found] == []


def test_the_bulletin_says_them_as_such_documents_do():
    words = office_words(bulletin.render(replace(BULLETIN, contact=f"（联系方式：{ORIGIN.contact}）")))
    assert [said for said in SAID[:3] if said not in words] == []


def test_what_is_not_known_is_not_mentioned():
    assert Origin(theme="技高行天下").parts() == ("主题：技高行天下",)
    assert Origin().line() == ""
