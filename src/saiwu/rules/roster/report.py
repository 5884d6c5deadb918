"""What comes of judging a roster: findings of rows and of entries, and the document that programs read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
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
    unreadable: set[Column] = field(default_factory=set)


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

    def document(self, *, everything: bool) -> dict[str, Any]:
        """As the contract of `saiwu roster check` has it. `everything`: findings that are ok too."""
        return {
            "rows": [
                {
                    "row": row.number,
                    "name": row.name,
                    "verdict": row.verdict.value,
                    "findings": _findings(row.findings, everything) if row.findings else [],
                }
                for row in self.rows
            ],
            "entries": [
                {
                    "event": entry.event,
                    "division": entry.division,
                    "unit": entry.unit,
                    "team": entry.team,
                    "rows": [row.number for row in entry.rows],
                    "verdict": entry.verdict.value,
                    "findings": _findings(entry.findings, everything) if entry.findings else [],
                }
                for entry in self.entries
            ],
            "not_checked": list(self.not_checked),
            "summary": self.summary(),
        }


def _findings(findings: Iterable[tuple[Finding, str | None]], everything: bool) -> list[dict[str, Any]]:
    return [
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
