"""What of an entry is marked in the final: components or their modules, the time used, the time of handing in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from saiwu.audit.frame import Refused
from saiwu.checkin.models import BlindCode
from saiwu.competitions.models import Event
from saiwu.competitions.rulebooks import rules_of_event
from saiwu.rules.marking import NotReady, Scale, part_key, scale_of
from saiwu.rules.ranking import tie_break_of
from saiwu.rules.rulebook.awards import HANDED_IN, TIME_USED
from saiwu.rules.rulebook.book import Chapters
from saiwu.rules.rulebook.stages import Judging
from saiwu.rules.rulebook.values import marks

LONGEST_S = 100 * 3600 - 1
"""99:59:59, the longest time used."""

LATEST_S = 4_102_444_799
"""The last second of 2099 as seconds since 1970: nothing is handed in later."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part. `full` is the highest value: thousandths, or seconds where `timed`.

    `judging`: how many judges mark it, each once, and how their marks make one; None: one judge. `decimals`: what is
    finer would be rounded away.
    """

    id: str
    name: str
    full: int
    judging: Judging | None = None
    timed: bool = False
    decimals: int = 3

    @property
    def judges(self) -> int:
        """How many judges mark it."""
        return (self.judging.judges if self.judging is not None else None) or 1

    def refusal(self, value: int) -> str | None:
        """What is wrong with a value, in Chinese; None where it lies within."""
        if 0 <= value <= self.full:
            return None
        if self.timed:
            return f"{self.name}须在 0 至 {self.full} 秒之间，请核对。"
        return f"{self.name}须在 0 至 {marks(self.full)} 分之间，请核对。"


_TIMED = {
    TIME_USED: Part(TIME_USED, TIME_USED, LONGEST_S, timed=True),
    HANDED_IN: Part(HANDED_IN, HANDED_IN, LATEST_S, timed=True),
}


def final_scale(rules: Chapters) -> Scale:
    """What makes the final's total. Raises Refused where the rulebook lacks it, or has it 待定."""
    try:
        return scale_of(rules)
    except NotReady as error:
        raise Refused(f"规则文件还不能评分：{error}。", rule="rulebook") from error


def parts_of(rules: Chapters) -> dict[str, Part]:
    """The parts of a division's final by key (`theory`, `practical/m1`, 用时, 交卷时间), in the rulebook's order."""
    scale = final_scale(rules)
    keys = [
        part
        for key in scale.components
        if key in scale.factors
        for part in ([part_key(key, inner) for inner in scale.components[key].modules] or [key])
    ]
    parts = {
        key: Part(
            key, scale.names[key], scale.parts[key].full, scale.parts[key].judging, decimals=_decimals(scale, key)
        )
        for key in keys
    }
    return parts | _TIMED


def _decimals(scale: Scale, key: str) -> int:
    """Of a component that one judge marks, the component's; what several gave is averaged first, so theirs may be finer."""
    component = scale.components.get(key)
    if component is None or component.decimals is None or Part(key, "", 0, component.judging).judges > 1:
        return 3
    return int(component.decimals)


def times_compared(rules: Chapters) -> tuple[str, ...]:
    """Which of 用时 and 交卷时间 the ranking of a division compares. Raises Refused as `final_scale`."""
    try:
        steps = tie_break_of(rules, final_scale(rules)).steps
    except NotReady as error:
        raise Refused(f"规则文件还不能评分：{error}。", rule="rulebook") from error
    return tuple(step.word for step in steps if step.word in _TIMED)


def divisions_by_code(event: Event) -> dict[str, str]:
    """Blind code -> the division's id, in the order of the codes. 1 SQL statement.

    Raises Refused before codes are issued.
    """
    found = dict(BlindCode.objects.filter(event=event).order_by("code").values_list("code", "division__slug"))
    if not found:
        raise Refused("本赛项还没有编发加密号，不能评分。", rule="codes")
    return found


def parts_by_code(event: Event) -> dict[str, Mapping[str, Part]]:
    """What is marked of each code: division by division, as its rules say. 1 SQL statement."""
    of_code = divisions_by_code(event)
    rules = rules_of_event(event)
    parts = {slug: parts_of(rules.divisions[slug]) for slug in set(of_code.values())}
    return {code: parts[slug] for code, slug in of_code.items()}
