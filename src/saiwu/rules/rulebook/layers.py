"""Lays one layer over another (§3): JSON Merge Patch, with 无 for null.

Mappings merge key by key; everything else, a list too, replaces. 无 takes a thing out of a mapping by id; for a key
of the language it stays as an answer. Sources were fixed before (`sources.py`): a value brings its own along.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from saiwu.rules.rulebook.faults import Faults, Place, quoted
from saiwu.rules.rulebook.shapes import CHAPTERS, DIVISION, NOT_INHERITED, Fields, Ids, Shape, Words
from saiwu.rules.rulebook.sources import cited_by
from saiwu.rules.rulebook.stages import FINAL
from saiwu.rules.rulebook.values import NONE
from saiwu.rules.rulebook.yaml import Node

OWN_TO_DIVISION = ("name", "name_en", "for")

LAYER = Fields("Layer", {**CHAPTERS.keys, "divisions": Ids(DIVISION)})
"""What one layer hands on to the next."""


def inherited(layer: Node) -> Node:
    """What nearer layers get of a file: not `name`, `order`, nor what is marked **notice**."""
    entries = {key: value for key, value in layer.entries.items() if _stem(key) not in NOT_INHERITED}
    return Node(layer.place, entries, layer.source, layer.origin)


def _stem(key: str) -> str:
    return key.removesuffix("_en")


def lay(near: Node, far: Node | None, shape: Shape, faults: Faults) -> Node:
    """`near` over `far` (None: nothing is underneath).

    What stands inside `divisions` is still to be laid over the event: there a 无 stays, until `divided` lays it.
    """
    return _lay(near, far, shape, faults, patch=False)


def _lay(near: Node, far: Node | None, shape: Shape, faults: Faults, *, patch: bool) -> Node:
    if not near.is_mapping:
        if patch and near.is_none and far is not None:
            return Node(near.place, near.value, near.source, far.place)
        return near
    waits = far is not None and far.is_pending
    under = far.entries if far is not None else {}
    by_id = isinstance(shape, (Ids, Words))
    inside_divisions = patch or (isinstance(shape, Ids) and shape.item is DIVISION)
    laid: dict[str, Node] = {}
    gone: set[str] = set()
    for key, value in near.entries.items():
        below = under.get(key)
        if by_id and value.value == NONE and not patch:
            # A 无 that has taken away what a farther layer gave this division (`origin`) need not find it once more.
            if below is None and not waits and value.origin is None:
                faults.add(value.place, "“无”要去掉的这里没有", " ".join(under) or "更远的层里没有可去掉的")
            gone.add(key)
        else:
            laid[key] = _lay(value, below, _below(shape, key), faults, patch=inside_divisions)
    if isinstance(shape, Fields) and shape.name in _SPANS:
        laid.update(_displaced(near, under))
    entries = {key: laid.get(key, under.get(key)) for key in _order(near.entries, under) if key not in gone}
    kept = {key: value for key, value in entries.items() if value is not None}
    if far is None or not far.is_mapping:
        return Node(near.place, kept, near.source, near.origin or near.place, near.flow)
    return Node(near.place, kept, cited_by(near.source, far.source), far.origin or far.place, near.flow)


_SPANS = frozenset({"Stage", "DateTerm"})


def _displaced(near: Node, far: Mapping[str, Node]) -> dict[str, Node]:
    """A day is `on`, or `from` and `to`: the nearer way of writing it takes the place of the farther one."""
    on = _has_value(near.get("on"))
    span = _has_value(near.get("from")) or _has_value(near.get("to"))
    if on == span:
        return {}
    gone = ("from", "to") if on else ("on",)
    return {key: Node(near.place, NONE, near.source) for key in gone if key in far and key not in near.entries}


def _has_value(node: Node | None) -> bool:
    return node is not None and not node.is_none


def _below(shape: Shape, key: str) -> Shape:
    match shape:
        case Fields():
            return shape.keys.get(key, CHAPTERS)
        case Ids() | Words():
            return shape.item
        case _:
            # A rule, or a prize that may be written short: its keys are the language's own, except those of
            # mappings inside it, which are by id or by word.
            return _INSIDE.get(key, CHAPTERS)


_INSIDE: Mapping[str, Shape] = {
    "rules": Ids(CHAPTERS),
    "for": Words(CHAPTERS),
    "must_be": Words(CHAPTERS),
    "whom": Words(CHAPTERS),
}


def _order(near: Mapping[str, Node], far: Mapping[str, Node]) -> list[str]:
    """That of writing: a layer that names all keys sets it; else the farther order stays and new keys follow."""
    if far.keys() <= near.keys():
        return list(near)
    return [*far, *(key for key in near if key not in far)]


def divided(event: Node, division: Node, faults: Faults) -> Node:
    """A division over its event: the event's chapters, the division's own keys laid over them."""
    chapters = Node(
        event.place,
        {key: value for key, value in inherited(event).entries.items() if key != "divisions"},
        event.source,
        event.origin,
    )
    own = Node(division.place, {k: v for k, v in division.entries.items() if k not in OWN_TO_DIVISION}, division.source)
    laid = lay(own, chapters, DIVISION, faults)
    names = {key: division.entries[key] for key in OWN_TO_DIVISION if key in division.entries}
    return Node(division.place, {**names, **laid.entries}, laid.source, division.origin or division.place)


def with_final(chapters: Node) -> Node:
    """The same with `final` the last stage, which exists even if nobody writes it (§3). What is 待定 waits as it is."""
    stages = chapters.get("stages")
    if stages is not None and stages.is_pending:
        return chapters
    written = stages.entries if stages is not None else {}
    place = stages.place if stages is not None else chapters.place
    source = stages.source if stages is not None else chapters.source
    final = written.get(FINAL, Node(Place(place.file, place.line, f"stages.{FINAL}"), {}, source))
    ordered = {**{key: stage for key, stage in written.items() if key != FINAL}, FINAL: final}
    laid = Node(place, ordered, source, stages.origin if stages is not None else None)
    return Node(chapters.place, {**chapters.entries, "stages": laid}, chapters.source, chapters.origin)


@dataclass(slots=True)
class Nearness:
    """Finds where neither of two layers is nearer: the farther sets a key for one division, the nearer for all."""

    far_file: str
    clashes: dict[Place, list[str]] = field(default_factory=dict)

    def compare(self, far: Node, near: Node, divisions: Iterable[str]) -> None:
        """`far` and `near` are whole files; `divisions` those that the nearer one ends with."""
        for division in divisions:
            set_for_one = far.at("divisions", division)
            if set_for_one is None or not set_for_one.is_mapping:
                continue
            own = near.at("divisions", division)
            for key, value in set_for_one.entries.items():
                for_all = near.get(key)
                if key not in OWN_TO_DIVISION and for_all is not None:
                    self._clash(value, for_all, own.get(key) if own is not None else None, division)

    def _clash(self, far: Node, near: Node, own: Node | None, division: str) -> None:
        if own is not None and not own.is_mapping:
            return
        if far.is_mapping and near.is_mapping:
            for key, value in far.entries.items():
                below = near.get(key)
                if below is not None:
                    self._clash(value, below, own.get(key) if own is not None else None, division)
        elif own is not None and (not far.is_mapping or _covers(own, far)):
            return
        elif not _is_empty(far) and not _is_empty(near):
            self.clashes.setdefault(near.place, []).append(division)

    def tell(self, faults: Faults) -> None:
        """One fault a key, however many divisions it concerns."""
        for place, divisions in self.clashes.items():
            names = "、".join(divisions)
            allowed = "、".join(f"divisions.{division}.{place.key}" for division in divisions)
            faults.add(
                place,
                f"{quoted(self.far_file)}已为组别 {names} 写了这一项，这里为全部组别写，分不出远近",
                f"在本文件写 {allowed}",
            )


def _covers(own: Node, far: Node) -> bool:
    return all(
        (mine := own.get(key)) is not None and (not value.is_mapping or not mine.is_mapping or _covers(mine, value))
        for key, value in far.entries.items()
    )


def _is_empty(node: Node) -> bool:
    return node.is_mapping and not node.entries
