"""What comes of judging a roster: findings of rows and of entries, and the document that programs read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from json.encoder import encode_basestring as _quoted
from typing import Any

from saiwu.rules.findings import Finding, Verdict
from saiwu.rules.roster.columns import Column


@dataclass(slots=True)
class RowReport:
    """One row: its findings with the cell that each concerns, the worst verdict, and which columns cannot be read."""

    number: int
    name: str
    findings: list[tuple[Finding, str | None]] = field(default_factory=list)
    verdict: Verdict = Verdict.OK
    unreadable: frozenset[Column] = frozenset()


@dataclass(slots=True)
class EntryReport:
    """One entry: ids of event and division (None: not known), its unit as it is counted, its rows and own findings."""

    event: str | None
    division: str | None
    unit: str | None
    unit_name: str
    team: str | None
    rows: list[RowReport]
    findings: list[tuple[Finding, str | None]] = field(default_factory=list)
    verdict: Verdict = Verdict.OK


@dataclass(frozen=True, slots=True)
class Report:
    """Rows in the order of the sheet, entries in that of their first rows, and what could not be judged."""

    rows: list[RowReport]
    entries: list[EntryReport]
    not_checked: tuple[str, ...]

    @property
    def refused(self) -> bool:
        """Whether a row or an entry is refused."""
        return any(entry.verdict is Verdict.REFUSED for entry in self.entries)

    def summary(self) -> dict[str, int]:
        """The number of rows, and of rows by verdict."""
        counts = {"rows": len(self.rows), **{verdict.value: 0 for verdict in Verdict}}
        for row in self.rows:
            counts[row.verdict.value] += 1
        return counts

    def json(self, *, everything: bool) -> str:
        """As the contract of `saiwu roster check` has it, on one line. `everything`: findings that are ok too.

        Written piece by piece: most rows are in order, and building a tree of them first would take as long again.
        """
        rows = ", ".join(
            f'{{"row": {row.number}, "name": {_quoted(row.name)}, "verdict": "{row.verdict.value}", '
            f'"findings": {_findings(row.findings, everything)}}}'
            for row in self.rows
        )
        entries = ", ".join(
            f'{{"event": {_text(entry.event)}, "division": {_text(entry.division)}, "unit": {_text(entry.unit)}, '
            f'"team": {_text(entry.team)}, "rows": {[row.number for row in entry.rows]}, '
            f'"verdict": "{entry.verdict.value}", "findings": {_findings(entry.findings, everything)}}}'
            for entry in self.entries
        )
        rest = json.dumps({"not_checked": self.not_checked, "summary": self.summary()}, ensure_ascii=False)
        return f'{{"rows": [{rows}], "entries": [{entries}], {rest[1:]}'

    def document(self, *, everything: bool) -> Any:
        """The same as a tree."""
        return json.loads(self.json(everything=everything))


def _text(text: str | None) -> str:
    return "null" if text is None else _quoted(text)


def _findings(findings: Sequence[tuple[Finding, str | None]], everything: bool) -> str:
    if not findings:
        return "[]"
    shown = [
        {
            "rule": finding.rule,
            "clause": finding.clause,
            "assumed": finding.assumed,
            "verdict": finding.verdict.value,
            "message": finding.message,
            "cell": cell,
        }
        for finding, cell in findings
        if everything or finding.verdict is not Verdict.OK
    ]
    return json.dumps(shown, ensure_ascii=False)
