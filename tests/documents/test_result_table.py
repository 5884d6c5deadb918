"""The results of a division as a sheet."""

import io
from dataclasses import replace

import openpyxl
import pytest

from saiwu.documents import result_table
from saiwu.documents.result_table import ResultRow, ResultTable
from tests.documents.samples import ORIGIN, RESULTS


def cells(table: ResultTable) -> list[list[object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(result_table.render(table))).worksheets[0]
    return [list(row) for row in sheet.iter_rows(min_row=3, values_only=True)]


def test_coded_results_name_nobody():
    assert cells(RESULTS) == [
        ["名次", "参赛编号", "理论知识", "技能操作", "总分", "奖项", "证书等级", "状态", "名次依据"],
        [1, "R017", 87.5, 91.333, 90.183, "一等奖", "二级/技师", "正常", "总分高于第 2 名 1.550 分"],
        [2, "R002", 80, 92.333, 88.633, None, None, "正常", None],
        [None, "R009", None, None, None, None, None, "缺考", None],
    ]


def test_unsealed_results_have_names_and_units_and_only_columns_with_something_in_them():
    rows = (ResultRow(1, (90000,), 90000, names=("张三", "李四<&>"), unit="=某某\x00公司", team="山城队"),)
    assert cells(replace(RESULTS, components=("技能操作",), rows=rows)) == [
        ["名次", "队名", "姓名", "参赛单位", "技能操作", "总分"],
        [1, "山城队", "张三、李四<&>", "=某某公司", 90, 90],
    ]


@pytest.mark.parametrize(("decimals", "shown"), [(0, "0"), (2, "0.00"), (3, "0.000")])
def test_totals_show_the_decimals_of_the_rulebook(decimals, shown):
    sheet = openpyxl.load_workbook(io.BytesIO(result_table.render(replace(RESULTS, decimals=decimals)))).worksheets[0]
    assert (sheet["E4"].number_format, sheet["C4"].number_format) == (shown, "0.000")


def test_every_thousandth_reads_back_exactly():
    marks = range(0, 100_001, 37)
    rows = tuple(ResultRow(None, (mark,), mark) for mark in marks)
    read = [row[1] for row in cells(replace(RESULTS, components=("技能操作",), rows=rows))[1:]]
    assert [round(value * 1000) for value in read] == list(marks)
    assert [f"{value:.3f}" for value in read] == [f"{mark // 1000}.{mark % 1000:03d}" for mark in marks]


def test_a_row_has_a_mark_for_each_component():
    with pytest.raises(ValueError, match="one mark for each component"):
        result_table.render(replace(RESULTS, components=("技能操作",)))


def test_title_and_day_stand_above_the_table():
    sheet = openpyxl.load_workbook(io.BytesIO(result_table.render(replace(RESULTS, remark="公示中")))).worksheets[0]
    assert (sheet["A1"].value, sheet["A2"].value) == (
        "“某某工匠”杯某某市第一届职业技能竞赛　数字孪生应用技术员 学生组　成绩",
        f"2025年10月20日　公示中　{ORIGIN.line()}",
    )
