"""Judges one file's tree against the shapes of the language: keys, ids, types of values (§2, §18).

Each fault is told at its own line. What is broken stays in the tree as `BROKEN`, so that nothing else complains of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from saiwu.rules.rulebook.eligibility import KINDS
from saiwu.rules.rulebook.faults import Faults, quoted
from saiwu.rules.rulebook.shapes import Fields, Ids, Listing, RuleShape, Scalar, Shape, Short, Words, rule_fields
from saiwu.rules.rulebook.values import NONE, PENDING, NotAllowed
from saiwu.rules.rulebook.yaml import BROKEN, Node, broken

ID = re.compile(r"[a-z][a-z0-9_-]*")
ID_ALLOWED = "小写字母开头，由 a-z、0-9、_、- 组成的 id"
ALWAYS_KNOWN = frozenset({"language", "version"})
"""Top keys that cannot wait: neither 待定 nor 无 (§4)."""


@dataclass(slots=True)
class Kinds:
    """The kind of each eligibility rule. A layer that only changes a rule need not say its kind again.

    `declared` has what a layer says with `rule:`, by its file and the path of ids below `eligibility`.
    """

    declared: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)

    def learn(self, tree: Node) -> None:
        """Take in what a file's tree says, at its top and in its divisions."""
        for layer in (tree, *(tree.at("divisions") or tree).entries.values()):
            self._learn_rules(layer.get("eligibility"), (), tree.place.file)

    def _learn_rules(self, rules: Node | None, path: tuple[str, ...], file: str) -> None:
        if rules is None or len(path) > 2:
            return
        for key, rule in rules.entries.items():
            kind = rule.get("rule")
            if kind is not None and kind.text in KINDS:
                self.declared.setdefault((file, (*path, key)), str(kind.text))
            self._learn_rules(rule.get("rules"), (*path, key), file)

    def of(self, rule: Node, path: tuple[str, ...]) -> str | None:
        """The kind: said here, elsewhere in this file or by a farther layer; else the id; else what a nearer says."""
        said = rule.get("rule")
        if said is not None:
            return said.text if said.text in KINDS else None
        own = self.declared.get((rule.place.file, path))
        farther = (kind for (file, where), kind in self.declared.items() if where == path and is_notice(file))
        nearer = (kind for (_, where), kind in self.declared.items() if where == path)
        return own or next(farther, None) or (path[-1] if path[-1] in KINDS else None) or next(nearer, None)


def is_notice(file: str) -> bool:
    """Whether a file holds for all events: notice.yaml, or the one of a folder that lies underneath."""
    return file.rpartition("/")[2] == "notice.yaml"


@dataclass(slots=True)
class Reading:
    """One pass over trees; `conform` gives back a tree that holds nothing but what the language knows."""

    faults: Faults
    kinds: Kinds

    def conform(self, node: Node, shape: Fields) -> Node:
        """A whole file."""
        return self._fields(node, shape, top=True)

    def _value(self, node: Node, shape: Shape, ids: tuple[str, ...] = ()) -> Node:
        if node.value in (PENDING, NONE, BROKEN):
            return node
        match shape:
            case Scalar():
                return self._scalar(node, shape)
            case Listing():
                return self._listing(node, shape)
            case Ids():
                return self._ids(node, shape, ids)
            case Words():
                return self._words(node, shape)
            case Fields():
                return self._fields(node, shape)
            case RuleShape():
                return self._rule(node, shape, ids)
            case Short():
                if node.is_mapping:
                    return self._fields(node, shape.fields)
                return self._scalar(node, _scalar_of(shape))

    def _scalar(self, node: Node, shape: Scalar) -> Node:
        if node.text is None:
            self.faults.add(node.place, "应是一个值", str(shape.schema.get("description") or "一个值，不是列表或映射"))
            return broken(node.place)
        if shape.parse is not None:
            try:
                shape.parse(node.text)
            except NotAllowed as error:
                self.faults.say(node.place, str(error))
                return broken(node.place)
        return node

    def _listing(self, node: Node, shape: Listing) -> Node:
        if node.is_mapping or (node.text is not None and not shape.one_will_do):
            wrong = f"{quoted(node.text)}不是列表" if node.text is not None else "不是列表"
            self.faults.add(
                node.place, wrong, f"方括号内的列表，如 [{'…' if node.text is None else quoted(node.text)[1:-1]}]"
            )
            return broken(node.place)
        if node.text is not None:
            return self._value(node, shape.item)
        items = [self._member(item, shape.item) for item in node.items]
        if any(item.value == BROKEN for item in items):
            return broken(node.place)
        return _with(node, items)

    def _member(self, item: Node, shape: Shape) -> Node:
        if isinstance(shape, Scalar) and item.value in (PENDING, NONE):
            return self._scalar(item, shape)
        return self._value(item, shape)

    def _mapping_or_fault(self, node: Node, allowed: str) -> bool:
        if node.is_mapping:
            return True
        if node.text is not None and "：" in node.text:
            self.faults.add(node.place, f"{quoted(node.text)}里的“：”是全角", "键后用半角冒号加空格")
        elif re.match(r"[\w-]+:\S", node.text or ""):
            self.faults.add(node.place, f"{quoted(node.text)}的冒号后缺空格", "键后用半角冒号加空格")
        else:
            self.faults.add(node.place, "应是键和值", allowed)
        return False

    def _fields(self, node: Node, shape: Fields, *, top: bool = False) -> Node:
        if not self._mapping_or_fault(node, shape.allowed):
            return broken(node.place)
        kept: dict[str, Node] = {}
        for key, value in node.entries.items():
            inner = shape.shape_of(key)
            if inner is None:
                self.faults.add(value.place, "不认识的键", shape.allowed)
            elif top and key in ALWAYS_KNOWN and value.value in (PENDING, NONE):
                kept[key] = self._scalar(value, inner) if isinstance(inner, Scalar) else value
            else:
                kept[key] = self._value(value, inner)
        return _with(node, kept)

    def _ids(self, node: Node, shape: Ids, ids: tuple[str, ...]) -> Node:
        if not self._mapping_or_fault(node, "id: 内容"):
            return broken(node.place)
        kept: dict[str, Node] = {}
        for key, value in node.entries.items():
            if ID.fullmatch(key) is None:
                self.faults.add(value.place, f"{quoted(key)}不能作 id", ID_ALLOWED)
                continue
            kept[key] = self._value(value, shape.item, (*ids, key))
        return _with(node, kept)

    def _words(self, node: Node, shape: Words) -> Node:
        if not self._mapping_or_fault(node, "词: 值"):
            return broken(node.place)
        kept: dict[str, Node] = {}
        for key, value in node.entries.items():
            if shape.words is not None and key not in shape.words:
                self.faults.add(value.place, "不认识的键", " ".join(shape.words))
                kept[key] = broken(value.place)
                continue
            kept[key] = self._value(value, shape.item)
        return _with(node, kept)

    def _rule(self, node: Node, shape: RuleShape, ids: tuple[str, ...]) -> Node:
        if not self._mapping_or_fault(node, "规则的键和值，如 minimum: 16"):
            return broken(node.place)
        kind = self.kinds.of(node, ids)
        if kind is not None and kind not in shape.kinds:
            self.faults.add(node.place, f"any_of 之内不能有 {kind}", " ".join(shape.kinds))
            return broken(node.place)
        fields = rule_fields(kind) if kind is not None else _any_rule(shape.kinds)
        kept: dict[str, Node] = {}
        for key, value in node.entries.items():
            inner = fields.shape_of(key)
            if inner is None:
                self.faults.add(value.place, "不认识的键", fields.allowed)
            else:
                kept[key] = self._value(value, inner, ids)
        return _with(node, kept)


def _any_rule(kinds: Iterable[str]) -> Fields:
    keys: dict[str, Shape] = {}
    for kind in kinds:
        keys |= rule_fields(kind).keys
    return Fields("rule", keys)


def _scalar_of(short: Short) -> Scalar:
    shape = short.fields.keys[short.key]
    return shape if isinstance(shape, Scalar) else Scalar()


def _with(node: Node, value: list[Node] | dict[str, Node]) -> Node:
    return Node(node.place, value, node.source, node.origin, node.flow, node.plain)


def flat_texts(node: Node | None, faults: Faults) -> Mapping[str, Node]:
    """text.yaml: clause key -> its sentence, in order. Anything else is a fault, its key known all the same."""
    texts: dict[str, Node] = {}
    if node is None:
        return texts
    if not node.is_mapping:
        faults.add(node.place, "应是条款和原文", "条款: 原文，一行一条")
        return texts
    for key, value in node.entries.items():
        if value.text is None:
            faults.add(value.place, "应是一句原文", "条款: 原文，不分层")
            texts[key] = broken(value.place)
        else:
            texts[key] = value
    return texts
