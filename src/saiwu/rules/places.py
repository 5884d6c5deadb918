"""Where a place lies that somebody has written down: within a region, elsewhere, or not to be told.

Tables: `data/regions.csv` (code of GB/T 2260, full name, short names) down to counties, and `data/region_names.csv`:
other names by which places of a region go (development zones, former counties, schools whose name says another
province).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from importlib.resources import files

from saiwu.rules.rulebook.values import plain


class Whereabouts(Enum):
    """What a text says of where it lies."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


# A short name before one of these is that of a street, a square, a village or another district: 北京路, 中山四路,
# 朝阳区.
_NOT_A_PLACE = re.compile(
    r"[东南西北中]?[一二三四五六七八九十0-9]{0,2}[东南西北中]?"
    r"(?:路|街|大道|支路|巷|胡同|桥|广场|大厦|大酒店|酒店|宾馆|小区|花园|新村|社区|立交|隧道)"
    r"|[区县旗镇乡村]"
)
_SUFFIX = re.compile(r"(?:省|市|区|县|自治区|自治州|自治县|特别行政区|地区|盟)$")


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    code: str
    full: bool


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    text = files("saiwu.rules").joinpath("data/regions.csv").read_text(encoding="utf-8")
    lines = iter(text.splitlines())
    next(lines)
    cells = (line.split(",") for line in lines)
    return tuple((code, name, tuple(short.split())) for code, name, short in cells)


@lru_cache(maxsize=1)
def _provinces() -> Mapping[str, str]:
    return {code: name for code, name, _ in _rows() if len(code) == 2}


@lru_cache(maxsize=1)
def _other_names() -> tuple[tuple[str, str], ...]:
    text = files("saiwu.rules").joinpath("data/region_names.csv").read_text(encoding="utf-8")
    return tuple((row["region"], row["name"]) for row in csv.DictReader(text.splitlines()))


def province_of(code: str) -> str | None:
    """The province whose code begins a citizen number or a region code; None where no province has it."""
    return _provinces().get(code[:2])


def _by_start(names: Iterable[_Name]) -> Mapping[str, tuple[_Name, ...]]:
    """By their first two characters, the longest first, so that 吉林省 is seen before 吉林."""
    found: dict[str, list[_Name]] = {}
    for name in names:
        found.setdefault(name.text[:2], []).append(name)
    return {start: tuple(sorted(group, key=lambda name: -len(name.text))) for start, group in found.items()}


@lru_cache(maxsize=1)
def _big_places() -> Mapping[str, tuple[_Name, ...]]:
    """Provinces and cities: of county-level cities only the full name (昆山市), since 东方 or 中山 is ordinary text."""
    names = []
    for code, name, short in _rows():
        if len(code) <= 4:
            names.append(_Name(name, code, True))
            names.extend(_Name(text, code, False) for text in short)
        elif name.endswith("市"):
            names.append(_Name(name, code, True))
    return _by_start(names)


class Region:
    """The region of a notice or of one rule: by its code (leading digits of GB/T 2260), its name, or both.

    A region that the table does not know (a village, an invented county) is known by its own name alone.
    """

    def __init__(self, name: str | None, code: str | None = None) -> None:
        """`code` wins where both are given; a name that is in the table gives its code."""
        self.name = name or (province_of(code) if code else None) or ""
        own = plain(self.name)
        self.code = code or next((known for known, full, short in _rows() if own and own in (full, *short)), None)
        bare = _SUFFIX.sub("", own)
        self._own = tuple(text for text in (own, bare if len(bare) > 1 else "") if text)
        self._inside = _by_start(self._smaller()) if self.code else {}
        self._full = next((full for known, full, _ in _rows() if known == self.code), None)

    def _smaller(self) -> Iterable[_Name]:
        assert self.code is not None
        yield from (_Name(text, self.code, place == 0) for place, text in enumerate(self._own))
        for code, name, short in _rows():
            if code.startswith(self.code):
                yield _Name(name, code, True)
                yield from (_Name(text, code, False) for text in short)
        for code, name in _other_names():
            if code.startswith(self.code):
                yield _Name(plain(name), self.code, True)

    def whereabouts(self, text: str) -> Whereabouts:
        """A province or city that the text names decides; where it names none, a district of the region does.

        Of several the first decides (四川省成都市重庆路 is in 成都); a short name after a district of the region is
        taken for a street's (渝中区中山四路).
        """
        text = plain(text)
        if self._full is not None and text.startswith(self._full):
            return Whereabouts.INSIDE  # what most people write
        own_district = False
        place = 0
        while place < len(text) - 1:
            start = text[place : place + 2]
            inside = self._match(self._inside, start, text, place)
            if inside is not None and inside.code == self.code and not self._is_big(inside, start):
                return Whereabouts.INSIDE  # another name of the region itself: 两江新区, 四川美术学院
            big = self._match(_big_places(), start, text, place)
            if big is not None and (inside is None or len(inside.text) <= len(big.text)):
                if big.full or not own_district:
                    verdict = self._decides(big, text)
                    if verdict is not Whereabouts.UNKNOWN:
                        return verdict
                place += len(big.text)
                continue
            if inside is not None:
                own_district = True
                place += len(inside.text)
                continue
            place += 1
        if own_district or (self.code is None and self._says_own(text)):
            return Whereabouts.INSIDE
        return Whereabouts.UNKNOWN

    def _says_own(self, text: str) -> bool:
        return any(own in text for own in self._own)

    def _decides(self, place: _Name, text: str) -> Whereabouts:
        if self.code is None:
            # Which province the region lies in is not known, but a city that is named is not it.
            city = len(place.code) > 2 or place.text.endswith("市")
            return Whereabouts.OUTSIDE if city and self._own and not self._says_own(text) else Whereabouts.UNKNOWN
        if place.code.startswith(self.code):
            return Whereabouts.INSIDE
        if self.code.startswith(place.code):
            return Whereabouts.UNKNOWN  # what the region itself lies in: read on
        return Whereabouts.OUTSIDE

    @staticmethod
    def _is_big(name: _Name, start: str) -> bool:
        return any(big.text == name.text for big in _big_places().get(start, ()))

    @staticmethod
    def _match(names: Mapping[str, tuple[_Name, ...]], start: str, text: str, place: int) -> _Name | None:
        for name in names.get(start, ()):
            if text.startswith(name.text, place) and (
                name.full or not _NOT_A_PLACE.match(text, place + len(name.text))
            ):
                return name
        return None


@lru_cache(maxsize=64)
def region_of(name: str | None, code: str | None) -> Region:
    """The region, made once for each name and code."""
    return Region(name, code)
