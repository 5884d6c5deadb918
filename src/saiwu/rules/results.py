"""A result is a pure function of rules, marks and decisions. Command line, bundle and database all call this one.

What of it is provisional waits for `decisions`: taken, they are handed in like marks, and the result is computed again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from saiwu.rules import reasons
from saiwu.rules.awards import Advancement, Possible, Prizes, advance, award, borders, no_prizes
from saiwu.rules.certificates import Grant, Outcome, Standing, Table, grants, outcome, rank_borders, table_of
from saiwu.rules.decisions import NO_PRIZES, Decision, Kind, OpenDecision, order_of, without_prizes
from saiwu.rules.marking import (
    STATES,
    ComponentMarks,
    EntryMarks,
    GivenPenalty,
    JudgeMark,
    MemberFacts,
    NotReady,
    PartMark,
    Scale,
    Scored,
    State,
    key_of,
    scale_of,
    scored,
)
from saiwu.rules.ranking import (
    Key,
    LastWord,
    Ranks,
    TieBreak,
    advances,
    key,
    rank,
    straddling,
    tie_break_of,
    with_decisions,
)
from saiwu.rules.rulebook.book import Chapters, Division, Event
from saiwu.rules.rulebook.quotas import Minimum
from saiwu.rules.rulebook.values import plain

EVIDENCE = "evidence"
"""`pending` where a certificate hangs on a fact that nobody has given."""


@dataclass(frozen=True, slots=True)
class EntryResult:
    """What an entry has come to.

    `total` in thousandths, rounded as the rulebook says; None: none. `award`: a prize's id. `pending`: the kind of the
    decision that it waits for, or `evidence`. `decided_by`: the step that set it below the next better.
    """

    code: str
    state: State
    total: int | None
    rank: int | None
    award: str | None
    pending: str | None
    decided_by: str | None
    members: tuple[Outcome, ...]
    grants: tuple[Grant, ...] = ()

    @property
    def best(self) -> Outcome | None:
        """The member who gets most (of several alike the first), whose level and honours stand for the entry."""
        return max(self.members, key=lambda member: member.worth, default=None)

    @property
    def lacking(self) -> tuple[str, ...]:
        """Facts that a certificate hangs on and that nobody has given."""
        return tuple(dict.fromkeys(fact for member in self.members for fact in member.lacking))


@dataclass(frozen=True)
class Result:
    """The result of one list. `rows` by rank, then code, those without rank last; `awards` counts what is settled."""

    rows: tuple[EntryResult, ...]
    awards: Mapping[str, int]
    decisions: tuple[OpenDecision, ...]
    base: int
    advancement: Advancement | None
    _why: _Why = field(repr=False, compare=False)

    @property
    def provisional(self) -> bool:
        """Whether a decision is open, so that it cannot be published."""
        return bool(self.decisions)

    def reason(self, code: str) -> str:
        """Why the entry stands where it stands, in Chinese. KeyError where there is no such code."""
        return self._why.of(self._by_code[code])

    @cached_property
    def _by_code(self) -> Mapping[str, EntryResult]:
        return {row.code: row for row in self.rows}


class _Why:
    """What reasons are made of on demand."""

    def __init__(self, run: _Run) -> None:
        self._run = run

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {self._run.codes[row]: place for place, row in enumerate(self._run.ranks.order, 1)}

    def of(self, row: EntryResult) -> str:
        run = self._run
        if row.rank is None:
            said = reasons.unranked(run.scored_by_code[row.code], run.scale, run.failed(row.code))
        else:
            place = self._places[row.code]
            waits = row.pending == Kind.TIE
            said = reasons.ranked(place, run.ranks, run.tie_break, run.scale, run.codes, waits=waits)
        if row.pending in _WAITS:
            said += f"；{_WAITS[row.pending]}"
        if row.lacking:
            said += f"；证书待补：{'、'.join(row.lacking)}"
        return said


_WAITS: Mapping[str | None, str] = {
    Kind.BORDER: "奖项待主办单位裁定（名次并列，跨在奖项末位上）",
    Kind.OVER_CAP: "奖项待主办单位裁定（获奖总数超出上限）",
    Kind.ADVANCE: "晋级待裁判长裁定",
}


def compute(
    rules: Division | Event,
    entries: Sequence[EntryMarks],
    decisions: Sequence[Decision] = (),
    *,
    stage: str | None = None,
    notice_class: str | None = None,
) -> Result:
    """Totals, ranks, prizes, certificates, and what must still be decided.

    `rules`: the merged division; the event where `ranking.list` is 赛项. `stage`: an id, default the last, which gives
    the prizes; an earlier one says who goes on (`advancement`). Raises NotReady naming what the rulebook lacks.
    """
    return _Run(rules, entries, decisions, stage, notice_class).result()


class _Run:
    """One computation. Rows are the ranked entries; `codes` theirs."""

    def __init__(
        self,
        rules: Division | Event,
        entries: Sequence[EntryMarks],
        decisions: Sequence[Decision],
        stage: str | None,
        notice_class: str | None,
    ) -> None:
        self.rules = rules
        if len({entry.code for entry in entries}) < len(entries):
            raise ValueError("two entries have the same code")
        # Those whom nothing parts stand by code, so that the order in which results come in changes nothing.
        entries = self.entries = sorted(entries, key=lambda entry: entry.code)
        self.decisions = decisions
        self.scale: Scale = scale_of(rules, stage)
        self.tie_break: TieBreak = tie_break_of(rules, self.scale)
        self.needed = _parts(rules, rules.ranking.needs_pass)
        self.prizes_need = _parts(rules, rules.awards.needs_pass if rules.awards is not None else ())
        self.goes_on = advances(rules, self.scale.stage)
        self.scored: list[Scored] = [scored(entry, self.scale) for entry in entries]
        self.totals = [None if one.total is None else self.scale.rounded(one.total) for one in self.scored]
        self.base = self._base()
        self.table = self._table(notice_class)
        self.rows = [index for index in range(len(entries)) if self._ranked(index)]
        self.codes = [entries[index].code for index in self.rows]
        self.ranks = rank([self._key(index) for index in self.rows])
        self.advancement: Advancement | None = None

    def result(self) -> Result:
        """All of it."""
        ties, opened = self._break_ties()
        prizes = self._prizes(ties)
        if self.goes_on:
            self.advancement = self._advance(ties)
        at = {self.rows[row]: place for place, row in enumerate(self.ranks.order, 1)}
        results = [self._result(index, at.get(index), prizes) for index in range(len(self.entries))]
        results.sort(key=lambda one: (one.rank is None, one.rank or 0, one.code))
        further = prizes.decisions if self.advancement is None else self.advancement.decisions
        return Result(
            rows=tuple(results),
            awards=prizes.counts(),
            decisions=(*opened, *further),
            base=self.base,
            advancement=self.advancement,
            _why=_Why(self),
        )

    @property
    def _places(self) -> Mapping[str, int]:
        return {self.codes[row]: place for place, row in enumerate(self.ranks.order, 1)}

    @cached_property
    def scored_by_code(self) -> Mapping[str, Scored]:
        """Marks after penalties, by code."""
        return {entry.code: one for entry, one in zip(self.entries, self.scored, strict=True)}

    def failed(self, code: str) -> list[str]:
        """Parts whose pass mark ranking asks for and the entry misses."""
        one = self.scored_by_code[code]
        return [part for part in self.needed if not one.passed(part, self.scale.parts[part])]

    def _ranked(self, index: int) -> bool:
        one = self.scored[index]
        return one.total is not None and all(one.passed(part, self.scale.parts[part]) for part in self.needed)

    def _key(self, index: int) -> Key:
        entry = self.entries[index]
        total = self.totals[index]
        assert total is not None
        return key(
            total,
            self.scored[index].marks,
            self.tie_break,
            time_used_s=entry.time_used_s,
            handed_in_at=entry.handed_in_at,
        )

    def _base(self) -> int:
        """N: 报名 on the list, 检录 checked in, 有成绩 with a total; 取消资格 never counts."""
        base = self.rules.awards.base if self.rules.awards is not None else "检录"
        counted = 0
        for entry, one in zip(self.entries, self.scored, strict=True):
            if one.state is State.EXCLUDED:
                continue
            if base == "报名":
                counted += entry.listed
            elif base == "检录":
                counted += entry.checked_in
            else:
                counted += one.total is not None
        return counted

    def _table(self, notice_class: str | None) -> Table | None:
        if self.goes_on:
            return None
        divisions = self.rules.divisions if isinstance(self.rules, Event) else {}
        names = {key: division.name or key for key, division in divisions.items()}
        if isinstance(self.rules, Division) and self.rules.name is not None:
            names[self.rules.id] = self.rules.name
        return table_of(self.rules, self.scale, divisions=names, notice_class=notice_class)

    def _break_ties(self) -> tuple[list[tuple[int, int]], list[OpenDecision]]:
        """Apply the decisions taken on ties; first and last places of those that wait, and their decisions."""
        last = self.tie_break.last
        if last is LastWord.SHARED or not self.ranks.shared:
            return [], []
        asked = self.ranks.shared
        if last is LastWord.CHIEF_JUDGE_FOR_PRIZES:
            asked = self._crossing()
        ordered: list[tuple[int, list[int]]] = []
        waiting: list[tuple[int, int]] = []
        opened: list[OpenDecision] = []
        for first, end in asked:
            rows = {self.codes[row]: row for row in self.ranks.order[first - 1 : end]}
            order = order_of(rows, self.decisions)
            if order is not None:
                ordered.append((first, [rows[code] for code in order]))
                continue
            waiting.append((first, end))
            codes = tuple(sorted(rows))
            how = "由裁判长组织加赛，并按结果排定先后" if last is LastWord.REPLAY else "由裁判长裁定先后"
            opened.append(OpenDecision(Kind.TIE, codes, f"{'、'.join(codes)} 并列第 {first} 名，{how}。", codes))
        if ordered:
            self.ranks = with_decisions(self.ranks, ordered)
        return waiting, opened

    def _crossing(self) -> list[tuple[int, int]]:
        """Ties that lie across a border of prizes, certificate ranks or advancement."""
        shared = self.ranks.shared
        awards = self.rules.awards
        marks: set[int] = set()
        if self.goes_on:
            asked = self._advance((), trial=True)
            if asked is not None and asked.waiting:
                marks.add(self.ranks.ranks[self._places[asked.waiting[0]] - 1])
        elif awards is not None and not self._too_few() and not without_prizes(self.decisions):
            limits = borders(awards, base=self.base, ranked=len(self.ranks))
            marks.update(limits.open, limits.held)
        if self.table is not None:
            for size in {self._team_size(self.entries[index]) for index in self.rows}:
                marks.update(rank_borders(self.table, self.base, size))
        found = {span for mark in marks if (span := straddling(self.ranks, shared, mark)) is not None}
        return sorted(found)

    def _too_few(self) -> bool:
        """Too few have come, and the one effect that the rulebook gives this is 不设奖 (rulebook language §9)."""
        if any(decision.kind is Kind.MINIMUM for decision in self.decisions):
            return False
        return any(
            term.effect == (NO_PRIZES,) and term.at_least is not None and counted < term.at_least
            for term, counted in (
                (term, self._counted(term.at, term.counts)) for term in self._minimums() if term.at in _COUNTED
            )
        )

    def _minimums(self) -> list[Minimum]:
        within = "赛项" if isinstance(self.rules, Event) else "组别"
        names = {plain(self.rules.id), plain(self.rules.name or self.rules.id)}
        return [
            term
            for term in self.rules.minimums.values()
            if term.within == within
            and all(
                fact == "division" and names & {plain(answer) for answer in answers}
                for fact, answers in term.for_.items()
            )
        ]

    def _counted(self, at: str | None, counts: str) -> int:
        there = [entry for entry in self.entries if (entry.checked_in if at == "检录" else entry.listed)]
        return sum(self._team_size(entry) for entry in there) if counts == "人" else len(there)

    def _prizes(self, ties: Sequence[tuple[int, int]]) -> Prizes:
        waiting = {first: (first, last) for first, last in ties}
        awards = self.rules.awards
        if self.goes_on:
            return no_prizes(self.ranks, waiting, None)
        if awards is None:
            if self.rules.is_none("awards"):
                return no_prizes(self.ranks, waiting, None)
            raise NotReady("奖项（awards）待定" if self.rules.is_pending("awards") else "规则文件没有写奖项（awards）")
        if self._too_few():
            return no_prizes(self.ranks, waiting, awards)
        return award(
            awards,
            self.ranks,
            base=self.base,
            codes=self.codes,
            ties=ties,
            decisions=self.decisions,
            passes=self._passes if self.prizes_need else None,
        )

    def _passes(self, row: int) -> bool:
        one = self.scored[self.rows[row]]
        return all(one.passed(part, self.scale.parts[part]) for part in self.prizes_need)

    def _advance(self, ties: Sequence[tuple[int, int]], *, trial: bool = False) -> Advancement | None:
        """Who goes on. As a `trial`, whoever shares the rank at the border waits, whatever the rulebook says of it."""
        term = self.rules.stages[self.scale.stage].advance
        if term is None:
            return None
        if trial:
            term = term.model_copy(update={"ties": "裁定"})
        return advance(
            term,
            self.ranks,
            scored=sum(total is not None for total in self.totals),
            codes=self.codes,
            groups=[self.entries[index].unit for index in self.rows],
            ties=ties,
            decisions=() if trial else self.decisions,
        )

    def _team_size(self, entry: EntryMarks) -> int:
        size = self.rules.entry.team_size.low if self.rules.entry is not None else 1
        return len(entry.members) or size or 1

    def _result(self, index: int, place: int | None, prizes: Prizes) -> EntryResult:
        entry = self.entries[index]
        one = self.scored[index]
        possible = prizes.at(place) if place is not None else None
        members, given = self._certificates(entry, one, index, possible)
        pending: str | None = possible.pending if possible is not None else None
        if self.advancement is not None and pending is None and entry.code in self.advancement.waiting:
            pending = Kind.ADVANCE
        if pending is None and any(member.lacking for member in members):
            pending = EVIDENCE
        return EntryResult(
            code=entry.code,
            state=one.state,
            total=self.totals[index],
            rank=None if place is None else self.ranks.ranks[place - 1],
            award=None if possible is None else possible.award,
            pending=None if pending is None else str(pending),
            decided_by=None if place is None else self.ranks.decided_by(place, self.tie_break),
            members=members,
            grants=given,
        )

    def _certificates(
        self, entry: EntryMarks, one: Scored, index: int, possible: Possible | None
    ) -> tuple[tuple[Outcome, ...], tuple[Grant, ...]]:
        members = entry.members or (MemberFacts(entry.code),)
        if self.table is None:
            return tuple(Outcome(member.code) for member in members), ()
        standing = Standing(
            state=one.state,
            outcomes=((None, None),) if possible is None else possible.outcomes,
            total=self.totals[index],
            passed=frozenset(part for part, module in self.scale.parts.items() if one.passed(part, module)),
            team_size=self._team_size(entry),
            base=self.base,
            division=entry.division or (self.rules.id if isinstance(self.rules, Division) else None),
        )
        return (
            tuple(outcome(self.table, standing, member) for member in members),
            grants(self.table, standing, members[0]),
        )


_COUNTED = frozenset({"决赛名单", "检录"})


def _parts(rules: Chapters, words: Sequence[str]) -> list[str]:
    try:
        return [key_of(rules, word) for word in words]
    except KeyError as error:
        raise NotReady(f"needs_pass 里的{error.args[0]}不是竞赛内容或模块") from error


__all__ = [
    "EVIDENCE",
    "STATES",
    "ComponentMarks",
    "Decision",
    "EntryMarks",
    "EntryResult",
    "GivenPenalty",
    "JudgeMark",
    "Kind",
    "MemberFacts",
    "NotReady",
    "OpenDecision",
    "PartMark",
    "Ranks",
    "Result",
    "State",
    "compute",
]
