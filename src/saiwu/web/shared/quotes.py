"""Clauses with their sentences, as they stand in the notice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from saiwu.rules.findings import Finding
from saiwu.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Quote:
    """A clause and its sentence."""

    clause: str
    sentence: str


def quotes(book: Rulebook, clauses: Iterable[str]) -> tuple[Quote, ...]:
    """Clauses with their sentences; those that the text does not have are passed over."""
    return tuple(Quote(clause, book.text[clause]) for clause in clauses if clause in book.text)


def quotes_of(book: Rulebook, finding: Finding) -> tuple[Quote, ...]:
    """The sentences that a finding rests on, the cited one first."""
    return quotes(book, finding.clauses or ((finding.clause,) if finding.clause else ()))
