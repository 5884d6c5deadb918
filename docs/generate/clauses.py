"""clauses-bayu-2025.md: what rests on each sentence of the founding notice, and what was assumed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import saiwu
from docs.generate.page import page, table
from saiwu.rules.rulebook import Rulebook, load
from saiwu.rules.rulebook.terms import Source
from saiwu.rules.rulebook.yaml import Node

NOTICES = Path(saiwu.__file__).parent / "notices"
FOUNDING = "bayu-2025"


def clauses() -> str:
    """Clause by clause of the founding notice: its sentence, and every value that rests on it; then what is assumed."""
    book = load(NOTICES / FOUNDING).book
    assert book is not None, "the founding notice is in order, or its own tests fail"
    leaves = [leaf for tree in _trees(book.trees) for leaf in _leaves(tree)]
    rests: dict[str, dict[str, None]] = {clause: {} for clause in book.text}
    assumed: dict[str, dict[str, None]] = {}
    for where, source in leaves:
        for clause in source.clauses:
            rests[clause][where] = None
        if source.assumed is not None:
            assumed.setdefault(source.assumed, {})[where] = None
    for clause, who in book.duties.items():
        rests[clause][f"责任事项：{'、'.join(who)}"] = None
    rules = {clause: "\n".join(_rules_citing(book, clause)) for clause in book.text}
    rows = [(clause, sentence, rules[clause], "\n".join(rests[clause])) for clause, sentence in book.text.items()]
    return page(
        f"Clauses of {FOUNDING}",
        [
            f"{book.head.name}，{book.head.number}。",
            "",
            "Every sentence of the founding notice, under the key by which verdicts, messages and tests cite it, and the",
            "values of `src/saiwu/notices/bayu-2025/` that rest on it. No sentence is lost: one that no value cites is a",
            "duty, shown to those who have to keep it.",
        ],
        [
            "## What rests on each sentence",
            "",
            *table(["clause", "sentence", "rules that cite it", "values that rest on it"], rows),
        ],
        [
            "## Where the notice is silent",
            "",
            "What was assumed, why, and for which values. To change one is to change one line of the notice's files.",
            "",
            *table(["why", "assumed"], ((why, "\n".join(where)) for why, where in assumed.items())),
        ],
    )


def _rules_citing(book: Rulebook, clause: str) -> Iterable[str]:
    """Ids of the rules whose findings cite the clause, or show it with the one cited, in any division."""
    cited: dict[str, None] = {}
    for division in (division for event in book.events.values() for division in event.divisions.values()):
        chapters: Mapping[str, Mapping[str, Any]] = {
            "": division.eligibility,
            "quotas.": division.quotas,
            "minimums.": division.minimums,
        }
        for prefix, terms in chapters.items():
            cited |= {f"`{prefix}{key}`": None for key, term in terms.items() if clause in term.clauses}
    return cited


def _trees(trees: Any) -> Iterator[Node]:
    """As merged, event by event; what several inherit is one place in one file and is told once."""
    yield trees.notice
    for event in trees.events.values():
        yield event.event
        yield from event.divisions.values()


def _leaves(node: Node) -> Iterator[tuple[str, Source]]:
    """`eligibility.age.minimum` 16, and where it comes from, value by value; of an event's own file with its name."""
    if node.is_mapping and node.entries:
        for key, value in node.entries.items():
            if not key.endswith("_en") and key != "order":
                yield from _leaves(value)
    elif any(item.is_mapping for item in node.items):
        for item in node.items:
            yield from _leaves(item)
    else:
        said = node.text or "、".join(item.text or "" for item in node.items)
        event = "" if node.place.file == "notice.yaml" else f" ({Path(node.place.file).stem})"
        yield f"`{node.place.key}`{event} {said}".rstrip(), node.source
