"""The results of one event and division as XLSX: ranks, marks of the components, totals, prizes, and the reason why.

While codes stand for entries it has codes; once they are joined, names and units. It never holds both unless both are
handed in. Columns in which nothing would stand are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from saiwu.documents import names
from saiwu.documents.origin import NOWHERE, Origin
from saiwu.documents.text import chinese_date, one_line
from saiwu.documents.workbook import Sheets

NORMAL = "正常"
_HEAD_ROW = 2
_THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One entry. Marks and total are whole thousandths of a point; None: there is none.

    `marks` in the order of the table's components. `state`: 正常, 缺考, 取消成绩, 取消资格.
    `level`: what the certificate is of.
    """

    rank: int | None
    marks: tuple[int | None, ...]
    total: int | None
    code: str = ""
    team: str = ""
    names: tuple[str, ...] = ()
    unit: str = ""
    prize: str = ""
    level: str = ""
    state: str = NORMAL
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ResultTable:
    """`decimals`: how many the rulebook gives totals; marks of components show `mark_decimals`.

    `remark` stands under the title, such as how long the public notice runs. Rows are written in their order.
    """

    competition: str
    event: str
    division: str
    components: tuple[str, ...]
    rows: tuple[ResultRow, ...]
    made_on: date
    decimals: int = 3
    mark_decimals: int = 3
    remark: str = ""
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True)
class _Column:
    """A head, its width, and what of a row stands under it: text, or a number."""

    head: str
    width: float
    value: Callable[[ResultRow], str | int | float | None]
    shown: Format | None = None


def render(values: ResultTable) -> bytes:
    """The table. Raises ValueError where a row has more or fewer marks than the table has components."""
    for row in values.rows:
        if len(row.marks) != len(values.components):
            raise ValueError("a row needs one mark for each component")
    heading = " ".join(part for part in (one_line(values.event), one_line(values.division)) if part)
    sheets = Sheets(title=f"{heading} 成绩", subject=one_line(values.competition), made_on=values.made_on)
    sheet = sheets.book.add_worksheet("成绩")
    columns = _columns(values, sheets)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, f"{one_line(values.competition)}　{heading}　成绩", sheets.title)
    said = (chinese_date(values.made_on), one_line(values.remark), *values.origin.parts())
    about = "　".join(part for part in said if part)
    sheet.write_string(1, 0, about, sheets.note)
    sheet.set_row(_HEAD_ROW, 24)
    for at, column in enumerate(columns):
        sheet.write_string(_HEAD_ROW, at, column.head, sheets.head)
    for number, row in enumerate(values.rows, start=_HEAD_ROW + 1):
        written = [column.value(row) for column in columns]
        texts = [value if isinstance(value, str) else "" for value in written]
        sheets.set_height(sheet, number, zip(texts, (column.width for column in columns), strict=True))
        for at, (column, value) in enumerate(zip(columns, written, strict=True)):
            _write(sheets, sheet, number, at, column, value)
    _lay_out(sheet, len(values.rows), len(columns))
    return sheets.content()


def _write(
    sheets: Sheets, sheet: Worksheet, number: int, at: int, column: _Column, value: str | int | float | None
) -> None:
    if isinstance(value, int | float):
        sheet.write_number(number, at, value, column.shown)
    else:
        sheets.write_text(sheet, number, at, value or "")


def _columns(values: ResultTable, sheets: Sheets) -> list[_Column]:
    """Those in which something stands, in their order."""
    rows = values.rows
    columns = [_Column("名次", 7, lambda row: row.rank, sheets.rank_format())]
    if any(row.code for row in rows):
        columns.append(_Column("参赛编号", 14, lambda row: one_line(row.code)))
    if any(row.team for row in rows):
        columns.append(_Column("队名", 16, lambda row: one_line(row.team)))
    if any(row.names for row in rows):
        columns.append(_Column("姓名", 22, lambda row: names.listed(row.names)))
    if any(row.unit for row in rows):
        columns.append(_Column("参赛单位", 32, lambda row: one_line(row.unit)))
    mark = sheets.number_format(values.mark_decimals)
    columns += [_Column(one_line(name), 12, _mark(at), mark) for at, name in enumerate(values.components)]
    columns.append(_Column("总分", 12, lambda row: _points(row.total), sheets.number_format(values.decimals)))
    if any(row.prize for row in rows):
        columns.append(_Column("奖项", 12, lambda row: one_line(row.prize)))
    if any(row.level for row in rows):
        columns.append(_Column("证书等级", 14, lambda row: one_line(row.level)))
    if any(row.state != NORMAL for row in rows):
        columns.append(_Column("状态", 11, lambda row: one_line(row.state)))
    if any(row.reason for row in rows):
        columns.append(_Column("名次依据", 48, lambda row: one_line(row.reason)))
    return columns


def _mark(at: int) -> Callable[[ResultRow], float | None]:
    return lambda row: _points(row.marks[at])


def _points(thousandths: int | None) -> float | None:
    """Excel knows floats alone; the nearest one to at most three decimals reads back as these decimals."""
    return None if thousandths is None else thousandths / _THOUSAND


def _lay_out(sheet: Worksheet, rows: int, columns: int) -> None:
    sheet.freeze_panes(_HEAD_ROW + 1, 0)
    if rows:
        sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + rows, columns - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW)
    sheet.set_footer("&R第 &P 页，共 &N 页")
