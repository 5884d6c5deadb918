"""What anybody may read of entries: how many there are, and who is in a final once its list is public."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from saiwu.audit.frame import NotFound
from saiwu.competitions.models import Event
from saiwu.competitions.queries.events import LISTED
from saiwu.entries.models import Claim, Entry, Member
from saiwu.rules.procedure import EntryState

SUBSTITUTE = "替补"
"""The role in a team of who does not compete."""

FINALISTS = (EntryState.FINALIST, EntryState.CHECKED_IN)
"""States of an entry that is in the final."""


@dataclass(frozen=True, slots=True)
class Finalist:
    """An entry of the final as the public sees it. `number` is what draws call it."""

    number: str
    division: str
    unit: str
    team: str
    names: tuple[str, ...]


def claimed(competition_id: int) -> Mapping[str, int]:
    """How many people hold each event (pre-registered or entered), by the event's slug. 1 SQL statement."""
    held = Claim.objects.filter(competition_id=competition_id).values_list("event__slug", flat=True)
    return Counter(held.order_by("event_id"))


def finalists(event_id: int) -> tuple[Finalist, ...]:
    """The list of finalists, by division and number. 3 SQL statements. Raises NotFound while it is not public."""
    if not Event.objects.filter(pk=event_id, state__in=LISTED).exists():
        raise NotFound(f"finalists of {event_id}")
    entries = list(
        Entry.objects.filter(event_id=event_id, state__in=FINALISTS)
        .order_by("division__position", "number", "id")
        .values_list("pk", "number", "division__slug", "unit__name", "team_name")
    )
    names = names_of(event_id)
    return tuple(
        Finalist(number, division, unit, team, names.get(pk, ())) for pk, number, division, unit, team in entries
    )


def names_of(event_id: int) -> Mapping[int, tuple[str, ...]]:
    """Names of those who compete in each entry of an event, in their order, by the entry's id. 1 SQL statement.

    For lists that are public; who asks has made sure of that. An erased name is empty and left out.
    """
    found: dict[int, tuple[str, ...]] = {}
    rows = Member.objects.filter(entry__event_id=event_id).exclude(role=SUBSTITUTE)
    rows = rows.order_by("entry_id", "position", "id")
    for entry_id, name in rows.values_list("entry_id", "person__name"):
        if name:
            found[entry_id] = (*found.get(entry_id, ()), name)
    return found
