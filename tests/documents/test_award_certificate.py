"""The certificate: every word printed, on one page, with a code that leads to the page which checks it."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pypdf
import pytest
import typst
import zxingcpp
from PIL import Image

from saiwu.documents import award_certificate, fonts, typeset
from saiwu.documents.fonts import MissingGlyphs
from tests.documents.samples import BODIES, CERTIFICATE


def words(pdf: bytes) -> list[str]:
    """Text of each page, without white space: typesetting may put it anywhere between Chinese and figures."""
    return ["".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_a_certificate_says_what_was_handed_in_on_one_page_of_a4():
    pdf = award_certificate.render(CERTIFICATE)
    (text,) = words(pdf)
    for said in (
        "“某某工匠”杯某某市第一届职业技能竞赛",
        "获奖证书",
        "张三阿依古丽·买买提",
        "某某职业技术学院",
        "数字孪生应用技术员赛项学生组",
        "三等奖",
        "指导教师：李四",
        "证书编号SC1-2025-03-S-005",
        "".join(BODIES),
        "2025年11月14日",
    ):
        assert said in text
    box = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == (297, 210)


@pytest.mark.parametrize(
    "changes",
    [
        {"names": ("买买提江·阿卜杜热西提·吾布力喀斯木江",)},
        {"names": ("甲" * 60,)},
        {"names": tuple(f"欧阳长{figure}" for figure in "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸")},
        {"unit": "某某" * 40 + "有限责任公司"},
        {"event": "数字化解决方案设计师（工业互联网标识解析）" * 2},
        {"competition": CERTIFICATE.competition * 4},
        {"hosts": BODIES * 4},
        {"prize": "优秀组织奖和特别贡献奖暨职业技能竞赛突出贡献单位"},
        {"names": ("<&>\"'#[]$*_`@\\",), "team": "#sys.inputs"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_however_long_the_words_they_stay_on_one_page_and_none_is_cut(changes):
    certificate = replace(CERTIFICATE, **changes)
    (text,) = words(award_certificate.render(certificate))
    for said in (*certificate.names, certificate.unit, certificate.event, certificate.competition, certificate.prize):
        assert said in text
    assert text.count(BODIES[0]) == certificate.hosts.count(BODIES[0])


def test_a_unit_award_leaves_out_what_a_unit_has_not():
    honour = replace(
        CERTIFICATE,
        names=("某某区经济和信息化委员会",),
        unit="",
        event="",
        division="",
        instructors=(),
        prize="优秀组织奖",
        title="荣誉证书",
    )
    (text,) = words(award_certificate.render(honour))
    assert "荣誉证书某某区经济和信息化委员会优秀组织奖" in text
    assert "赛项" not in text
    assert "指导教师" not in text


def test_a_phone_reads_the_address_off_the_printed_page():
    values = {"ridge": award_certificate.printed_ridge(), "certificates": [award_certificate.sheet(CERTIFICATE)]}
    printed = typst.Compiler(
        input=str(typeset.TEMPLATES / "award_certificate.typ"),
        font_paths=[str(fonts.folder())],
        ignore_system_fonts=True,
        sys_inputs=typeset.inputs(values, dated=CERTIFICATE.issued_on),
    ).compile(format="png", ppi=120)
    codes = zxingcpp.read_barcodes(Image.open(io.BytesIO(printed)))
    assert [code.text for code in codes] == ["https://saiwu.example/certificates/SC1-2025-03-S-005"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"names": ("张三", "李𰻞")}, "姓名"),
        ({"unit": "𰻞公司"}, "参赛单位"),
        ({"instructors": ("𰻞",)}, "指导教师"),
        ({"team": "𰻞"}, "队名"),
    ],
)
def test_a_character_that_the_fonts_lack_is_found_before_printing(changes, field):
    with pytest.raises(MissingGlyphs) as refused:
        award_certificate.render(replace(CERTIFICATE, **changes))
    assert (refused.value.field, refused.value.characters) == (field, ("𰻞",))


def test_all_certificates_that_cannot_be_printed_are_known_beforehand():
    batch = [
        replace(CERTIFICATE, number="1"),
        replace(CERTIFICATE, number="2", names=("𰻞",)),
        replace(CERTIFICATE, number="3", unit="\ue863"),
    ]
    found = [(number, missing.field, missing.characters) for number, missing in award_certificate.unprintable(batch)]
    assert found == [("2", "姓名", ("𰻞",)), ("3", "参赛单位", ("\ue863",))]


def test_control_characters_do_not_reach_the_page():
    (text,) = words(award_certificate.render(replace(CERTIFICATE, names=("张\x00三\x1b\u202e",))))
    assert "获奖证书张三某某职业技术学院" in text


def test_a_batch_makes_one_after_another_and_the_same_as_alone():
    asked: list[str] = []

    def certificates():
        for number in ("1", "2", "3"):
            asked.append(number)
            yield replace(CERTIFICATE, number=number)

    batch = award_certificate.batch(certificates())
    first = next(batch)
    assert (asked, first) == (["1"], ("1", award_certificate.render(replace(CERTIFICATE, number="1"))))
    assert [number for number, _ in batch] == ["2", "3"]


def test_certificates_for_the_printer_are_a_page_each():
    other = replace(CERTIFICATE, names=("王五",), number="SC1-2025-03-S-006")
    pages = words(award_certificate.render_together((CERTIFICATE, other)))
    assert [("张三" in page, "王五" in page) for page in pages] == [(True, False), (False, True)]
    with pytest.raises(ValueError, match="at least one"):
        award_certificate.render_together(())


def test_the_page_draws_only_with_the_fonts_that_ship():
    drawn = set()
    for page in pypdf.PdfReader(io.BytesIO(award_certificate.render(CERTIFICATE))).pages:
        drawn |= {font["/BaseFont"].split("+")[1] for font in page["/Resources"]["/Font"].values()}
    assert {font.split("-")[0] for font in drawn} == {"NotoSansSC", "NotoSerifSC"}


def test_certificates_are_made_in_several_threads_at_once():
    alone = award_certificate.render(CERTIFICATE)
    with ThreadPoolExecutor(4) as threads:
        together: list[bytes] = list(threads.map(award_certificate.render, [CERTIFICATE] * 12))
    assert together == [alone] * 12
