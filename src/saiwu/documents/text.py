"""Text as a document can carry it: without characters that XML, PDF or a line of a calendar cannot hold.

Control and format characters (NUL, escapes, zero-width marks, overrides of the writing direction), lone surrogates and
noncharacters are dropped: they are invisible, so a reader loses nothing, and a name cannot pretend to be another.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from datetime import date
from typing import TypeVar

Values = TypeVar("Values")

_PLAIN = re.compile(r"[\x20-\x7e\u4e00-\u9fff\u3001-\u301b\uff01-\uff5e]*")
_DROPPED = frozenset({"Cc", "Cf", "Cs"})
_BREAKS = re.compile("\r\n?|\u2028|\u2029|\x0b|\x0c|\x85")


def clean(text: str) -> str:
    """The text in normal form C, line feeds kept, tabs as spaces, everything invisible dropped."""
    if _PLAIN.fullmatch(text):
        return text
    kept = (
        character
        for character in _BREAKS.sub("\n", text).replace("\t", " ")
        if character == "\n" or (unicodedata.category(character) not in _DROPPED and not _is_noncharacter(character))
    )
    return unicodedata.normalize("NFC", "".join(kept))


def _is_noncharacter(character: str) -> bool:
    code = ord(character)
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


def one_line(text: str) -> str:
    """As `clean`, line feeds as spaces, none at the ends."""
    return " ".join(clean(text).split("\n")).strip()


def cleaned(values: Values) -> Values:
    """A frozen dataclass (or tuple) with every string in it cleaned, however deep; everything else as it is."""
    return _cleaned(values)  # type: ignore[return-value]


def _cleaned(value: object) -> object:
    if type(value) is str:
        return clean(value)
    if isinstance(value, tuple):
        return tuple(_cleaned(item) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value) if field.init}
        changed = {name: now for name, was in fields.items() if (now := _cleaned(was)) is not was and now != was}
        return dataclasses.replace(value, **changed) if changed else value
    return value


def chinese_date(day: date) -> str:
    """2025年11月14日: as results and documents write it, without leading noughts."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_month(day: date) -> str:
    """2003年5月: a birth as forms write it."""
    return f"{day.year}年{day.month}月"
