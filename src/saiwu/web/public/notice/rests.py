"""The notice clause by clause: what of the rulebook rests on each, who has to act by it, what it leaves open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from saiwu.rules.rulebook import Rulebook
from saiwu.rules.rulebook.labels import BY_ID, RULE_NAMES, label, label_in, labelled
from saiwu.rules.rulebook.trees import walk
from saiwu.rules.rulebook.yaml import Node


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause. `rests`: what of the rulebook rests on it; `events`: slug and name of events that it sets up.

    `pending`: what it says will be announced; `duties`: who has to act by it where no program can check.
    """

    key: str
    sentence: str
    english: str
    rests: tuple[str, ...]
    events: tuple[tuple[str, str], ...]
    pending: tuple[str, ...]
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assumption:
    """Where the notice is silent: what was assumed, and why. `event` empty: for all events."""

    what: tuple[str, ...]
    why: str
    events: tuple[str, ...]


def clauses_of(book: Rulebook) -> tuple[Clause, ...]:
    """All clauses in the notice's order."""
    rests: dict[str, dict[str, None]] = defaultdict(dict)
    pending: dict[str, dict[str, None]] = defaultdict(dict)
    for node in _leaves(book.trees.notice):
        for clause in node.source.clauses:
            (pending if node.is_pending else rests)[clause].setdefault(
                _whole(book, node) if node.is_pending else _thing(book, node)
            )
    events: dict[str, dict[str, str]] = defaultdict(dict)
    for slug, node in _own_leaves(book):
        for clause in node.source.clauses:
            events[clause].setdefault(slug, book.events[slug].name or slug)
            if node.is_pending:
                pending[clause].setdefault(f"{book.events[slug].name}：{_whole(book, node)}")
    return tuple(
        Clause(
            key,
            sentence,
            book.text_en.get(key, ""),
            tuple(rests[key]),
            tuple(events[key].items()),
            tuple(pending[key]),
            tuple(str(who) for who in book.duties.get(key, ())),
        )
        for key, sentence in book.text.items()
    )


def assumptions_of(book: Rulebook) -> tuple[Assumption, ...]:
    """What the notice does not say, each reason once, in the rulebook's order."""
    what: dict[str, dict[str, None]] = defaultdict(dict)
    events: dict[str, dict[str, None]] = defaultdict(dict)
    for node in _leaves(book.trees.notice):
        if node.source.assumed and not node.source.clauses and not node.is_pending:
            what[node.source.assumed].setdefault(_thing(book, node))
    for slug, node in _own_leaves(book):
        if node.source.assumed and not node.source.clauses and not node.is_pending:
            what[node.source.assumed].setdefault(_thing(book, node))
            events[node.source.assumed].setdefault(book.events[slug].name or slug)
    return tuple(Assumption(tuple(things), why, tuple(events[why])) for why, things in what.items())


def _leaves(root: Node) -> Iterator[Node]:
    return (node for node in walk(root) if not node.is_mapping and not node.place.key.endswith("_en"))


def _own_leaves(book: Rulebook) -> Iterator[tuple[str, Node]]:
    """What each event's own file says."""
    for slug, tree in book.trees.events.items():
        for node in _leaves(tree.event):
            if node.place.file == tree.file:
                yield slug, node


def _thing(book: Rulebook, node: Node) -> str:
    """The rule, prize, stage, ... that a value belongs to: 参赛资格·年龄."""
    keys = node.place.key.split(".")
    if keys[0] in BY_ID and len(keys) > 1:
        name = _name(book, keys[0], keys[1])
        return f"{label(keys[0])}·{name}" if name else label(keys[0])
    return label(keys[0]) if len(keys) == 1 or keys[0] in ("certificates", "awards") else labelled(".".join(keys[:2]))


def _whole(book: Rulebook, node: Node) -> str:
    """The value itself: 组织机构·承办单位."""
    keys = node.place.key.split(".")
    if keys[0] in BY_ID and len(keys) > 2:
        rest = "·".join(label(key) for key in keys[2:])
        return f"{_name(book, keys[0], keys[1]) or label(keys[0])}·{rest}"
    return labelled(node.place.key)


def _name(book: Rulebook, chapter: str, key: str) -> str:
    if chapter == "eligibility":
        rule = book.chapters.eligibility.get(key)
        return RULE_NAMES.get(rule.rule if rule is not None else key, "")
    things: Mapping[str, object] = book.unit_awards if chapter == "unit_awards" else getattr(book.chapters, chapter, {})
    named = getattr(things.get(key), "name", None) or label_in(chapter, key)
    return "" if str(named).isascii() else str(named)
