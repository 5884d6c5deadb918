"""Findings as a unit sees them: one a rule, the worst first, with the notice's sentences; who is meant, where several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from saiwu.competitions.queries import Site
from saiwu.entries.queries.of_unit import OwnEntry, Waived
from saiwu.rules.findings import Finding, Verdict
from saiwu.rules.rulebook.days import Days
from saiwu.web.public.event.asked import Quote, asked_of

_OTHER_TITLES = {"division": "组别", "team_size": "参赛队的组成"}


@dataclass(frozen=True, slots=True)
class Line:
    """What is said of one person; `who` empty where there is only one, or where the whole is meant."""

    who: str
    message: str
    assumed: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What one rule says. `waived_by`: who may set it aside; empty where nobody may."""

    rule: str
    title: str
    verdict: Verdict
    lines: tuple[Line, ...]
    quotes: tuple[Quote, ...]
    waived_by: str
    waiver: Waived | None

    @property
    def folded(self) -> bool:
        """Whether it is in order, so that its sentences are folded away."""
        return self.verdict is Verdict.OK


def shown_of(
    site: Site, event: str, division: str, found: Iterable[tuple[str, Finding]], waivers: Sequence[Waived] = ()
) -> tuple[Shown, ...]:
    """`found`: of whom (empty: the whole, or the only one) and what."""
    rules = site.book.events[event]
    name = rules.divisions[division].name or division
    asked = asked_of(site.book, rules, Days(site.book, event, division))
    titles = {one.id: one.title for one in sorted(asked, key=lambda one: name in one.who)}
    asked_for = {one.rule: one for one in waivers}
    by_rule: dict[tuple[str, Verdict], list[tuple[str, Finding]]] = {}
    for who, finding in found:
        by_rule.setdefault((finding.rule, finding.verdict), []).append((who, finding))
    rows = [
        Shown(
            rule=rule,
            title=_title(rule, titles),
            verdict=verdict,
            lines=tuple(
                dict.fromkeys(
                    Line(who, one.message, (one.assumed or "") if not one.clause else "") for who, one in those
                )
            ),
            quotes=_quotes(site, those[0][1]),
            waived_by=(those[0][1].waived_by or "") if verdict is Verdict.WAIVER else "",
            waiver=asked_for.get(rule),
        )
        for (rule, verdict), those in by_rule.items()
    ]
    return tuple(sorted(rows, key=lambda row: -row.verdict.severity))


def of_entry(site: Site, entry: OwnEntry) -> tuple[Shown, ...]:
    """The findings that an entry was handed in with."""
    names = {one.position: one.name for one in entry.members} if len(entry.members) > 1 else {}
    found = [(names.get(kept.member or 0, ""), kept.finding) for kept in entry.findings]
    return shown_of(site, entry.event, entry.division, found, entry.waivers)


def _title(rule: str, titles: dict[str, str]) -> str:
    if rule in titles:
        return titles[rule]
    return "名额" if rule.startswith("quotas.") else _OTHER_TITLES.get(rule, rule)


def _quotes(site: Site, one: Finding) -> tuple[Quote, ...]:
    keys = one.clauses or ((one.clause,) if one.clause else ())
    return tuple(Quote(key, site.book.text[key]) for key in keys if key in site.book.text)
