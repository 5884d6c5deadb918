"""A stage or date of the rulebook, worked out, with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from saiwu.rules.rulebook.days import Days, Point
from saiwu.rules.rulebook.head import DateTerm
from saiwu.rules.rulebook.stages import Stage


@dataclass(frozen=True, slots=True)
class Planned:
    """When something is. `first` and `last` as days or instants with their zone; None: 待定 or not said.

    `opens` and `closes` are the same as instants. `assumed`: why, where the notice does not say the day on which it
    ends (or on which it is); `clause`: where it does. `pending`: the notice says that it will be announced.
    """

    key: str
    name: str
    english: str
    first: Point | None
    last: Point | None
    opens: datetime | None
    closes: datetime | None
    venue: str | None
    assumed: str | None
    clause: str | None
    pending: bool

    @classmethod
    def of(cls, key: str, term: Stage | DateTerm, days: Days) -> Planned:
        """The stage or date of that id in this calendar."""
        decides = next((part for part in ("to", "on", "from") if _written(term, part)), "on")
        source = term.source_of(decides)
        return cls(
            key=key,
            name=term.name or key,
            english=term.name_en or term.name or key,
            first=days.first(term),
            last=days.last(term),
            opens=days.opens_at(term),
            closes=days.closes_at(term),
            venue=term.venue,
            assumed=None if source.clauses else source.assumed,
            clause=source.clauses[0] if source.clauses else None,
            pending=any(term.is_pending(part) for part in ("on", "from", "to")),
        )

    @property
    def one_day(self) -> bool:
        """Whether it is one day or instant, not a period."""
        return self.first == self.last

    @property
    def eve(self) -> datetime | None:
        """The last second that comes before it: of the day before where it begins with a day, not at an hour."""
        if self.opens is None or isinstance(self.first, datetime):
            return self.opens
        return self.opens - timedelta(seconds=1)

    @property
    def night(self) -> datetime | None:
        """The last second of the day on which it begins."""
        return None if self.opens is None else self.opens.replace(hour=23, minute=59, second=59)

    def first_day(self) -> date | None:
        """The first day, in the notice's zone."""
        return None if self.opens is None else self.opens.date()

    def last_day(self) -> date | None:
        """The last day, in the notice's zone."""
        return None if self.closes is None else self.closes.date()


def _written(term: Stage | DateTerm, part: str) -> bool:
    return getattr(term, "from_" if part == "from" else part) is not None or term.is_pending(part)
