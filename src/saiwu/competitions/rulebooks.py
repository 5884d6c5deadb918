"""The rulebook in force of a competition, typed, read from its stored files once per version and process."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from saiwu.audit.frame import Citation, Refused
from saiwu.audit.prepared import Prepared
from saiwu.competitions.models import Competition, Division, Event, Moment, RulebookVersion
from saiwu.rules.rulebook import Rulebook, load_files
from saiwu.rules.rulebook import book as typed
from saiwu.rules.rulebook.days import Days, resolved


def digest_of(files: Mapping[str, str]) -> str:
    """SHA-256 of a rulebook's files, paths and texts, whatever their order."""
    return hashlib.sha256(json.dumps(dict(sorted(files.items())), ensure_ascii=False).encode()).hexdigest()


def in_force(competition: Competition) -> Rulebook:
    """The rulebook that holds now. 1 SQL statement the first time in a process, then none."""
    if competition.in_force_id is None:
        raise Refused("这场竞赛还没有发布规则。", rule="rulebook")
    return _typed(competition.slug, competition.in_force_sha256, competition.in_force_id)


@lru_cache(maxsize=64)
def _typed(slug: str, sha256: str, version_id: int) -> Rulebook:
    files = RulebookVersion.objects.values_list("files", flat=True).get(pk=version_id)
    return parse(slug, files)


def parse(slug: str, files: Mapping[str, str]) -> Rulebook:
    """The typed rulebook of these files. Refused with the first fault where they are not in order."""
    loaded = load_files(slug, files)
    if loaded.book is None:
        first = loaded.faults[0]
        more = f"（共 {len(loaded.faults)} 处）" if len(loaded.faults) > 1 else ""
        raise Refused(f"规则文件有误{more}：{first}", rule="rulebook")
    return loaded.book


def rules_of_event(event: Event) -> typed.Event:
    """The merged rules of an event. `event.competition` should be selected with it."""
    return in_force(event.competition).events[event.slug]


def rules_of(division: Division) -> typed.Division:
    """The merged rules of a division. `division.event.competition` should be selected with it."""
    return rules_of_event(division.event).divisions[division.slug]


_MOMENTS = Prepared(lambda event: Moment.objects.filter(event=event), -1)


def moments_of(event: Event) -> dict[str, datetime]:
    """What has happened, by name. 1 SQL statement."""
    return {moment.name: moment.at for moment in _MOMENTS.all(event.pk)}


def days_of(event: Event, division: Division | None = None) -> Days:
    """The calendar of an event, with the moments that have happened. 1 SQL statement."""
    book = in_force(event.competition)
    return Days(book, event.slug, division.slug if division else None, moments_of(event))


def resolved_rules(division: Division, moments: Mapping[str, datetime]) -> typed.Division:
    """A division's rules with every day on which something is counted worked out. No SQL statement when warm."""
    competition = division.event.competition
    happened = tuple(sorted(moments.items()))
    version = (competition.slug, competition.in_force_sha256, competition.in_force_id or 0)
    return _resolved(version, division.event.slug, division.slug, happened)


@lru_cache(maxsize=512)
def _resolved(
    version: tuple[str, str, int], event: str, division: str, moments: tuple[tuple[str, datetime], ...]
) -> typed.Division:
    rules = resolved(_typed(*version), event, division, dict(moments))
    assert isinstance(rules, typed.Division)
    return rules


def citing(book: Rulebook, rules: typed.Chapters) -> Citation:
    """How a broken constraint finds the clause of its rule, and the clause's sentence."""

    def cite(rule: str) -> tuple[str | None, str | None]:
        terms = {**rules.eligibility, **{f"quotas.{key}": quota for key, quota in rules.quotas.items()}}
        term = terms.get(rule) or next((term for term in rules.eligibility.values() if term.rule == rule), None)
        if term is None or term.clause is None:
            return None, None
        return term.clause, book.text.get(term.clause)

    return cite


def happened(event: Event, name: str, at: datetime) -> None:
    """Put a moment on record as having happened; the first time counts."""
    Moment.objects.get_or_create(event=event, name=name, defaults={"at": at})
