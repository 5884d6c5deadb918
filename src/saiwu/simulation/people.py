"""Invented people: a name, a birth, an ID number nobody has, a telephone nobody is called by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from saiwu.rules.identity import check_digit
from saiwu.simulation.names import Names

_REGION = "50019"
"""500190 to 500199: region codes that were never assigned (GB/T 2260)."""
_PHONES = 10_000
"""164 0000 xxxx: a range that no operator gives to people."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented."""

    name: str
    sex: str
    born: date
    number: str
    phone: str


class People:
    """Invents people; no two share a name, an ID number or a telephone."""

    def __init__(self, random: Random, names: Names) -> None:
        """`random` is the seeded source of what is invented."""
        self._random = random
        self._names = names
        self._numbers: set[str] = set()
        self._phones = 0
        self.all: list[Person] = []

    def invent(self, earliest: date, latest: date, *, name: str = "", sex: str = "") -> Person:
        """Somebody born between the two days, both included."""
        born = earliest + timedelta(days=self._random.randrange(max(1, (latest - earliest).days + 1)))
        sex = sex or self._random.choice("男男女")
        person = Person(name or self._names.person(), sex, born, self._number(born, sex), self._phone())
        self.all.append(person)
        return person

    def _number(self, born: date, sex: str) -> str:
        while True:
            order = self._random.randrange(1, 500) * 2 - (sex == "男")
            body = f"{_REGION}{self._random.randrange(10)}{born:%Y%m%d}{order:03d}"
            number = body + check_digit(body)
            if number not in self._numbers:
                self._numbers.add(number)
                return number

    def _phone(self) -> str:
        self._phones += 1
        return f"1640000{self._phones * 7919 % _PHONES:04d}"


def mistyped(number: str) -> str:
    """The number with its last place wrong, as people write it."""
    return number[:-1] + ("0" if number[-1] != "0" else "1")
