"""The merged trees of a rulebook: what the checks judge, and what typed models and a result's bundle are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from saiwu.rules.rulebook.faults import Fault, Place
from saiwu.rules.rulebook.shapes import NOTICE_ONLY
from saiwu.rules.rulebook.values import PENDING
from saiwu.rules.rulebook.yaml import Node


@dataclass(frozen=True, slots=True)
class EventTree:
    """One event and each of its divisions, merged. `written` is the merged `divisions` itself, if there is any."""

    file: str
    event: Node
    divisions: Mapping[str, Node]
    written: Node | None


@dataclass(frozen=True, slots=True)
class Trees:
    """`notice` as written; `for_all` what it hands on, over what lies underneath; the events by id."""

    notice: Node
    for_all: Node
    events: Mapping[str, EventTree]

    def in_order(self) -> list[str]:
        """The events' ids: by `order`, else by id."""

        def place(key: str) -> tuple[int, str]:
            order = self.events[key].event.get("order")
            text = order.text if order is not None else None
            return (int(text) if text is not None and text.isdecimal() else 1_000_000_000, key)

        return sorted(self.events, key=place)

    def pending(self) -> tuple[Fault, ...]:
        """What is 待定 and that no nearer layer has settled, once however many events inherit it."""
        found: set[Fault] = set()
        own = (value for key, value in self.notice.entries.items() if NOTICE_ONLY.shape_of(key) is not None)
        roots = [*own] if self.events else [self.notice]
        for tree in self.events.values():
            roots += tree.divisions.values() or [tree.event]
            roots += [value for key, value in tree.event.entries.items() if key in ("name", "order", "divisions")]
        for root in roots:
            found.update(_remark(node.place) for node in walk(root) if node.value == PENDING)
        return tuple(sorted(found))


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    yield node
    for below in (*node.entries.values(), *node.items):
        yield from walk(below)


def _remark(place: Place) -> Fault:
    return Fault(place.file, place.line, place.key, "待定")
