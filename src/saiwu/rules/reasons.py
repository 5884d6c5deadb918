"""Why an entry stands where it stands, in Chinese words, on demand: the comparison with the neighbour that decided."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from saiwu.rules.marking import Exact, Scale, Scored, State
from saiwu.rules.ranking import LACKING, TOTAL, LastWord, Ranks, Step, TieBreak
from saiwu.rules.rulebook.awards import TIME_USED
from saiwu.rules.rulebook.values import THOUSAND, Rounding


def ranked(place: int, ranks: Ranks, tie_break: TieBreak, scale: Scale, codes: Sequence[str], *, waits: bool) -> str:
    """The reason for the rank at a place. `waits`: its tie is still to be decided."""
    first, last = ranks.places_of(place)
    if first != last:
        here = ranks.order[place - 1]
        others = sorted(codes[row] for row in ranks.order[first - 1 : last] if row != here)
        named = "、".join(others[:5]) + (f"等 {len(others)} 个" if len(others) > 5 else "")
        return f"各项比较均与 {named} 相同，" + ("待裁定先后" if waits else "名次并列")
    if len(ranks) == 1:
        return "只有一个参赛队（人）有名次"
    better, worse = (place, place + 1) if place == 1 else (place - 1, place)
    other = ranks.ranks[worse - 1 if place == 1 else better - 1]
    step = ranks.step_between(better, worse, tie_break)
    if step is None:
        how = "加赛" if tie_break.last is LastWord.REPLAY else "裁判长裁定"
        return f"各项比较均相同，经{how}列第 {other} 名之{'前' if place == 1 else '后'}"
    at = 0 if step is TOTAL else tie_break.steps.index(step) + 1
    values = (ranks.keys[ranks.order[better - 1]][at], ranks.keys[ranks.order[worse - 1]][at])
    return _before(at, tie_break, scale) + _compared(step, values, other, scale, above=place == 1)


def _before(at: int, tie_break: TieBreak, scale: Scale) -> str:
    if at == 0:
        return ""
    return "、".join(["总分", *(_name(step, scale) for step in tie_break.steps[: at - 1])]) + "相同，"


def _name(step: Step, scale: Scale) -> str:
    return step.word if step.part is None else scale.names[step.part]


def _compared(step: Step, values: tuple[Exact, Exact], other: int, scale: Scale, *, above: bool) -> str:
    """总分高于第 2 名 1.550 分. `values`: of the better and of the worse, smaller is better."""
    better, worse = values
    side = f"第 {other} 名"
    if worse == LACKING:
        name = _name(step, scale)
        return f"有{name}，{side}没有" if above else f"没有{name}，列{side}之后"
    gap = worse - better
    if step is TOTAL:
        return f"总分{'高' if above else '低'}于{side} {points(gap, scale.decimals)} 分"
    if step.part is not None:
        return f"{_name(step, scale)}{'高' if above else '低'}于{side} {points(gap)} 分"
    if step.word == TIME_USED:
        return f"用时{'短' if above else '长'}于{side} {_seconds(gap)}"
    return f"交卷{'早' if above else '晚'}于{side}"


def points(thousandths: Exact, decimals: int = 3) -> str:
    """1550 as 1.550. A difference too small for three decimals is written as a fraction of a point."""
    unit = 10 ** (3 - decimals)
    shown = Rounding.HALF_UP.apply(Fraction(thousandths, unit))
    if shown == 0 and thousandths:
        exact = Fraction(thousandths, THOUSAND)
        return f"{exact.numerator}/{exact.denominator}"
    whole, rest = divmod(shown, 10**decimals)
    return f"{whole}.{rest:0{decimals}}" if decimals else str(whole)


def _seconds(gap: Exact) -> str:
    minutes, seconds = divmod(Fraction(gap), 60)
    shown = str(seconds) if seconds.denominator == 1 else f"{float(seconds):.3f}"
    return f"{minutes} 分 {shown} 秒" if minutes else f"{shown} 秒"


def unranked(scored: Scored, scale: Scale, failed: Sequence[str]) -> str:
    """Why there is no rank: the state, a mark not yet given, or a pass mark missed (`failed`: keys of parts)."""
    if scored.state is not State.NORMAL:
        return f"{scored.state.chinese}，不排名"
    if scored.missing:
        return f"尚缺{'、'.join(scale.names[part] for part in scored.missing)}成绩，暂无总分"
    return f"{'、'.join(scale.names[part] for part in failed)}不合格，不排名"
