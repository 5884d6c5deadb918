"""A competition as every page of it shows it: its rulebook in force, and nothing that changes by the hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from saiwu.audit.frame import NotFound
from saiwu.competitions.models import Competition
from saiwu.competitions.rulebooks import in_force
from saiwu.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Site:
    """A published competition. `book` is its rulebook in force."""

    id: int
    slug: str
    book: Rulebook
    published_at: datetime


def site_of(slug: str) -> Site:
    """The competition of that slug. 1 SQL statement (1 more the first time a rulebook is read in a process).

    Raises NotFound where there is none, or none is in force yet.
    """
    competition = Competition.objects.filter(slug=slug, in_force__isnull=False).first()
    if competition is None:
        raise NotFound(slug)
    return _site(competition)


def sites() -> tuple[Site, ...]:
    """All competitions of the installation, the newest first. 1 SQL statement (and 1 for each rulebook read anew)."""
    published = Competition.objects.filter(in_force__isnull=False).order_by("-published_at", "-id")
    return tuple(_site(competition) for competition in published)


def only_site() -> Site | None:
    """The competition, where the installation has just one. 1 SQL statement (1 more as `site_of`)."""
    first_two = Competition.objects.filter(in_force__isnull=False).order_by("id")[:2]
    found = list(first_two)
    return _site(found[0]) if len(found) == 1 else None


def _site(competition: Competition) -> Site:
    return Site(competition.pk, competition.slug, in_force(competition), competition.published_at)
