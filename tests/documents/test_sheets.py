"""Tables that people send: what is read, with its kind and place, and what is refused before it is opened."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
import zlib
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from saiwu.documents import sheets
from saiwu.documents.sheets import Sheet, Unreadable, address, read_sheet
from tests.documents.old_workbook import compound, formula, label, number, workbook_stream


def workbook(*rows, merged=(), second=None) -> bytes:
    """A workbook as openpyxl writes it."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    if second is not None:
        book.create_sheet("第二张").append(second)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def repacked(content: bytes, change) -> bytes:
    """The workbook with its parts changed: name and text in, text (None: left out) or a list of parts back."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = change(name, old.read(name))
            if text is not None:
                new.writestr(name, text)
    return stream.getvalue()


def message_of(content: bytes, name: str = "a.xlsx") -> str:
    with pytest.raises(Unreadable) as refused:
        read_sheet(content, name)
    return str(refused.value)


SHEET = "xl/worksheets/sheet1.xml"


def test_cells_keep_their_kind_and_rows_their_numbers():
    when = datetime(2025, 9, 1, 8, 30)  # noqa: DTZ001 - a spreadsheet knows no zone
    content = workbook([], [None, "姓名", "０", 5.001901990010113e17, 12, True, date(2025, 9, 1), when], [None], ["x"])
    sheet = read_sheet(content, "a.xlsx")
    assert sheet.rows == [
        ["", "", "", "", "", "", "", ""],
        ["", "姓名", "０", 5.001901990010113e17, 12.0, True, date(2025, 9, 1), when],
        ["", "", "", "", "", "", "", ""],
        ["x", "", "", "", "", "", "", ""],
    ]
    assert [type(cell) for cell in sheet.rows[1][3:6]] == [float, float, bool]


def test_only_the_first_sheet_is_read():
    assert read_sheet(workbook(["一"], second=["=1+1"]), "a.xlsx") == Sheet("Sheet", [["一"]])


def test_formulas_are_known_by_their_cells_although_the_reader_gives_their_results():
    content = workbook(["姓名", "号码"], ["=HYPERLINK(1)", "x"], ["y", "=A1"])
    assert read_sheet(content, "a.xlsx").formulas == {(2, 0), (3, 1)}


def test_formulas_are_found_without_addresses_and_under_another_prefix():
    def bare(name, text):
        return text.replace(b' r="A2"', b"").replace(b' r="2"', b"") if name == SHEET else text

    content = workbook(["姓名"], ["=1+1"])
    assert read_sheet(repacked(content, bare), "a.xlsx").formulas == {(2, 0)}
    assert sheets._inspect(
        b'<x:worksheet xmlns:x="n"><x:sheetData><x:row r="2"><x:c r="B2"><x:f>1</x:f><x:v>1</x:v></x:c></x:row>'
        b"</x:sheetData></x:worksheet>"
    ) == {(2, 1)}


def test_what_only_looks_like_a_formula_is_none():
    content = workbook(["<f>", "f(x)"], ["1", "a:f b"])
    assert read_sheet(content, "a.xlsx").formulas == frozenset()


def test_merged_ranges_are_told():
    sheet = read_sheet(workbook(["一", "二"], ["三", "四"], ["五", "六"], merged=["B2:B3"]), "a.xlsx")
    assert (sheet.merged, sheet.rows[2]) == (((2, 1, 3, 1),), ["五", ""])


def test_a_workbook_that_another_program_writes_is_read_too():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        book.add_worksheet().write_row(0, 0, ["姓名", "证件号码"])
    assert read_sheet(stream.getvalue(), "名单.XLSX").rows == [["姓名", "证件号码"]]


def test_an_old_workbook_is_read_and_its_formulas_are_known():
    cells = [
        label(0, 0, "姓名"),
        label(0, 1, "证件号码"),
        label(2, 0, "张三"),
        number(2, 1, 5.0e17),
        formula(3, 0, 1.0),
    ]
    sheet = read_sheet(compound(workbook_stream(cells)), "a.xls")
    assert (sheet.rows, sheet.formulas) == (
        [["姓名", "证件号码"], ["", ""], ["张三", 5.0e17], [1.0, ""]],
        {(4, 0)},
    )


def test_an_old_workbook_with_a_cell_far_away_is_not_laid_out():
    content = compound(workbook_stream([label(0, 0, "姓名"), label(65535, 255, "x")]))
    assert message_of(content, "a.xls") == "工作表范围过大（到第65536行IV列），请删去远处多余的单元格再试。"


@pytest.mark.parametrize(
    "content", [compound(b"", "Other"), compound(workbook_stream([]))[:900], compound(b"\0" * 5000)]
)
def test_a_compound_file_that_is_no_whole_workbook_is_refused(content):
    assert message_of(content, "a.xls") == "工作簿已损坏或格式不对，请用表格软件打开后另存为 .xlsx 再试。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_csv_is_read_in_utf_8_with_or_without_mark_and_in_gbk(encoding):
    content = '姓名,证件号码\r\n"张,三",50019019900101001X\r\n\r\n"两\n行",１\r\n'.encode(encoding)
    assert read_sheet(content, "a.csv").rows == [
        ["姓名", "证件号码"],
        ["张,三", "50019019900101001X"],
        [],
        ["两\n行", "１"],
    ]


@given(st.lists(st.lists(st.text(st.characters(codec="gbk", exclude_characters="\0\r\n\x1a")), min_size=1), max_size=4))
def test_what_is_written_as_csv_is_read_back(rows):
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    content = stream.getvalue().encode()
    if content:
        assert read_sheet(content, "a.csv").rows == rows


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"x", "a.pdf", "只能读取 .xlsx、.xls 或 .csv 文件，请另存为其中一种再试。"),
        (b"", "a.xlsx", "文件是空的，请检查是否保存完整。"),
        (
            b"<html><table>",
            "a.xls",
            "这不是真正的 .xls 文件（可能只是改了扩展名），请用表格软件打开后另存为 .xlsx 再试。",
        ),
        (
            b"PK\x03\x04 and no more",
            "a.xlsx",
            "文件已损坏，不是完整的 .xlsx，请重新保存或重新发送。",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000,
            "a.xls",
            "工作簿已损坏或格式不对，请用表格软件打开后另存为 .xlsx 再试。",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000 + "EncryptedPackage".encode("utf-16-le"),
            "a.xlsx",
            "工作簿设了打开密码，请取消密码后另存再试。",
        ),
        (b"a,b\0\n", "a.csv", "文件里有不可见的零字符，不是 .csv 文本，请用表格软件另存为 .csv 或 .xlsx 再试。"),
        (b"\xff\xfe\xff", "a.csv", "文字编码既不是 UTF-8 也不是 GBK，请用表格软件另存为 .xlsx 再试。"),
    ],
)
def test_what_is_no_table_is_refused_with_how_to_mend_it(content, name, message):
    assert message_of(content, name) == message


def test_a_zip_that_is_no_workbook_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert message_of(stream.getvalue()) == "这不是 .xlsx 工作簿，请用表格软件另存为 .xlsx 再试。"


def test_a_truncated_workbook_is_refused():
    content = workbook(*([str(number)] for number in range(200)))
    assert message_of(content[: len(content) // 2]) == "文件已损坏，不是完整的 .xlsx，请重新保存或重新发送。"


def bomb(megabytes: int, *, random: bool = False) -> bytes:
    """A workbook whose first sheet inflates to so much."""
    filler = bytes(range(32, 127)) * (sheets.MIB // 95) if random else b" " * sheets.MIB

    def change(name, text):
        return text.replace(b"</sheetData>", b"</sheetData>" + filler * megabytes) if name == SHEET else text

    return repacked(workbook(["姓名"]), change)


def test_a_workbook_of_100_megabytes_unpacked_is_not_opened():
    assert message_of(bomb(96, random=True)) == (
        "工作簿解压后超过80MB，未打开。请删去图片、多余的工作表和空白行列的格式，或分成几个文件。"
    )


def test_a_zip_bomb_is_known_by_its_ratio():
    assert message_of(bomb(30)) == "工作簿的压缩比异常（可能是压缩炸弹），未打开。请用表格软件打开后另存为 .xlsx 再试。"


def test_a_zip_that_lies_about_its_sizes_is_inflated_no_further_than_the_limit():
    content = bytearray(bomb(90, random=True))
    size = next(
        info.file_size for info in zipfile.ZipFile(io.BytesIO(bytes(content))).infolist() if info.filename == SHEET
    )
    lie = struct.pack("<L", 1000)
    while (place := content.find(struct.pack("<L", size))) >= 0:
        content[place : place + 4] = lie
    assert message_of(bytes(content)) == (
        "工作簿解压后超过80MB，未打开。请删去图片、多余的工作表和空白行列的格式，或分成几个文件。"
    )


def test_a_cell_far_away_is_no_reason_to_lay_out_a_billion_empty_ones():
    def far(name, text):
        cell = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
        return text.replace(b"</sheetData>", cell) if name == SHEET else text

    assert message_of(repacked(workbook(["姓名"]), far)) == (
        "工作表范围过大（到第1048576行XFD列），请删去远处多余的单元格再试。"
    )


def test_formats_far_away_without_content_do_no_harm():
    def styled(name, text):
        return (
            text.replace(b"</sheetData>", b'<row r="2"><c r="XFD2" s="0"/></row></sheetData>')
            if name == SHEET
            else text
        )

    assert read_sheet(repacked(workbook(["姓名"]), styled), "a.xlsx").rows[0][0] == "姓名"


def test_entities_are_refused():
    def declare(name, text):
        return b'<!DOCTYPE x [<!ENTITY a "b">]>' + text.partition(b"?>")[2] if name == SHEET else text

    assert message_of(repacked(workbook(["姓名"]), declare)) == (
        "工作簿的内部格式不正常，请用表格软件打开后另存为 .xlsx 再试。"
    )


def test_a_part_twice_is_refused_since_two_readers_might_take_different_ones():
    stream = io.BytesIO(workbook(["姓名"]))
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(SHEET, "<worksheet/>")
    assert message_of(stream.getvalue()) == "工作簿的内部结构不正常，请用表格软件打开后另存为 .xlsx 再试。"


def test_no_bytes_at_all_make_the_reader_crash():
    """Some hundreds of damaged workbooks, new and old: each is read or refused, none ends in another exception."""
    new = workbook(["姓名", "证件号码"], ["张三", "x"])
    old = compound(workbook_stream([label(0, 0, "姓名"), formula(3, 0, 1.0)]))
    for content, name in ((new, "a.xlsx"), (old, "a.xls")):
        for turn in range(600):
            damaged = bytearray(content)
            place = zlib.crc32(bytes([turn % 256, turn // 256])) % len(damaged)
            damaged[place] ^= 1 + turn % 255
            try:
                read_sheet(bytes(damaged), name)
            except Unreadable:
                continue


@pytest.mark.parametrize(
    ("row", "column", "text"), [(2, 7, "H2"), (1, 0, "A1"), (10, 25, "Z10"), (3, 26, "AA3"), (1, 16383, "XFD1")]
)
def test_addresses_are_those_of_the_spreadsheet(row, column, text):
    assert address(row, column) == text
