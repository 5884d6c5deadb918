"""One merged division (or event) under check: what its names refer to, and where its faults are told."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from saiwu.rules.rulebook.building import USUAL_NAMES
from saiwu.rules.rulebook.eligibility import KINDS
from saiwu.rules.rulebook.faults import Faults, Place
from saiwu.rules.rulebook.shapes import CHAPTERS, DIVISION, Fields, Ids, Listing, RuleShape, Shape, Short, rule_fields
from saiwu.rules.rulebook.values import NotAllowed, plain
from saiwu.rules.rulebook.yaml import Node


@dataclass(frozen=True, slots=True)
class Names:
    """The ids of a chapter and their names."""

    chapter: str
    node: Node | None

    @property
    def waits(self) -> bool:
        """Whether the chapter is 待定: references into it cannot be judged yet."""
        return self.node is not None and self.node.is_pending

    @property
    def may_name_more(self) -> bool:
        """Whether a name that is not found may yet be one: the chapter, a thing in it or a thing's name is 待定."""
        usual = USUAL_NAMES.get(self.chapter, {})
        return self.waits or any(
            (thing.is_pending and key not in usual) or waits(thing.get("name")) for key, thing in self.entries.items()
        )

    def name_of(self, key: str) -> str:
        """Its name; the usual one of a usual id; else the id."""
        written = self.node.at(key, "name") if self.node is not None else None
        return text_of(written) or USUAL_NAMES.get(self.chapter, {}).get(key, key)

    @property
    def entries(self) -> Mapping[str, Node]:
        """The things by id."""
        return self.node.entries if self.node is not None else {}

    def find(self, text: str) -> str | None:
        """The id of the thing with that id or name."""
        if text in self.entries:
            return text
        wanted = plain(text)
        return next((key for key in self.entries if plain(self.name_of(key)) == wanted), None)

    @property
    def allowed(self) -> str:
        """Their names, as a message lists them."""
        return " ".join(self.name_of(key) for key in self.entries)


@dataclass(frozen=True, slots=True)
class Scope:
    """The merged chapters, and what the whole rulebook adds: facts, divisions, tags, files.

    `divisions` and `tags` are all their ids and names, or None where some are 待定.
    """

    chapters: Node
    faults: Faults
    facts: Node | None
    divisions: frozenset[str] | None
    tags: frozenset[str] | None
    files: frozenset[str]

    def names(self, chapter: str) -> Names:
        """The things of a chapter."""
        return Names(chapter, self.chapters.get(chapter))

    @property
    def prizes(self) -> Names:
        """The prizes; they wait where awards are 待定."""
        awards = self.chapters.get("awards")
        return prizes_of(awards)

    def part(self, text: str) -> Node | bool:
        """The component or module of that name; True where that cannot be judged yet, False where there is none."""
        components = self.names("components")
        whole, slash, inner = unicodedata.normalize("NFKC", text).partition("/")
        key = components.find(whole.strip())
        if key is None:
            return components.may_name_more
        component = components.entries[key]
        if not slash or component.is_pending:
            return component
        modules = Names("modules", component.get("modules"))
        module = modules.find(inner.strip())
        return modules.may_name_more if module is None else modules.entries[module]

    @property
    def parts(self) -> list[str]:
        """The names of all components and modules."""
        components = self.names("components")
        found = []
        for key, component in components.entries.items():
            name = components.name_of(key)
            modules = Names("modules", component.get("modules"))
            found += [name, *(f"{name}/{modules.name_of(module)}" for module in modules.entries)]
        return found


def prizes_of(awards: Node | None) -> Names:
    """The prizes of an awards chapter."""
    if awards is not None and awards.is_pending:
        return Names("prizes", awards)
    return Names("prizes", awards.get("prizes") if awards is not None else None)


def things(node: Node, shape: Shape, key: str = "") -> Iterator[tuple[str, Node, Fields]]:
    """Each mapping of fixed keys in a merged tree, with the chapter or key under which it stands."""
    match shape:
        case Fields():
            if node.is_mapping:
                yield key, node, shape
                for word, value in node.entries.items():
                    inner = shape.shape_of(word)
                    if inner is not None:
                        yield from things(value, inner, word)
        case Ids():
            for value in node.entries.values():
                yield from things(value, shape.item, key)
        case Listing():
            for item in node.items:
                yield from things(item, shape.item, key)
        case Short():
            yield from things(node, shape.fields, key)
        case RuleShape():
            kind = kind_of(node)
            if kind is not None:
                yield from things(node, rule_fields(kind), key)
        case _:
            return


def kind_of(rule: Node) -> str | None:
    """The kind of a merged rule: what it says, else its id."""
    said = rule.get("rule")
    kind = said.text if said is not None else rule.place.key.rpartition(".")[2]
    return kind if kind in KINDS else None


def text_of(node: Node | None) -> str | None:
    """The scalar, where it is neither 待定, 无 nor broken."""
    if node is None or node.is_pending or node.is_none:
        return None
    return node.text


def value_of(node: Node | None, parse: Any) -> Any:
    """The typed scalar, or None."""
    text = text_of(node)
    if text is None:
        return None
    try:
        return parse(text)
    except NotAllowed:
        return None


def waits(node: Node | None) -> bool:
    """Whether the value is there and 待定."""
    return node is not None and node.is_pending


def under(place: Place, key: str) -> Place:
    """The place of a key that is missing from the mapping there."""
    return Place(place.file, place.line, f"{place.key}.{key}".lstrip("."))


__all__ = [
    "CHAPTERS", "DIVISION", "Names", "Scope", "kind_of", "prizes_of", "text_of", "things", "under", "value_of", "waits",
]  # fmt: skip
