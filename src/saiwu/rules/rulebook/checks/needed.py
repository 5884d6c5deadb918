"""Keys without which a thing says nothing, and names (§1, §3, §5): asked of the merged result."""

from __future__ import annotations

from collections.abc import Mapping

from saiwu.rules.rulebook.building import USUAL_NAMES
from saiwu.rules.rulebook.checks.scope import kind_of, under
from saiwu.rules.rulebook.eligibility import KINDS
from saiwu.rules.rulebook.faults import Faults, Place
from saiwu.rules.rulebook.shapes import (
    DIVISION,
    NOTICE_ONLY,
    Fields,
    Ids,
    Listing,
    RuleShape,
    Shape,
    Short,
    rule_fields,
)
from saiwu.rules.rulebook.trees import EventTree
from saiwu.rules.rulebook.yaml import Node

HEAD: Mapping[str, str] = {
    "language": "1",
    "version": "1、2 …",
    "name": "竞赛的名称",
    "organisation": "{organisers: [主办单位]}",
}

NEEDED: Mapping[str, Mapping[str, str]] = {
    "Quota": {"per": "参赛单位、院校、区县、代表队、选手、指导教师、赛项"},
    "Minimum": {"at": "报名截止、决赛名单、检录 等时刻"},
    "Penalty": {"effect": "警告、扣分、零分、弃权、取消成绩、取消资格"},
    "AlsoRank": {"ranks": "选手、队、参赛单位、区县、代表队"},
    "Prize": {"size": "个数、比例或限度，如 3、10%、至50%、至上限"},
    "OwnFact": {"answers": "回答的列表，如 [是, 否]"},
}

NAMED = frozenset({"divisions", "stages", "components", "prizes", "dates"})
"""Chapters whose things need a name, but for the usual ids."""


def head(notice: Node, faults: Faults) -> None:
    """What notice.yaml itself must say."""
    for key, allowed in HEAD.items():
        if key not in notice.entries:
            faults.add(Place(notice.place.file, 1, key), "缺少", allowed)
    for chapter in ("facts", "unit_awards"):
        written = notice.get(chapter)
        if written is not None:
            things(written, NOTICE_ONLY.keys[chapter], chapter, faults)


def event(tree: EventTree, faults: Faults) -> None:
    """An event has a name and at least one division."""
    name = tree.event.get("name")
    if name is None:
        faults.add(Place(tree.file, 1, "name"), "缺少", "赛项的名称")
    written = tree.written
    if written is None or (written.is_mapping and not written.entries) or written.is_none:
        place = written.place if written is not None and written.place.file == tree.file else Place(tree.file, 1, "")
        faults.add(
            Place(place.file, place.line, "divisions"), "没有组别", "至少一个组别；不分组别写 divisions: {open: {}}"
        )


def division(key: str, node: Node, faults: Faults) -> None:
    """All that a merged division must say."""
    _name("divisions", key, node, faults)
    things(node, DIVISION, "", faults)


def things(node: Node, shape: Shape, chapter: str, faults: Faults) -> None:
    """Asks every thing in a merged tree for what it needs."""
    match shape:
        case Ids():
            for key, value in node.entries.items():
                if value.is_pending:
                    continue
                if isinstance(shape.item, RuleShape):
                    _kind(key, value, faults)
                else:
                    if chapter in NAMED:
                        _name(chapter, key, value, faults)
                    things(value, shape.item, chapter, faults)
        case Listing():
            for item in node.items:
                things(item, shape.item, chapter, faults)
        case Short():
            things(node, shape.fields, chapter, faults)
        case Fields() if node.is_mapping:
            for key, allowed in NEEDED.get(shape.name, {}).items():
                if key not in node.entries:
                    faults.add(under(node.origin or node.place, key), "缺少", allowed)
            for key, value in node.entries.items():
                inner = shape.shape_of(key)
                if inner is not None:
                    things(value, inner, key, faults)
        case _:
            return


def _kind(key: str, rule: Node, faults: Faults) -> None:
    kind, said = kind_of(rule), rule.get("rule")
    if kind is None and said is None:
        faults.add(under(rule.origin or rule.place, "rule"), f"缺少（{key} 不是规则的种类）", " ".join(KINDS))
    if kind is not None:
        # Two layers may each be right and the rule that they make wrong: a nearer one that changes its kind.
        fields = rule_fields(kind)
        for word in rule.entries:
            if fields.shape_of(word) is None:
                place = said.place if said is not None else rule.place
                faults.add(place, f"种类 {kind} 没有更远的层写的 {word}", f"{fields.allowed}；或另起一个 id")
    for inner_key, inner in (rule.at("rules") or Node(rule.place, {})).entries.items():
        if not inner.is_pending:
            _kind(inner_key, inner, faults)


def _name(chapter: str, key: str, node: Node, faults: Faults) -> None:
    if key in USUAL_NAMES[chapter] or node.get("name") is not None or node.is_pending:
        return
    faults.add(
        under(node.origin or node.place, "name"),
        "缺少名称",
        f"名称；常用的 id {' '.join(USUAL_NAMES[chapter])} 自带名称",
    )
