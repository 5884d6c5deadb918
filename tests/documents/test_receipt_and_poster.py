"""The receipt's picture and the poster: the same values give the same bytes; their codes can be read."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from saiwu.documents import fonts, poster, receipt

RECEIPT = receipt.Receipt(
    number="25031726",
    competition="某某市第一届职业技能竞赛",
    name="冉启航",
    event="物联网安装调试员",
    division="职工组",
    submitted_at=datetime(2025, 9, 22, 2, 24, tzinfo=UTC),
    look_up="https://saiwu.example/c/demo/progress/?receipt=25031726",
)
POSTER = poster.Poster(
    competition="某某市第一届职业技能竞赛",
    title="扫码预报名",
    lines=(("物联网安装调试员", "10月13日 24:00前"), ("人工智能训练师", "10月15日 24:00前")),
    address="https://saiwu.example/c/demo/preregister/",
    clause="五.3a",
    sentence="各位选手须通过扫描二维码（见附件12）进行预报名。",
    number="某发〔2025〕1号",
    phone="16400000007",
    dated=date(2025, 6, 6),
)


def test_the_same_receipt_gives_the_same_picture_and_its_code_leads_to_the_look_up():
    made = receipt.png(RECEIPT)
    assert made == receipt.png(RECEIPT)
    picture = Image.open(io.BytesIO(made))
    assert picture.width == 1080
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [RECEIPT.look_up]


def test_a_receipt_is_made_of_a_name_that_the_fonts_lack_and_of_one_that_is_erased():
    without = receipt.png(replace(RECEIPT, name=""))
    assert receipt.png(replace(RECEIPT, name="\U0002cfff")) == without
    assert without != receipt.png(RECEIPT)


def test_a_withdrawn_receipt_says_so():
    assert receipt.png(replace(RECEIPT, withdrawn=True)) != receipt.png(RECEIPT)


@pytest.mark.parametrize("lines", [POSTER.lines, POSTER.lines[:1], POSTER.lines * 6])
def test_a_poster_is_one_page_and_the_same_each_time(lines):
    values = replace(POSTER, lines=lines)
    made = poster.render(values)
    assert made == poster.render(values)
    reader = PdfReader(io.BytesIO(made))
    assert len(reader.pages) == 1
    text = "".join(reader.pages[0].extract_text().split())
    assert [part for part in ("扫码预报名", POSTER.address, "10月13日24:00前") if part not in text] == []


def test_a_character_that_the_poster_cannot_print_is_named():
    with pytest.raises(fonts.MissingGlyphs):
        poster.render(replace(POSTER, title="\U0002cfff"))
