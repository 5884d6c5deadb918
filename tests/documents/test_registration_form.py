"""The registration form in both shapes: complete, whole, and nothing swallowed."""

import io
import zipfile
from dataclasses import replace

import docx
import pypdf
import pytest
from PIL import Image

from saiwu.documents import registration_form
from saiwu.documents.fonts import MissingGlyphs
from saiwu.documents.photos import PhotoRefused
from saiwu.documents.registration_form import FormMember
from tests.documents.samples import FORM, MEMBER

SLY = "张三<&>\"'{{ 1+1 }}"


def pdf_words(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def docx_words(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    return "".join("".join(text.text or "" for text in document.element.body.iter("{*}t")).split())


BOTH = pytest.mark.parametrize(
    ("render", "words"),
    [(registration_form.render, pdf_words), (registration_form.render_docx, docx_words)],
    ids=["pdf", "docx"],
)


@BOTH
def test_every_field_is_on_the_form(render, words):
    text = words(render(FORM))
    for said in (
        "附件2",
        "报名编号25031726",
        FORM.competition,
        "选手报名表",
        "数字孪生应用技术员",
        "职工组",
        "某某智能制造有限责任公司",
        "91500000MA5U000000",
        "某某区",
        "阿依古丽·买买提",
        "1990年1月",
        "维吾尔族",
        "大专",
        "居民身份证",
        "50019019900101002X",
        "16400001234",
        "a@example.com",
        "工作：某某市某某区",
        "物联网安装调试员",
        "四级/中级工",
        "Y000150000000225400000001",
        "李四",
        "某某大学",
        "16400001235",
        "参赛选手在一个竞赛中只能报名一个赛项。（甲.3）",
        "选手签名",
        "推荐单位",
        "组委会",
        "（盖章）",
    ):
        assert said in text


@BOTH
def test_a_team_has_a_block_for_each_member(render, words):
    student = FormMember(name="王五", sex="男", school="某某职业大学", major="数字孪生技术", student_number="2023001")
    text = words(render(replace(FORM, members=(MEMBER, student), team="山城先锋")))
    assert [text.count(said) for said in ("选手1", "选手2", "队名山城先锋", "姓名王五")] == [1, 1, 1, 1]
    assert "某某职业大学数字孪生技术学号2023001" in text


@BOTH
def test_an_empty_form_can_be_printed_and_filled_by_hand(render, words):
    blank = replace(
        FORM, event="", division="", unit="", members=(FormMember(),), instructors=(), number="", unit_code=""
    )
    text = words(render(blank))
    assert ("照片" in text, "报名编号" in text, "队名" in text) == (True, False, False)


@BOTH
def test_nothing_in_a_name_is_swallowed_or_run(render, words):
    assert "".join(SLY.split()) in words(render(replace(FORM, members=(replace(MEMBER, name=SLY),))))


@BOTH
def test_control_characters_do_not_reach_the_form(render, words):
    text = words(render(replace(FORM, members=(replace(MEMBER, name="王\x00五\x1b\ufffe"),))))
    assert "姓名王五性别" in text


@BOTH
def test_a_photo_that_is_none_is_refused(render, words):
    with pytest.raises(PhotoRefused, match="这个文件不是图片"):
        render(replace(FORM, members=(replace(MEMBER, photo=b"no picture"),)))
    assert "照片" in words(render(replace(FORM, members=(replace(MEMBER, photo=None),))))


def test_the_photo_has_the_size_of_its_frame_in_both_shapes():
    with zipfile.ZipFile(io.BytesIO(registration_form.render_docx(FORM))) as archive:
        (picture,) = [name for name in archive.namelist() if name.startswith("word/media/")]
        in_word = Image.open(io.BytesIO(archive.read(picture))).size
    (image,) = pypdf.PdfReader(io.BytesIO(registration_form.render(FORM))).pages[0].images
    assert (in_word, image.image.size) == ((354, 472), (354, 472))


def test_one_person_fits_on_one_page():
    assert len(pypdf.PdfReader(io.BytesIO(registration_form.render(FORM))).pages) == 1


def test_a_character_that_the_fonts_lack_is_found_before_printing():
    rare = replace(FORM, members=(MEMBER, replace(MEMBER, name="李𰻞")))
    with pytest.raises(MissingGlyphs) as refused:
        registration_form.render(rare)
    assert (refused.value.field, refused.value.text, refused.value.characters) == ("姓名", "李𰻞", ("𰻞",))
    # Word draws it with fonts of its own, so the unit is not left without a form.
    assert "李𰻞" in docx_words(registration_form.render_docx(rare))
