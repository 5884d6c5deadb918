"""Admission tickets 参赛证: a card a contestant, four on an A4 page, with photo and a QR of the entry's number.

Check-in finds the entry by the QR alone: the code holds the number and nothing of the person.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from saiwu.documents import fonts, names, photos, qr, typeset
from saiwu.documents.origin import NOWHERE, Origin
from saiwu.documents.text import cleaned, one_line

TEMPLATE = "admission_ticket"
_WIDTH_MM, _HEIGHT_MM = 25, 35
_PIXELS_PER_MM = 12


@dataclass(frozen=True, slots=True)
class AdmissionTicket:
    """One ticket. `number`: the entry's, which the QR holds; `bring`: what the notice has contestants bring or do."""

    competition: str
    event: str
    division: str
    unit: str
    name: str
    number: str
    when: str
    venue: str
    team: str = ""
    role: str = ""
    photo: bytes | None = None
    bring: tuple[str, ...] = ()
    origin: Origin = NOWHERE


def render(values: Sequence[AdmissionTicket], *, made_on: date) -> bytes:
    """The tickets in one PDF. Raises MissingGlyphs where a character cannot be printed, PhotoRefused for no photo."""
    if not values:
        raise ValueError("a PDF needs at least one ticket")
    return typeset.pdf(TEMPLATE, {"tickets": [_sheet(one) for one in values]}, dated=made_on)


def _sheet(values: AdmissionTicket) -> dict[str, object]:
    photo = values.photo
    values = cleaned(values)
    fonts.check(_texts(values))
    return {
        "competition": one_line(values.competition),
        "event": one_line(values.event),
        "division": one_line(values.division),
        "unit": one_line(values.unit),
        "name": names.printed(values.name),
        "team": one_line(values.team),
        "role": one_line(values.role),
        "number": one_line(values.number),
        "when": one_line(values.when),
        "venue": one_line(values.venue),
        "bring": [one_line(line) for line in values.bring],
        "origin": values.origin.line(),
        "photo": _photo(photo) if photo is not None else "",
        "qr": qr.svg(values.number),
    }


def _photo(photo: bytes) -> str:
    """typst takes values as text: the photo travels inside an SVG."""
    width, height = _WIDTH_MM * _PIXELS_PER_MM, _HEIGHT_MM * _PIXELS_PER_MM
    jpeg = base64.b64encode(photos.fitted(photo, width=width, height=height)).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{jpeg}"/></svg>'
    )


def _texts(values: AdmissionTicket) -> Iterator[tuple[str, str]]:
    yield "姓名", values.name
    yield "参赛单位", values.unit
    yield "队名", values.team
    yield "竞赛名称", values.competition
    yield "赛项", values.event
    yield "组别", values.division
    yield "地点", values.venue
    yield from (("参赛须知", line) for line in values.bring)
    yield from values.origin.texts()
