"""Whether something is still in time: to the second, in the competition's zone; the last second is in time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from saiwu.audit.frame import Refused
from saiwu.competitions.models import Division
from saiwu.competitions.rulebooks import in_force, rules_of
from saiwu.rules.rulebook.days import Days


def refuse_outside(division: Division, date_id: str, moments: Mapping[str, datetime], at: datetime, what: str) -> None:
    """Raise Refused before the first or after the last second of a date of `dates`. No SQL statement."""
    term = rules_of(division).dates.get(date_id)
    if term is None:
        return
    book = in_force(division.event.competition)
    days = Days(book, division.event.slug, division.slug, moments)
    opens = days.opens_at(term.from_) if term.from_ is not None else None
    closes = days.closes_at(term.to) if term.to is not None else None
    zone = book.zone
    if opens is not None and at < opens:
        raise Refused(f"{what}自{_said(opens, zone)}开始，请届时再来。", rule=f"dates.{date_id}")
    if closes is not None and at > closes:
        clause = term.source_of("to")
        raise Refused(
            f"{what}已于{_said(closes, zone)}截止。",
            rule=f"dates.{date_id}",
            clause=clause.clauses[0] if clause.clauses else None,
        )


def _said(instant: datetime, zone: ZoneInfo) -> str:
    local = instant.astimezone(zone)
    return f"{local.year}年{local.month}月{local.day}日{local:%H:%M}"
