"""What the cells of a roster say, one reader a column. Text is compared as events are: NFKC, without white space.

A reader gives the fact, None for an empty cell, and raises `NotRead` with a Chinese sentence for a cell that cannot be
read. `NONE` (无) is an answer: known, and none.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from saiwu.rules.eligibility.facts import NONE
from saiwu.rules.places import Region, Whereabouts
from saiwu.rules.roster.columns import compared
from saiwu.rules.rulebook.values import LEVEL_NAMES, TRADE_NAMES, Level


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
_LEVEL_PREFIX = re.compile(r"^(?:国家)?(?:职业资格|职业技能等级|技能等级)")
_CHINESE_DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九")}
_MARK = re.compile(r"^(工作|学习|居住|户籍|社保)(?:地|地点|单位|学校|所在地)?:")


def read_text(value: object) -> str:
    """The text of a cell as written, without white space around it; a whole number without its `.0`."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    return str(value)


def read_name(value: object) -> str:
    """A person's name. What a spreadsheet would take for a formula is no name."""
    text = read_text(value)
    if not isinstance(value, str) or text[:1] in ("=", "+", "-", "@") or not any(map(str.isalpha, text)):
        raise NotRead("姓名应为文字，请对照证件重填。")
    if any(unicodedata.category(character) in ("Cc", "Co", "Cn") for character in text) or len(text) > 50:
        raise NotRead("姓名里有不可见字符或过长，请对照证件重填。")
    return text


def read_sex(value: object) -> str | None:
    """男 or 女."""
    text = compared(read_text(value))
    if text in ("", "男", "女"):
        return text or None
    raise NotRead("性别应为：男、女。")


def read_status(value: object) -> str | None:
    """学生, 在职, 教师 or 其他."""
    text = compared(read_text(value))
    if not text:
        return None
    if text not in STATUSES:
        raise NotRead(f"人员类别应为：{'、'.join(STATUSES)}。")
    return STATUSES[text]


def read_level(value: object) -> Level | str | None:
    """四级, 中级工, 四级/中级工, 四级（中级工）, 4 or 无: a level, `NONE`, or None where nothing is written."""
    text = compared(read_text(value))
    if not text:
        return None
    if text == NONE:
        return NONE
    words = [_LEVEL_PREFIX.sub("", word) for word in re.split(r"[/()、]", text) if word]
    levels = {_LEVELS.get(word) for word in words}
    if len(levels) != 1 or None in levels:
        raise NotRead("技能等级应为五级至一级（或初级工至高级技师）、特级技师、首席技师，没有的填“无”。")
    return levels.pop()


def read_years(value: object) -> int | Fraction | None:
    """Years worked: 5, 5年, 2.5, 2年6个月, 三年; 无 is 0."""
    text = compared(read_text(value))
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
    text = re.sub(r"(?:周岁|岁)$", "", compared(read_text(value)))
    if text in ("", NONE, "60"):
        return None
    if text in ("50", "55"):
        return text
    raise NotRead("原退休年龄应为50或55（仅女性填写）。")


@dataclass(frozen=True, slots=True)
class Places:
    """Several places, each with the ground before it (None: any of them). `none`: it says 无."""

    places: tuple[tuple[str | None, str], ...] = ()
    none: bool = False

    def grounds(self, region: Region, wanted: frozenset[str]) -> tuple[str, ...] | None:
        """Of the wanted grounds those that hold in the region; empty: elsewhere; None: not to be told."""
        if self.none:
            return ()
        held: set[str] = set()
        asked = unsure = False
        for ground, text in self.places:
            meant = wanted if ground is None else wanted & {ground}
            if not meant:
                continue
            asked = True
            match region.whereabouts(text):
                case Whereabouts.INSIDE:
                    held |= meant
                case Whereabouts.UNKNOWN:
                    unsure = True
        if held:
            return tuple(sorted(held))
        return () if asked and not unsure else None


def read_places(value: object) -> Places:
    """工作：重庆市渝北区；居住：四川省广安市."""
    text = unicodedata.normalize("NFKC", read_text(value)).strip()
    if text == NONE:
        return Places(none=True)
    places: list[tuple[str | None, str]] = []
    for part in re.split(r"[;\n]", text):
        part = part.strip()
        match = _MARK.match(part)
        place = part[match.end() :].strip() if match else part
        if place:
            places.append((match[1] if match else None, place))
    return Places(tuple(places))


@dataclass(frozen=True, slots=True)
class School:
    """School and major; None where it is not written, `NONE` where it says 无."""

    name: str | None = None
    major: str | None = None


def read_school(value: object) -> School:
    """School and major, separated by white space or /."""
    parts = [part for part in re.split(r"[\s/／]+", read_text(value)) if part]
    if not parts:
        return School()
    if len(parts) == 1 and parts[0] == NONE:
        return School(NONE, NONE)
    return School(parts[0], " ".join(parts[1:]) or None)


def school_in_region(school: School, places: Places, region: Region) -> bool | None:
    """By the school's name, and by what is written as 学习：. One that holds is enough; None: not to be told.

    A place without a word before it stands for 学习 too, but only where the school's own name leaves it open.
    """
    if school.name == NONE:
        return False
    named = region.whereabouts(school.name) if school.name else Whereabouts.UNKNOWN
    marked = Places(tuple((ground, text) for ground, text in places.places if ground == "学习"))
    by_mark = marked.grounds(region, frozenset({"学习"}))
    if named is Whereabouts.INSIDE or by_mark:
        return True
    if named is Whereabouts.OUTSIDE or by_mark == ():
        return False
    if school.name is None:
        return None
    by_any = places.grounds(region, frozenset({"学习"}))
    return None if by_any is None else bool(by_any)


def read_numbers(value: object) -> tuple[object, ...]:
    """Several ID numbers, parted by 、. A number that a spreadsheet made stays one, to be refused by its reader."""
    if not isinstance(value, str):
        return (value,)
    text = unicodedata.normalize("NFKC", value).strip()
    if text in ("", NONE):
        return ()
    return tuple(part for part in re.split(r"[、,;]", text) if part.strip())
