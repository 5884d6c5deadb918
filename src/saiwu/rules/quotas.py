"""Quotas and minimums (§9): which of them bear on an entry, under which key it is counted, and the verdict.

Without any store: whoever keeps the places (a database with numbered places, a roster read from top to bottom) asks
`claims` for the keys and limits of one entry, counts what is taken under each key, and asks `beyond` for the finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from saiwu.rules.eligibility.facts import ContestantFacts, EventFacts, belongs, named
from saiwu.rules.findings import Finding, Verdict
from saiwu.rules.rulebook.quotas import Minimum, Quota
from saiwu.rules.rulebook.values import IN_PRINCIPLE, plain

SUBJECTS = {
    "参赛单位": "unit",
    "院校": "school",
    "区县": "district",
    "代表队": "delegation",
    "选手": "persons",
    "指导教师": "instructors",
    "赛项": "",
}
"""Whom a quota counts for (`per`) -> the fact of the entry. 赛项: all together."""

_MISSING = {
    "参赛单位": "请填写参赛单位",
    "院校": "请填写学校",
    "区县": "请填写区县",
    "代表队": "请填写代表队",
    "选手": "请填写证件号码",
    "指导教师": "请填写指导教师证件号码",
}


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What quotas ask of one entry. Empty text: not known. Persons and instructors by whatever key tells them apart.

    `unit_names` are the names by which `named` may mean the unit (or the school, the district) beside its key.
    """

    event: EventFacts
    members: tuple[ContestantFacts, ...]
    unit: str = ""
    unit_names: tuple[str, ...] = ()
    school: str = ""
    district: str = ""
    delegation: str = ""
    persons: tuple[str, ...] = ()
    instructors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuotaKey:
    """Under what is counted: the quota's id, its scope (`within`: ids of event and division), and who."""

    quota: str
    scope: tuple[str, ...]
    subject: str

    def __str__(self) -> str:
        return "\x1f".join((self.quota, *self.scope, self.subject))


@dataclass(frozen=True, slots=True)
class Claim:
    """What one entry takes under one key: `amount` entries or persons; of 赛项, this `event` (once, however often)."""

    key: QuotaKey
    term: Quota
    amount: int
    event: str | None = None

    @property
    def limit(self) -> int | None:
        """At most so many, or None where the quota only asks for at least."""
        return self.term.at_most


def claims(
    quotas: Mapping[str, Quota], entry: EntryFacts, *, size: int | None = None, stage: str | None = None
) -> tuple[list[Claim], list[Finding]]:
    """The places that an entry would take, and findings where a fact is missing that a quota hangs on.

    `size`: contestants that count, substitutes apart (default: all members). `stage`: the list that is being made;
    without one, registration: quotas of a stage's list do not bear on it.
    """
    taken: list[Claim] = []
    findings: list[Finding] = []
    for quota_id, term in quotas.items():
        if term.per is None or term.at_most is None or term.stage != stage:
            continue
        fits = [belongs(member, term.for_, entry.event) for member in entry.members]
        if term.for_ and not any(fit.holds for fit in fits):
            unknown = next((fit for fit in fits if fit.holds is None), None)
            if unknown is not None:
                message = f"请填写{named(unknown.fact)}，才能确定是否计入名额。"
                findings.append(quota_finding(term, quota_id, Verdict.EVIDENCE, unknown.fact, message))
            continue
        known = known_subjects(term, entry)
        if not known and term.per in _MISSING and term.per != "指导教师":
            message = f"{_MISSING[term.per]}，才能核对名额。"
            findings.append(quota_finding(term, quota_id, Verdict.EVIDENCE, SUBJECTS[term.per], message))
            continue
        amount = 1
        if term.counts == "人":
            fitting = sum(1 for fit in fits if fit.holds) if term.for_ else len(entry.members)
            amount = 1 if term.per == "选手" else min(fitting, len(entry.members) if size is None else size)
        event = entry.event.event if term.counts == "赛项" else None
        for subject in _of_named(term, entry, known):
            key = QuotaKey(quota_id, scope_of(term, entry.event), subject)
            taken.append(Claim(key, term, amount, event))
    return taken, findings


def known_subjects(term: Quota, entry: EntryFacts) -> tuple[str, ...]:
    """Who is counted: for most quotas one key, of persons and instructors each. Empty where it is not known."""
    fact = SUBJECTS[term.per] if term.per is not None else ""
    if not fact:
        return ("",)
    found: str | tuple[str, ...] = getattr(entry, fact)
    return tuple(dict.fromkeys(found)) if isinstance(found, tuple) else ((found,) if found else ())


def _of_named(term: Quota, entry: EntryFacts, subjects: tuple[str, ...]) -> tuple[str, ...]:
    """Those whom the quota limits: all, or those whom `named` lists."""
    if not term.named:
        return subjects
    wanted = {plain(name) for name in term.named}
    also = {plain(name) for name in entry.unit_names} if term.per == "参赛单位" else set()
    return tuple(subject for subject in subjects if plain(subject) in wanted or also & wanted)


def scope_of(term: Quota, event: EventFacts) -> tuple[str, ...]:
    """The ids within which is counted: of event and division, of the event, or of nothing (the whole competition)."""
    if term.within == "竞赛":
        return ()
    return (event.event,) if term.within == "赛项" else (event.event, event.division)


def beyond(claim: Claim, *, taken: int, granted: int = 0, fact: str | None = None) -> Finding | None:
    """The finding where the claim would go beyond the limit; None where there is room.

    `taken`: entries, persons or (of 赛项) other events that hold places under the key; `granted`: places that waivers
    added. 原则上 gives `waiver`, which holds no place; else `refused`.
    """
    limit = claim.limit
    if limit is None or taken + claim.amount <= limit + granted:
        return None
    verdict = Verdict.WAIVER if claim.term.binding == IN_PRINCIPLE else Verdict.REFUSED
    what = {"队": "队（人）", "人": "名选手", "赛项": "个赛项"}[claim.term.counts]
    whom = {"赛项": "本赛项", "选手": "每名选手", "指导教师": "每名指导教师"}.get(
        claim.term.per or "", f"同一{claim.term.per}"
    )
    scope = {"组别": "每个组别", "赛项": "每个赛项", "竞赛": "本届竞赛"}[claim.term.within]
    then = f"超出的须经{claim.term.waived_by}豁免，未豁免前列为候补。" if verdict is Verdict.WAIVER else "请减少报名。"
    message = f"{whom}在{scope}至多{limit + granted}{what}，此前已有{taken}{what}。{then}"
    fact = fact or SUBJECTS.get(claim.term.per or "") or None
    return quota_finding(claim.term, claim.key.quota, verdict, fact, message)


def quota_finding(term: Quota, quota_id: str, verdict: Verdict, fact: str | None, message: str) -> Finding:
    """A finding `quotas.<id>` with the quota's source."""
    waived_by = str(term.waived_by) if verdict is Verdict.WAIVER else None
    return Finding(f"quotas.{quota_id}", verdict, fact, message, term.clause, term.assumed, waived_by, term.clauses)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Fewer than a minimum asks. One effect happens, several are the options of a decision (`minimum`)."""

    minimum: str
    counted: int
    at_least: int
    effects: tuple[str, ...]
    clause: str | None
    assumed: str | None
    message: str

    @property
    def needs_decision(self) -> bool:
        """Whether somebody has to choose among several effects."""
        return len(self.effects) > 1


def short_of(minimum_id: str, term: Minimum, *, counted: int) -> Shortfall | None:
    """What is short at the minimum's moment; None where enough have come, or where the number is 待定."""
    if term.at_least is None or counted >= term.at_least:
        return None
    what = {"队": "队（人）", "人": "名选手", "赛项": "个赛项"}[term.counts]
    message = f"{term.at or ''}时为{counted}{what}，不足{term.at_least}{what}"
    return Shortfall(minimum_id, counted, term.at_least, tuple(term.effect), term.clause, term.assumed, message)


def short_of_quota(quota_id: str, term: Quota, *, counts: Mapping[str, int], subjects: Sequence[str]) -> list[str]:
    """Of a quota's `at_least`: those subjects that entered fewer, in the order given."""
    if term.at_least is None:
        return []
    return [subject for subject in subjects if counts.get(subject, 0) < term.at_least]
