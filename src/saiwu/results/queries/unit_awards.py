"""Unit awards of a competition: the points table of a list, how many are left, and what was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from saiwu.competitions.models import Competition
from saiwu.competitions.rulebooks import in_force
from saiwu.results.actions.unit_awards import decider_of, limit_of
from saiwu.results.models import Bulletin, UnitAward
from saiwu.results.unit_records import proposal
from saiwu.rules.awards import prize_name
from saiwu.rules.procedure import Role
from saiwu.rules.rulebook.afterwards import UnitAward as Term
from saiwu.rules.unit_awards import Proposal

__all__ = ["Given", "Table", "bulletin_issued", "decider_of", "given", "table_of"]


@dataclass(frozen=True, slots=True)
class Given:
    """A unit award that was given. `prize` in words, empty without grades; `points` None where the table has none."""

    award: str
    prize: str
    among: str
    recipient: str
    points: int | None
    by: str
    at: datetime
    reason: str
    letter: str


@dataclass(frozen=True, slots=True)
class Table:
    """The points table of one list of an award. `limit`: how many the rulebook gives (of that grade) in the list, None
    without a limit; `already`: how many of these were given; `taken`: recipients of this award already, from any list."""

    term: Term
    decider: Role
    proposal: Proposal
    limit: int | None
    already: int
    taken: frozenset[str]

    @property
    def left(self) -> int | None:
        """How many more may be given."""
        return None if self.limit is None else max(0, self.limit - self.already)


def given(competition_id: int) -> tuple[Given, ...]:
    """What was given, in the order of the notice, then as decided. 2 SQL statements."""
    book = in_force(Competition.objects.get(pk=competition_id))
    order = {key: at for at, key in enumerate(book.unit_awards)}
    rows = UnitAward.objects.filter(competition_id=competition_id).select_related("by").order_by("id")
    found = [
        Given(
            award=row.award,
            prize=prize_name(row.prize, book.unit_awards[row.award].prizes[row.prize]) if row.prize else "",
            among=row.among,
            recipient=row.recipient,
            points=row.points,
            by=row.by.name,
            at=row.at,
            reason=row.reason,
            letter=row.letter,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: order.get(one.award, len(order))))


def table_of(competition_id: int, award: str, among: str, prize: str = "") -> Table:
    """The table of one list of an award that the rulebook has. SQL statements: 6, and 2 a list of results.

    Raises Refused where the rulebook does not say how many there are.
    """
    competition = Competition.objects.get(pk=competition_id)
    term = in_force(competition).unit_awards[award]
    found = proposal(competition, term, among)
    rows = UnitAward.objects.filter(competition=competition, award=award)
    held = list(rows.order_by("id").values_list("recipient", "prize", "among"))
    return Table(
        term=term,
        decider=decider_of(term),
        proposal=found,
        limit=limit_of(term, prize, len(found.ranked)) if prize or not term.prizes else None,
        already=sum(1 for _, grade, of in held if (grade, of) == (prize, among)),
        taken=frozenset(name for name, _, _ in held),
    )


def bulletin_issued(competition_id: int) -> bool:
    """Whether the bulletin is out, so that no unit award is given any more. 1 SQL statement."""
    return Bulletin.objects.filter(competition_id=competition_id).exists()
