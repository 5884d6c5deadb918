"""Skill-level certificates, promotion and honours: one decision table per person (rulebook language §13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from saiwu.rules.eligibility.facts import named
from saiwu.rules.marking import MemberFacts, NotReady, Scale, State, key_of
from saiwu.rules.rulebook.book import USUAL_DIVISIONS, Chapters
from saiwu.rules.rulebook.certificates import ANY_PRIZE, SAME_LEVEL, CertificateRow, Certificates, Conditions
from saiwu.rules.rulebook.values import LEVEL_NAMES, NONE, Level, Who, plain

AGE = "年龄"
PAPER_LEVEL = "命题等级"
SPECIAL_SKILL = "专项职业能力"
_STEPS = {"命题等级": 0, "命题等级+1": 1, "命题等级-1": -1}
_NAMED_LEVELS = {name: level for level, name in LEVEL_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Standing:
    """What an entry has come to.

    `outcomes`: the pairs of rank and prize that are still possible (one where all is settled). `total` in thousandths,
    rounded. `passed`: keys of components and modules passed. `base`: N of the awards. `division`: its id.
    """

    state: State
    outcomes: tuple[tuple[int | None, str | None], ...]
    total: int | None
    passed: frozenset[str]
    team_size: int
    base: int
    division: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one person gets. `level` None with `certificate`: a special-skill certificate, which has no levels.

    `lacking`: facts that a row hangs on and nobody has given, named as people call them. `clause`: that of the row
    which gave the level. `approval`: who must still agree to what is given.
    """

    code: str
    level: Level | None = None
    certificate: bool = False
    promotion: bool = False
    honours: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    clause: str | None = None
    approval: tuple[Who, ...] = ()

    @property
    def worth(self) -> tuple[int, bool, bool, int]:
        """For comparison of members: who gets most stands for the entry."""
        return (int(self.level or 0), self.certificate, self.promotion, len(self.honours))


@dataclass(frozen=True, slots=True)
class Grant:
    """What the table gives to others than the contestants: to the instructors of the entry, or its unit."""

    to: Who
    honours: tuple[str, ...]
    approval: Who | None = None


class _Fit(Enum):
    NO = 0
    YES = 1
    WAITS = 2  # an open decision can still change it
    UNKNOWN = 3  # it would fit but for a fact that nobody knows


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with its words resolved: keys of parts, ids of prizes (None: asks for none; empty: any)."""

    term: Conditions
    passed: tuple[str, ...]
    prizes: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Table:
    """The decision table of one event and division, ready to be asked. `class_` is the notice's."""

    term: Certificates
    rows: tuple[_Row, ...]
    withheld: tuple[_Row, ...]
    paper_level: Level | None
    paper_level_pending: bool
    kind: str | None
    names: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    class_: str | None = None

    @property
    def on_members(self) -> bool:
        """Whether any row asks or gives anything."""
        return bool(self.rows)


def table_of(
    chapters: Chapters, scale: Scale, *, divisions: Mapping[str, str] | None = None, notice_class: str | None = None
) -> Table | None:
    """The chapter's table; None where the notice gives no certificates, or they are still 待定.

    `divisions`: names of divisions by id, beyond the usual ones. Raises NotReady where a row names what is not there.
    """
    term = chapters.certificates
    if term is None or not (term.rows or term.withheld):
        return None
    no_level = chapters.is_none("certificate_kind")
    return Table(
        term=term,
        rows=tuple(_resolved(row, chapters) for row in term.rows),
        withheld=tuple(_resolved(row, chapters) for row in term.withheld),
        paper_level=chapters.paper_level,
        paper_level_pending=chapters.is_pending("paper_level"),
        kind=NONE if no_level else chapters.certificate_kind,
        names={**USUAL_DIVISIONS, **(divisions or {})},
        tags=tuple(chapters.tags),
        class_=notice_class,
    )


def _resolved(row: Conditions, chapters: Chapters) -> _Row:
    try:
        passed = tuple(key_of(chapters, word) for word in row.passed)
        ids = frozenset(_prize_id(chapters, word) for word in row.prize if word != ANY_PRIZE)
    except KeyError as error:
        raise NotReady(f"证书规则里的{error.args[0]}不在竞赛内容或奖项里") from error
    asked = None if not row.prize else frozenset() if ANY_PRIZE in row.prize else ids
    return _Row(row, passed, asked)


def _prize_id(chapters: Chapters, word: str) -> str:
    prizes = chapters.awards.prizes if chapters.awards is not None else {}
    wanted = chapters.prize(word)
    return next(key for key, prize in prizes.items() if prize is wanted)


def outcome(table: Table, standing: Standing, member: MemberFacts) -> Outcome:
    """What the table gives one member (rows given to 选手)."""
    if standing.state in (State.VOID, State.EXCLUDED):
        return Outcome(member.code)
    lacking: dict[str, None] = {}
    levels: list[tuple[Level | None, CertificateRow]] = []
    honours: dict[str, None] = {}
    approval: dict[Who, None] = {}
    for row in table.rows:
        term = row.term
        assert isinstance(term, CertificateRow)
        if term.given_to not in (None, Who.CONTESTANT):
            continue
        fit, fact = _fits(row, table, standing, member)
        if fit is _Fit.UNKNOWN:
            lacking[fact] = None
        if fit is not _Fit.YES:
            continue
        honours.update(dict.fromkeys(term.honours))
        if term.approval is not None:
            approval[term.approval] = None
        if term.gives is not None and table.kind != NONE:
            levels += _levels(table, term, member, lacking)
    level, chosen = _chosen(table, standing, member, levels, lacking)
    paper = table.paper_level
    return Outcome(
        code=member.code,
        level=level,
        certificate=chosen is not None,
        promotion=level is not None and paper is not None and level > paper,
        honours=tuple(honours),
        lacking=tuple(lacking),
        clause=None if chosen is None else chosen.clause,
        approval=tuple(approval),
    )


def grants(table: Table, standing: Standing, member: MemberFacts) -> tuple[Grant, ...]:
    """Honours of the rows that are given to others; `member` answers for the entry where a row asks for a fact."""
    if standing.state in (State.VOID, State.EXCLUDED):
        return ()
    given: list[Grant] = []
    for row in table.rows:
        term = row.term
        assert isinstance(term, CertificateRow)
        if term.given_to in (None, Who.CONTESTANT) or not term.honours:
            continue
        if _fits(row, table, standing, member)[0] is _Fit.YES:
            given.append(Grant(term.given_to, term.honours, term.approval))
    return tuple(given)


def _levels(
    table: Table, row: CertificateRow, member: MemberFacts, lacking: dict[str, None]
) -> list[tuple[Level | None, CertificateRow]]:
    """The level that a row gives, under the ceiling, in a list; empty: none. None in it: a special-skill certificate."""
    gives = str(row.gives)
    if table.kind == SPECIAL_SKILL:
        return [(None, row)] if gives in ("命题等级", "命题等级+1") else []
    if gives in _NAMED_LEVELS:
        rung = int(_NAMED_LEVELS[gives])
    elif gives in _STEPS:
        if table.paper_level is None:
            if table.paper_level_pending:
                lacking[PAPER_LEVEL] = None
            return []
        rung = table.paper_level + _STEPS[gives]
    else:
        if member.holds is None:
            return []
        rung = member.holds + 1
    return [(Level(min(rung, table.term.ceiling)), row)] if rung >= Level.FIVE else []


def _chosen(
    table: Table,
    standing: Standing,
    member: MemberFacts,
    levels: Sequence[tuple[Level | None, CertificateRow]],
    lacking: dict[str, None],
) -> tuple[Level | None, CertificateRow | None]:
    """The level and its row after what is denied and held already is taken out; no row: no certificate."""
    left: list[tuple[Level | None, CertificateRow]] = []
    for level, row in levels:
        if level is None:
            left.append((level, row))
            continue
        if member.holds is not None and level <= member.holds and table.term.already_held == "不发":
            continue
        if not _denied(table, standing, member, level, lacking):
            left.append((level, row))
    if not left:
        return None, None
    return left[0] if table.term.hit == "首行" else max(left, key=lambda each: each[0] or 0)


def _denied(table: Table, standing: Standing, member: MemberFacts, level: Level, lacking: dict[str, None]) -> bool:
    """Whether a level is withheld; where that hangs on a decision or an unknown fact, it is until that is settled."""
    denied = False
    for row in table.withheld:
        if getattr(row.term, "denies", None) is not level:
            continue
        fit, fact = _fits(row, table, standing, member)
        if fit is _Fit.UNKNOWN:
            lacking[fact] = None
        denied = denied or fit is not _Fit.NO
    return denied


def _fits(row: _Row, table: Table, standing: Standing, member: MemberFacts) -> tuple[_Fit, str]:
    """Whether a row fits; with UNKNOWN, the fact it hangs on."""
    term = row.term
    if not (
        (not term.passed or all(part in standing.passed for part in row.passed))
        and (term.total is None or (standing.total is not None and standing.total >= term.total))
        and (term.team_size is None or term.team_size.holds(standing.team_size))
        and (term.entries is None or term.entries.holds(standing.base))
        and (not term.holds or _holds(term, table, member))
    ):
        return _Fit.NO, ""
    ways = {_outcome_fits(row, standing, rank, prize) for rank, prize in standing.outcomes}
    if True not in ways:
        return _Fit.NO, ""
    unknown = ""
    if term.paper_level:
        if table.paper_level_pending:
            unknown = PAPER_LEVEL
        elif table.paper_level not in term.paper_level:
            return _Fit.NO, ""
    if term.age is not None:
        if member.age is None:
            unknown = unknown or AGE
        elif not term.age.holds(member.age):
            return _Fit.NO, ""
    for fact, allowed in term.for_.items():
        answers = _answers(fact, table, standing, member)
        if answers is None:
            unknown = unknown or named(fact)
        elif not {plain(answer) for answer in answers} & {plain(one) for one in allowed}:
            return _Fit.NO, ""
    if False in ways:
        return _Fit.WAITS, ""
    return (_Fit.UNKNOWN, unknown) if unknown else (_Fit.YES, "")


def _outcome_fits(row: _Row, standing: Standing, rank: int | None, prize: str | None) -> bool:
    if row.term.rank is not None and (rank is None or not row.term.rank.holds(rank, standing.base)):
        return False
    return row.prizes is None or (prize is not None and (not row.prizes or prize in row.prizes))


def _holds(term: Conditions, table: Table, member: MemberFacts) -> bool:
    held = NONE if member.holds is None else member.holds.chinese
    same = SAME_LEVEL in term.holds and member.holds is not None and member.holds is table.paper_level
    return same or held in term.holds


def _answers(fact: str, table: Table, standing: Standing, member: MemberFacts) -> tuple[str, ...] | None:
    stated = member.facts.get(fact)
    if fact == "division":
        division = standing.division or stated
        return None if division is None else (division, table.names.get(division, division))
    if fact == "tag":
        return table.tags
    if fact == "class":
        return () if table.class_ is None else (table.class_,)
    if fact == "entry_kind" and stated is None:
        return ("单人",) if standing.team_size == 1 else ("团体",)
    return None if stated is None else (stated,)


def rank_borders(table: Table, base: int, team_size: int) -> frozenset[int]:
    """Places after which a certificate row begins or ends to fit, for entries of that size."""
    found: set[int] = set()
    for row in (*table.rows, *table.withheld):
        term = row.term
        if term.rank is None:
            continue
        if term.team_size is not None and not term.team_size.holds(team_size):
            continue
        if term.entries is not None and not term.entries.holds(base):
            continue
        if term.rank.share is not None:
            found.add((term.rank.share.numerator * base) // term.rank.share.denominator)
            continue
        if term.rank.low is not None:
            found.add(term.rank.low - 1)
        if term.rank.high is not None:
            found.add(term.rank.high)
    return frozenset(found)
