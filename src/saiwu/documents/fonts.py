"""The fonts that ship, and which characters they lack.

Noto Sans SC (Hei: the software's words) and Noto Serif SC (Song: the words of the notice, titles of documents) come
with a pinned package, so a certificate looks the same on every machine. Printing a character that a font lacks leaves a
crossed box, and no program complains. So every PDF asks here first, and raises before anything is printed.
DOCX and XLSX are not asked: they carry the character itself, and whoever opens them draws it with fonts of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
from fontTools.ttLib import TTFont


class Face(StrEnum):
    """A font that ships, by the family name that typst knows it by."""

    HEI = "Noto Sans SC"
    SONG = "Noto Serif SC"


class MissingGlyphs(ValueError):  # noqa: N818
    """A text cannot be printed. `field`: the Chinese name of the place; `characters`: those that the fonts lack."""

    def __init__(self, field: str, text: str, characters: tuple[str, ...]) -> None:
        """`text` is what stands in the field; it is shown in the message."""
        self.field = field
        self.text = text
        self.characters = characters
        which = "、".join(f"{character}（U+{ord(character):04X}）" for character in characters)
        super().__init__(
            f"“{field}”中的“{text}”有字体打印不出的字：{which}。请核对是否为规范字；确为本人用字的，请由组委会手工制作。"
        )


def path(face: Face) -> Path:
    """The font file of a face (static OTF)."""
    return Path(pylopdf_fonts_zh_cn.sans_path() if face is Face.HEI else pylopdf_fonts_zh_cn.serif_path())


def folder() -> Path:
    """The folder that holds both faces and nothing else that is a font."""
    return path(Face.SONG).parent


@cache
def coverage(face: Face) -> frozenset[int]:
    """The code points that a face can draw (its cmap); read once a process, 20 ms."""
    with TTFont(path(face), lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def _everywhere() -> frozenset[int]:
    drawn = frozenset.intersection(*(coverage(face) for face in Face))
    return drawn | {ord("\n"), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}


def missing_glyphs(text: str) -> tuple[str, ...]:
    """The characters of a text that one of the faces lacks, each once, in the order of the text.

    Variation selectors are invisible and never missing.
    """
    drawn = _everywhere()
    return tuple(character for character in dict.fromkeys(text) if ord(character) not in drawn)


def check(fields: Iterable[tuple[str, str]]) -> None:
    """Raise MissingGlyphs for the first (field, text) that cannot be printed."""
    for field, text in fields:
        if missing := missing_glyphs(text):
            raise MissingGlyphs(field, text, missing)
