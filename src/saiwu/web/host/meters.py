"""How many there are of how many, as a bar with a mark."""

from __future__ import annotations

from dataclasses import dataclass

from saiwu.entries.queries.of_event import Standing
from saiwu.rules.rulebook import book as typed


@dataclass(frozen=True, slots=True)
class Meter:
    """`of` None: no number is wanted. `width` and `mark` as hundredths of the bar; `mark` empty: at its end."""

    name: str
    have: int
    of: int | None
    measure: str
    short: bool
    width: str
    mark: str


def against_minimum(one: Standing, rules: typed.Event) -> Meter:
    """A division against its minimum: the mark stands at the minimum, the bar goes on beyond."""
    name = rules.division_name(one.division)
    if one.minimum is None:
        return Meter(name, one.have, None, one.measure, short=False, width="0", mark="")
    whole = max(one.minimum * 5 / 4, one.have, 1)
    return Meter(
        name,
        one.have,
        one.minimum,
        one.measure,
        short=one.short,
        width=f"{100 * one.have / whole:.1f}",
        mark=f"{100 * one.minimum / whole:.1f}",
    )


def part_of(name: str, have: int, of: int, measure: str) -> Meter:
    """So many of all."""
    return Meter(name, have, of, measure, short=False, width=f"{100 * have / max(of, 1):.1f}", mark="")
