"""How an entry is shown to its reviewer: findings by rule with the notice's sentences, facts in words, what was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from saiwu.competitions.queries import Site
from saiwu.entries.queries.review import Asked, Claimant, EntryClaim
from saiwu.rules import procedure
from saiwu.rules.eligibility import full_years
from saiwu.rules.findings import Finding, Verdict
from saiwu.rules.procedure import EntryState, Open, Role
from saiwu.rules.rulebook.days import Days
from saiwu.rules.rulebook.labels import FACT_NAMES, LABELS
from saiwu.web.public.event.asked import Asked as AskedRule
from saiwu.web.public.event.asked import Quote, asked_of

_OTHER_TITLES = {"division": "组别", "team_size": "参赛队的组成"}
_OTHER_FACTS = {
    "place": "地区依据",
    "school": "学校",
    "place_said": "地区依据",
    "employments": "工作经历",
    "level": "技能等级",
    "level_in": "等级所在",
    "years": "从业年限",
    "years_in": "从业所在",
}
_HIDDEN_FACTS = frozenset({"sex", "born", "signed", "role"})


@dataclass(frozen=True, slots=True)
class Line:
    """What a finding says of one person; `who` empty where there is only one."""

    who: str
    message: str
    assumed: str


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """What one rule says of the entry. `waiver`: what was asked; `reviewing`: whether something can be done about it."""

    rule: str
    title: str
    verdict: Verdict
    lines: tuple[Line, ...]
    quotes: tuple[Quote, ...]
    waived_by: str
    waiver: Asked | None
    reviewing: bool
    documents: tuple[str, ...]

    @property
    def field(self) -> str:
        """The field of the form in which the reviewer says what he saw."""
        return f"seen-{self.rule}"

    @property
    def wants_evidence(self) -> bool:
        """Whether the reviewer has to say what he saw."""
        return self.reviewing and self.verdict is Verdict.EVIDENCE

    @property
    def may_ask(self) -> bool:
        """Whether a waiver may be asked for."""
        return self.reviewing and self.verdict is Verdict.WAIVER and self.waiver is None

    @property
    def open(self) -> bool:
        """Whether it stands against accepting as things are."""
        granted = self.waiver is not None and self.waiver.state is Open.GRANTED
        return self.verdict is Verdict.REFUSED or (self.verdict is Verdict.WAIVER and not granted)


def findings_of(site: Site, event: str, claim: EntryClaim) -> tuple[ShownFinding, ...]:
    """The findings, one a rule, the worst first, then as the rules stand."""
    rules = site.book.events[event]
    asked = asked_of(site.book, rules, Days(site.book, event, claim.division))
    division = rules.divisions[claim.division].name or claim.division
    titles = {one.id: one for one in sorted(asked, key=lambda one: division in one.who)}
    waivers = {one.rule: one for one in claim.waivers}
    names = {one.position: one.name for one in claim.members} if len(claim.members) > 1 else {}
    by_rule: dict[tuple[str, Verdict], list[tuple[str, Finding]]] = {}
    for kept in claim.findings:
        key = (kept.finding.rule, kept.finding.verdict)
        by_rule.setdefault(key, []).append((names.get(kept.member or 0, ""), kept.finding))
    reviewing = claim.state in (EntryState.SUBMITTED, EntryState.WAITING)
    shown = [
        ShownFinding(
            rule=rule,
            title=_title(rule, titles.get(rule)),
            verdict=verdict,
            lines=_lines(found),
            quotes=_quotes(site, found[0][1]),
            waived_by=found[0][1].waived_by or "组委会",
            waiver=waivers.get(rule),
            reviewing=reviewing,
            documents=tuple(
                dict.fromkeys(paper.name for one in claim.members for paper in one.evidence if paper.rule == rule)
            ),
        )
        for (rule, verdict), found in by_rule.items()
    ]
    return tuple(sorted(shown, key=lambda one: -one.verdict.severity))


def _title(rule: str, asked: AskedRule | None) -> str:
    if asked is not None:
        return asked.title
    if rule.startswith("quotas."):
        return "名额"
    return _OTHER_TITLES.get(rule, rule)


def _lines(found: Iterable[tuple[str, Finding]]) -> tuple[Line, ...]:
    lines = (Line(who, one.message, (one.assumed or "") if not one.clause else "") for who, one in found)
    return tuple(dict.fromkeys(lines))


def _quotes(site: Site, one: Finding) -> tuple[Quote, ...]:
    keys = one.clauses or ((one.clause,) if one.clause else ())
    return tuple(Quote(key, site.book.text[key]) for key in keys if key in site.book.text)


def phrases_of(findings: Sequence[ShownFinding]) -> tuple[str, ...]:
    """Ready sentences for a return: what is not in order, with the name where there are several people."""
    return tuple(
        f"{line.who}：{line.message}" if line.who else line.message
        for one in findings
        if one.verdict is not Verdict.OK
        for line in one.lines
    )


@dataclass(frozen=True, slots=True)
class Fact:
    """What somebody stated, in words."""

    label: str
    value: str


def facts_of(site: Site, event: str, one: Claimant) -> tuple[Fact, ...]:
    """What a member stated. Facts of the notice's own stand under the question that it asks."""
    own = {key: fact.ask or key for key, fact in site.book.facts.items()}
    found = []
    for key, value in one.facts.items():
        said = _said(value)
        if key not in _HIDDEN_FACTS and said:
            label = _OTHER_FACTS.get(key) or own.get(key) or FACT_NAMES.get(key) or LABELS.get(key) or key
            found.append(Fact(str(label), f"{said} 年" if key == "years" and said.isdigit() else said))
    return tuple(found)


def _said(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, Mapping):
        return "，".join(_said(one) for one in value.values() if one)
    if isinstance(value, (list, tuple)):
        return "；".join(_said(one) for one in value if one)
    return str(value)


def age_of(born: date | None, today: date) -> int | None:
    """Full years."""
    return None if born is None else full_years(born, on=today)


@dataclass(frozen=True, slots=True)
class Done:
    """A line of the history."""

    at: datetime
    text: str


def history_of(claim: EntryClaim) -> tuple[Done, ...]:
    """What was done to the entry, in words, and why it was returned or rejected."""
    reasons = {one.at: one.reason for one in claim.decided if one.reason}
    lines = []
    for one in claim.history:
        what = procedure.PROCEDURE[one.verb].chinese if one.verb in procedure.PROCEDURE else one.verb
        role = Role(one.role).chinese if one.role in list(Role) else ""
        who = " ".join(part for part in (role, one.by) if part)
        reason = reasons.get(one.at, "")
        lines.append(Done(one.at, "，".join(part for part in (what, who) if part) + (f"：{reason}" if reason else "")))
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class Paper:
    """A tab of the evidence: a photo or a document. `key` stands in the address."""

    key: str
    title: str
    picture: bool
    position: int
    evidence_id: int | None
    name: str
    by: str
    at: datetime | None
    kilobytes: int


def papers_of(claim: EntryClaim) -> tuple[Paper, ...]:
    """Documents first, then photos, person by person."""
    several = len(claim.members) > 1
    papers, photos = [], []
    for one in claim.members:
        for paper in one.evidence:
            title = f"{one.name} {paper.name}" if several else paper.name
            papers.append(
                Paper(
                    f"e{paper.id}",
                    title,
                    paper.picture,
                    one.position,
                    paper.id,
                    paper.name,
                    paper.by,
                    paper.at,
                    -(-paper.size // 1024),
                )
            )
        if one.has_photo:
            title = f"照片 {one.name}" if several else "照片"
            photos.append(Paper(f"p{one.position}", title, True, one.position, None, "", "", None, 0))
    return (*papers, *photos)
