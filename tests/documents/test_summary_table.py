"""The summary table: what is written can be read back, and nothing in it ever runs."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import astuple, fields, replace

import openpyxl
import pytest

from saiwu.documents import sheets, summary_table
from saiwu.documents.summary_table import HEAD_ROW, SummaryRow
from tests.documents.samples import SUMMARY, SUMMARY_ROW

HEADS = [
    "赛项",
    "组别",
    "参赛单位",
    "统一社会信用代码",
    "队名",
    "姓名",
    "性别",
    "证件号码",
    "手机号",
    "人员类别",
    "居住或工作学习地",
    "学校专业",
    "技能等级",
    "等级证书职业",
    "从业年限",
    "原退休年龄",
    "指导教师",
    "指导教师证件号码",
]


def written(*rows: SummaryRow) -> list[list[object]]:
    """The first sheet as the roster check reads it, from the heads on."""
    sheet = sheets.read_sheet(summary_table.render(replace(SUMMARY, rows=rows)), "汇总表.xlsx")
    assert (sheet.name, sheet.formulas, sheet.merged) == ("汇总表", frozenset(), ())
    return [list(row) for row in sheet.rows[HEAD_ROW:]]


def test_the_heads_are_those_that_the_roster_check_reads():
    assert written() == [HEADS]
    assert [column.head for column in summary_table.columns()] == HEADS


def test_rows_come_back_cell_for_cell_as_text():
    other = replace(SUMMARY_ROW, name="阿依古丽·买买提<&>\"'", team="甲 队", years="")
    assert written(SUMMARY_ROW, other) == [HEADS, list(astuple(SUMMARY_ROW)), list(astuple(other))]


@pytest.mark.parametrize("text", ["=1+1", "+861", "-5", "@SUM(A1)", '=cmd|" /C calc"!A0', "{=1}", "_x0041_"])
def test_a_cell_that_begins_like_a_formula_is_text(text):
    content = summary_table.render(replace(SUMMARY, rows=(replace(SUMMARY_ROW, name=text),)))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        written_xml = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert [re.findall(rb"<f[ >/]", xml) for xml in written_xml] == [[], [], []]
    cell = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].cell(HEAD_ROW + 2, 6)
    assert (cell.data_type, cell.number_format) == ("s", "@")
    assert written(replace(SUMMARY_ROW, name=text))[1][5] == text


def test_characters_that_xml_cannot_hold_are_dropped():
    dirty = replace(SUMMARY_ROW, name="张\x00三\x0b", unit="甲\ud800公司\ufffe", phone="164\t0000")
    assert written(dirty)[1] == list(astuple(replace(SUMMARY_ROW, name="张三", unit="甲公司", phone="164 0000")))


def test_the_empty_form_offers_lists_and_every_cell_is_text_already():
    sheet = openpyxl.load_workbook(io.BytesIO(summary_table.render(replace(SUMMARY, rows=())))).worksheets[0]
    offered = {str(validation.sqref).split("4:")[0]: validation for validation in sheet.data_validations.dataValidation}
    assert {letter: (rule.formula1, rule.errorStyle or "stop") for letter, rule in offered.items()} == {
        "A": ("选项!$A$2:$A$3", "stop"),
        "B": ("选项!$B$2:$B$3", "stop"),
        "G": ("选项!$G$2:$G$3", "stop"),
        "J": ("选项!$J$2:$J$5", "information"),
        "M": ("选项!$M$2:$M$7", "information"),
        "P": ("选项!$P$2:$P$3", "information"),
    }
    assert {dimension.number_format for dimension in sheet.column_dimensions.values()} == {"@"}
    assert list(sheet.iter_rows(min_row=HEAD_ROW + 2, values_only=True)) == []


def test_lists_hold_what_was_handed_in_whatever_their_length():
    many = tuple(f"赛项{number}：" + "很长的名称" * 10 for number in range(30))
    content = summary_table.render(replace(SUMMARY, rows=(), events=many))
    lists = openpyxl.load_workbook(io.BytesIO(content))["选项"]
    assert [lists.cell(row, 1).value for row in range(2, 32)] == list(many)
    assert lists.sheet_state == "hidden"


def test_a_table_may_come_from_an_iterator():
    def rows() -> Iterator[SummaryRow]:
        for number in range(300):
            yield replace(SUMMARY_ROW, phone=f"1640000{number:04d}")

    content = summary_table.render(replace(SUMMARY, rows=rows()))
    phones = [row[8] for row in sheets.read_sheet(content, "汇总表.xlsx").rows[HEAD_ROW + 1 :]]
    assert phones == [f"1640000{number:04d}" for number in range(300)]


def test_every_column_says_how_it_is_filled_in():
    explained = summary_table.columns()
    assert len(explained) == len(fields(SummaryRow))
    assert all(column.explained.endswith("。") for column in explained)
