"""How far an event has come from its draw to its results, for the people who run it. No name stands here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from saiwu.checkin.models import BlindCode
from saiwu.competitions.models import Event
from saiwu.marking.models import Mark, SecondLook
from saiwu.results.lists import latest_lists, list_keys
from saiwu.results.models import Unsealing
from saiwu.rules.procedure import EventState, Open


@dataclass(frozen=True, slots=True)
class Look:
    """A second look: who took it, when, of how many codes. `outdated`: marks were sent back since."""

    by: str
    at: datetime
    codes: int
    remark: str
    outdated: bool


@dataclass(frozen=True, slots=True)
class Unsealed:
    """Codes joined back: by whom, before whom, when."""

    by: str
    witness: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ComputedList:
    """The newest computation of a list. `ranked`, `awarded`: how many entries; `pending`: entries that wait for a
    decision."""

    key: str
    division: str
    number: int
    computed_at: datetime
    ranked: int
    awarded: int
    pending: int


@dataclass(frozen=True, slots=True)
class Progress:
    """`stale`: a decision was taken since the lists were computed, so they are to be computed again. `lacking`: lists
    that were not computed at all."""

    state: EventState
    codes: int
    marks: int
    looks: tuple[Look, ...]
    unsealed: Unsealed | None
    lists: tuple[ComputedList, ...]
    lacking: tuple[str, ...]
    open_decisions: int
    stale: bool

    @property
    def looked(self) -> bool:
        """Whether a second look counts."""
        return any(not look.outdated for look in self.looks)

    @property
    def publishable(self) -> bool:
        """Whether all lists are computed and nothing waits."""
        return bool(self.lists) and not (self.lacking or self.open_decisions or self.stale)


def progress(event_id: int) -> Progress:
    """How far the event has come. 6 SQL statements; 7 more once lists were computed."""
    event = Event.objects.select_related("competition").get(pk=event_id)
    looks = SecondLook.objects.filter(event=event).select_related("by").order_by("at", "id")
    unsealing = Unsealing.objects.filter(event=event).select_related("by", "witness").first()
    waiting = event.decisions.filter(state=Open.ASKED).count()
    lists: tuple[ComputedList, ...] = ()
    lacking: tuple[str, ...] = ()
    stale = False
    if unsealing is not None:
        rows = latest_lists(event)
        counted = {
            row["pk"]: row
            for row in event.result_lists.filter(pk__in=[row.pk for row in rows])
            .order_by()
            .values("pk")
            .annotate(
                ranked=Count("results", filter=Q(results__rank__isnull=False)),
                awarded=Count("results", filter=~Q(results__award="")),
                waiting=Count("results", filter=~Q(results__pending__in=("", "evidence"))),
            )
        }
        lists = tuple(
            ComputedList(
                key=row.list_key,
                division=row.division.slug if row.division else "",
                number=row.number,
                computed_at=row.computed_at,
                ranked=counted[row.pk]["ranked"],
                awarded=counted[row.pk]["awarded"],
                pending=counted[row.pk]["waiting"],
            )
            for row in rows
        )
        lacking = tuple(key for key in list_keys(event) if key not in {one.key for one in lists})
        if lists:
            since = min(one.computed_at for one in lists)
            stale = event.decisions.filter(state=Open.GRANTED, taken_at__gt=since).exists()
            stale = stale or (not waiting and any(one.pending for one in lists))
    return Progress(
        state=EventState(event.state),
        codes=BlindCode.objects.filter(event=event).count(),
        marks=Mark.objects.filter(event=event, replaced_by=None).count(),
        looks=tuple(
            Look(one.by.name, one.at, len(one.codes), one.remark, one.outdated_at is not None) for one in looks
        ),
        unsealed=Unsealed(unsealing.by.name, unsealing.witness.name, unsealing.at) if unsealing else None,
        lists=lists,
        lacking=lacking,
        open_decisions=waiting,
        stale=stale,
    )
