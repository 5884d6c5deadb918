"""What of an entry is marked in the final: components or their modules, the time used, the time of handing in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from saiwu.audit.frame import Refused
from saiwu.checkin.models import BlindCode
from saiwu.competitions.models import Event
from saiwu.competitions.rulebooks import rules_of_event
from saiwu.rules.rulebook.awards import HANDED_IN, TIME_USED
from saiwu.rules.rulebook.book import Chapters, find
from saiwu.rules.rulebook.stages import FINAL, Component, Judging, Module, Stage
from saiwu.rules.rulebook.values import marks

LONGEST_S = 100 * 3600 - 1
"""99:59:59, the longest time used."""

LATEST_S = 4_102_444_800
"""2100-01-01 as seconds since 1970, later than which nothing is handed in."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part. `full` is the highest value: thousandths, or seconds where `timed`. `judges` mark it, each once.

    `needed`: without it marks cannot be locked. `spread`: the largest difference between judges, in thousandths.
    """

    id: str
    name: str
    full: int
    judges: int = 1
    needed: bool = True
    timed: bool = False
    spread: int | None = None

    def refusal(self, value: int) -> str | None:
        """What is wrong with a value, in Chinese; None where it lies within."""
        if 0 <= value <= self.full:
            return None
        if self.timed:
            return f"{self.name}须在 0 至 {self.full} 秒之间，请核对。"
        return f"{self.name}须在 0 至 {marks(self.full)} 分之间，请核对。"


def parts_of(rules: Chapters) -> dict[str, Part]:
    """The parts of a division's final, in the rulebook's order, by their ids (`theory`, `practical/m1`, 用时)."""
    parts: dict[str, Part] = {}
    for key, component in held_components(rules).items():
        name = component.name or key
        if component.modules:
            for module_key, module in component.modules.items():
                judging = module.judging or component.judging
                whole = f"{name}/{module.name or module_key}"
                parts[f"{key}/{module_key}"] = _part(f"{key}/{module_key}", whole, module, judging)
        else:
            parts[key] = _part(key, name, component, component.judging)
    parts[TIME_USED] = Part(TIME_USED, TIME_USED, LONGEST_S, needed=False, timed=True)
    parts[HANDED_IN] = Part(HANDED_IN, HANDED_IN, LATEST_S, needed=False, timed=True)
    return parts


def parts_by_code(event: Event) -> dict[str, Mapping[str, Part]]:
    """What is marked of each code: division by division, as its rules say. 1 SQL statement.

    Raises Refused before codes are issued.
    """
    rules = rules_of_event(event)
    parts = {slug: parts_of(division) for slug, division in rules.divisions.items()}
    codes = BlindCode.objects.filter(event=event).order_by("code").values_list("code", "division__slug")
    found: dict[str, Mapping[str, Part]] = {code: parts[slug] for code, slug in codes}
    if not found:
        raise Refused("本赛项还没有编发加密号，不能评分。", rule="codes")
    return found


def held_components(rules: Chapters) -> dict[str, Component]:
    """The components that make the final's total, in the rulebook's order: its own, or those that `ranks_by` names.

    Raises Refused where the rulebook has none, or has them 待定.
    """
    last = list(rules.stages)[-1] if rules.stages else FINAL
    final = rules.stages.get(last) or Stage()
    held = {
        key: component
        for key, component in rules.components.items()
        if (
            key in {find(rules.components, name) for name in final.ranks_by}
            if final.ranks_by
            else component.stage is None or find(rules.stages, component.stage) == last
        )
    }
    if not held:
        raise Refused("规则文件还没有竞赛内容（components），不能评分。", rule="rulebook")
    return held


def _part(key: str, name: str, term: Module, judging: Judging | None) -> Part:
    judges = (judging.judges if judging else None) or 1
    return Part(key, name, term.full, judges=judges, spread=judging.spread if judging else None)
