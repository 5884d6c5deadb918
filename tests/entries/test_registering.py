"""Registration, review and the list of finalists, through the verbs."""

from __future__ import annotations

import pytest

from saiwu.audit.frame import Refused
from saiwu.audit.models import Record
from saiwu.entries.actions import accept, register
from saiwu.entries.models import Claim, Conflict, Entry
from saiwu.rules.procedure import EntryState
from tests.world import IN_TIME, World, build, student, worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build()


def enter(world: World, *members, unit: int = 1, division: str = "student", **more):
    return register(
        event_id=world.event("iot").pk,
        division=division,
        unit_id=world.units[unit - 1],
        members=members,
        declared=True,
        by=world.account(f"unit{unit}"),
        at=IN_TIME,
        **more,
    )


def test_a_student_in_order_is_handed_in_and_accepted(world):
    done = enter(world, student(1))
    assert done.state is EntryState.SUBMITTED
    assert [(one.rule, one.verdict) for one in done.findings if one.verdict != "ok"] == []
    accept(entry_id=done.entry_id, by=world.account("host"), at=IN_TIME)
    assert Entry.objects.get(pk=done.entry_id).state == EntryState.ACCEPTED
    assert list(Record.objects.order_by("id").values_list("verb", flat=True))[-2:] == [
        "entries.register",
        "entries.accept",
    ]


def test_nobody_enters_two_events_and_the_attempt_is_kept_by_keys(world):
    enter(world, student(1))
    with pytest.raises(Refused) as refused:
        enter(world, student(1), unit=2)
    assert (refused.value.rule, refused.value.clause) == ("one_event", "五.1f")
    assert Claim.objects.count() == 1
    assert Conflict.objects.values_list("rule", flat=True).get() == "one_event"


def test_a_third_entry_of_a_unit_waits_for_a_waiver(world):
    states = [enter(world, student(serial)).state for serial in (1, 2, 3)]
    assert states == [EntryState.SUBMITTED, EntryState.SUBMITTED, EntryState.WAITING]


def test_a_worker_below_level_four_needs_a_waiver(world):
    done = enter(world, worker(1, level="五级", years="2"), division="worker", unit=2)
    assert [(one.rule, one.verdict, one.clause) for one in done.findings if one.verdict != "ok"] == [
        ("skill", "waiver", "五.1e")
    ]
