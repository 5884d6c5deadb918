"""What a unit reads of its own people's results: published ones only, and their certificates once issued."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from saiwu.entries.models import Member
from saiwu.entries.queries.public import SUBSTITUTE
from saiwu.results.documents import chapters_of, prize_of
from saiwu.results.models import Certificate, Result
from saiwu.results.queries.public import PublishedList, published


@dataclass(frozen=True, slots=True)
class OwnCertificate:
    """An award certificate: whose, and by which code anybody checks it."""

    name: str
    number: str
    check_code: str


@dataclass(frozen=True, slots=True)
class OwnResult:
    """An entry of the unit in a published list. `rank` None: without one. `total` in thousandths."""

    entry_id: int
    list: PublishedList
    division: str
    team: str
    names: tuple[str, ...]
    rank: int | None
    total: int | None
    prize: str
    certificates: tuple[OwnCertificate, ...]

    @property
    def shown(self) -> str:
        """The team, or whoever competed alone."""
        return self.team or "、".join(self.names)


def results_of(unit_id: int, competition_id: int) -> tuple[OwnResult, ...]:
    """In the order of events, best first. 5 SQL statements, however many (3 where there are none)."""
    lists = {one.id: one for one in published(competition_id)}
    rows = list(
        Result.objects.filter(result_list__in=lists, entry__unit_id=unit_id)
        .select_related("entry__division", "result_list__event__competition", "result_list__division")
        .defer("result_list__bundle")
        .order_by("result_list__event__position", "result_list__list_key", "rank", "id")
    )
    if not rows:
        return ()
    names: Mapping[int, list[str]] = defaultdict(list)
    members = Member.objects.filter(entry__in=[row.entry_id for row in rows]).exclude(role=SUBSTITUTE)
    for entry_id, name in members.order_by("entry_id", "position").values_list("entry_id", "person__name"):
        names[entry_id].append(name)
    issued: Mapping[int, list[OwnCertificate]] = defaultdict(list)
    of_rows = Certificate.objects.filter(result__in=[row.pk for row in rows]).select_related("member__person")
    for one in of_rows.order_by("number", "id"):
        issued[one.result_id].append(OwnCertificate(one.member.person.name, one.number, one.check_code))
    return tuple(
        OwnResult(
            entry_id=row.entry_id,
            list=lists[row.result_list_id],
            division=row.entry.division.slug,
            team=row.entry.team_name,
            names=tuple(names[row.entry_id]),
            rank=row.rank,
            total=row.total,
            prize=prize_of(chapters_of(row.result_list), row.award) if row.award else "",
            certificates=tuple(issued[row.pk]),
        )
        for row in rows
    )
