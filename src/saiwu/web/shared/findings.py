"""Findings of an entry as a page shows them: one a rule, the worst first, with the notice's sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Protocol, Self

from saiwu.competitions.queries import Site
from saiwu.entries.queries.review import Kept
from saiwu.rules.findings import Finding, Verdict
from saiwu.rules.rulebook.days import Days
from saiwu.web.shared.conditions import asked_of
from saiwu.web.shared.quotes import Quote, quotes_of

_OTHER_TITLES = {"division": "组别", "team_size": "参赛队的组成"}


@dataclass(frozen=True, slots=True)
class Line:
    """What is said of one person; `who` empty where there is only one, or where the whole is meant."""

    who: str
    message: str
    assumed: str


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """What one rule says. `waived_by`: who may set it aside; empty where nobody may, or nobody is named."""

    rule: str
    title: str
    verdict: Verdict
    lines: tuple[Line, ...]
    quotes: tuple[Quote, ...]
    waived_by: str

    @classmethod
    def of(cls, one: ShownFinding, **own: Any) -> Self:
        """The same as a door shows it, with what it has of its own."""
        return cls(**({each.name: getattr(one, each.name) for each in fields(ShownFinding)} | own))

    @property
    def folded(self) -> bool:
        """Whether it is in order, so that its sentences are folded away."""
        return self.verdict is Verdict.OK


def shown_of(site: Site, event: str, division: str, found: Iterable[tuple[str, Finding]]) -> tuple[ShownFinding, ...]:
    """`found`: of whom (empty: the whole, or the only one) and what."""
    titles = _titles(site, event, division)
    by_rule: dict[tuple[str, Verdict], list[tuple[str, Finding]]] = {}
    for who, finding in found:
        by_rule.setdefault((finding.rule, finding.verdict), []).append((who, finding))
    rows = [
        ShownFinding(
            rule=rule,
            title=_title(rule, titles),
            verdict=verdict,
            lines=_lines(those),
            quotes=quotes_of(site.book, those[0][1]),
            waived_by=(those[0][1].waived_by or "") if verdict is Verdict.WAIVER else "",
        )
        for (rule, verdict), those in by_rule.items()
    ]
    return tuple(sorted(rows, key=lambda row: -row.verdict.severity))


def _titles(site: Site, event: str, division: str) -> dict[str, str]:
    """What the rules of an event ask, by their ids: as the division has them, where divisions differ."""
    rules = site.book.events[event]
    name = rules.division_name(division)
    asked = asked_of(site.book, rules, Days(site.book, event, division))
    return {one.id: one.title for one in sorted(asked, key=lambda one: name in one.who)}


def _title(rule: str, titles: Mapping[str, str]) -> str:
    if rule in titles:
        return titles[rule]
    return "名额" if rule.startswith("quotas.") else _OTHER_TITLES.get(rule, rule)


def _lines(those: Iterable[tuple[str, Finding]]) -> tuple[Line, ...]:
    lines = (Line(who, one.message, (one.assumed or "") if not one.clause else "") for who, one in those)
    return tuple(dict.fromkeys(lines))


class _Member(Protocol):
    @property
    def position(self) -> int: ...
    @property
    def name(self) -> str: ...


def with_names(members: Sequence[_Member], kept: Iterable[Kept]) -> list[tuple[str, Finding]]:
    """Findings as they were kept, with the name of whom they speak where there are several people."""
    names = {one.position: one.name for one in members} if len(members) > 1 else {}
    return [(names.get(one.member or 0, ""), one.finding) for one in kept]
