"""The award certificate 获奖证书: A4 landscape, one page, with a QR code that leads to the page which checks it.

Level certificates (职业技能等级证书) are issued by a certifying body and are not made here. The same sheet serves
instructors and unit awards: `title`, `prize` and `names` say what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from saiwu.documents import fonts, names, qr, ridge, typeset
from saiwu.documents.origin import NOWHERE, Origin
from saiwu.documents.text import chinese_date, cleaned, one_line

TEMPLATE = "award_certificate"
_RIDGE = ridge.Ridge(width=420, height=60)


@dataclass(frozen=True, slots=True)
class AwardCertificate:
    """What one certificate says.

    `names`: who got it, a name a member in the order of the entry, or the unit itself where a unit is honoured (then
    `unit` is empty). `event`, `division`, `team` and `instructors` may be empty and are then not printed.
    `hosts`: the bodies whose seals it bears, in their order. `check_url`: the page that shows what is registered; it is
    in the QR code alone.
    """

    number: str
    names: tuple[str, ...]
    competition: str
    prize: str
    hosts: tuple[str, ...]
    issued_on: date
    check_url: str
    unit: str = ""
    event: str = ""
    division: str = ""
    team: str = ""
    instructors: tuple[str, ...] = ()
    title: str = "获奖证书"
    origin: Origin = NOWHERE


def render(values: AwardCertificate) -> bytes:
    """The certificate as PDF. Raises MissingGlyphs where a character of it cannot be printed."""
    return typeset.pdf(TEMPLATE, {"ridge": printed_ridge(), "certificates": [sheet(values)]}, dated=values.issued_on)


def render_together(values: Sequence[AwardCertificate]) -> bytes:
    """Many certificates in one PDF, a page each, for the printer. Raises MissingGlyphs as `render` does."""
    if not values:
        raise ValueError("a PDF needs at least one certificate")
    sheets = [sheet(certificate) for certificate in values]
    return typeset.pdf(
        TEMPLATE, {"ridge": printed_ridge(), "certificates": sheets}, dated=max(c.issued_on for c in values)
    )


def batch(values: Iterable[AwardCertificate]) -> Iterator[tuple[str, bytes]]:
    """(number, PDF) of each, one after another and in that order: of any number, only one is in memory.

    Raises MissingGlyphs when it reaches the certificate; `unprintable` finds all of them beforehand.
    """
    for certificate in values:
        yield certificate.number, render(certificate)


def unprintable(values: Iterable[AwardCertificate]) -> Iterator[tuple[str, fonts.MissingGlyphs]]:
    """(number, what is missing) of the certificates that cannot be printed; prints nothing, 10 microseconds each."""
    for certificate in values:
        try:
            fonts.check(_texts(cleaned(certificate)))
        except fonts.MissingGlyphs as missing:
            yield certificate.number, missing


def sheet(values: AwardCertificate) -> dict[str, object]:
    """One certificate as the template reads it: text that is clean and can be printed, and the QR code as SVG."""
    values = cleaned(values)
    fonts.check(_texts(values))
    return {
        "number": one_line(values.number),
        "names": [names.printed(name) for name in values.names],
        "competition": one_line(values.competition),
        "title": one_line(values.title),
        "unit": one_line(values.unit),
        "event": one_line(values.event),
        "division": one_line(values.division),
        "team": one_line(values.team),
        "prize": one_line(values.prize),
        "instructors": [names.printed(name) for name in values.instructors],
        "hosts": [one_line(host) for host in values.hosts],
        "issued": chinese_date(values.issued_on),
        "origin": values.origin.line(),
        "qr": qr.svg(values.check_url),
    }


def _texts(values: AwardCertificate) -> Iterator[tuple[str, str]]:
    """Every text that is printed, with the Chinese name of its place."""
    yield from (("姓名", name) for name in values.names)
    yield from (("指导教师", name) for name in values.instructors)
    yield from (("主办单位", host) for host in values.hosts)
    yield "参赛单位", values.unit
    yield "队名", values.team
    yield "竞赛名称", values.competition
    yield "赛项", values.event
    yield "组别", values.division
    yield "奖项", values.prize
    yield "证书名称", values.title
    yield "证书编号", values.number
    yield from values.origin.texts()


@cache
def printed_ridge() -> str:
    """The still ridge at the foot of every certificate, as SVG."""
    return ridge.printed(_RIDGE)
