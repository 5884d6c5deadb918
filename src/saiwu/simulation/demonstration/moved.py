"""A notice moved in time: every date that is written with its year, in rules and sentences alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from saiwu.rules.rulebook import Rulebook, load_files

_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_CHINESE = re.compile(r"(?<!\d)((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年(?!\d{1,2}月\d{1,2}日)|〕)")
_IN_ID = re.compile(r"(?<!\d)(20\d\d)(?!\d)")

Move = Callable[[date], date]


class CannotMove(ValueError):  # noqa: N818
    """The notice does not hold any more once its dates are moved; the message is its first fault."""


def moved(book: Rulebook, move: Move) -> Rulebook:
    """The notice with each date where `move` puts it; its number and its id take the year of the first of January.

    Dates without a year are left as they are, so that a notice whose sentences have such can be moved by whole years
    only. Raises CannotMove where the notice does not hold any more.
    """

    def of_year(match: re.Match[str]) -> str:
        return str(move(date(int(match[1]), 1, 1)).year)

    def iso(match: re.Match[str]) -> str:
        return move(date(int(match[1]), int(match[2]), int(match[3]))).isoformat()

    def chinese(match: re.Match[str]) -> str:
        day = move(date(int(match[1]), int(match[2]), int(match[3])))
        return f"{day.year}年{day.month}月{day.day}日"

    def text(written: str) -> str:
        return _ISO.sub(iso, _CHINESE.sub(chinese, _YEAR.sub(of_year, written)))

    files = {path: text(written) for path, written in book.files.items()}
    loaded = load_files(_IN_ID.sub(of_year, book.id), files)
    if loaded.book is None:
        raise CannotMove(str(loaded.faults[0]))
    return loaded.book


def by_years(years: int) -> Move:
    """So many years later; the 29th of February becomes the 28th where there is none."""

    def move(day: date) -> date:
        try:
            return day.replace(year=day.year + years)
        except ValueError:
            return day.replace(year=day.year + years, day=28)

    return move


def by_days(days: int) -> Move:
    """So many days later."""
    return lambda day: day + timedelta(days=days)
