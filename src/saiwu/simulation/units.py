"""Invented units: schools that enter students and teachers, companies that enter workers, in the region's districts."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from importlib.resources import files
from random import Random

from saiwu.rules.identity import CREDIT_ALPHABET
from saiwu.rules.rulebook import Rulebook
from saiwu.simulation.names import Names
from saiwu.simulation.people import Person

SCHOOL, COMPANY = "院校", "企业"
_INVENTED_DISTRICTS = ("东河", "西河", "南坪", "北岭", "中城", "上塘", "下塘", "新桥", "老渡", "云台")
_WEIGHTS = tuple(3**place % 31 for place in range(17))


@dataclass(slots=True)
class SimulatedUnit:
    """A unit as invented; the ids come once the office has set it up."""

    name: str
    kind: str
    school_kind: str
    district: str
    credit_code: str
    unit_id: int = 0
    account_id: int = 0
    instructors: list[Person] = field(default_factory=list)


def districts(book: Rulebook) -> tuple[str, ...]:
    """The districts of the notice's region: of the table that ships, or invented where the region is."""
    code, region = book.head.region_code, book.head.region or ""
    if code:
        text = files("saiwu.rules").joinpath("data/regions.csv").read_text(encoding="utf-8")
        rows = list(csv.DictReader(text.splitlines()))
        found = tuple(row["name"] for row in rows if len(row["code"]) == 6 and row["code"].startswith(code))
        if found:
            return found
    return tuple(f"{region}{name}镇" for name in _INVENTED_DISTRICTS)


def invent(random: Random, names: Names, book: Rulebook, *, schools: int, companies: int) -> list[SimulatedUnit]:
    """So many schools and companies, alternating, spread over the districts."""
    places = list(districts(book))
    random.shuffle(places)
    kinds = _alternating(schools, companies)
    made = []
    for at, kind in enumerate(kinds):
        name, school_kind = names.school() if kind == SCHOOL else (names.company(), "")
        district = places[at % len(places)]
        made.append(SimulatedUnit(name, kind, school_kind, district, credit_code(random, kind)))
    return made


def _alternating(schools: int, companies: int) -> list[str]:
    """Both kinds mixed evenly, so that every district gets some of each."""
    total = schools + companies
    return [SCHOOL if (at + 1) * schools // total > at * schools // total else COMPANY for at in range(total)]


def credit_code(random: Random, kind: str) -> str:
    """A code of GB 32100 with a valid check character, of a registering authority that does not exist."""
    start = ("12" if kind == SCHOOL else "91") + f"50019{random.randrange(10)}"
    body = start + "".join(random.choice(CREDIT_ALPHABET) for _ in range(9))
    total = sum(CREDIT_ALPHABET.index(symbol) * weight for symbol, weight in zip(body, _WEIGHTS, strict=True))
    return body + CREDIT_ALPHABET[-total % 31]
