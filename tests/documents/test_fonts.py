"""A character that would be printed as an empty box is found before anything is printed."""

import pytest

from saiwu.documents import fonts
from saiwu.documents.fonts import MissingGlyphs


@pytest.mark.parametrize(
    "name", ["张三", "䶮", "𬱖𫖯𣲗", "阿依古丽·买买提", "John Smith", "某公司（重庆）", "甲\ufe00"]
)
def test_ordinary_and_most_rare_names_can_be_printed(name):
    assert fonts.missing_glyphs(name) == ()


def test_missing_characters_are_named_once_each_in_the_order_of_the_text():
    assert fonts.missing_glyphs("𰻞张\ue863三𰻞") == ("𰻞", "\ue863")


def test_the_refusal_names_the_field_the_text_and_the_character():
    with pytest.raises(MissingGlyphs) as refused:
        fonts.check([("姓名", "张三"), ("姓名", "李𰻞"), ("单位", "𰻞")])
    assert (refused.value.field, refused.value.text, refused.value.characters) == ("姓名", "李𰻞", ("𰻞",))
    assert str(refused.value) == (
        "“姓名”中的“李𰻞”有字体打印不出的字：𰻞（U+30EDE）。请核对是否为规范字；确为本人用字的，请由组委会手工制作。"
    )


def test_both_faces_cover_the_whole_of_gb2312():
    characters = set()
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            characters.add(bytes((row, cell)).decode("gb2312", errors="ignore"))
    characters.discard("")
    assert len(characters) == 6763
    assert fonts.missing_glyphs("".join(sorted(characters))) == ()
