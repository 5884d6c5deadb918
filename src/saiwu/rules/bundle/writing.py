"""A bundle written: inputs, decisions and result as the format has them. Marks in thousandths, names nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from saiwu.rules.canonical import sha256
from saiwu.rules.decisions import Decision
from saiwu.rules.marking import ComponentMarks, EntryMarks, PartMark, Scale, component_mark, mark_of, scale_of
from saiwu.rules.results import EntryResult, Result, compute
from saiwu.rules.rulebook.bundles import from_merged
from saiwu.rules.rulebook.stages import Component, Module
from saiwu.rules.rulebook.values import Rounding

FORMAT = "saiwu-result/1"
RULES_VERSION = "1"
"""Version of the rules that compute. It rises when the same bundle would give another result."""


def build(
    rulebook: Mapping[str, Any],
    entries: Sequence[EntryMarks],
    decisions: Sequence[Decision] = (),
) -> tuple[dict[str, Any], Result]:
    """An unsigned bundle of one list, and its result.

    `rulebook` is what `merged_division` made; competition, event and division are its. Raises NotReady, and ValueError
    where a time used is no whole second.
    """
    rules = from_merged(rulebook)
    result = compute(rules, entries, decisions, notice_class=rulebook.get("class"))
    scale = scale_of(rules)
    division = rulebook.get("division")
    document = {
        "format": FORMAT,
        "rules": RULES_VERSION,
        "competition": rulebook["competition"],
        "event": rulebook["event"]["id"],
        "division": None if division is None else division["id"],
        "rulebook": rulebook,
        "rulebook_sha256": sha256(rulebook),
        "entries": [
            _entry(entry, scale, whole_event=division is None)
            for entry in sorted(entries, key=lambda entry: entry.code)
        ],
        "decisions": [_decision(decision) for decision in decisions],
        **outcome(result),
    }
    return document, result


def outcome(result: Result) -> dict[str, Any]:
    """What follows from the rest of a bundle: `result` and `awards`."""
    return {"result": [_result(row) for row in result.rows], "awards": dict(result.awards)}


def _result(row: EntryResult) -> dict[str, Any]:
    return {
        "code": row.code,
        "total": row.total,
        "rank": row.rank,
        "award": row.award,
        "pending": row.pending,
        "decided_by": row.decided_by,
        "members": [
            {
                "code": member.code,
                "level": None if member.level is None else member.level.chinese,
                "certificate": member.certificate,
                "promotion": member.promotion,
                "honours": list(member.honours),
            }
            for member in row.members
        ],
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "kind": str(decision.kind),
        "concerns": list(decision.concerns),
        "choice": decision.choice if isinstance(decision.choice, str) else list(decision.choice),
        "by_role": decision.by_role,
        "at": decision.at,
        "reason": decision.reason,
    }


def _entry(entry: EntryMarks, scale: Scale, *, whole_event: bool) -> dict[str, Any]:
    time_used = entry.time_used_s
    if time_used is not None and not isinstance(time_used, int):
        raise ValueError("time used is not a whole number of seconds")
    # Where all divisions stand in one list, an entry's own is a fact like any other.
    division = {"division": entry.division} if whole_event and entry.division is not None else {}
    return {
        "code": entry.code,
        "unit": entry.unit,
        "state": str(entry.state),
        "listed": entry.listed,
        "checked_in": entry.checked_in,
        "time_used_s": time_used,
        "handed_in_at": None if entry.handed_in_at is None else entry.handed_in_at.isoformat(),
        "components": {
            key: _component(component, entry.components.get(key, ComponentMarks()))
            for key, component in scale.components.items()
            if key in entry.components or key in scale.factors
        },
        "penalties": [
            {"id": given.id, "times": given.times, "clause": given.clause, "reason": given.reason}
            for given in entry.penalties
        ],
        "members": [
            {
                "code": member.code,
                "holds": None if member.holds is None else member.holds.chinese,
                "age": member.age,
                "facts": {**member.facts, **division},
            }
            for member in entry.members
        ],
    }


def _component(component: Component, given: ComponentMarks) -> dict[str, Any]:
    document: dict[str, Any] = {"mark": component_mark(component, given), "of": component.full}
    if component.modules and (given.modules or given.mark is None):
        document["modules"] = {
            key: _part(module, given.modules.get(key, PartMark())) for key, module in component.modules.items()
        }
    document["from"] = _made_of(given)
    return document


def shown_marks(entry: EntryMarks, scale: Scale) -> Iterator[tuple[str, int | None]]:
    """What follows from other values of the bundle (full marks; marks made of others), by path within the entry."""
    for key, component in scale.components.items():
        given = entry.components.get(key)
        if given is None:
            continue
        yield f"components.{key}.of", component.full
        if given.modules or given.made_of:
            yield f"components.{key}.mark", component_mark(component, given)
        for inner, module in component.modules.items():
            part = given.modules.get(inner)
            if part is None:
                continue
            yield f"components.{key}.modules.{inner}.of", module.full
            if part.made_of:
                yield f"components.{key}.modules.{inner}.mark", _shown(part, module)


def _shown(part: PartMark, module: Module) -> int | None:
    exact = mark_of(part, module.judging)
    return None if exact is None else Rounding.HALF_UP.apply(Fraction(exact))


def _part(module: Module, given: PartMark) -> dict[str, Any]:
    return {"mark": _shown(given, module), "of": module.full, "from": _made_of(given)}


def _made_of(given: PartMark) -> list[dict[str, Any]]:
    return [{"judge": one.judge, "aspect": one.aspect or None, "mark": one.mark} for one in given.made_of]
