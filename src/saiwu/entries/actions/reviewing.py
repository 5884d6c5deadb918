"""Review by the host (资格审核): accepted, returned, rejected. One decision a round."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Account
from saiwu.audit.frame import Refused, action, record
from saiwu.competitions.rulebooks import in_force
from saiwu.entries import claiming
from saiwu.entries.models import Entry, Review
from saiwu.entries.verdicts import from_json
from saiwu.rules.findings import Finding, Verdict
from saiwu.rules.procedure import EntryState, Open

_WITH = ("event__competition", "division", "unit")


@action
def accept(*, entry_id: int, evidence: Mapping[str, str] | None = None, by: Account, at: datetime) -> None:
    """Accept a registration after review.

    `evidence` says of each rule whose finding is 待补材料 what the reviewer saw (rule id -> what); it stays on record.
    Raises Refused with the findings that are neither in order, nor waived, nor borne out by evidence, or because
    somebody has decided this round already.
    """
    entry = begin("entries.accept", Entry, entry_id, by=by, at=at, related=_WITH)
    seen = {rule: what.strip() for rule, what in (evidence or {}).items() if what.strip()}
    findings = from_json(entry.findings)
    waived = set(entry.waivers.filter(state=Open.GRANTED).values_list("rule", flat=True))
    open_ones = tuple(one for one in findings if not _settled(one, seen, waived))
    if open_ones:
        first = open_ones[0]
        book = in_force(entry.event.competition)
        raise Refused(
            f"还有 {len(open_ones)} 项未符合，不能通过。第一项：{first.message}",
            rule=first.rule,
            clause=first.clause,
            sentence=book.text.get(first.clause) if first.clause else None,
            findings=open_ones,
        )
    _decide(entry, Review.Outcome.ACCEPTED, EntryState.ACCEPTED, "", by, at)
    facts = {"round": entry.round, "evidence": seen, "waived": sorted(waived), "version": entry.rulebook_version}
    record("entries.accept", entry, by=by, at=at, facts=facts)


@action
def return_for_correction(*, entry_id: int, reason: str, by: Account, at: datetime) -> None:
    """Return a registration to its unit, with what to mend. Raises Refused without a reason."""
    entry = begin("entries.return", Entry, entry_id, by=by, at=at, related=_WITH)
    _decide(entry, Review.Outcome.RETURNED, EntryState.RETURNED, reason, by, at)
    record("entries.return", entry, by=by, at=at, facts={"round": entry.round})


@action
def reject(*, entry_id: int, reason: str, by: Account, at: datetime) -> None:
    """Reject a registration: its people and places are free at once. Raises Refused without a reason."""
    entry = begin("entries.reject", Entry, entry_id, by=by, at=at, related=_WITH)
    decided = Review.objects.filter(entry=entry, round=entry.round).exists()
    if decided:
        entry.round += 1
        entry.save(update_fields=["round"])
    _decide(entry, Review.Outcome.REJECTED, EntryState.REJECTED, reason, by, at)
    claiming.release(entry)
    record("entries.reject", entry, by=by, at=at, facts={"round": entry.round})


def _settled(one: Finding, evidence: Mapping[str, str], waived: set[str]) -> bool:
    match one.verdict:
        case Verdict.OK:
            return True
        case Verdict.EVIDENCE:
            return one.rule in evidence
        case Verdict.WAIVER:
            return one.rule in waived
        case _:
            return False


def _decide(entry: Entry, outcome: Review.Outcome, state: EntryState, reason: str, by: Account, at: datetime) -> None:
    Review.objects.create(
        entry=entry,
        round=entry.round,
        outcome=outcome,
        by=by,
        at=at,
        reason=reason.strip(),
        findings=entry.findings,
    )
    entry.state = state
    entry.save(update_fields=["state"])
