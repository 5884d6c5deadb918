"""What must add up: weights, modules, questions, and shares of a stage (§10)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from saiwu.rules.rulebook.checks.scope import Names, Scope, text_of, under, value_of, waits
from saiwu.rules.rulebook.faults import Faults, Place, quoted
from saiwu.rules.rulebook.stages import FINAL
from saiwu.rules.rulebook.values import marks, parse_mark, parse_number, parse_questions, parse_share, percent
from saiwu.rules.rulebook.yaml import Node

FULL = 100_000
"""The full mark where none is written, in thousandths."""


def check(scope: Scope) -> None:
    """All sums of a merged division."""
    components = scope.names("components")
    for stage_components in _by_stage(scope, components).values():
        _weights(components, stage_components, scope.faults, "同一阶段的竞赛内容")
    for key, component in components.entries.items():
        _part(component, scope.faults)
        modules = Names("modules", component.get("modules"))
        _weights(modules, modules.entries, scope.faults, f"{components.name_of(key)}的模块")
        _module_marks(component, modules, scope.faults)
        for module in modules.entries.values():
            _part(module, scope.faults)
    for stage in scope.names("stages").entries.values():
        _shares(stage.get("ranks_by"), scope.faults)


def _by_stage(scope: Scope, components: Names) -> dict[str, dict[str, Node]]:
    stages = scope.names("stages")
    groups: dict[str, dict[str, Node]] = {}
    for key, component in components.entries.items():
        written = component.get("stage")
        text = text_of(written)
        if waits(written) or (text is not None and stages.waits):
            continue
        stage = stages.find(text) if text is not None else FINAL
        if stage is not None:
            groups.setdefault(stage, {})[key] = component
    return groups


def _weights(names: Names, members: Mapping[str, Node], faults: Faults, whose: str) -> None:
    written = {key: node.get("weight") for key, node in members.items()}
    given = {key: node for key, node in written.items() if node is not None and not node.is_none}
    if not given or names.node is None or any(node.is_pending for node in (*given.values(), *members.values())):
        return
    for key in members.keys() - given.keys():
        node = members[key]
        faults.add(under(node.origin or node.place, "weight"), f"{whose}有的有权重，这里没有", "都写权重，或都不写")
    shares = {key: value_of(node, parse_share) for key, node in given.items()}
    if given.keys() == members.keys() and sum(shares.values(), Fraction(0)) != 1:
        said = " + ".join(f"{names.name_of(key)} {percent(share)}" for key, share in shares.items())
        place = _sum_place(names.node, list(given.values()))
        faults.add(
            place, f"{whose}权重合计不是 100%（{said} = {percent(sum(shares.values(), Fraction(0)))}）", "合计 100%"
        )


def _sum_place(mapping: Node, parts: list[Node]) -> Place:
    """The mapping in the file that holds the numbers; the nearest where several files do."""
    files = {part.place.file for part in parts}
    for place in (mapping.place, mapping.origin):
        if place is not None and files == {place.file}:
            return place
    return mapping.place if len(files) > 1 else parts[-1].place


def _module_marks(component: Node, modules: Names, faults: Faults) -> None:
    if modules.node is None or not modules.entries or waits(component.get("full")):
        return
    nodes = list(modules.entries.values())
    if any(node.is_pending or node.get("weight") is not None or waits(node.get("full")) for node in nodes):
        return
    full = _full(component)
    total = sum(_full(node) for node in nodes)
    if total != full:
        said = " + ".join(f"{modules.name_of(key)} {marks(_full(node))}" for key, node in modules.entries.items())
        parts = [part for node in nodes if (part := node.get("full")) is not None] or [modules.node]
        place = _sum_place(modules.node, parts)
        faults.add(
            place, f"模块满分合计不等于满分 {marks(full)}（{said} = {marks(total)}）", f"合计 {marks(full)}，或各写权重"
        )


def _full(part: Node) -> int:
    value = value_of(part.get("full"), parse_mark)
    return FULL if value is None else int(value)


def _part(part: Node, faults: Faults) -> None:
    """A component or module: its questions make its full mark, its pass lies within, its judges are enough."""
    if not part.is_mapping or waits(part.get("full")):
        return
    full = _full(part)
    questions = part.at("paper", "questions")
    if questions is not None and questions.entries and not any(node.is_pending for node in questions.entries.values()):
        groups = {key: value_of(node, parse_questions) for key, node in questions.entries.items()}
        total = sum(group.count * group.mark for group in groups.values() if group is not None)
        if total != full:
            said = " + ".join(f"{key} {group}" for key, group in groups.items())
            place = _sum_place(questions, list(questions.entries.values()))
            faults.add(place, f"各题分值合计不等于满分 {marks(full)}（{said} = {marks(total)}）", f"合计 {marks(full)}")
    passed = part.get("pass")
    mark = value_of(passed, parse_mark)
    if passed is not None and mark is not None and mark > full:
        faults.add(passed.place, f"合格分{quoted(passed.text)}高于满分 {marks(full)}", f"不超过 {marks(full)}")
    judges = part.at("judging", "judges")
    number = value_of(judges, parse_number)
    combine = text_of(part.at("judging", "combine"))
    if judges is not None and number is not None and number < 3 and combine == "去高去低平均":
        faults.add(judges.place, f"{number} 名裁判不能去高去低", "至少 3")


def _shares(ranks_by: Node | None, faults: Faults) -> None:
    if ranks_by is None or not ranks_by.entries or any(node.is_pending for node in ranks_by.entries.values()):
        return
    shares = [value_of(node, parse_share) for node in ranks_by.entries.values()]
    total = sum((share for share in shares if share is not None), Fraction(0))
    if total != 1:
        place = _sum_place(ranks_by, list(ranks_by.entries.values()))
        faults.add(place, f"合计不是 100%（{percent(total)}）", "合计 100%")
