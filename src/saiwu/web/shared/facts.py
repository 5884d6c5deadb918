"""What a member of an entry stated, in words: for those who decide over it, and for the unit that entered him."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from saiwu.competitions.queries import Site
from saiwu.entries.queries.review import Claimant
from saiwu.rules.eligibility import full_years
from saiwu.rules.rulebook.labels import FACT_NAMES, LABELS

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
