"""How an entry is shown to its reviewer: findings with what can be done about them, and the papers beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from saiwu.competitions.queries import Site
from saiwu.entries.queries.review import Asked, EntryClaim
from saiwu.rules.findings import Verdict
from saiwu.rules.procedure import EntryState, Open
from saiwu.web.shared.findings import ShownFinding, shown_of, with_names


@dataclass(frozen=True, slots=True)
class ReviewedFinding(ShownFinding):
    """`waiver`: what was asked; `reviewing`: whether something can be done about it; `documents` that are to bear it out."""

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


def findings_of(site: Site, event: str, claim: EntryClaim) -> tuple[ReviewedFinding, ...]:
    """The findings, one a rule, the worst first, then as the rules stand."""
    waivers = {one.rule: one for one in claim.waivers}
    reviewing = claim.state in (EntryState.SUBMITTED, EntryState.WAITING)
    return tuple(
        ReviewedFinding.of(
            one,
            waived_by=one.waived_by or "组委会",
            waiver=waivers.get(one.rule),
            reviewing=reviewing,
            documents=tuple(
                dict.fromkeys(
                    paper.name for member in claim.members for paper in member.evidence if paper.rule == one.rule
                )
            ),
        )
        for one in shown_of(site, event, claim.division, with_names(claim.members, claim.findings))
    )


def phrases_of(findings: Sequence[ReviewedFinding]) -> tuple[str, ...]:
    """Ready sentences for a return: what is not in order, with the name where there are several people."""
    return tuple(
        f"{line.who}：{line.message}" if line.who else line.message
        for one in findings
        if one.verdict is not Verdict.OK
        for line in one.lines
    )


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
