"""Computing results: from marks and decisions to lists, their bundles, and what must still be decided."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Actor
from saiwu.audit.frame import Refused, action, record
from saiwu.competitions.decisions import raise_decision
from saiwu.competitions.models import Decision as DecisionRow
from saiwu.competitions.models import Event
from saiwu.competitions.rulebooks import in_force, moments_of, rules_of_event
from saiwu.privacy import keys
from saiwu.results.gathering import Gathered, gathered
from saiwu.results.models import Result, ResultList, Unsealing
from saiwu.rules import bundle
from saiwu.rules.canonical import sha256
from saiwu.rules.decisions import Decision, Kind, OpenDecision
from saiwu.rules.marking import NotReady
from saiwu.rules.procedure import Open, Role
from saiwu.rules.results import Result as Computed
from saiwu.rules.rulebook.book import Chapters
from saiwu.rules.rulebook.bundles import merged_division

TAKEN_BY = {
    Kind.TIE: Role.CHIEF_JUDGE,
    Kind.ADVANCE: Role.CHIEF_JUDGE,
    Kind.BORDER: Role.ORGANISER,
    Kind.OVER_CAP: Role.ORGANISER,
    Kind.MINIMUM: Role.ORGANISER,
}
"""Who takes which kind of decision (rulebook language §16)."""


@dataclass(frozen=True, slots=True)
class ComputedList:
    """One list as computed: its row, and how many decisions it raised that nobody has taken."""

    list_id: int
    key: str
    number: int
    open_decisions: int


@action
def compute(*, event_id: int, by: Actor, at: datetime) -> tuple[ComputedList, ...]:
    """Compute the lists of an event from its locked marks and the decisions taken, and raise those still to take.

    Each computation is a new row with its own bundle, signed; the last one counts. Once decisions were taken it is
    computed again. SQL statements grow with the number of lists, not of entries.
    Raises Refused before unsealing, or naming what the rulebook lacks.
    """
    event = begin("results.compute", Event, event_id, by=by, at=at, related=("competition",))
    if not Unsealing.objects.filter(event=event).exists():
        raise Refused("还没有解密，不能计算成绩。", rule="unsealing")
    last = dict(ResultList.objects.filter(event=event).values_list("list_key").annotate(last=Max("number")).order_by())
    asked = list(event.decisions.order_by("taken_at", "id"))
    moments = moments_of(event)
    done = [_list(event, one, last.get(one.key, 0) + 1, asked, moments, at) for one in gathered(event)]
    facts = {"lists": [{"list": row.list_key, "number": row.number, "sha256": row.sha256} for row, _ in done]}
    record("results.compute", event, by=by, at=at, facts=facts)
    return tuple(ComputedList(row.pk, row.list_key, row.number, waiting) for row, waiting in done)


def _list(
    event: Event,
    one: Gathered,
    number: int,
    asked: Sequence[DecisionRow],
    moments: Mapping[str, datetime],
    at: datetime,
) -> tuple[ResultList, int]:
    """Compute, store and ask. Returns the row and how many decisions wait."""
    # What was decided of one division says nothing of a list that ranks all together, nor of another division's.
    own = [row for row in asked if row.division_id in (None, one.division.pk if one.division else None)]
    book = in_force(event.competition)
    division = one.division.slug if one.division else None
    decisions = tuple(_taken(row, book.zone) for row in own if row.state == Open.GRANTED)
    try:
        document, result = bundle.build(merged_division(book, event.slug, division, moments), one.marks, decisions)
    except NotReady as error:
        raise Refused(f"规则文件还不能计算成绩：{error}。", rule="rulebook") from error
    document = bundle.sign(document, keys.current().seals)
    row = ResultList.objects.create(
        event=event,
        division=one.division,
        list_key=one.key,
        number=number,
        bundle=document,
        sha256=sha256(document),
        computed_at=at,
    )
    _write(row, one, document, result)
    for opened in result.decisions:
        _raise(event, one, opened, own, at)
    return row, len(result.decisions)


def _write(row: ResultList, one: Gathered, document: Mapping[str, Any], result: Computed) -> None:
    components = {entry["code"]: entry["components"] for entry in document["entries"]}
    members = {entry["code"]: entry["members"] for entry in document["result"]}
    Result.objects.bulk_create(
        Result(
            result_list=row,
            entry=one.entries[found.code],
            code=found.code,
            state=found.state.value,
            total=found.total,
            rank=found.rank,
            award=found.award or "",
            pending=found.pending or "",
            reason=result.reason(found.code),
            components=components[found.code],
            members=members[found.code],
        )
        for found in result.rows
    )


def _taken(row: DecisionRow, zone: ZoneInfo) -> Decision:
    """A decision as the rules take it."""
    choice = tuple(row.choice) if isinstance(row.choice, list) else str(row.choice)
    at = None if row.taken_at is None else row.taken_at.astimezone(zone).isoformat()
    return Decision(Kind(row.kind), tuple(row.concerns), choice, row.taken_role, at, row.reason)


def _raise(event: Event, one: Gathered, opened: OpenDecision, asked: Sequence[DecisionRow], at: datetime) -> None:
    rules = rules_of_event(event)
    raise_decision(
        event,
        one.division,
        opened.kind.value,
        _subject(one.key, opened, asked),
        concerns=opened.concerns,
        options=opened.options,
        message=opened.message,
        clause=_clause(rules.divisions.get(one.key, rules), opened.kind),
        may_take=TAKEN_BY[opened.kind],
        at=at,
    )


def _subject(key: str, opened: OpenDecision, asked: Sequence[DecisionRow]) -> str:
    """What the decision is about. A second time where the first was taken and has not settled it."""
    subject = f"{opened.kind}:{key}"
    if opened.kind is not Kind.OVER_CAP:  # there may be several ties and borders, but one cap
        subject += ":" + hashlib.sha256(f"{'、'.join(opened.concerns)}\n{opened.message}".encode()).hexdigest()[:16]
    taken = {row.subject for row in asked if row.state != Open.ASKED}
    times = 1
    while (again := subject if times == 1 else f"{subject}:{times}") in taken:
        times += 1
    return again


def _clause(rules: Chapters, kind: Kind) -> str | None:
    if kind in (Kind.TIE, Kind.ADVANCE):
        return rules.ranking.clause
    if rules.awards is None:
        return None
    clauses = rules.awards.source_of("cap" if kind is Kind.OVER_CAP else "prizes").clauses
    return clauses[0] if clauses else rules.awards.clause
