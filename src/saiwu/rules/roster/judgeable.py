"""What of a rulebook a roster can judge: rules without the parts that no column tells, and the names of those parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from saiwu.rules.rulebook.book import Division, Event, Rulebook
from saiwu.rules.rulebook.eligibility import (
    AnyOfTerm,
    Condition,
    DeclarationTerm,
    EligibilityTerm,
    FactsTerm,
    PastWinnerTerm,
    PlaceTerm,
    ProofTerm,
    StudentTerm,
    WorkerTerm,
)
from saiwu.rules.rulebook.quotas import Quota

KNOWN_FACTS = frozenset(
    {"status", "entered_by", "entry_kind", "sex", "minor", "former_retirement", "division", "tag", "class"}
)
"""Built-in facts that a roster tells, by a column or by being one. The others, and a notice's own, it does not."""

WRITTEN_GROUNDS = frozenset({"工作", "学习", "居住"})
_NO_COLUMN_OF_QUOTAS = frozenset({"区县", "代表队"})


@dataclass(frozen=True, slots=True)
class Judgeable:
    """A rule without what cannot be told (None: nothing of it can), the names of what is left out, and whether what is
    left out might still make it hold (another ground of `place`, another branch of `any_of`).
    """

    term: EligibilityTerm | None
    left_out: tuple[str, ...] = ()
    may_hold_otherwise: bool = False


def judgeable(term: EligibilityTerm, rule_id: str) -> Judgeable:
    """What a roster can judge of a rule."""
    if isinstance(term, (DeclarationTerm, ProofTerm, PastWinnerTerm)) or not _told(term.for_):
        return Judgeable(None, (rule_id,))
    match term:
        case StudentTerm():
            reduced = _without(term, rule_id, ("full_time", "enrolled"), kept=("in_region", "major"))
        case WorkerTerm():
            reduced = _without(term, rule_id, ("post", "months"), kept=("in_region",))
        case PlaceTerm():
            reduced = _place(term, rule_id)
        case FactsTerm():
            reduced = _facts(term, rule_id)
        case AnyOfTerm():
            reduced = _any_of(term, rule_id)
        case _:
            reduced = Judgeable(term)
    if reduced.term is None or not reduced.term.proof:
        return reduced
    without_proof = reduced.term.model_copy(update={"proof": ()})
    return Judgeable(without_proof, (*reduced.left_out, f"{rule_id}.proof"), reduced.may_hold_otherwise)


def _told(condition: Condition) -> bool:
    return all(fact in KNOWN_FACTS for fact in condition)


def _without(term: StudentTerm | WorkerTerm, rule_id: str, untold: Iterable[str], *, kept: Iterable[str]) -> Judgeable:
    out = [key for key in untold if getattr(term, key) not in (None, (), False)]
    if out and all(getattr(term, key) in (None, False) for key in kept):
        return Judgeable(None, (rule_id,))
    update = {key: () if key == "post" else None for key in out}
    return Judgeable(term.model_copy(update=update) if out else term, tuple(f"{rule_id}.{key}" for key in out))


def _place(term: PlaceTerm, rule_id: str) -> Judgeable:
    written = tuple((ground, months) for ground, months in term.any_of if ground in WRITTEN_GROUNDS)
    if not written:
        return Judgeable(None, (rule_id,))
    out = []
    if len(written) < len(term.any_of):
        out.append(f"{rule_id}.any_of")
    if any(months for _, months in written):
        out.append(f"{rule_id}.months")
    reduced = term.model_copy(update={"any_of": tuple((ground, 0) for ground, _ in written)}) if out else term
    return Judgeable(reduced, tuple(out), may_hold_otherwise=len(written) < len(term.any_of))


def _facts(term: FactsTerm, rule_id: str) -> Judgeable:
    told = {fact: answers for fact, answers in term.must_be.items() if fact in KNOWN_FACTS}
    if len(told) == len(term.must_be):
        return Judgeable(term)
    if not told:
        return Judgeable(None, (rule_id,))
    return Judgeable(term.model_copy(update={"must_be": told}), (f"{rule_id}.must_be",))


def _any_of(term: AnyOfTerm, rule_id: str) -> Judgeable:
    kept: dict[str, EligibilityTerm] = {}
    out: list[str] = []
    otherwise = False
    for inner_id, inner in term.rules.items():
        part = judgeable(inner, f"{rule_id}.{inner_id}")
        out.extend(part.left_out)
        otherwise = otherwise or part.term is None or part.may_hold_otherwise
        if part.term is not None:
            kept[inner_id] = part.term
    if not kept:
        return Judgeable(None, (rule_id,))
    return Judgeable(term.model_copy(update={"rules": kept}) if out else term, tuple(out), otherwise)


def judgeable_quota(term: Quota) -> bool:
    """Whether a roster tells whom a quota counts, and bears on it: it limits registration."""
    return term.at_most is not None and term.stage is None and term.per not in _NO_COLUMN_OF_QUOTAS and _told(term.for_)


def not_checked(book: Rulebook) -> tuple[str, ...]:
    """What of the notice a roster cannot judge: a rule's id, or of a rule judged in part `id.key`, each once."""
    names: dict[str, None] = {}
    for event in book.events.values():
        for division in event.divisions.values():
            names.update(dict.fromkeys(_left_out(division)))
    return tuple(names)


def _left_out(chapters: Division | Event) -> Iterable[str]:
    for rule_id, term in chapters.eligibility.items():
        yield from judgeable(term, rule_id).left_out
    for quota_id, quota in chapters.quotas.items():
        if quota.at_most is not None and quota.stage is None and not judgeable_quota(quota):
            yield f"quotas.{quota_id}"
