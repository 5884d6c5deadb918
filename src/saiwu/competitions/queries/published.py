"""What the office sees of what it has published: rulebooks by version, and what a scope is over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from saiwu.accounts.models import Scope
from saiwu.competitions.models import RulebookVersion


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a rulebook: its number, from when on it held, and the digest of its files."""

    number: int
    since: datetime
    sha256: str


def versions() -> Mapping[int, tuple[Version, ...]]:
    """The versions of every competition, by its id, the newest first. 1 SQL statement; the files are not read."""
    found: dict[int, list[Version]] = {}
    rows = RulebookVersion.objects.order_by("competition_id", "-version").values_list(
        "competition_id", "version", "since", "sha256"
    )
    for competition_id, number, since, sha256 in rows:
        found.setdefault(competition_id, []).append(Version(number, since, sha256))
    return {competition_id: tuple(every) for competition_id, every in found.items()}


@dataclass(frozen=True, slots=True)
class Over:
    """What a scope is over: slugs. `event` empty: the whole competition."""

    competition: str
    event: str


def over_what(scope_ids: Iterable[int]) -> Mapping[int, Over]:
    """Which of these scopes are over a competition or an event, and over which. 1 SQL statement."""
    kinds = (Scope.Kind.COMPETITION, Scope.Kind.EVENT)
    rows = Scope.objects.filter(pk__in=set(scope_ids), kind__in=kinds)
    rows = rows.select_related("competition", "event__competition")
    found = {}
    for scope in rows:
        event = getattr(scope, "event", None)
        competition = event.competition if event else getattr(scope, "competition", None)
        if competition is not None:
            found[scope.pk] = Over(competition.slug, event.slug if event else "")
    return found
