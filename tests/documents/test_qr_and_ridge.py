"""Codes that any phone reads, and the calendar as hills."""

import io
import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest
import zxingcpp
from PIL import Image

from saiwu.documents import qr, ridge
from saiwu.documents.ridge import Ridge


@pytest.mark.parametrize("content", ["https://saiwu.example/e/3?n=1&x=<>", "中文内容", "x" * 600])
def test_what_is_in_the_code_is_what_a_phone_reads(content):
    picture = Image.open(io.BytesIO(qr.png(content)))
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [content]


def test_the_svg_draws_the_same_modules_as_the_png():
    root = ET.fromstring(qr.svg("https://saiwu.example/"))
    size = int(root.attrib["viewBox"].split()[2])
    drawn = [[255] * size for _ in range(size)]
    for x, y, width, height in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)h-\d+Z", root[1].attrib["d"]):
        for row in range(int(y), int(y) + int(height)):
            for column in range(int(x), int(x) + int(width)):
                drawn[row][column] = 0
    picture = Image.open(io.BytesIO(qr.png("https://saiwu.example/", pixels_per_module=1))).convert("L")
    assert [list(picture.crop((0, row, size, row + 1)).tobytes()) for row in range(size)] == drawn


@pytest.mark.parametrize("content", ["", "x" * 5000])
def test_a_code_holds_neither_nothing_nor_too_much(content):
    with pytest.raises(ValueError, match=r"needs a content|too long"):
        qr.svg(content)


def nodes(drawing: str) -> list[str]:
    return re.findall(r'sw-ridge__node( is-[a-z]+)?"', drawing)


def test_past_finals_are_filled_the_next_is_red_and_two_on_a_day_stand_side_by_side():
    days = (date(2025, 9, 24), date(2025, 10, 18), date(2025, 10, 18), date(2025, 10, 30))
    drawing = ridge.svg(Ridge(960, 200, days, today=date(2025, 9, 26)))
    assert nodes(drawing) == [" is-past", " is-next", " is-next", ""]


def test_a_still_range_has_hills_and_no_finals():
    drawing = ridge.svg(Ridge(420, 60))
    assert (nodes(drawing), drawing.count("sw-ridge__line"), drawing.count("sw-ridge__crest")) == ([], 8, 1)


def test_labels_cannot_break_the_drawing():
    day = date(2025, 10, 18)
    drawing = ridge.svg(Ridge(960, 200, (day,), {day: "<b>&/乙"}))
    words = [element.text for element in ET.fromstring(drawing).iter("text")]
    assert words == ["10.18", "<b>&", "乙"]


def test_the_printed_ridge_brings_its_own_colours():
    root = ET.fromstring(ridge.printed(Ridge(420, 60)))
    assert {path.attrib["stroke"] for path in root} == {"#0e4c4d", "#8fb0ac"}
