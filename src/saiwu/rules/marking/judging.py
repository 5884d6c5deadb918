"""How the marks of several judges make one (rulebook language §10, `judging`), and those of members a team's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from saiwu.rules.marking.entries import Exact, JudgeMark, PartMark
from saiwu.rules.rulebook.stages import Component, Judging


@dataclass(frozen=True, slots=True)
class Combined:
    """One mark out of several, exact; None: not yet (judges missing, or not yet agreed).

    `spread` is the largest difference between judges; `over_spread`, beyond what the rulebook lets stand: then its
    word, 裁判长裁定 or 重新商议, says what happens next.
    """

    mark: Exact | None
    spread: int = 0
    over_spread: str | None = None


def combine(marks: Sequence[int], judging: Judging | None) -> Combined:
    """The marks of one aspect, one a judge. Without a word on it, the mean.

    去高去低平均 leaves out one highest and one lowest; 商定 holds once all judges have entered the same mark.
    """
    if not marks:
        return Combined(None)
    spread = max(marks) - min(marks)
    how = judging.combine if judging is not None else None
    wanted = judging.judges if judging is not None and judging.judges is not None else 1
    least = max(wanted, 3) if how == "去高去低平均" else wanted
    over = None
    if judging is not None and judging.spread is not None and spread > judging.spread:
        over = judging.over_spread or "裁判长裁定"
    if len(marks) < least:
        return Combined(None, spread, over)
    if how == "商定":
        return Combined(marks[0] if spread == 0 else None, spread, over)
    if how == "合计":
        return Combined(sum(marks), spread, over)
    counted = sorted(marks)[1:-1] if how == "去高去低平均" else marks
    return Combined(Fraction(sum(counted), len(counted)), spread, over)


def judged(given: Sequence[JudgeMark], judging: Judging | None) -> Combined:
    """The mark of a part: each aspect combined over its judges, the aspects added."""
    by_aspect: dict[str, list[int]] = {}
    for one in given:
        by_aspect.setdefault(one.aspect, []).append(one.mark)
    aspects = [combine(marks, judging) for marks in by_aspect.values()]
    total: Exact | None = 0
    for aspect in aspects:
        total = None if total is None or aspect.mark is None else total + aspect.mark
    spread = max((aspect.spread for aspect in aspects), default=0)
    over = next((aspect.over_spread for aspect in aspects if aspect.over_spread is not None), None)
    return Combined(total if aspects else None, spread, over)


def mark_of(part: PartMark, judging: Judging | None) -> Exact | None:
    """A part's mark before penalties: made of the judges' marks where these are given, else as entered."""
    return judged(part.made_of, judging).mark if part.made_of else part.mark


def team_mark(component: Component, members: Sequence[int | None]) -> Exact | None:
    """The component mark of a team out of its members' marks (`team_mark`); None while a member's is missing.

    With 一个分 the team is marked as one: all entries must agree.
    """
    given = [mark for mark in members if mark is not None]
    if not given or len(given) < len(members):
        return None
    if component.team_mark == "合计":
        return sum(given)
    if component.team_mark == "平均":
        return Fraction(sum(given), len(given))
    return given[0] if len(set(given)) == 1 else None
