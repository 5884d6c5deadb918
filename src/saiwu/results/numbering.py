"""Numbers of award certificates, by the rulebook's pattern (rulebook language §13). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_SERIAL = "{serial}"


def series(pattern: str, *, short: str, year: int, event: str, division: str) -> str:
    """The pattern with everything filled in but the serial: certificates that share it are counted together."""
    filled = {"{short}": short, "{year}": str(year), "{event}": event, "{division}": division}
    for part, text in filled.items():
        pattern = pattern.replace(part, text)
    return pattern if _SERIAL in pattern else f"{pattern}-{_SERIAL}"


def numbers(of_series: str, given: Iterable[str] = ()) -> Iterator[str]:
    """Fresh numbers of a series, from 001 or after the highest given; three digits, more where they do not suffice."""
    before, _, after = of_series.partition(_SERIAL)
    known = re.compile(re.escape(before) + r"([0-9]{3,})" + re.escape(after))
    last = max((int(match[1]) for number in given if (match := known.fullmatch(number))), default=0)
    while True:
        last += 1
        yield f"{before}{last:03}{after}"
