"""How fast the people of an event work: as in every rehearsal, or slower, so that something is left to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """Shares are of the time for registration.

    `first_come`: between these most are handed in. `review_hours`, `settle_hours`: within so many the host looks at an
    entry, and a waiver is settled. `unseen_of`: one in so many is looked at only once registration has closed (0: none
    but those that are lost). `decided_days`, `confirmed_days`: so long after registration has closed, or the public
    notice has ended, decisions are taken and results confirmed. `arrival_s`: between two who check in.
    `marked_in_two`: the judges stop in the evening, and go on the next morning.
    """

    first_come: tuple[float, float] = (0.05, 0.80)
    review_hours: int = 30
    settle_hours: int = 20
    unseen_of: int = 0
    decided_days: int = 1
    confirmed_days: int = 1
    arrival_s: int = 20
    marked_in_two: bool = False


USUAL = Pace()
