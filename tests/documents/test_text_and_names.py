"""What a document can carry, and how names are printed."""

from dataclasses import dataclass
from datetime import date

import pytest

from saiwu.documents import names
from saiwu.documents.text import chinese_date, chinese_month, clean, cleaned, one_line


@pytest.mark.parametrize(
    ("written", "carried"),
    [
        ("张三", "张三"),
        ("张\x00三\x1b", "张三"),  # NUL and escape
        ("张\u200b三\ufeff", "张三"),  # zero width
        ("\u202e三张\u202c", "三张"),  # an override of the direction shows another name than is stored
        ("张\ud800三", "张三"),  # half a surrogate pair: cannot be written as UTF-8
        ("张\ufffe三", "张三"),
        ("<&>\"'", "<&>\"'"),
        ("第一行\r\n第二行\u2028第三行", "第一行\n第二行\n第三行"),
        ("e\u0301", "é"),
        ("𬱖䶮", "𬱖䶮"),
    ],
)
def test_what_no_eye_can_see_is_dropped_and_everything_else_stays(written, carried):
    assert clean(written) == carried


def test_a_text_of_one_line_keeps_its_words_apart():
    assert one_line(" 甲\n乙\t丙 ") == "甲 乙 丙"


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    parts: tuple[str, ...]
    born: date | None = None


def test_every_text_of_a_document_is_cleaned_however_deep():
    dirty = (Row("张\x00三", ("甲\x07", "乙"), date(2000, 1, 1)), Row("李四", ()))
    assert cleaned(dirty) == (Row("张三", ("甲", "乙"), date(2000, 1, 1)), Row("李四", ()))


@pytest.mark.parametrize("dot", "·•‧∙⋅・･")
def test_the_dot_in_names_is_the_one_of_identity_cards(dot):
    assert names.printed(f" 阿依古丽 {dot}买买提 ") == "阿依古丽·买买提"


def test_names_are_listed_with_the_chinese_comma():
    assert names.listed(("张三", "John  Smith")) == "张三、John Smith"


def test_dates_are_written_without_leading_noughts():
    assert (chinese_date(date(2025, 6, 6)), chinese_month(date(2003, 5, 31))) == ("2025年6月6日", "2003年5月")
