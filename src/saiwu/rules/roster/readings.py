"""What the cells of a roster say, one reader a column. Text is compared as events are: NFKC, without white space.

A reader gives the fact, None for an empty cell, and raises `NotRead` with a Chinese sentence for a cell that cannot be
read. `NONE` (无) is an answer: known, and none.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from saiwu.rules.eligibility.facts import NONE
from saiwu.rules.places import Region, Whereabouts
from saiwu.rules.rulebook.values import LEVEL_NAMES, TRADE_NAMES, Level, plain


class NotRead(ValueError):  # noqa: N818
    """A cell that cannot be read; the message is Chinese and says what may stand there."""


STATUSES = {
    "在职": "在职",
    "职工": "在职",
    "学生": "学生",
    "在校学生": "学生",
    "教师": "教师",
    "其他": "其他",
}
_LEVELS: dict[str, Level] = {
    **{name: level for level, name in LEVEL_NAMES.items()},
    **{name: level for level, name in TRADE_NAMES.items()},
    **{f"{6 - level}": level for level in Level if level <= Level.ONE},
    **{f"{6 - level}级": level for level in Level if level <= Level.ONE},
    "初级": Level.FIVE,
    "中级": Level.FOUR,
    "高级": Level.THREE,
    "高级工": Level.THREE,
}
_LEVEL_PREFIX = re.compile(r"(?:国家)?(?:职业资格|职业技能等级|技能等级)")
_CHINESE_DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九")}
_LEVEL_WORD = re.compile("|".join(sorted(_LEVELS, key=len, reverse=True)))
_MARK = re.compile(r"^(工作|学习|居住|户籍|社保)(?:地|地点|单位|学校|所在地)?\s*:")


def read_text(value: object) -> str:
    """The text of a cell as written, without white space around it; a whole number without its `.0`."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    return str(value)


def read_name(value: object) -> str:
    """A person's name. What a spreadsheet would take for a formula is no name."""
    if isinstance(value, str) and value.isalpha():
        return value
    text = read_text(value)
    if not isinstance(value, str) or text[:1] in ("=", "+", "-", "@") or not any(map(str.isalpha, text)):
        raise NotRead("姓名应为文字，请对照证件重填。")
    if any(unicodedata.category(character) in ("Cc", "Co", "Cn") for character in text) or len(text) > 50:
        raise NotRead("姓名里有不可见字符或过长，请对照证件重填。")
    return text


def read_sex(value: object) -> str | None:
    """男 or 女."""
    text = plain(read_text(value))
    if text in ("", "男", "女"):
        return text or None
    raise NotRead("性别应为：男、女。")


def read_status(value: object) -> str | None:
    """学生, 在职, 教师 or 其他."""
    text = plain(read_text(value))
    if not text:
        return None
    if text not in STATUSES:
        raise NotRead(f"人员类别应为：{'、'.join(STATUSES)}。")
    return STATUSES[text]


def read_level(value: object) -> Level | str | None:
    """四级, 中级工, 四级/中级工, 四级（中级工）, 4 or 无: a level, `NONE`, or None where nothing is written."""
    text = plain(read_text(value))
    if not text:
        return None
    if text == NONE:
        return NONE
    words = re.sub(r"[/()、]", "", _LEVEL_PREFIX.sub("", text))
    levels = {_LEVELS[word] for word in _LEVEL_WORD.findall(words)}
    if len(levels) != 1 or _LEVEL_WORD.sub("", words):
        raise NotRead("技能等级应为五级至一级（或初级工至高级技师）、特级技师、首席技师，没有的填“无”。")
    return levels.pop()


def read_years(value: object) -> int | Fraction | None:
    """Years worked: 5, 5年, 2.5, 2年6个月, 三年; 无 is 0."""
    text = plain(read_text(value))
    if not text:
        return None
    if text == NONE:
        return 0
    if match := re.fullmatch(r"([0-9]{1,2})(?:\.([0-9]{1,3}))?年?(?:以上)?", text):
        return Fraction(f"{match[1]}.{match[2]}") if match[2] else int(match[1])
    if match := re.fullmatch(r"(?:([0-9]{1,2})年(?:零)?)?([0-9]{1,2})个?月", text):
        return Fraction(int(match[1] or 0) * 12 + int(match[2]), 12)
    if match := re.fullmatch(r"([一二三四五六七八九]?十)?([一二三四五六七八九])?年(?:以上)?", text):
        tens, ones = match[1], match[2]
        if tens or ones:
            ten = (_CHINESE_DIGITS.get(tens[0], 1) if len(tens) > 1 else 1) if tens else 0
            return ten * 10 + (_CHINESE_DIGITS[ones] if ones else 0)
    raise NotRead("从业年限应为数字（年），如 5 或 2.5，没有的填“无”。")


def read_former_retirement(value: object) -> str | None:
    """50 or 55; 60, which is a man's, and 无 say nothing."""
    text = re.sub(r"(?:周岁|岁)$", "", plain(read_text(value)))
    if text in ("", NONE, "60"):
        return None
    if text in ("50", "55"):
        return text
    raise NotRead("原退休年龄应为50或55（仅女性填写）。")


Written = tuple[tuple[str | None, str], ...]
"""Places as written, each with the ground before it (None: any of them)."""


def read_places(value: object) -> Written | None:
    """工作：重庆市渝北区；居住：四川省广安市. None where it says 无."""
    text = unicodedata.normalize("NFKC", read_text(value)).strip()
    if text == NONE:
        return None
    places: list[tuple[str | None, str]] = []
    for part in re.split(r"[;\n]", text):
        part = part.strip()
        match = _MARK.match(part)
        place = part[match.end() :].strip() if match else part
        if place:
            places.append((match[1] if match else None, place))
    return tuple(places)


@dataclass(frozen=True, eq=False, slots=True)
class Located:
    """Where the places of a cell lie, seen from one region: `places` of ground and whereabouts. `none`: it says 无.

    There is one such object for all cells that say the same, so that it serves as a key by itself.
    """

    places: tuple[tuple[str | None, Whereabouts], ...]
    none: bool

    def grounds(self, wanted: frozenset[str], *, marked: bool = False) -> tuple[str, ...] | None:
        """Of the wanted grounds those that hold in the region; empty: elsewhere; None: not to be told.

        `marked`: only places that have their ground before them.
        """
        if self.none:
            return ()
        held: set[str] = set()
        asked = unsure = False
        for ground, where in self.places:
            meant = (frozenset() if marked else wanted) if ground is None else wanted & {ground}
            if not meant:
                continue
            asked = True
            if where is Whereabouts.INSIDE:
                held |= meant
            elif where is Whereabouts.UNKNOWN:
                unsure = True
        if held:
            return tuple(sorted(held))
        return () if asked and not unsure else None


@dataclass(frozen=True, eq=False, slots=True)
class School:
    """School and major: whether a school is written, where its name says that it lies, the major (None: not written,
    `NONE`: 无). One object for all cells that say the same.
    """

    written: bool
    where: Whereabouts
    major: str | None
    none: bool


def split_school(text: str) -> tuple[str | None, str | None]:
    """School and major, separated by white space or /; None where it is not written, `NONE` where it says 无."""
    parts = [part for part in re.split(r"[\s/／]+", text) if part]
    if not parts:
        return None, None
    if len(parts) == 1 and parts[0] == NONE:
        return NONE, NONE
    return parts[0], " ".join(parts[1:]) or None


class Locator:
    """Places and schools of a roster as one region sees them; each text is looked at once."""

    def __init__(self, region: Region) -> None:
        """`region` is the notice's, or that of one rule."""
        self._region = region
        self._places: dict[str, Located] = {}
        self._schools: dict[str, School] = {}
        self._same: dict[object, Any] = {}

    def places(self, text: str) -> Located:
        """Of the cell 居住或工作学习地."""
        found = self._places.get(text)
        if found is None:
            written = read_places(text)
            where = tuple((ground, self._region.whereabouts(place)) for ground, place in written or ())
            found = self._places[text] = self._same.setdefault(
                (where, written is None), Located(where, written is None)
            )
        return found

    def school(self, text: str) -> School:
        """Of the cell 学校专业."""
        found = self._schools.get(text)
        if found is None:
            name, major = split_school(text)
            where = self._region.whereabouts(name) if name and name != NONE else Whereabouts.UNKNOWN
            key = (name is not None, where, major, name == NONE)
            found = self._schools[text] = self._same.setdefault(key, School(*key))
        return found


def school_in_region(school: School, places: Located) -> bool | None:
    """By the school's name, and by what is written as 学习：. One that holds is enough; None: not to be told.

    A place without a word before it stands for 学习 too, but only where the school's own name leaves it open.
    """
    if school.none:
        return False
    studies = frozenset({"学习"})
    by_mark = places.grounds(studies, marked=True)
    if school.where is Whereabouts.INSIDE or by_mark:
        return True
    if school.where is Whereabouts.OUTSIDE or by_mark == ():
        return False
    if not school.written:
        return None
    by_any = places.grounds(studies)
    return None if by_any is None else bool(by_any)


def read_numbers(value: object) -> tuple[object, ...]:
    """Several ID numbers, parted by 、; 无 among them is nobody's.

    A number that a spreadsheet made stays one, to be refused by its reader.
    """
    if not isinstance(value, str):
        return (value,)
    text = unicodedata.normalize("NFKC", value).strip()
    if text in ("", NONE):
        return ()
    return tuple(part for part in re.split(r"[、,;]", text) if part.strip() not in ("", NONE))
