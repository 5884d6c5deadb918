"""The summary table 参赛信息汇总表 as XLSX: a row a contestant, under the heads that the roster check reads.

What is written here can be read back by it, cell for cell; so units may send the file on, correct it and import it.
A second sheet explains the columns and holds the lists that the cells offer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from saiwu.documents.origin import NOWHERE, Origin
from saiwu.documents.text import cleaned, one_line
from saiwu.documents.workbook import Sheets

_TITLE_ROW, _NOTE_ROW, HEAD_ROW = 0, 1, 2
_LAST_ROW = 1_048_575
_HELP, _LISTS = "填写说明", "选项"


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One contestant, as text; the order of the fields is that of the columns. Empty: not known.

    `instructors` and `instructor_ids`: several parted by 、, in the same order.
    """

    event: str
    division: str
    unit: str
    unit_code: str
    team: str
    name: str
    sex: str
    id_number: str
    phone: str
    category: str = ""
    basis: str = ""
    school_and_major: str = ""
    level: str = ""
    level_occupation: str = ""
    years: str = ""
    former_retirement: str = ""
    instructors: str = ""
    instructor_ids: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A head, how wide it is (characters of Latin), what is to be written under it, and what it offers."""

    head: str
    width: float
    explained: str
    offers: tuple[str, ...] = ()
    only_these: bool = False


@dataclass(frozen=True, slots=True)
class SummaryTable:
    """`events` and `divisions` are offered under their columns (Chinese names); empty: anything may be written.

    `rows` may be an iterator: it is read once, row by row. `attachment`: what the notice calls the form (附件 and its
    number); empty where it has none. `made_on`: the day that the file says it was made on.
    """

    competition: str
    made_on: date
    rows: Iterable[SummaryRow] = ()
    events: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()
    attachment: str = ""
    origin: Origin = NOWHERE


def columns(events: tuple[str, ...] = (), divisions: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """The columns in their order, a field of SummaryRow each."""
    levels = ("无", "五级/初级工", "四级/中级工", "三级/高级工", "二级/技师", "一级/高级技师")
    return (
        Column("赛项", 24, "赛项全称，从列表中选。", events, only_these=True),
        Column("组别", 10, "从列表中选；赛项只有一个组别的可以不填。", divisions, only_these=True),
        Column("参赛单位", 28, "与公章一致的全称。"),
        Column("统一社会信用代码", 23, "18 位。"),
        Column("队名", 14, "团体赛填写，同一队的人填同一个队名；单人赛不填。"),
        Column("姓名", 14, "与证件一致；少数民族姓名中的点用“·”。"),
        Column("性别", 7, "男或女。", ("男", "女"), only_these=True),
        Column("证件号码", 23, "按文本填写，不能显示成 5.00E+17；末位 X 大写。"),
        Column("手机号", 16, "按文本填写，11 位，本人使用。"),
        Column("人员类别", 11, "从列表中选。", ("职工", "学生", "教师", "其他")),
        Column(
            "居住或工作学习地",
            26,
            "前面写明工作、学习或居住，后面写到区县，如：工作：某某市某某区。多处的用“；”分开。",
        ),
        Column("学校专业", 28, "学生填写：学校 / 专业。"),
        Column("技能等级", 16, "已有的最高等级；没有的填“无”。", levels),
        Column("等级证书职业", 20, "证书上的职业（工种）名称。"),
        Column("从业年限", 10, "从事本职业或相关职业的年数，如 6。"),
        Column("原退休年龄", 11, "女职工填写：改革前的法定退休年龄，50 或 55。", ("50", "55")),
        Column("指导教师", 16, "多人用“、”分开。"),
        Column("指导教师证件号码", 25, "按文本填写；多人用“、”分开，顺序与指导教师一致。"),
    )


def render(values: SummaryTable) -> bytes:
    """The table with its rows; 20,000 rows a second, in a constant need of memory.

    Without rows it is the empty form: every cell under a head is text already, and offers its list.
    """
    competition, attachment = one_line(values.competition), one_line(values.attachment)
    all_columns = columns(cleaned(values.events), cleaned(values.divisions))
    sheets = Sheets(title="参赛信息汇总表", subject=competition, made_on=values.made_on)
    sheet = sheets.book.add_worksheet("汇总表")
    explained = sheets.book.add_worksheet(_HELP)
    lists = sheets.book.add_worksheet(_LISTS)
    _lay_out(sheet, sheets, all_columns, competition)
    heading = f"{attachment}　{competition}参赛信息汇总表" if attachment else f"{competition}参赛信息汇总表"
    sheet.write_string(_TITLE_ROW, 0, heading, sheets.title)
    note = f"一人一行，从下一行的列名往下填。列名不要改动；各列怎样填写，见“{_HELP}”。"
    sheet.write_string(_NOTE_ROW, 0, "　".join((note, *values.origin.parts())), sheets.note)
    sheet.set_row(HEAD_ROW, 32)
    for number, column in enumerate(all_columns):
        sheet.write_string(HEAD_ROW, number, column.head, sheets.head)
    names = [field.name for field in fields(SummaryRow)]
    widths = [column.width for column in all_columns]
    for number, row in enumerate(values.rows, start=HEAD_ROW + 1):
        texts = [one_line(getattr(row, name)) for name in names]
        sheets.set_height(sheet, number, zip(texts, widths, strict=True))
        for at, text in enumerate(texts):
            sheets.write_text(sheet, number, at, text)
    _explain(explained, sheets, all_columns)
    _write_lists(lists, sheets, all_columns)
    return sheets.content()


def _lay_out(sheet: Worksheet, sheets: Sheets, all_columns: tuple[Column, ...], competition: str) -> None:
    """Widths, text as the format of whole columns, lists, and the page: before the rows, which come one by one."""
    for at, column in enumerate(all_columns):
        sheet.set_column(at, at, column.width, sheets.column)
        if column.offers:
            letter = xl_col_to_name(at)
            sheet.data_validation(
                HEAD_ROW + 1,
                at,
                _LAST_ROW,
                at,
                {
                    "validate": "list",
                    "source": f"={_LISTS}!${letter}$2:${letter}${len(column.offers) + 1}",
                    "error_type": "stop" if column.only_these else "information",
                    "error_title": column.head,
                    "error_message": "请从列表中选择。" if column.only_these else "列表中没有这一项，请核对。",
                },
            )
    sheet.set_row(_TITLE_ROW, 30)
    sheet.freeze_panes(HEAD_ROW + 1, 6)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    # & begins a code in a footer; && prints one.
    sheet.set_footer(f"&L{competition.replace('&', '&&')[:100]}&R第 &P 页，共 &N 页")


def _explain(sheet: Worksheet, sheets: Sheets, all_columns: tuple[Column, ...]) -> None:
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 90)
    sheet.fit_to_pages(1, 0)
    sheet.set_paper(9)  # A4
    sheet.write_string(0, 0, "列名", sheets.head)
    sheet.write_string(0, 1, "怎样填写", sheets.head)
    for row, column in enumerate(all_columns, start=1):
        sheets.write_text(sheet, row, 0, column.head)
        sheets.write_text(sheet, row, 1, column.explained)


def _write_lists(sheet: Worksheet, sheets: Sheets, all_columns: tuple[Column, ...]) -> None:
    """What a column offers stands in the same column here: a list in the cell itself may not exceed 255 characters."""
    longest = max(len(column.offers) for column in all_columns)
    for at, column in enumerate(all_columns):
        sheet.write_string(0, at, column.head, sheets.head)
    for row in range(longest):
        for at, column in enumerate(all_columns):
            if row < len(column.offers):
                sheets.write_text(sheet, row + 1, at, one_line(column.offers[row]))
    sheet.hide()
