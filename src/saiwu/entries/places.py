"""Places under quotas: numbered rows under a unique constraint, so that who comes last is settled by the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction

from saiwu.entries.models import Entry, QuotaPlace
from saiwu.rules.eligibility import ContestantFacts, EventFacts
from saiwu.rules.findings import Finding
from saiwu.rules.quotas import Claim, EntryFacts, beyond, claims
from saiwu.rules.rulebook.book import Division as DivisionRules

_FEW = 8
"""Up to so many places are tried one after the other; with more, the search starts where the next free one likely is."""
_SPARE = 1000
"""How far above those who hold places a waived place is looked for: more than ever are waived at the same instant."""


def claims_of(
    entry: Entry,
    rules: DivisionRules,
    event: EventFacts,
    contestants: Sequence[ContestantFacts],
    persons: Sequence[str],
    instructors: Sequence[str],
) -> tuple[list[Claim], list[Finding]]:
    """What an entry takes under the quotas of registration. Persons and instructors by their keys."""
    unit = entry.unit
    school = f"unit:{unit.pk}" if unit.kind == "院校" else ""
    facts = EntryFacts(
        event=event,
        members=tuple(contestants),
        unit=f"unit:{unit.pk}",
        unit_names=(unit.name,),
        school=school,
        district=unit.district,
        persons=tuple(persons),
        instructors=tuple(instructors),
    )
    counting = sum(one.role != "替补" for one in contestants)
    return claims(rules.quotas, facts, size=counting)


def take(entry: Entry, wanted: Iterable[Claim], granted: frozenset[str] = frozenset()) -> list[Finding]:
    """Take all places that are wanted. What is full is a finding (refused, or waiver); then no place is kept at all.

    `granted`: waivers of this entry (`quotas.<id>`), which add places above the limit for it alone.
    """
    full = []
    for claim in wanted:
        limit = claim.limit
        if limit is None or _shared(entry, claim) or _insert(entry, claim, _order(key_of(entry, claim), limit)):
            continue
        if f"quotas.{claim.key.quota}" in granted:
            held = QuotaPlace.objects.filter(quota=key_of(entry, claim)).count()
            if _insert(entry, claim, range(limit + 1, limit + 1 + held + _SPARE)):
                continue
        finding = beyond(claim, taken=limit)
        if finding is not None:
            full.append(finding)
    if full:
        QuotaPlace.objects.filter(entry=entry).delete()
    return full


def key_of(entry: Entry, claim: Claim) -> str:
    """The key under which places are numbered: competition, quota, scope and subject."""
    key = claim.key
    return "|".join((str(entry.event.competition_id), key.quota, *key.scope, key.subject))


def _shared(entry: Entry, claim: Claim) -> bool:
    """A quota that counts events gives one place an event: a second entry of the same event needs none of its own."""
    if claim.event is None:
        return False
    return QuotaPlace.objects.filter(quota=key_of(entry, claim), entry__event=entry.event_id).exists()


def _order(key: str, limit: int) -> Iterable[int]:
    if limit <= _FEW:
        return range(1, limit + 1)
    # Only a guess where to begin: the unique constraint decides, and every number is tried.
    start = QuotaPlace.objects.filter(quota=key).count() % limit
    return [(start + step) % limit + 1 for step in range(limit)]


def _insert(entry: Entry, claim: Claim, numbers: Iterable[int]) -> bool:
    """Insert until enough places are taken; what is taken already breaks the constraint and the next number is tried."""
    key = key_of(entry, claim)
    taken: list[int] = []
    for number in numbers:
        if len(taken) == claim.amount:
            break
        try:
            with transaction.atomic():
                taken.append(QuotaPlace.objects.create(quota=key, number=number, entry=entry).pk)
        except IntegrityError:
            continue
    if len(taken) < claim.amount:
        QuotaPlace.objects.filter(pk__in=taken).delete()
        return False
    return True
