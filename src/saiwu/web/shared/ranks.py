"""How a published list is shown: each rank with the comparison that decided it, its sum, its prize and the clause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from saiwu.results.queries import RankRow, ResultPage
from saiwu.rules.rulebook import Rulebook
from saiwu.rules.rulebook import book as typed
from saiwu.rules.rulebook.awards import ALL_TIME_USED, HANDED_IN, TIME_USED
from saiwu.rules.rulebook.values import percent
from saiwu.web.numbers import points

_PRIZE_CLASSES = ("first", "second", "third")


@dataclass(frozen=True, slots=True)
class Column:
    """A component of the total: head of a column."""

    key: str
    name: str
    short: str
    weight: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A mark as shown. `decided`: this comparison set the ranks apart."""

    text: str
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """A row of the small table that compares neighbours with the same total."""

    rank: int
    name: str
    total: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ModuleMark:
    """A mark of a module."""

    name: str
    mark: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A rank. `reason`: the comparison that decided it; where the next has the same total, `ahead` says why this is better.

    `gets`: certificates and promotions in words; `sentence`: of the clause under which the prize is given, `decides` its
    words that do.
    """

    row: RankRow
    name: str
    total: str
    cells: tuple[Cell, ...]
    ahead: str
    reason: str
    prize: str
    prize_class: str
    sum: str
    beside: tuple[Beside, ...]
    modules: tuple[ModuleMark, ...]
    penalties: tuple[str, ...]
    gets: tuple[str, ...]
    clause: str | None
    sentence: str
    decides: str


def columns_of(page: ResultPage, rules: typed.Chapters) -> tuple[Column, ...]:
    """The components that somebody has a mark of, in the rulebook's order."""
    return tuple(
        Column(
            key,
            component.name or key,
            (component.name or key).removesuffix("知识").removeprefix("技能"),
            percent(component.weight) if component.weight else "",
        )
        for key, component in rules.components.items()
        if any(key in row.marks for row in page.rows)
    )


def shown(page: ResultPage, book: Rulebook, rules: typed.Chapters) -> tuple[Shown, ...]:
    """All ranks of a list, best first."""
    columns = columns_of(page, rules)
    return tuple(_shown(page, place, book, rules, columns) for place in range(len(page.rows)))


def _shown(page: ResultPage, place: int, book: Rulebook, rules: typed.Chapters, columns: tuple[Column, ...]) -> Shown:
    row = page.rows[place]
    decimals = rules.ranking.decimals
    prize = rules.awards.prizes.get(row.award) if rules.awards and row.award else None
    clause = None
    if rules.awards is not None and row.award:
        sources = rules.awards.source_of("prizes").clauses
        meta = prize.meta.source.clauses if prize is not None else ()
        clause = next(iter((*meta, *sources, *rules.awards.clauses)), None)
    name = (prize.name if prize else None) or row.award
    sentence = book.text.get(clause, "") if clause else ""
    return Shown(
        row=row,
        name=_who(row),
        total=points(row.total, decimals),
        cells=_cells(row, columns, decimals),
        ahead=_ahead(page.rows, place),
        reason=_reason(page.rows, place),
        prize=name,
        prize_class=row.award if row.award in _PRIZE_CLASSES else "merit",
        sum=_sum(row, rules, columns, decimals),
        beside=_beside(page.rows, place, columns, decimals),
        modules=_modules(row, rules, decimals),
        penalties=tuple(_penalty(rules, key) for key in row.penalties),
        gets=_gets(row),
        clause=clause if sentence else None,
        sentence=sentence,
        decides=_decides(sentence, name),
    )


def _who(row: RankRow) -> str:
    names = "、".join(row.names) or "（姓名已按规定删除）"
    return f"{row.team}（{names}）" if row.team else names


def _ahead(rows: tuple[RankRow, ...], place: int) -> str:
    """Why an entry stands before the next, where both have the same total: 与第 6 名总分相同，按“技能操作”成绩排在前."""
    following = rows[place + 1] if place + 1 < len(rows) else None
    if following is None or following.total != rows[place].total or following.rank == rows[place].rank:
        return ""
    step = following.decided_by
    if step in (None, "total") or place == 0:
        return ""
    how = "经裁定" if step == "decision" else f"按“{step}”"
    return f"与第 {following.rank} 名总分相同，{how}排在前"


def _reason(rows: tuple[RankRow, ...], place: int) -> str:
    """The reason as computed; of a shared rank with names, where the rules could only name codes."""
    row = rows[place]
    shared = [_who(other) for other in rows if other.rank == row.rank and other is not row]
    return f"各项比较均与{'、'.join(shared)}相同，名次并列" if shared else row.reason


def _cells(row: RankRow, columns: tuple[Column, ...], decimals: int, decided: str | None = None) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            points(row.marks[column.key], decimals) if column.key in row.marks else "—",
            decided in (column.key, column.name),
        )
        for column in columns
    )


def _beside(rows: tuple[RankRow, ...], place: int, columns: tuple[Column, ...], decimals: int) -> tuple[Beside, ...]:
    """Everybody with the same total, where there are several; the comparison that decided between them marked."""
    row = rows[place]
    equal = [other for other in rows if other.total == row.total]
    if len(equal) < 2:
        return ()
    decided = next((other.decided_by for other in equal if other.decided_by not in (None, "total")), None)
    return tuple(
        Beside(
            other.rank,
            _who(other),
            points(other.total, decimals),
            _cells(other, columns, decimals, decided if other is row else None),
        )
        for other in equal
    )


def _sum(row: RankRow, rules: typed.Chapters, columns: tuple[Column, ...], decimals: int) -> str:
    """总分 = 90.000 × 70% + 84.500 × 30%; empty where that is not the total, as after a penalty."""
    parts, exact = [], Fraction(0)
    for column in columns:
        weight, mark = rules.components[column.key].weight, row.marks.get(column.key, 0)
        parts.append(points(mark, decimals) + (f" × {column.weight}" if weight else ""))
        exact += mark * (weight or 1)
    unit = 10 ** (3 - decimals)
    if rules.ranking.rounding.apply(exact / unit) * unit != row.total or len(parts) < 2:
        return ""
    return f"总分 = {' + '.join(parts)}"


def _modules(row: RankRow, rules: typed.Chapters, decimals: int) -> tuple[ModuleMark, ...]:
    return tuple(
        ModuleMark(rules.components[part].modules[key].name or key, points(mark, decimals))
        for part, modules in row.modules.items()
        for key, mark in modules.items()
        if part in rules.components and key in rules.components[part].modules
    )


def _penalty(rules: typed.Chapters, key: str) -> str:
    term = rules.penalties.get(key)
    return (term.name if term else None) or key


def _gets(row: RankRow) -> tuple[str, ...]:
    said: dict[str, None] = {}
    for member in row.members:
        if member.level:
            said[f"晋升{member.level}" if member.promotion else f"发{member.level}职业技能等级证书"] = None
        elif member.certificate:
            said["发专项职业能力证书"] = None
        for honour in member.honours:
            said[f"授予{honour}"] = None
    return tuple(said)


def _decides(sentence: str, prize: str) -> str:
    """The words of the sentence that set the prize: its name and what follows up to the next mark."""
    start = sentence.find(prize) if prize else -1
    if start < 0:
        return ""
    stops = [at for stop in "、，。；" if (at := sentence.find(stop, start)) > 0]
    return sentence[start : min(stops, default=len(sentence))]


def tie_break_said(rules: typed.Chapters) -> str:
    """The order of comparisons where totals are equal: 技能操作、用时、裁判长裁定."""
    words = {TIME_USED: "用时少者", HANDED_IN: "先交卷者", ALL_TIME_USED: "用时合计少者", "裁判长": "裁判长裁定"}
    steps = rules.ranking.tie_break
    return "、".join(words.get(step, step) for step in steps) if steps else ""


def counts_said(page: ResultPage, rules: typed.Chapters) -> str:
    """一等奖 1、二等奖 2."""
    prizes: Mapping[str, object] = rules.awards.prizes if rules.awards else {}
    said = [
        f"{getattr(prizes[key], 'name', None) or key} {number}" for key, number in page.awards.items() if key in prizes
    ]
    return "、".join(said)
