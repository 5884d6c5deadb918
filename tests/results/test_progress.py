"""How far an event has come from lock to public notice, and lists before they are public."""

from __future__ import annotations

import pytest

from saiwu.audit.frame import NotFound
from saiwu.competitions.models import Event
from saiwu.competitions.queries.asked import asked_changes, decisions_of, open_decisions_of
from saiwu.results.actions import compute
from saiwu.results.queries import published_of
from saiwu.results.queries.preview import computed_bundle, preview, table
from saiwu.results.queries.progress import progress
from saiwu.rules.procedure import EventState, Open, Role
from tests.web.play import Stage, at, play

pytestmark = pytest.mark.django_db


def test_before_anything_is_drawn_nothing_has_come_about(django_assert_num_queries):
    played = play(Stage.LISTED, 2)
    with django_assert_num_queries(6):
        known = progress(played.event)
    assert (known.codes, known.marks, known.looks, known.unsealed, known.lists, known.publishable) == (
        0,
        0,
        (),
        None,
        (),
        False,
    )
    for asked in (preview, computed_bundle):
        with pytest.raises(NotFound):
            asked(played.event, "student")


def test_when_all_is_computed_and_decided_it_can_be_published(django_assert_num_queries):
    played = play(Stage.SEALED)
    with django_assert_num_queries(13):
        known = progress(played.event)
    [listed] = known.lists
    assert (known.state, known.codes, known.looked, known.open_decisions, known.stale, known.lacking) == (
        EventState.SEALED,
        20,
        True,
        0,
        False,
        (),
    )
    assert (listed.key, listed.ranked, listed.awarded, listed.pending) == ("student", 20, 6, 0)
    assert (known.unsealed.by, known.unsealed.witness) == ("测检录加密人员", "测监督")
    assert known.publishable


def test_the_newest_computation_is_the_one_that_is_read_and_nothing_is_public_by_it():
    played = play(Stage.SEALED)
    before = progress(played.event).lists[0].number
    compute(event_id=played.event, by=played.world.account("host"), at=at(10, 23, 19))
    page = preview(played.event, "student")
    assert page.list.number == before + 1
    assert page.rows[0].names == ("冉启航",)
    assert computed_bundle(played.event, "student")["event"] == "iot"
    assert table(played.event, "student", at=at(10, 23, 19))[:2] == b"PK"
    assert published_of(played.event) == ()
    with pytest.raises(NotFound):
        preview(played.event, "worker")


def test_decisions_say_who_takes_them_and_what_was_chosen(django_assert_num_queries):
    played = play(Stage.SEALED)
    with django_assert_num_queries(1):
        rows = decisions_of(played.event)
    assert {(row.kind, row.may_take, row.state) for row in rows} == {("minimum", Role.ORGANISER, Open.GRANTED)}
    assert {row.choice for row in rows if row.kind == "minimum"} == {"取消", "照常"}
    assert open_decisions_of(played.event) == ()


def test_change_requests_are_told_in_whatever_state():
    play(Stage.LISTED, 2)
    moved = Event.objects.get(slug="ai-image").pk
    [change] = asked_changes(moved)
    assert (change.kind, change.state, change.reason, change.asked_by, change.settled_role) == (
        "日期",
        Open.GRANTED,
        "因场地电力检修调整",
        "测承办单位",
        "主办单位",
    )
    assert [(value.label, value.was, value.now) for value in change.values] == [
        ("决赛日期", "2025-10-30", "2025-10-31")
    ]
