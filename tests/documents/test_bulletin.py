"""The bulletin: the shape of a red-head document, every winner once, in order."""

import io
import zipfile
from dataclasses import replace

import docx
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from saiwu.documents import bulletin
from saiwu.documents.bulletin import Bulletin, DivisionWinners, EventWinners, Winner
from tests.documents.samples import BODIES, BULLETIN, COMPETITION, ORIGIN


def opened(values: Bulletin):
    return docx.Document(io.BytesIO(bulletin.render(values)))


def tables(values: Bulletin) -> list[list[list[str]]]:
    """Those with winners: the ones with a grid."""
    found = [table for table in opened(values).tables if table.style.name == "Table Grid"]
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in found]


def test_each_event_and_division_has_its_table_and_rows_are_counted_through_the_attachment():
    assert tables(BULLETIN) == [
        [
            ["序号", "姓名", "单位", "奖项", "指导教师"],
            ["1", "张三", "某某职业技术学院", "一等奖", "李四"],
            ["2", "王五", "某某职业技术学院", "二等奖", ""],
        ],
        [["序号", "姓名", "单位", "奖项", "指导教师"], ["3", "赵六、孙七", "某某公司", "一等奖", ""]],
        [["序号", "单位"], ["1", "某某区经济和信息化委员会"]],
    ]


def test_where_a_winner_stands_can_be_cited():
    assert bulletin.places(BULLETIN) == {(0, 0, 0): (1, 1), (0, 0, 1): (1, 2), (0, 1, 0): (1, 3)}


def test_the_words_stand_in_the_order_of_an_official_document():
    texts = [paragraph.text for paragraph in opened(BULLETIN).paragraphs if paragraph.text]
    opening, hopes = bulletin.usual_paragraphs(COMPETITION, ORIGIN, events=2, winners=3, unit_awards=1)
    assert texts == [
        "某经信发〔2025〕88号",
        f"关于{COMPETITION}获奖情况的通报",
        "各区县，有关单位：",
        "一、总体情况",
        opening,
        hopes,
        "附件：1. 数字孪生应用技术员赛项获奖名单",
        "2. 电子设备装接工赛项获奖名单",
        "3. 单位奖获奖名单",
        "2025年11月14日",
        "（此件公开发布）",
        "附件1",
        "数字孪生应用技术员赛项获奖名单",
        "学生组",
        "职工组",
        "附件2",
        "电子设备装接工赛项获奖名单",
        "本赛项经主办单位同意取消。",
        "附件3",
        "单位奖获奖名单",
        "优秀组织奖（1个）",
    ]


def test_page_and_letters_follow_the_standard():
    document = opened(BULLETIN)
    section = document.sections[0]
    page = (section.page_width, section.page_height)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(length.mm) for length in (*page, *margins)] == [210, 297, 37, 35, 28, 26]
    by_text = {paragraph.text: paragraph.runs[0] for paragraph in document.paragraphs if paragraph.runs}
    faces = {
        text: (by_text[text]._r.rPr.rFonts.get(qn("w:eastAsia")), by_text[text].font.size)
        for text in (f"关于{COMPETITION}获奖情况的通报", "一、总体情况", "各区县，有关单位：")
    }
    assert faces == {
        f"关于{COMPETITION}获奖情况的通报": ("方正小标宋简体", Pt(22)),
        "一、总体情况": ("黑体", Pt(16)),
        "各区县，有关单位：": ("仿宋", Pt(16)),
    }


def test_faces_that_cannot_be_shipped_name_what_stands_in_for_them():
    with zipfile.ZipFile(io.BytesIO(bulletin.render(BULLETIN))) as archive:
        fonts = archive.read("word/fontTable.xml").decode()
    assert '<w:font w:name="仿宋"><w:altName w:val="仿宋_GB2312,FangSong,' in fonts
    assert '<w:font w:name="方正小标宋简体"><w:altName w:val="FZXiaoBiaoSong-B05S,' in fonts


def red(values: Bulletin) -> list[str]:
    document = opened(values)
    paragraphs = [*document.paragraphs]
    for table in document.tables:
        paragraphs += [paragraph for row in table.rows for cell in row.cells for paragraph in cell.paragraphs]
    colour = RGBColor(0xB1, 0x27, 0x1D)
    reds = [p.text for p in paragraphs if any(run.font.color.rgb == colour for run in p.runs)]
    return list(dict.fromkeys(reds))


def test_several_bodies_share_one_red_head_and_a_single_one_stands_alone():
    assert red(BULLETIN) == [BODIES[0], "文件", BODIES[1], BODIES[2]]
    assert red(replace(BULLETIN, head=BODIES[:1])) == [f"{BODIES[0]}文件"]


def test_all_bodies_sign_and_a_lone_one_stands_above_the_date():
    signed = opened(BULLETIN).tables[1]
    assert list(dict.fromkeys(cell.text for row in signed.rows for cell in row.cells)) == list(BODIES)
    texts = [p.text for p in opened(replace(BULLETIN, signed_by=("大赛组委会",))).paragraphs if p.text]
    assert texts[texts.index("大赛组委会") + 1] == "2025年11月14日"


def test_a_lone_attachment_bears_no_number():
    lone = replace(BULLETIN, events=BULLETIN.events[:1], unit_awards=())
    texts = [paragraph.text for paragraph in opened(lone).paragraphs]
    assert ("附件：数字孪生应用技术员赛项获奖名单" in texts, "附件" in texts, "附件1" in texts) == (True, True, False)


def test_a_column_for_instructors_stands_only_where_there_are_any():
    event = EventWinners("甲", (DivisionWinners("", (Winner(("张三<&>\x00",), "=某某公司", "优胜奖"),)),))
    assert tables(replace(BULLETIN, events=(event,), unit_awards=())) == [
        [["序号", "姓名", "单位", "奖项"], ["1", "张三<&>", "=某某公司", "优胜奖"]]
    ]


def test_a_division_without_winners_says_so():
    event = EventWinners("甲", (DivisionWinners("学生组", ()),))
    texts = [paragraph.text for paragraph in opened(replace(BULLETIN, events=(event,))).paragraphs]
    assert texts[texts.index("学生组") + 1] == "无获奖选手。"


def test_pages_are_numbered_outside_with_dashes():
    section = opened(BULLETIN).sections[0]
    feet = [section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]]
    assert [(foot.text, foot.alignment.name) for foot in feet] == [("— 1 —", "RIGHT"), ("— 1 —", "LEFT")]


def test_long_names_of_bodies_stay_on_one_line_of_the_head():
    long = replace(BULLETIN, head=("某某市" + "很长的名称" * 6 + "委员会",))
    (head,) = [p for p in opened(long).paragraphs if p.text.endswith("文件")]
    width = head.runs[0].font.size.pt * len(head.text)
    assert width <= Mm(156).pt
