"""Lists of an event's entries: filtered, sorted, a page at a time, by an index; the queue around an entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection

from saiwu.audit.frame import NotFound
from saiwu.entries.actions import accept, ask_waiver, grant_waiver, register, reject, return_for_correction
from saiwu.entries.models import Entry
from saiwu.entries.queries.of_event import (
    Filter,
    Order,
    count_of,
    filtered,
    rows_of,
    standing,
    states_of,
)
from saiwu.entries.queries.review import claim_of, first_of, neighbours, photo_of
from saiwu.rules.findings import Verdict
from saiwu.rules.procedure import EntryState, Open
from tests.world import IN_TIME, World, build, number, student, worker

pytestmark = pytest.mark.django_db
UNPROVED = {"level": None, "level_in": None, "years": None}
SUBMITTED = Filter(frozenset({EntryState.SUBMITTED}))


@pytest.fixture
def world() -> World:
    return build(units=4)


@pytest.fixture
def event(world) -> int:
    return world.event("iot").pk


def enter(world: World, member, unit: int = 1, division: str = "student", at: datetime = IN_TIME) -> int:
    return register(
        event_id=world.event("iot").pk,
        division=division,
        unit_id=world.units[unit - 1],
        members=[member],
        declared=True,
        by=world.account(f"unit{unit}"),
        at=at,
    ).entry_id


@pytest.fixture
def four(world) -> list[int]:
    """One of each verdict: 甲 in order, 乙 unproved, 丙 waits above the quota, 丁 in order."""
    return [
        enter(world, student(1, "王甲"), unit=2, at=IN_TIME + timedelta(hours=3)),
        enter(world, worker(2, "李乙", **UNPROVED), division="worker", at=IN_TIME + timedelta(hours=1)),
        enter(world, worker(3, "张丁"), division="worker", at=IN_TIME + timedelta(hours=2)),
        enter(world, worker(4, "赵丙"), division="worker", at=IN_TIME + timedelta(hours=4)),
    ]


def names(rows) -> list[str]:
    return [row.shown for row in rows]


def test_the_queue_has_who_waited_longest_first(event, four):
    rows = rows_of(event, SUBMITTED)
    assert [(row.shown, row.division, row.verdict) for row in rows] == [
        ("李乙", "worker", Verdict.EVIDENCE),
        ("张丁", "worker", Verdict.OK),
        ("王甲", "student", Verdict.OK),
    ]
    assert (first_of(event, SUBMITTED), count_of(event, SUBMITTED)) == (four[1], 3)


@pytest.mark.parametrize(
    ("only", "found"),
    [
        (Filter(), ["李乙", "张丁", "王甲", "赵丙"]),
        (Filter(frozenset({EntryState.WAITING})), ["赵丙"]),
        (Filter(division="student"), ["王甲"]),
        (Filter(verdict=Verdict.OK), ["张丁", "王甲"]),
        (Filter(verdict=Verdict.EVIDENCE), ["李乙"]),
        (Filter(verdict=Verdict.WAIVER), ["赵丙"]),
        (Filter(verdict=Verdict.REFUSED), []),
        (Filter(search="李"), ["李乙"]),
        (Filter(search="示例公司"), ["王甲"]),
        (Filter(search="没有这个人"), []),
        (Filter(frozenset({EntryState.SUBMITTED, EntryState.WAITING}), "worker", None, "张"), ["张丁"]),
    ],
)
def test_a_filter_leaves_what_it_says(event, four, only, found):
    assert names(rows_of(event, only)) == found
    assert count_of(event, only) == len(found)


def test_an_entry_is_found_by_its_number(event, four):
    called = Entry.objects.get(pk=four[0]).number
    assert names(rows_of(event, Filter(search=called.lower()))) == ["王甲"]
    assert names(rows_of(event, Filter(search=called[:-1]))) == []


def test_a_list_is_sorted_by_time_unit_or_name(event, four):
    assert names(rows_of(event, Filter(), order=Order.TIME)) == ["李乙", "张丁", "王甲", "赵丙"]
    assert names(rows_of(event, Filter(), order=Order.UNIT)) == ["王甲", "李乙", "张丁", "赵丙"]
    assert sorted(names(rows_of(event, Filter(), order=Order.NAME))) == sorted(["李乙", "张丁", "王甲", "赵丙"])


@pytest.mark.parametrize("many", [1, 3])
def test_lists_take_the_same_statements_however_many_rows(world, event, many, django_assert_num_queries):
    for serial in range(many):
        enter(world, student(serial + 1), unit=serial + 1)
    with django_assert_num_queries(4):
        assert len(rows_of(event, SUBMITTED)) == many
    with django_assert_num_queries(5):
        assert standing(event)[0].live == many
    with django_assert_num_queries(1):
        assert states_of(event) == {EntryState.SUBMITTED: many}


LISTS: dict[str, Callable[[int], object]] = {
    "queue": lambda event: filtered(event, SUBMITTED).order_by("submitted_at", "id")[:50],
    "queue of a division": lambda event: filtered(event, Filter(frozenset({EntryState.SUBMITTED}), "student")).order_by(
        "submitted_at", "id"
    )[:50],
    "all": lambda event: filtered(event, Filter()).order_by("submitted_at", "id")[:50],
    "all that were returned": lambda event: filtered(event, Filter(frozenset({EntryState.RETURNED}))).order_by(
        "submitted_at", "id"
    )[:50],
}


@pytest.mark.parametrize("name", LISTS)
def test_the_first_page_of_a_long_list_is_read_off_an_index(world, event, name):
    """No scan of the table and no sorting of all rows, on either database."""
    _many(world, 3000)
    if connection.vendor == "sqlite":
        plan = LISTS[name](event).explain()
        assert "SCAN saiwu_entry" not in plan
        assert "USE TEMP B-TREE" not in plan
        assert "USING INDEX entries_" in plan or "USING COVERING INDEX entries_" in plan
    else:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE saiwu_entry, saiwu_division")
            cursor.execute("SET LOCAL enable_seqscan = off")  # of a few thousand rows a scan may well be cheaper
        plan = LISTS[name](event).explain()
        assert "Seq Scan on saiwu_entry" not in plan
        assert "Index" in plan


def _many(world: World, count: int) -> None:
    """Rows as registering leaves them, without people: only the plan is asked."""
    division = world.event("iot").divisions.get(slug="student")
    account = world.account("unit1")
    Entry.objects.bulk_create(
        Entry(
            event=division.event,
            division=division,
            unit_id=world.units[serial % 4],
            number=f"X{serial:06d}",
            state=(EntryState.SUBMITTED, EntryState.RETURNED, EntryState.ACCEPTED)[serial % 3],
            rulebook_version=1,
            submitted_at=IN_TIME + timedelta(seconds=serial),
            declared_by=account,
        )
        for serial in range(count)
    )


def test_numbers_stand_against_the_minimum_that_is_counted_next(world, event, four):
    found = {one.division: one for one in standing(event)}
    worker_ = found["worker"]
    assert (worker_.have, worker_.minimum, worker_.measure, worker_.moment, worker_.short) == (
        3,
        50,
        "人",
        "报名截止",
        True,
    )
    assert worker_.by_state == {EntryState.SUBMITTED: 2, EntryState.WAITING: 1}
    assert worker_.clause == "五.2b"


def test_around_an_entry_stand_the_next_and_the_one_before(event, four):
    third = Entry.objects.get(pk=four[2])
    around = neighbours(event, SUBMITTED, third.pk, third.submitted_at)
    assert (around.before, around.previous, around.next) == (1, four[1], four[0])
    first = Entry.objects.get(pk=four[1])
    assert neighbours(event, SUBMITTED, first.pk, first.submitted_at).previous is None


def test_a_reviewer_sees_what_was_stated_found_asked_and_done(world, event, four):
    host = world.account("host")
    return_for_correction(entry_id=four[0], reason="照片不是免冠照。", by=host, at=IN_TIME + timedelta(days=1))
    claim = claim_of(event, four[0])
    assert (claim.shown, claim.state, claim.unit, claim.round) == ("王甲", EntryState.RETURNED, "示例公司丙", 1)
    [member] = claim.members
    assert (member.number, member.phone, member.has_photo, member.evidence) == (number(1)[-4:], "0001", False, ())
    assert [(one.outcome, one.reason, one.by) for one in claim.decided] == [
        ("returned", "照片不是免冠照。", "测承办单位")
    ]
    assert [(one.verb, one.role, one.by) for one in claim.history] == [
        ("entries.register", "unit", "单位经办2"),
        ("entries.return", "host", "测承办单位"),
    ]


def test_a_waiver_that_was_granted_stands_beside_its_finding(world, event, four):
    host = world.account("host")
    asked = ask_waiver(entry_id=four[3], rule="quotas.unit", grounds="省赛冠军", by=host, at=IN_TIME)
    assert [(row.shown, row.asked, row.waived) for row in rows_of(event, Filter(search="赵丙"))] == [
        ("赵丙", True, False)
    ]
    grant_waiver(waiver_id=asked, reason="同意", by=world.account("organiser"), at=IN_TIME)
    [row] = rows_of(event, Filter(search="赵丙"))
    assert (row.state, row.asked, row.waived) == (EntryState.SUBMITTED, False, True)
    [waiver] = claim_of(event, four[3]).waivers
    assert (waiver.rule, waiver.state, waiver.grounds, waiver.reason) == (
        "quotas.unit",
        Open.GRANTED,
        "省赛冠军",
        "同意",
    )


def test_an_entry_of_another_event_is_not_there(world, event, four):
    other = world.event("ai-image").pk
    with pytest.raises(NotFound):
        claim_of(other, four[0])
    with pytest.raises(NotFound):
        photo_of(other, four[0], 1)
    assert rows_of(other, Filter()) == ()


def test_who_was_decided_on_leaves_the_queue(world, event, four):
    host = world.account("host")
    accept(entry_id=four[2], by=host, at=IN_TIME)
    reject(entry_id=four[0], reason="不是在籍学生。", by=host, at=IN_TIME)
    assert names(rows_of(event, SUBMITTED)) == ["李乙"]
    assert states_of(event) == {
        EntryState.SUBMITTED: 1,
        EntryState.ACCEPTED: 1,
        EntryState.WAITING: 1,
        EntryState.REJECTED: 1,
    }
