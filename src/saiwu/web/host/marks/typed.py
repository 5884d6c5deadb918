"""What is typed into a sheet, as marks: points in thousandths, times in seconds. It carries, and judges no bound."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from saiwu.marking.parts import Part
from saiwu.rules.rulebook.awards import HANDED_IN
from saiwu.rules.rulebook.values import NotAllowed, parse_mark
from saiwu.web.numbers import points

_SPAN = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-5][0-9])")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?")


class NotRead(ValueError):  # noqa: N818 (a verdict, not an error of the program)
    """What was typed is none; says how to write it."""


def read(text: str, part: Part, *, on: date, zone: ZoneInfo) -> int:
    """The value of a part. `on`: the day on which papers were handed in. Raises NotRead."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not part.timed:
        try:
            return parse_mark(plain)
        except NotAllowed as error:
            raise NotRead("请填分数，至多三位小数，如 87.5。") from error
    if part.id == HANDED_IN:
        match = _CLOCK.fullmatch(plain)
        if match is None:
            raise NotRead("请填交卷的钟点，如 14:05:30。")
        clock = time(int(match[1]), int(match[2]), int(match[3] or 0))
        return int(datetime.combine(on, clock, zone).timestamp())
    match = _SPAN.fullmatch(plain)
    if match is None:
        raise NotRead("请填用时，时:分:秒或分:秒，如 1:23:45。")
    return int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])


def shown(value: int, part: Part, zone: ZoneInfo) -> str:
    """A value as it is typed."""
    if not part.timed:
        return points(value, part.decimals)
    if part.id == HANDED_IN:
        return f"{datetime.fromtimestamp(value, zone):%H:%M:%S}"
    return f"{value // 3600}:{value // 60 % 60:02d}:{value % 60:02d}"


def hint(part: Part) -> str:
    """How to write it."""
    if not part.timed:
        return f"0—{points(part.full, 0)} 分，至多三位小数"
    return "交卷的钟点，如 14:05:30" if part.id == HANDED_IN else "用时，时:分:秒，如 1:23:45"
