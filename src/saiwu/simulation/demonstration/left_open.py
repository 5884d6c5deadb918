"""What the stories may have settled by the morning, and is to be open all the same: done by verbs the evening before."""

from __future__ import annotations

from datetime import timedelta

from saiwu.entries.models import Entry, Preregistration
from saiwu.entries.verdicts import from_json
from saiwu.rules.findings import Verdict
from saiwu.rules.procedure import EntryState
from saiwu.simulation.agenda import Story
from saiwu.simulation.demonstration.morning import Morning, Standing
from saiwu.simulation.play.changing import ask_for_venue, change_refused, days_moved, final_moved
from saiwu.simulation.play.reviewing import ask_waivers, return_entry
from saiwu.simulation.world import World

_EVENING = timedelta(hours=14)
"""So long before the morning."""


def changes(world: World, morning: Morning) -> list[Story]:
    """A final is moved whose pre-registration would be over by the morning; another event asks in vain; a third waits.

    Each only where the notice allows it.
    """
    term = world.book.changes
    allowed = term.allowed if term is not None else ()
    registering = list(morning.events[Standing.REGISTERING])
    stories: list[Story] = []
    moved = next((slug for slug in registering if _is_over(world, slug, morning) and days_moved(world, slug)), None)
    if "日期" in allowed and moved is not None:
        stories.append(final_moved(world, moved))
        registering.remove(moved)
    if "地点" in allowed:
        stories += [change_refused(world, slug) for slug in morning.events[Standing.REVIEWING][:1]]
        stories += [_asks(world, slug, morning) for slug in registering[-1:]]
    return stories


def _is_over(world: World, slug: str, morning: Morning) -> bool:
    window = world.clock.window(world.days(slug), "preregistration")
    return window is not None and window[1] < morning.at


def _asks(world: World, slug: str, morning: Morning) -> Story:
    at = yield morning.at - _EVENING + timedelta(minutes=20)
    ask_for_venue(world, slug, at)


def evening(world: World, morning: Morning) -> Story:
    """In the events that are reviewed or registered: a form that its unit has to mend, and a waiver for each who may
    settle one."""
    at = yield morning.at - _EVENING
    events = (*morning.events[Standing.REGISTERING], *morning.events[Standing.REVIEWING])
    ids = [world.event_ids[slug] for slug in events]
    own = Entry.objects.filter(event_id__in=ids).select_related("event").order_by("id")
    units = dict.fromkeys(awaiting_units(world, events))
    if not own.filter(state=EntryState.RETURNED, unit__name__in=units).exists():
        submitted = own.filter(state=EntryState.SUBMITTED)
        row = submitted.filter(unit__name__in=units).first() or submitted.first()
        if row is not None:
            return_entry(world, row.event.slug, row.pk, at)
    asked: set[str | None] = set()
    for row in own.filter(state__in=(EntryState.SUBMITTED, EntryState.WAITING), waivers=None):
        lacking = {one.waived_by for one in from_json(row.findings) if one.verdict is Verdict.WAIVER}
        if not lacking <= asked:
            ask_waivers(world, row.event.slug, row.pk, at, beyond=row.state == EntryState.WAITING)
            asked |= lacking


def awaiting_units(world: World, events: tuple[str, ...]) -> list[str]:
    """Names of the units that somebody has named in his pre-registration who is not entered yet, oldest first."""
    rows = Preregistration.objects.filter(
        event_id__in=[world.event_ids[slug] for slug in events],
        state=EntryState.PREREGISTERED,
    )
    return list(rows.order_by("id").values_list("unit_name", flat=True))
