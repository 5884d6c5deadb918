"""Second lists from the same results (rulebook language §11, `also_rank`): units, districts, members of teams.

A *group* is what the list ranks; its *results* are what counts towards it. With `members` n, n results count, and whoever
has fewer is not ranked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from saiwu.rules.awards import Prizes, award, no_prizes
from saiwu.rules.decisions import Decision, Kind, OpenDecision, order_of
from saiwu.rules.marking import Exact, NotReady, key_of
from saiwu.rules.ranking import LACKING, Key, LastWord, Ranks, rank, with_decisions
from saiwu.rules.rulebook.awards import ALL_TIME_USED, LAST_WORDS, TIME_USED, AlsoRank
from saiwu.rules.rulebook.book import Chapters
from saiwu.rules.rulebook.values import Rounding, plain


@dataclass(frozen=True, slots=True)
class Contribution:
    """One result that may count towards a group (a unit, a district, a person).

    `total` in thousandths; None: none. `marks`: by component or module key. `named`: the group has named it (报名指定).
    """

    group: str
    code: str
    total: int | None
    marks: Mapping[str, Exact] = field(default_factory=dict)
    time_used_s: Exact | None = None
    named: bool = False


@dataclass(frozen=True, slots=True)
class GroupResult:
    """What a group has come to. `counted`: the codes of the results that count; `score` in thousandths, rounded."""

    group: str
    score: int | None
    rank: int | None
    award: str | None
    pending: str | None
    counted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SecondList:
    """A second list: groups by rank, then name, those without rank last; prizes counted; decisions raised."""

    rows: tuple[GroupResult, ...]
    awards: Mapping[str, int]
    decisions: tuple[OpenDecision, ...]


def second_list(
    term: AlsoRank, chapters: Chapters, contributions: Sequence[Contribution], decisions: Sequence[Decision] = ()
) -> SecondList:
    """Rank the groups. `chapters` are the rules whose components and rounding count. Raises NotReady."""
    counted = {group: _counted(term, own) for group, own in _by_group(contributions).items()}
    scores = {group: _score(term, chapters, own) for group, own in counted.items() if own is not None}
    groups = sorted(scores)
    steps, last = _steps(term, chapters)
    ranks = rank([_key(scores[group], counted[group] or (), steps) for group in groups])
    waiting, opened = _ties(ranks, groups, last, decisions)
    ranks = waiting[1]
    prizes = _prizes(term, ranks, groups, waiting[0], len(counted), decisions)
    rows = []
    for place, row in enumerate(ranks.order, 1):
        group = groups[row]
        possible = prizes.at(place)
        pending = None if possible.pending is None else str(possible.pending)
        codes = tuple(one.code for one in counted[group] or ())
        rows.append(GroupResult(group, scores[group], ranks.ranks[place - 1], possible.award, pending, codes))
    rows += [GroupResult(group, None, None, None, None, ()) for group in sorted(set(counted) - set(scores))]
    rows.sort(key=lambda one: (one.rank is None, one.rank or 0, one.group))
    return SecondList(tuple(rows), prizes.counts(), (*opened, *prizes.decisions))


def _by_group(contributions: Sequence[Contribution]) -> dict[str, list[Contribution]]:
    found: dict[str, list[Contribution]] = {}
    for one in contributions:
        found.setdefault(one.group, []).append(one)
    return found


def _counted(term: AlsoRank, own: Sequence[Contribution]) -> tuple[Contribution, ...] | None:
    """The results that count, best first; None where there are too few."""
    scored = [one for one in own if one.total is not None and (term.choose == "成绩最好" or one.named)]
    best = sorted(scored, key=lambda one: (-(one.total or 0), one.time_used_s is None, one.time_used_s or 0, one.code))
    wanted = term.members
    if wanted is None:
        return tuple(best) or None
    return tuple(best[:wanted]) if len(best) >= wanted else None


def _score(term: AlsoRank, chapters: Chapters, own: Sequence[Contribution]) -> int:
    total = sum(one.total or 0 for one in own)
    exact = Fraction(total, len(own)) if term.score == "平均" else Fraction(total)
    unit = int(10 ** (3 - chapters.ranking.decimals))
    rounding: Rounding = chapters.ranking.rounding
    return rounding.apply(exact / unit) * unit


def _steps(term: AlsoRank, chapters: Chapters) -> tuple[tuple[str, ...], LastWord]:
    """Keys of parts, or 用时 for the time of all who count, then the last word: 裁判长 unless another is written."""
    words = {plain(word): LastWord(word) for word in LAST_WORDS}
    steps: list[str] = []
    for word in term.tie_break:
        if plain(word) in words:
            return tuple(steps), words[plain(word)]
        if plain(word) in (TIME_USED, ALL_TIME_USED):
            steps.append(TIME_USED)
            continue
        try:
            steps.append(key_of(chapters, word))
        except KeyError as error:
            raise NotReady(f"also_rank 的 tie_break 里的“{word}”不是竞赛内容或模块") from error
    return tuple(steps), LastWord.CHIEF_JUDGE


def _key(score: int, own: Sequence[Contribution], steps: Sequence[str]) -> Key:
    values: list[Exact] = [-score]
    for step in steps:
        given = [one.time_used_s if step == TIME_USED else one.marks.get(step) for one in own]
        known = [value for value in given if value is not None]
        if len(known) < len(given):
            values.append(LACKING)
        else:
            total: Exact = sum(known)
            values.append(total if step == TIME_USED else -total)
    return tuple(values)


def _ties(
    ranks: Ranks, groups: Sequence[str], last: LastWord, decisions: Sequence[Decision]
) -> tuple[tuple[list[tuple[int, int]], Ranks], list[OpenDecision]]:
    if last is LastWord.SHARED:
        return ([], ranks), []
    ordered, waiting, opened = [], [], []
    for first, end in ranks.shared:
        rows = {groups[row]: row for row in ranks.order[first - 1 : end]}
        order = order_of(rows, decisions)
        if order is not None:
            ordered.append((first, [rows[group] for group in order]))
            continue
        waiting.append((first, end))
        named = tuple(sorted(rows))
        opened.append(OpenDecision(Kind.TIE, named, f"{'、'.join(named)} 并列第 {first} 名，由裁判长裁定先后。", named))
    return (waiting, with_decisions(ranks, ordered)), opened


def _prizes(
    term: AlsoRank,
    ranks: Ranks,
    groups: Sequence[str],
    ties: Sequence[tuple[int, int]],
    base: int,
    decisions: Sequence[Decision],
) -> Prizes:
    if term.awards is None:
        return no_prizes(ranks, {first: (first, end) for first, end in ties}, None)
    ranked = len(ranks) if term.awards.base == "有成绩" else base
    return award(term.awards, ranks, base=ranked, codes=groups, ties=ties, decisions=decisions)
