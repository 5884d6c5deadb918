"""Documents shown for the people of an entry. Who asks has made sure that the viewer may see the entry."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass

from saiwu.audit.frame import NotFound
from saiwu.entries.models import Entry, Evidence
from saiwu.entries.queries.review import Shown
from saiwu.privacy import fields


@dataclass(frozen=True, slots=True)
class Paper:
    """A document itself. `media`: image/jpeg or application/pdf."""

    name: str
    media: str
    content: bytes


def papers_of(unit_id: int, people: Mapping[int, int]) -> Mapping[int, tuple[Shown, ...]]:
    """The documents that a unit shows for people (id -> position in the entry), by position. 1 SQL statement."""
    found: dict[int, tuple[Shown, ...]] = {}
    rows = Evidence.objects.filter(unit_id=unit_id, person__in=people).defer("content_sealed").select_related("by")
    for row in rows.order_by("at", "id"):
        one = Shown(row.pk, row.rule, row.name, row.media, row.size, row.by.name, row.at)
        place = people[row.person_id]
        found[place] = (*found.get(place, ()), one)
    return found


def paper_of(event_id: int, entry_id: int, evidence_id: int) -> Paper:
    """A document of an entry of that event, decrypted. 1 SQL statement.

    Raises NotFound where it is none of the entry's people, or another unit shows it.
    """
    entry = Entry.objects.filter(pk=entry_id, event_id=event_id)
    rows = Evidence.objects.filter(
        pk=evidence_id, unit__in=entry.values("unit"), person__in=entry.values("members__person")
    )
    row = rows.select_related("person").first()
    if row is None:
        raise NotFound("evidence")
    content = fields.unseal(bytes(row.content_sealed), f"person:{row.person.key}:evidence")
    return Paper(row.name, row.media, base64.b64decode(content))
