"""Where each value comes from (§4), fixed in its own file before any layer is laid over another.

`clause` and `assumed` are either one text for their mapping and all below, or a mapping from a key to a text, for that
key and all below it. The nearest counts; at one mapping, per key beats whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from saiwu.rules.rulebook.faults import Faults, Place, quoted
from saiwu.rules.rulebook.shapes import SOURCE_KEYS
from saiwu.rules.rulebook.terms import Source
from saiwu.rules.rulebook.yaml import BROKEN, Node

NO_SOURCE_NEEDED = frozenset({"language", "version", "over", "order", "history", "duties", "note"})
"""Top keys whose values need no source; translations need none anywhere."""

NEEDED = "clause（条款）或 assumed（推定及理由）"


@dataclass(slots=True)
class Sources:
    """Takes the source keys out of a file's tree and gives every value its source.

    `text` are the clauses that may be cited (None: not to be judged, since text.yaml itself is broken). `cited` fills
    with those that are. `rename` gives a clause the key under which the whole rulebook knows its sentence.
    """

    text: Mapping[str, str] | None
    faults: Faults
    rename: Mapping[str, str] = field(default_factory=dict)
    cited: set[str] = field(default_factory=set)

    def fix(self, root: Node) -> Node:
        """The tree without clause, assumed and note, every node with its source."""
        return self._mapping(root, Source(), top=True)

    def _mapping(self, node: Node, inherited: Source, *, top: bool = False) -> Node:
        clauses, whole_clauses = self._clauses(node)
        reasons, whole_reason = self._reasons(node)
        whole = Source(whole_clauses, whole_reason)
        if whole == Source():
            whole = inherited
        values = {key: value for key, value in node.entries.items() if key not in SOURCE_KEYS}
        for name, per_key in (("clause", clauses), ("assumed", reasons)):
            for key, place in per_key.places.items():
                if key not in values:
                    self.faults.add(place, f"{name} 说的键不在这里", " ".join(values) or "本处所写的键")
        fixed: dict[str, Node] = {}
        for key, value in values.items():
            source = whole
            if key in clauses.texts or key in reasons.texts:
                source = Source(clauses.texts.get(key, ()), " ".join(reasons.texts.get(key, ())) or None)
            exempt = key.endswith("_en") or (top and key in NO_SOURCE_NEEDED)
            fixed[key] = self._value(value, source, exempt=exempt)
        if not values and whole == Source() and not top:
            self._missing(node.place)
        cited = _cited(node.place.key, whole, clauses, reasons)
        return Node(node.place, fixed, cited, node.origin, node.flow, node.plain)

    def _value(self, node: Node, source: Source, *, exempt: bool) -> Node:
        if node.is_mapping and not exempt:
            return self._mapping(node, source)
        if node.items and any(item.is_mapping for item in node.items) and not exempt:
            items = [self._mapping(item, source) if item.is_mapping else item for item in node.items]
            return Node(node.place, items, source, node.origin, node.flow, node.plain)
        if source == Source() and not exempt and node.value != BROKEN:
            self._missing(node.place)
        return Node(node.place, node.value, source, node.origin, node.flow, node.plain)

    def _missing(self, place: Place) -> None:
        self.faults.add(place, "没有依据", NEEDED)

    def _clauses(self, node: Node) -> tuple[_PerKey, tuple[str, ...]]:
        written = node.get("clause")
        per_key = _PerKey()
        if written is None:
            return per_key, ()
        if not written.is_mapping:
            return per_key, self._cite(written)
        for key, value in written.entries.items():
            per_key.add(key, value.place, self._cite(value))
        return per_key, ()

    def _cite(self, node: Node) -> tuple[str, ...]:
        """The clauses named, those that text.yaml lacks told. What is broken counts as a source that was meant."""
        named = node.items if node.items else [node]
        cited: list[str] = []
        for item in named:
            clause = item.text
            if clause is None:
                self.faults.add(item.place, "条款写得不对", "条款的键，或条款的键的列表")
            elif clause != BROKEN:
                if self.text is not None and clause not in self.text:
                    self.faults.add(item.place, f"text.yaml 里没有条款{quoted(clause)}", _some(self.text))
                self.cited.add(clause)
                cited.append(self.rename.get(clause, clause))
        return tuple(cited) or (BROKEN,)

    def _reasons(self, node: Node) -> tuple[_PerKey, str | None]:
        written = node.get("assumed")
        per_key = _PerKey()
        if written is None:
            return per_key, None
        if not written.is_mapping:
            return per_key, self._reason(written)
        for key, value in written.entries.items():
            per_key.add(key, value.place, (self._reason(value),))
        return per_key, None

    def _reason(self, node: Node) -> str:
        if node.text is None:
            self.faults.add(node.place, "理由写得不对", "一句话，说明为什么这样推定")
            return BROKEN
        return node.text


_MAKES_FINDINGS = re.compile(r"(?:^|\.)(?:eligibility|rules|quotas|minimums)\.[^.]+$")


def _cited(key: str, whole: Source, clauses: _PerKey, reasons: _PerKey) -> Source:
    """What a finding cites of a mapping: its whole source; of a rule that has only sources per key, the first clause."""
    first = next(iter(clauses.texts.values()), ())
    if whole == Source():
        return Source(first, None if first else next((" ".join(why) for why in reasons.texts.values()), None))
    if first and not whole.clauses and _MAKES_FINDINGS.search(key):
        return Source(first)
    return whole


@dataclass(slots=True)
class _PerKey:
    texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def add(self, key: str, place: Place, texts: tuple[str, ...]) -> None:
        self.texts[key] = texts
        self.places[key] = place


def _some(text: Mapping[str, str]) -> str:
    return f"text.yaml 里的条款 {' '.join(text)}" if text else "先在 text.yaml 里写下这一条"


def cited_by(near: Source, far: Source) -> Source:
    """What a finding cites of a rule of two layers: the nearer clause; where the nearer only assumes, the farther."""
    if near.clauses or not (far.clauses or far.assumed):
        return near
    if far.clauses:
        return far
    return near if near.assumed else far
