"""Judging a contestant by all rules of a division: one finding a rule that concerns him, in the rulebook's order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from saiwu.rules.eligibility import others, person
from saiwu.rules.eligibility.facts import ContestantFacts, EventFacts, belongs, named
from saiwu.rules.findings import Finding, Verdict
from saiwu.rules.rulebook.eligibility import AnyOfTerm, EligibilityTerm

_Kind = Callable[[ContestantFacts, Any, EventFacts], Finding]

_NOT_WEIGHED = frozenset({"on", "since", "proof", "binding", "waived_by"})
"""Keys whose being 待定 the rule itself answers for, or that do not bear on the verdict."""


def judge(contestant: ContestantFacts, terms: Mapping[str, EligibilityTerm], event: EventFacts) -> list[Finding]:
    """The findings of all rules whose `for` fits, ok ones included. Days in the terms are resolved."""
    findings = (judge_rule(contestant, term, event) for term in terms.values())
    return [finding for finding in findings if finding is not None]


def judge_rule(contestant: ContestantFacts, term: EligibilityTerm, event: EventFacts) -> Finding | None:
    """One rule's finding; None where its `for` does not fit."""
    fit = belongs(contestant, term.for_, event)
    if fit.holds is False:
        return None
    if fit.holds is None:
        return term.evidence(fit.fact, f"请填写{named(fit.fact)}，才能确定是否适用本条。")
    finding = (
        any_of(contestant, term, event) if isinstance(term, AnyOfTerm) else KINDS[term.rule](contestant, term, event)
    )
    if finding is None or finding.verdict is not Verdict.OK:
        return finding
    pending = term.meta.pending - _NOT_WEIGHED
    if pending:
        return term.evidence(None, f"规则尚有待定之处（{'、'.join(sorted(pending))}），公布后再核。")
    if term.rule not in ("proof", "any_of"):
        lacking = person.lacking_proof(contestant, term.proof)
        if lacking:
            return term.evidence("proof", f"缺少证明材料：{'、'.join(lacking)}。")
    return finding


def any_of(contestant: ContestantFacts, term: AnyOfTerm, event: EventFacts) -> Finding | None:
    """One of its rules holds: the best verdict counts. None where none of them concerns this contestant."""
    parts = judge(contestant, term.rules, event)
    if not parts:
        return None
    best = min(parts, key=lambda finding: finding.verdict.severity)
    if best.verdict is Verdict.OK:
        return term.ok(best.fact, best.message)
    message = "以下须符合其一：" + " ".join(part.message for part in parts)
    if best.verdict is Verdict.REFUSED:
        return term.refused(best.fact, message)
    return term.finding(best.verdict, best.fact, message)


KINDS: Mapping[str, _Kind] = {
    "age": person.age,
    "place": person.place,
    "student": person.student,
    "worker": person.worker,
    "skill": person.skill,
    "past_winner": person.past_winner,
    "facts": person.facts,
    "proof": person.proof,
    "declaration": person.declaration,
    "one_event": others.one_event,
    "not_instructor": others.not_instructor,
}
"""Kind of rule -> its function. `any_of` stands apart: it asks the others."""
