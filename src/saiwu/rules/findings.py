"""What a rule says of an entry: a verdict, the fact that decided, the clause, and a message that says how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """The four verdicts, in rising severity (rulebook language §8): the worst of several counts."""

    OK = "ok"
    EVIDENCE = "evidence"
    WAIVER = "waiver"
    REFUSED = "refused"

    @property
    def severity(self) -> int:
        """0 for ok … 3 for refused."""
        return _SEVERITY[self]

    @property
    def chinese(self) -> str:
        """The word that screens and documents use."""
        return _CHINESE[self]


_SEVERITY = {Verdict.OK: 0, Verdict.EVIDENCE: 1, Verdict.WAIVER: 2, Verdict.REFUSED: 3}
_CHINESE = {
    Verdict.OK: "符合",
    Verdict.EVIDENCE: "待补材料",
    Verdict.WAIVER: "需豁免",
    Verdict.REFUSED: "不符合",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's verdict.

    `rule` is the rulebook's id (`age`, `quotas.unit`) or, of findings that rest on no rule, `cell`, `identity`,
    `unit_code`, `phone`, `event`, `division`, `team_size`. `fact` names the fact that decided (`born`, `place`), so
    that a form, a cell or a JSON path can show the finding in place. `clause` is null where the rulebook only assumes;
    then `assumed` gives the reason.
    """

    rule: str
    verdict: Verdict
    fact: str | None
    message: str
    clause: str | None = None
    assumed: str | None = None
    waived_by: str | None = None
    clauses: tuple[str, ...] = ()


def worst(findings: Iterable[Finding]) -> Verdict:
    """The verdict that counts; ok where there is no finding."""
    return max((finding.verdict for finding in findings), key=lambda verdict: verdict.severity, default=Verdict.OK)
