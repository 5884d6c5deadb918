"""What the XLSX of this room share: fixed bytes, text that stays text, the look of heads and cells.

Every cell of text is written as a string, never as a formula: a name may begin with = + - or @. Such a cell also bears
Excel's own mark for text (the leading apostrophe of the format), so that it stays text when somebody edits it.
"""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from saiwu.documents import archive

FONT = "等线"
_FORMULA_SIGNS = ("=", "+", "-", "@")
_MOST_CHARACTERS = 32_767
_LINE = 15.0  # points
_PADDING = 3.0  # characters: indent and edges of a cell


class Sheets:
    """A workbook being written row by row, with a constant need of memory; `content()` closes it."""

    def __init__(self, *, title: str, subject: str, made_on: date) -> None:
        """`made_on` is the day that the file says it was made on."""
        self._out = io.BytesIO()
        self.book = xlsxwriter.Workbook(self._out, {"constant_memory": True, "strings_to_formulas": False})
        # Without this Excel's own default font would set column widths that cut Chinese off.
        self.book.formats[0].set_font_name(FONT)
        self.book.set_properties(
            {"title": title, "subject": subject, "created": datetime.combine(made_on, time(), tzinfo=None)}
        )
        self.title = self._format(bold=True, font_size=16, valign="vcenter")
        self.note = self._format(font_color="#465452", valign="vcenter")
        self.head = self._format(
            bold=True, bg_color="#E4EFED", border=1, border_color="#7D8B89", text_wrap=True, align="center"
        )
        self.text = self._cell()
        self._literal = self._cell(quote_prefix=True)
        self.column = self._format(num_format="@")

    def _format(self, **properties: object) -> Format:
        return self.book.add_format({"font_name": FONT, "font_size": 11, "valign": "vcenter", **properties})

    def _cell(self, **properties: object) -> Format:
        return self._format(num_format="@", border=1, border_color="#D6DEDC", text_wrap=True, indent=1, **properties)

    def set_height(self, sheet: Worksheet, row: int, cells: Iterable[tuple[str, float]]) -> None:
        """As high as the fullest of the (text, width of its column) needs; before the row is written.

        Excel fits the height of a row when it is edited, not when the file is opened.
        """
        lines = max((math.ceil(_breadth(text) / (width - _PADDING)) for text, width in cells if text), default=1)
        sheet.set_row(row, _LINE * lines + 4)

    def number_format(self, decimals: int) -> Format:
        """For marks with that many decimals shown, set right."""
        shown = "0." + "0" * decimals if decimals else "0"
        return self._format(num_format=shown, border=1, border_color="#D6DEDC", align="right", indent=1)

    def write_text(self, sheet: Worksheet, row: int, column: int, text: str) -> None:
        """A cell that is text whatever it begins with. Raises ValueError where no cell can hold it."""
        if len(text) > _MOST_CHARACTERS:
            raise ValueError("a cell of a sheet holds 32767 characters at most")
        if not text:
            sheet.write_blank(row, column, None, self.text)
        else:
            sheet.write_string(row, column, text, self._literal if text.startswith(_FORMULA_SIGNS) else self.text)

    def rank_format(self) -> Format:
        """For ranks: whole numbers in the middle."""
        return self._format(num_format="0", border=1, border_color="#D6DEDC", align="center")

    def content(self) -> bytes:
        """The file; nothing can be written after it."""
        self.book.close()
        return archive.sealed(self._out.getvalue())


def _breadth(text: str) -> int:
    """How many Latin characters wide a text is: a Chinese one counts two."""
    return sum(1 if unicodedata.east_asian_width(character) in ("Na", "H", "N") else 2 for character in text)
