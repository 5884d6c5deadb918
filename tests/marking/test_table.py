"""Marks by code as the host enters them and the supervisor looks at them again: everybody sees his own, no names."""

from __future__ import annotations

import pytest

from saiwu.audit.frame import NotFound
from saiwu.checkin.actions import check_in, issue_codes
from saiwu.checkin.models import BlindCode
from saiwu.competitions.actions import start, start_marking
from saiwu.entries.models import Entry
from saiwu.marking.actions import MarkRow, correct, enter, penalise
from saiwu.marking.queries.table import columns, marks_of, own_mark, sample, sheet
from saiwu.privacy import chance
from tests.web.play import Played, Stage, at, play

pytestmark = pytest.mark.django_db


def marked(people: int) -> tuple[Played, list[str]]:
    """An event whose marking has begun, with its codes in their order."""
    played = play(Stage.LISTED, people)
    world = played.world
    for entry in Entry.objects.all():
        check_in(entry_id=entry.pk, by=world.account("registrar"), at=at(10, 23, 8))
    start(event_id=played.event, by=world.account("host"), at=at(10, 23, 9))
    issue_codes(event_id=played.event, by=world.account("registrar"), at=at(10, 23, 9))
    start_marking(event_id=played.event, by=world.account("chief_judge"), at=at(10, 23, 12))
    return played, list(BlindCode.objects.order_by("code").values_list("code", flat=True))


def give(played: Played, role: str, *rows: tuple[str, str, int]) -> list[int]:
    outcomes = enter(
        event_id=played.event,
        marks=[MarkRow(*row) for row in rows],
        by=played.world.account(role),
        at=at(10, 23, 13),
    )
    return [outcome.mark_id for outcome in outcomes]


def test_each_sees_his_own_marks_and_of_others_only_that_there_are_some():
    played, codes = marked(2)
    host, judge = played.world.account("host").pk, played.world.account("judge").pk
    [mark, _] = give(played, "host", (codes[0], "theory", 88_000), (codes[1], "theory", 90_000))
    give(played, "judge", (codes[0], "practical", 70_000))
    assert [(row.code, row.own, row.given, row.full) for row in sheet(played.event, "practical", seen_by=host)] == [
        (codes[0], None, 1, True),
        (codes[1], None, 0, False),
    ]
    assert [row.own for row in sheet(played.event, "theory", seen_by=host)] == [88_000, 90_000]
    assert sheet(played.event, "theory", seen_by=judge, missing_only=True) == ()
    assert [(one.part.id, one.marked, one.codes) for one in columns(played.event)] == [
        ("theory", 2, 2),
        ("practical", 1, 2),
        ("用时", 0, 2),
    ]
    assert own_mark(played.event, mark, seen_by=host).value == 88_000
    with pytest.raises(NotFound):
        own_mark(played.event, mark, seen_by=judge)


def test_a_second_look_sees_what_counts_now_with_judges_and_penalties():
    played, codes = marked(2)
    [mark] = give(played, "host", (codes[0], "theory", 88_000))
    host, chief = played.world.account("host"), played.world.account("chief_judge")
    correct(event_id=played.event, mark_id=mark, value=86_000, reason="看错", by=host, at=at(10, 23, 14))
    given = {"code": codes[0], "penalty": "misuse", "times": 2, "reason": "未断电"}
    penalise(event_id=played.event, by=chief, at=at(10, 23, 14), **given)
    [one] = marks_of(played.event, [codes[0], "XXXXX"])
    assert (one.code, one.division, one.penalties) == (codes[0], "student", (("违规操作设备", 2, "未断电"),))
    assert [(given.part.id, [value for _, value in given.marks]) for given in one.parts] == [
        ("theory", [86_000]),
        ("practical", []),
        ("用时", []),
    ]
    assert all(judge.startswith("J") for given in one.parts for judge, _ in given.marks)


def test_a_sample_is_drawn_anew_each_time_and_never_larger_than_all():
    played, codes = marked(4)
    with chance.seeded("one"):
        first = sample(played.event)
    with chance.seeded("two"):
        other = sample(played.event, share=50)
    assert len(first) == 3
    assert set(first) | set(other) <= set(codes)
    assert sample(played.event, least=9) == tuple(codes)


@pytest.mark.parametrize("many", [1, 3])
def test_sheets_take_the_same_statements_however_many_codes(many, django_assert_num_queries):
    played, codes = marked(many)
    with django_assert_num_queries(3):
        assert len(sheet(played.event, "theory", seen_by=1)) == many
    with django_assert_num_queries(3):
        assert columns(played.event)[0].codes == many
    with django_assert_num_queries(4):
        assert len(marks_of(played.event, codes)) == many


def test_before_there_are_codes_there_is_nothing_to_mark():
    played = play(Stage.LISTED, 1)
    assert (columns(played.event), sheet(played.event, "theory", seen_by=1)) == ((), ())
