"""Findings as the pages show them: those not in order first and open, the others folded, each with its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from saiwu.audit.frame import Refused
from saiwu.competitions.queries import Planned
from saiwu.entries.queries.preregistering import Place
from saiwu.rules.findings import Finding, Verdict
from saiwu.rules.rulebook import Rulebook
from saiwu.rules.rulebook import book as typed
from saiwu.rules.rulebook.days import Days
from saiwu.rules.rulebook.eligibility import AgeTerm, OneEventTerm
from saiwu.rules.rulebook.stages import FINAL
from saiwu.web.shared.conditions import title_of
from saiwu.web.shared.quotes import Quote, quotes, quotes_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding. `found` is what was stated (a day, or words), `needed` what the rule asks, `counted_on` the day it counts.

    `waived_by` and `until`: who may set it aside, and until when a unit may ask for it.
    """

    rule: str
    verdict: Verdict
    title: str
    found: str
    born: date | None
    needed: str
    counted_on: date | None
    message: str
    quotes: tuple[Quote, ...]
    assumed: str | None
    waived_by: str | None
    until: datetime | None

    @property
    def folded(self) -> bool:
        """Whether it is in order, so that its sentences are folded away."""
        return self.verdict is Verdict.OK


def shown_of(
    book: Rulebook, place: Place, findings: Iterable[Finding], answers: Mapping[str, str], born: date | None
) -> tuple[Shown, ...]:
    """Findings, the worst first, in the rulebook's order within. `answers`: what was stated, in words, by fact."""
    days = Days(book, place.event, place.standing.division, place.moments)
    until = days.closes_at(place.rules.dates["registration"]) if "registration" in place.rules.dates else None
    # By which way somebody is entered is the unit's business, and no news to whom it enters.
    told = (one for one in findings if one.fact != "entered_by" or one.verdict is not Verdict.OK)
    rows = [_shown(book, place, finding, answers, born, until, days) for finding in told]
    return tuple(sorted(rows, key=lambda row: -row.verdict.severity))


def _shown(
    book: Rulebook,
    place: Place,
    finding: Finding,
    answers: Mapping[str, str],
    born: date | None,
    until: datetime | None,
    days: Days,
) -> Shown:
    rule = place.rules.eligibility.get(finding.rule)
    title = title_of(book, rule) if rule is not None else place.rules.name or place.standing.division
    counted = None
    if isinstance(rule, AgeTerm):
        point = days.first(rule.on if rule.on is not None else FINAL)
        counted = point.date() if isinstance(point, datetime) else point
    by_birth = finding.fact == "born"
    return Shown(
        rule=finding.rule,
        verdict=finding.verdict,
        title=title,
        found="" if by_birth else answers.get(finding.fact or "", ""),
        born=born if by_birth else None,
        needed=title,
        counted_on=counted if by_birth else None,
        # Of the notice's own question a message has the id alone; question and answers say it better.
        message="" if finding.fact in book.facts else finding.message,
        quotes=quotes_of(book, finding),
        assumed=finding.assumed,
        waived_by=finding.waived_by,
        until=until if finding.waived_by else None,
    )


def at_submit(book: Rulebook, rules: typed.Division) -> tuple[Quote, ...]:
    """The sentences of what only the submit can settle: one event each."""
    terms = (rule for rule in rules.eligibility.values() if isinstance(rule, OneEventTerm))
    return tuple(quote for term in terms for quote in quotes(book, term.clauses))


def deadline(book: Rulebook, place: Place, key: str) -> Planned | None:
    """A date of the rulebook as it holds there; None where there is none."""
    if key not in place.rules.dates:
        return None
    return Planned.of(key, place.rules.dates[key], Days(book, place.event, place.standing.division, place.moments))


def of_refusal(book: Rulebook, refused: Refused, more: tuple[Quote, ...]) -> Shown:
    """What a verb refused without a finding: a constraint, a date, a state. `more`: all the sentences that it rests on."""
    own = quotes(book, (refused.clause,)) if refused.clause else ()
    return Shown(
        rule=refused.rule,
        verdict=Verdict.REFUSED,
        title="每人限报一项" if refused.rule == "one_event" else refused.message,
        found="",
        born=None,
        needed="",
        counted_on=None,
        message=refused.message if refused.rule == "one_event" else "",
        quotes=more or own,
        assumed=None,
        waived_by=None,
        until=None,
    )
