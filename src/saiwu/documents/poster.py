"""The poster with the QR code of pre-registration: one page of A4, for the door of a workshop and the notice board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from saiwu.documents import fonts, qr, ridge, typeset
from saiwu.documents.text import one_line

TEMPLATE = "poster"
_RIDGE = ridge.Ridge(width=595, height=80)


@dataclass(frozen=True, slots=True)
class Poster:
    """What it says. `lines`: events, each with until when (may be empty). `address` is in the QR code and under it.

    `clause` and `sentence`: what the notice says of pre-registration; both may be empty. `dated`: the file's own date.
    """

    competition: str
    title: str
    lines: tuple[tuple[str, str], ...]
    address: str
    clause: str
    sentence: str
    number: str
    phone: str
    dated: date


def render(values: Poster) -> bytes:
    """The poster as PDF. Raises MissingGlyphs where a character of it cannot be printed."""
    texts = [
        values.competition,
        values.title,
        values.sentence,
        values.number,
        *(part for line in values.lines for part in line),
    ]
    fonts.check(("海报", one_line(text)) for text in texts)
    sheet = {
        "competition": one_line(values.competition),
        "title": one_line(values.title),
        "lines": [[one_line(name), one_line(until)] for name, until in values.lines],
        "address": values.address,
        "clause": values.clause,
        "sentence": one_line(values.sentence),
        "number": one_line(values.number),
        "phone": one_line(values.phone),
        "qr": qr.svg(values.address),
        "ridge": ridge.printed(_RIDGE),
    }
    return typeset.pdf(TEMPLATE, sheet, dated=values.dated)
