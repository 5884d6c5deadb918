"""Reading tables that people send: .xlsx, .xls or .csv as bytes, into the cells of the first sheet.

Cells keep their kind: text, number (float), truth, day, instant, time of day; an empty cell is "". What a spreadsheet
has done to a value (an ID number stored as a float) is thus seen by whoever reads the cell, and never repaired here.
A workbook is a ZIP of XML: it is measured before anything opens it, by inflating what will be read.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree as ET
from xml.parsers import expat

import python_calamine

from saiwu.documents.compound import BrokenCompound, first_sheet_extent

Cell = str | float | int | bool | date | datetime | time | timedelta

MIB = 1024 * 1024
MAX_FILE = 50 * MIB
MAX_UNPACKED = 80 * MIB
MAX_MEMBERS = 2000
MAX_RATIO = 200
RATIO_COUNTS_FROM = 8 * MIB
MAX_CELLS = 8_000_000
"""The rectangle from the first to the last cell, empty ones included: the reader lays it out whole."""

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL_HEADER = struct.Struct("<4s22xHH")


class Unreadable(ValueError):  # noqa: N818
    """A file that is no table we can read; the message is one Chinese sentence that says how to mend it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first sheet. `rows[0]` is the spreadsheet's row 1; rows may differ in length.

    `formulas` are cells (row number from 1, column from 0) that hold a formula; their cell is the result that was last
    saved. `merged` are ranges (first row, first column, last row, last column) of which only the first cell has a
    value.
    """

    name: str
    rows: list[list[Cell]]
    formulas: frozenset[tuple[int, int]] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()


def read_sheet(content: bytes, name: str) -> Sheet:
    """The first sheet of a file; `name` is the file's name with its ending. Raises Unreadable."""
    ending = name.lower().rpartition(".")[2]
    if ending not in ("xlsx", "xls", "csv"):
        raise Unreadable("只能读取 .xlsx、.xls 或 .csv 文件，请另存为其中一种再试。")
    if not content:
        raise Unreadable("文件是空的，请检查是否保存完整。")
    if len(content) > MAX_FILE:
        raise Unreadable(f"文件有{len(content) // MIB}MB，超过{MAX_FILE // MIB}MB，请删去图片或多余的工作表再试。")
    if content.startswith(_ZIP):
        return _xlsx(content)
    if content.startswith(_COMPOUND):
        return _xls(content)
    if ending == "csv":
        return _csv(content)
    raise Unreadable(f"这不是真正的 .{ending} 文件（可能只是改了扩展名），请用表格软件打开后另存为 .xlsx 再试。")


def address(row: int, column: int) -> str:
    """`H2` of row number 2 and column 7 (columns from 0)."""
    return f"{letters(column)}{row}"


def letters(column: int) -> str:
    """A, B, … Z, AA of columns from 0."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _xlsx(content: bytes) -> Sheet:
    parts = _Parts(content)
    sheet_xml = parts.xml(parts.first_sheet())
    formulas = _inspect(sheet_xml)
    name, rows, merged = _calamine(content)
    return Sheet(name, rows, formulas, merged)


def _xls(content: bytes) -> Sheet:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Unreadable("工作簿设了打开密码，请取消密码后另存再试。")
    try:
        extent = first_sheet_extent(content)
    except BrokenCompound as error:
        raise Unreadable("工作簿已损坏或格式不对，请用表格软件打开后另存为 .xlsx 再试。") from error
    if (extent.last_row + 1) * (extent.last_column + 1) > MAX_CELLS:
        raise Unreadable(_too_far(extent.last_row + 1, extent.last_column))
    name, rows, merged = _calamine(content)
    return Sheet(name, rows, extent.formulas, merged)


def _csv(content: bytes) -> Sheet:
    text = _decoded(content)
    if "\0" in text:
        raise Unreadable("文件里有不可见的零字符，不是 .csv 文本，请用表格软件另存为 .csv 或 .xlsx 再试。")
    csv.field_size_limit(MIB)
    try:
        rows: list[list[Cell]] = [list(row) for row in csv.reader(io.StringIO(text, newline=""))]
    except csv.Error as error:
        raise Unreadable("文件不是完好的 .csv（引号不配对或一格过长），请用表格软件重新另存再试。") from error
    return Sheet("", rows)


def _decoded(content: bytes) -> str:
    """UTF-8 with or without byte order mark, else GBK: what Chinese spreadsheet programs write."""
    for encoding in ("utf-8-sig", "gbk"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("文字编码既不是 UTF-8 也不是 GBK，请用表格软件另存为 .xlsx 再试。")


def _calamine(content: bytes) -> tuple[str, list[list[Cell]], tuple[tuple[int, int, int, int], ...]]:
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        kinds = [sheet.typ for sheet in workbook.sheets_metadata]
        if python_calamine.SheetTypeEnum.WorkSheet not in kinds:
            raise Unreadable("工作簿里没有工作表，请检查文件。")
        sheet = workbook.get_sheet_by_index(kinds.index(python_calamine.SheetTypeEnum.WorkSheet))
        ranges = sheet.merged_cell_ranges or ()
        merged = tuple((top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges)
        return sheet.name, sheet.to_python(skip_empty_area=False), merged
    except python_calamine.PasswordError as error:
        raise Unreadable("工作簿设了打开密码，请取消密码后另存再试。") from error
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable("工作簿已损坏或格式不对，请用表格软件打开后另存为 .xlsx 再试。") from error
    except BaseException as error:
        # The reader's own crash on a malformed file arrives as its language's panic, which is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable("工作簿已损坏或格式不对，请用表格软件打开后另存为 .xlsx 再试。") from error


class _Parts:
    """The XML parts of a workbook, each inflated by ourselves: what the ZIP's list says of sizes may be a lie."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._unpacked = 0
        self._inflated: dict[str, bytes] = {}
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            members = self._archive.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
            raise Unreadable("文件已损坏，不是完整的 .xlsx，请重新保存或重新发送。") from error
        names = [member.filename for member in members]
        if len(names) > MAX_MEMBERS or len(set(names)) != len(names):
            raise Unreadable("工作簿的内部结构不正常，请用表格软件打开后另存为 .xlsx 再试。")
        declared = sum(member.file_size for member in members)
        self._within_limits(declared)
        if "xl/workbook.xml" not in names:
            raise Unreadable("这不是 .xlsx 工作簿，请用表格软件另存为 .xlsx 再试。")
        for member in members:
            if member.filename.endswith((".xml", ".rels")):
                self._inflated[member.filename] = self._inflate(member)

    def xml(self, name: str) -> bytes:
        """One part's text. Raises Unreadable where it is missing or declares entities."""
        if name not in self._inflated:
            raise Unreadable("工作簿缺少工作表内容，请用表格软件打开后另存为 .xlsx 再试。")
        return self._inflated[name]

    def first_sheet(self) -> str:
        """The path of the first worksheet, in the workbook's order."""
        try:
            book = ET.fromstring(self.xml("xl/workbook.xml"))  # noqa: S314 - no part that declares entities gets here
            links = ET.fromstring(self.xml("xl/_rels/workbook.xml.rels"))  # noqa: S314 - no part that declares entities gets here
        except ET.ParseError as error:
            raise Unreadable("工作簿已损坏，请用表格软件打开后另存为 .xlsx 再试。") from error
        targets = {
            link.get("Id"): link.get("Target", "") for link in links if link.get("Type", "").endswith("/worksheet")
        }
        for element in book.iter():
            if element.tag.rpartition("}")[2] != "sheet":
                continue
            link = next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "id"), None)
            if link in targets:
                target = targets[link]
                return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        raise Unreadable("工作簿里没有工作表，请检查文件。")

    def _within_limits(self, unpacked: int) -> None:
        if unpacked > MAX_UNPACKED:
            raise Unreadable(
                f"工作簿解压后超过{MAX_UNPACKED // MIB}MB，未打开。"
                "请删去图片、多余的工作表和空白行列的格式，或分成几个文件。"
            )
        if unpacked > RATIO_COUNTS_FROM and unpacked > MAX_RATIO * len(self._content):
            raise Unreadable("工作簿的压缩比异常（可能是压缩炸弹），未打开。请用表格软件打开后另存为 .xlsx 再试。")

    def _inflate(self, member: zipfile.ZipInfo) -> bytes:
        broken = Unreadable("文件已损坏，不是完整的 .xlsx，请重新保存或重新发送。")
        if member.flag_bits & 0x1:
            raise Unreadable("工作簿设了密码，请取消密码后另存再试。")
        header = self._content[member.header_offset : member.header_offset + _LOCAL_HEADER.size]
        if len(header) < _LOCAL_HEADER.size or not header.startswith(_ZIP):
            raise broken
        _, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        start = member.header_offset + _LOCAL_HEADER.size + name_length + extra_length
        packed = memoryview(self._content)[start : start + member.compress_size]
        if member.compress_type == zipfile.ZIP_STORED:
            text = bytes(packed)
        elif member.compress_type == zipfile.ZIP_DEFLATED:
            room = MAX_UNPACKED - self._unpacked
            inflater = zlib.decompressobj(-15)
            try:
                text = inflater.decompress(packed, room + 1)
            except zlib.error as error:
                raise broken from error
            if len(text) <= room and not inflater.eof:
                raise broken
        else:
            raise broken
        self._unpacked += len(text)
        self._within_limits(self._unpacked)
        if len(text) != member.file_size:
            raise broken
        if text.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"<!DOCTYPE" in text:
            raise Unreadable("工作簿的内部格式不正常，请用表格软件打开后另存为 .xlsx 再试。")
        return text


# An ordinary sheet's cells look like this, each with its address, and none lies beyond column BZ or row 99999.
_ODD_CELL = re.compile(rb'<c(?! r="[AB]?[A-Z][0-9]{1,5}")[\s>/]')
_PREFIXED = re.compile(rb":(?:c|f|row)[\s>/]")
_FORMULA = re.compile(rb"<f[\s>/]")


def _inspect(xml: bytes) -> frozenset[tuple[int, int]]:
    """The cells that hold a formula. Raises Unreadable where the cells would fill a rectangle beyond MAX_CELLS.

    An ordinary sheet without formulas is told by searching its bytes; any other is parsed.
    """
    ordinary = b"<sheetData" in xml and _ODD_CELL.search(xml) is None and _PREFIXED.search(xml) is None
    if ordinary and not any(_FORMULA.match(xml, place) for place in _places(xml, b"<f")):
        return frozenset()
    inspection = _Inspection()
    inspection.parse(xml)
    return frozenset(inspection.formulas)


def _places(xml: bytes, what: bytes) -> Iterator[int]:
    place = xml.find(what)
    while place >= 0:
        yield place
        place = xml.find(what, place + 1)


class _Inspection:
    """One pass over a sheet's XML: where formulas are, and how far the cells with a value reach."""

    def __init__(self) -> None:
        self.formulas: set[tuple[int, int]] = set()
        self._row, self._column = 0, -1
        self._last_row, self._last_column = 0, -1

    def parse(self, xml: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        try:
            parser.Parse(xml, True)
        except expat.ExpatError as error:
            raise Unreadable("工作表内容已损坏，请用表格软件打开后另存为 .xlsx 再试。") from error

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(" ")[2]
        if kind == "row":
            given = attributes.get("r", "")
            self._row = int(given) if given.isdigit() and len(given) < 8 else self._row + 1
            self._column = -1
        elif kind == "c":
            match = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", attributes.get("r", ""))
            if match is None:
                self._column += 1
            else:
                self._row, self._column = int(match[2]), _column_of(match[1])
        elif kind in ("v", "is", "f"):
            self._last_row = max(self._last_row, self._row)
            self._last_column = max(self._last_column, self._column)
            if self._last_row * (self._last_column + 1) > MAX_CELLS:
                raise Unreadable(_too_far(self._last_row, self._last_column))
            if kind == "f":
                self.formulas.add((self._row, self._column))


def _too_far(row: int, column: int) -> str:
    return f"工作表范围过大（到第{row}行{letters(column)}列），请删去远处多余的单元格再试。"


def _column_of(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number - 1
