"""A competition's name in the parts in which it is set: “巴渝工匠”杯, 重庆市第三届, 人工智能…, 职业技能竞赛."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CUP = re.compile(r"(“[^”]+”[^第]{0,3}杯)(.+)")
_EDITION = re.compile(r"(.{0,12}?第[一二三四五六七八九十百〇零0-9]+届)(.{4,})")
_KIND = re.compile(r"(.{2,}?)((?:职业技能|劳动和技能|劳动技能|职工技能|技能)?(?:竞赛|大赛|比武|比赛)(?:决赛|选拔赛)?)")


@dataclass(frozen=True, slots=True)
class NameParts:
    """`cup` and `edition` may be empty; `subject` and `kind` are lines that are not broken."""

    cup: str
    edition: str
    subject: str
    kind: str

    @property
    def small(self) -> str:
        """What stands small over the name in the head of a page."""
        return self.cup + self.edition

    @property
    def own(self) -> str:
        """The name without cup and edition."""
        return self.subject + self.kind

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the title page."""
        return tuple(line for line in (self.edition, self.subject, self.kind) if line)


def parts_of(name: str) -> NameParts:
    """The parts of a name; what it does not have is empty."""
    cup, rest = _split(_CUP, name)
    edition, rest = _split(_EDITION, rest)
    found = _KIND.fullmatch(rest)
    subject, kind = (found[1], found[2]) if found and len(rest) > 9 else (rest, "")
    return NameParts(cup, edition, subject, kind)


def _split(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    found = pattern.fullmatch(text)
    return (found[1], found[2]) if found else ("", text)
