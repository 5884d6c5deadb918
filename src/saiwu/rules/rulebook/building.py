"""Makes the typed chapters of a tree whose layers are laid. Only a tree without faults is built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from saiwu.rules.rulebook.awards import USUAL_PRIZES
from saiwu.rules.rulebook.book import USUAL_DIVISIONS
from saiwu.rules.rulebook.eligibility import KINDS
from saiwu.rules.rulebook.head import USUAL_DATES
from saiwu.rules.rulebook.shapes import Fields, Ids, Listing, RuleShape, Scalar, Shape, Short, Words, rule_fields
from saiwu.rules.rulebook.stages import FINAL, USUAL_COMPONENTS, USUAL_STAGES
from saiwu.rules.rulebook.terms import META, Meta, Term
from saiwu.rules.rulebook.values import Level, Range
from saiwu.rules.rulebook.yaml import Node

USUAL_NAMES: Mapping[str, Mapping[str, str]] = {
    "divisions": USUAL_DIVISIONS,
    "stages": USUAL_STAGES,
    "components": USUAL_COMPONENTS,
    "prizes": USUAL_PRIZES,
    "dates": USUAL_DATES,
}
"""Ids that carry their names (§1), by the chapter in which they stand."""


@dataclass(slots=True)
class Builder:
    """Builds terms; what several divisions inherit unchanged is one node and is built once."""

    built: dict[tuple[int, str], tuple[Node, Term]] = field(default_factory=dict)

    def term(
        self,
        node: Node,
        shape: Fields,
        *,
        path: str = "",
        key: str | None = None,
        name: str = "",
        rule: str = "",
        extra: Mapping[str, Any] | None = None,
    ) -> Term:
        """The typed mapping of a node.

        `name` is that of a usual id; `rule` the kind of an eligibility rule; `key` the id where `path` does not end
        in it; `extra` values that are built already.
        """
        known = self.built.get((id(node), path))
        if known is not None:
            return known[1]
        assert shape.model is not None, shape.name
        data: dict[str, Any] = {}
        pending: set[str] = set()
        none: set[str] = set()
        english: dict[str, str | tuple[str, ...]] = {}
        sources = {}
        for word, value in node.entries.items():
            inner = shape.shape_of(word)
            assert inner is not None, word
            sources[word] = value.source
            if value.is_pending:
                pending.add(word)
            elif value.is_none:
                none.add(word)
            else:
                made = self._value(value, inner, word, f"{path}.{word}".lstrip("."))
                if word.endswith("_en"):
                    english[word.removesuffix("_en")] = made
                if word in shape.keys:
                    data[word] = made
        if not node.is_mapping and node.is_pending:
            pending.update(word for word in shape.keys if word not in ("rule", "name") and not word.endswith("_en"))
        if rule:
            data["rule"] = rule
        if name and "name" not in node.entries:
            data["name"] = name
        data.update(extra or {})
        own_key = path.rpartition(".")[2] if key is None else key
        data[META] = Meta(path, own_key, node.source, sources, frozenset(pending), frozenset(none), english)
        term = shape.model.model_validate(data | _answers_of_none(shape.model, none))
        self.built[id(node), path] = (node, term)
        return term

    def chapters(
        self, node: Node, shape: Fields, *, key: str, name: str = "", extra: Mapping[str, Any] | None = None
    ) -> Any:
        """A merged layer (an event, a division), under its id. `final` exists even where all stages are 待定 (§3)."""
        stages = node.get("stages")
        built = dict(extra or {})
        if stages is not None and stages.is_pending:
            item = shape.keys["stages"]
            assert isinstance(item, Ids)
            built["stages"] = self._ids(Node(stages.place, {FINAL: stages}), item.item, "stages", "stages")
        return self.term(node, shape, key=key, name=name, extra=built)

    def by_id(self, node: Node | None, shape: Fields, path: str) -> dict[str, Any]:
        """A mapping of terms by id."""
        if node is None or not node.is_mapping:
            return {}
        return self._ids(node, shape, path.rpartition(".")[2], path)

    def _value(self, node: Node, shape: Shape, key: str, path: str) -> Any:
        match shape:
            case Scalar():
                return node.text
            case Listing():
                if node.text is not None:
                    return (node.text,)
                return tuple(
                    self._value(item, shape.item, key, f"{path}.{index}") for index, item in enumerate(node.items, 1)
                )
            case Words():
                return {
                    word: self._value(value, shape.item, word, f"{path}.{word}")
                    for word, value in node.entries.items()
                    if not value.is_pending and not value.is_none
                }
            case Ids():
                return self._ids(node, shape.item, key, path)
            case Fields():
                return self.term(node, shape, path=path)
            case _:
                raise AssertionError(f"{path}: {shape}")

    def _ids(self, node: Node, item: Shape, chapter: str, path: str) -> dict[str, Any]:
        usual = USUAL_NAMES.get(chapter, {})
        made: dict[str, Any] = {}
        for key, value in node.entries.items():
            below = f"{path}.{key}"
            match item:
                case RuleShape():
                    rule = self._rule(value, below)
                    if rule is not None:
                        made[key] = rule
                case Short():
                    whole = value
                    if value.text is not None and not value.is_pending:
                        whole = Node(value.place, {item.key: value}, value.source, value.origin)
                    made[key] = self.term(whole, item.fields, path=below, name=usual.get(key, ""))
                case Fields():
                    made[key] = self.term(value, item, path=below, name=usual.get(key, ""))
        return made

    def _rule(self, node: Node, path: str) -> Term | None:
        key = path.rpartition(".")[2]
        said = node.get("rule")
        kind = said.text if said is not None else key
        if kind not in KINDS:
            return None
        fields = rule_fields(str(kind))
        return self.term(node, fields, path=path, rule=str(kind))


def _answers_of_none(model: type[Term], none: set[str]) -> dict[str, Any]:
    """What a key answered 无 becomes where its type has no None: no members, no places, no ceiling."""
    answers: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        key = info.alias or name
        if key not in none:
            continue
        default = info.get_default(call_default_factory=True)
        if isinstance(default, tuple):
            answers[key] = ("裁判长",) if key == "tie_break" else ()
        elif isinstance(default, Mapping):
            answers[key] = {}
        elif isinstance(default, Range):
            answers[key] = Range(0, 0)
        elif isinstance(default, Level):
            answers[key] = Level.CHIEF
    return answers
