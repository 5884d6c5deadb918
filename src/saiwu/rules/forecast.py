"""How many there will be at a deadline, if they keep coming as they came of late. It promises nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

LATELY = timedelta(days=7)
"""What counts as of late."""


def forecast(have: int, lately: int, *, now: datetime, closes: datetime | None) -> int:
    """`have` now, of whom `lately` came within the last seven days: how many when it closes, rounded down.

    As many as there are where it has closed, or nobody knows when it does.
    """
    if closes is None or closes <= now:
        return have
    return have + lately * (closes - now) // LATELY
