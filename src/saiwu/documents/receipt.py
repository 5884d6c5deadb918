"""The receipt of a pre-registration as a picture: a phone keeps it by a long press. The same receipt, the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from saiwu.documents import fonts, qr, ridge, typeset
from saiwu.documents.text import one_line

TEMPLATE = "receipt"
_RIDGE = ridge.Ridge(width=420, height=60)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What it says. `name` and `division` may be empty. `look_up`: the page that tells how it stands, in the QR code."""

    number: str
    competition: str
    name: str
    event: str
    division: str
    submitted_at: datetime
    look_up: str
    withdrawn: bool = False


def png(values: Receipt) -> bytes:
    """The picture, 1080 pixels wide. A name that the fonts lack is left out: the number says whose it is."""
    name = one_line(values.name)
    who = [part for part in ("" if fonts.missing_glyphs(name) else name, values.event, values.division) if part]
    at = values.submitted_at
    sheet = {
        "number": f"{values.number[:4]} {values.number[4:]}",
        "competition": _printable(values.competition),
        "who": [_printable(part) for part in who],
        "submitted": f"{at.year}年{at.month}月{at.day}日 {at:%H:%M} 提交",
        "qr": qr.svg(values.look_up),
        "ridge": ridge.printed(_RIDGE),
        "done": "预报名已撤回" if values.withdrawn else "预报名已提交",
    }
    return typeset.png(TEMPLATE, sheet, dated=at.date())


def _printable(text: str) -> str:
    lacking = set(fonts.missing_glyphs(text))
    return "".join("□" if letter in lacking else letter for letter in one_line(text))
