"""Whether a contestant belongs to the division entered: its `for`."""

from __future__ import annotations

from saiwu.rules.eligibility.facts import NONE, ContestantFacts, EventFacts, answers_to, belongs, named
from saiwu.rules.findings import Finding, Verdict
from saiwu.rules.rulebook.book import Division


def in_division(contestant: ContestantFacts, division: Division, event: EventFacts) -> Finding:
    """The finding `division`: ok, evidence (a fact that `for` asks is not known) or refused."""
    fit = belongs(contestant, division.for_, event)
    name = division.name or event.division
    if fit.holds:
        return division_finding(division, Verdict.OK, next(iter(division.for_), None), f"属于{name}。")
    wanted = "、".join(division.for_.get(fit.fact or "", ()))
    if fit.holds is None:
        return division_finding(
            division, Verdict.EVIDENCE, fit.fact, f"请填写{named(fit.fact)}，{name}须为：{wanted}。"
        )
    found = "、".join(answers_to(fit.fact or "", contestant, event) or ()) or NONE
    return division_finding(division, Verdict.REFUSED, fit.fact, f"{named(fit.fact)}为{found}，{name}须为：{wanted}。")


def division_finding(division: Division | None, verdict: Verdict, fact: str | None, message: str) -> Finding:
    """A finding of the rule `division`, with the division's own clause, like every rule (rulebook language §4)."""
    if division is None:
        return Finding("division", verdict, fact, message)
    return Finding("division", verdict, fact, message, division.clause, division.assumed, clauses=division.clauses)
