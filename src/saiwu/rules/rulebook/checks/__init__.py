"""What must hold of a rulebook as a whole, beyond the types of its values (§18)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from saiwu.rules.rulebook.book import Rulebook
from saiwu.rules.rulebook.faults import Fault, Faults
from saiwu.rules.rulebook.trees import Trees
from saiwu.rules.rulebook.yaml import Node


def clauses(texts: Mapping[str, Node], cited: set[str], notice: str | None, faults: Faults) -> None:
    pass


def everything(trees: Trees, text: Mapping[str, str], files: frozenset[str], faults: Faults) -> None:
    pass


def days(book: Rulebook) -> Iterable[Fault]:
    return ()
