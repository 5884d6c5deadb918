"""Marks: by code, many at a time, within bounds, never changed in silence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from saiwu.audit.frame import NotFound, Refused
from saiwu.audit.models import Record
from saiwu.marking.actions import MarkOutcome, MarkRow, correct, enter
from saiwu.marking.collected import collected
from saiwu.marking.current import current
from saiwu.marking.models import Mark
from saiwu.people.models import Person
from saiwu.rules.procedure import EventState, Role
from tests.checkin.rows import FILES, FINAL, account, appointed, eve, marking

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return eve(students=2, workers=1)


@pytest.fixture
def final(made):
    return made.welder


@pytest.fixture
def codes(final):
    return marking(final)


def _enter(final, *rows, by=Role.JUDGE):
    marks = [MarkRow(*row) for row in rows]
    return enter(event_id=final.event.pk, marks=marks, by=final[by], at=FINAL + timedelta(hours=5))


def test_each_row_has_an_outcome_and_those_in_order_are_written(final, codes):
    one, two = codes["E001"], codes["E002"]
    outcomes = _enter(
        final,
        (one, "theory", 87_500),
        ("ZZZZZ", "theory", 1),
        (one, "practical", 50_000),
        (one, "practical/m1", 50_001),
        (one, "theory", 88_000),
        (two, "用时", 3_600),
        (two, "practical/m2", -1),
    )
    ids = dict(Mark.objects.values_list("code", "pk"))
    assert outcomes == (
        MarkOutcome(one, "theory", ids[one]),
        MarkOutcome("ZZZZZ", "theory", None, "本赛项没有加密号“ZZZZZ”，请核对。"),
        MarkOutcome(
            one,
            "practical",
            None,
            "没有“practical”这一评分项，可以录入：theory、practical/m1、practical/m2、用时、交卷时间。",
        ),
        MarkOutcome(one, "practical/m1", None, "技能操作/模块一须在 0 至 50 分之间，请核对。"),
        MarkOutcome(one, "theory", None, f"{one} 的理论知识您已录入，需要改动的请用更正。"),
        MarkOutcome(two, "用时", ids[two]),
        MarkOutcome(two, "practical/m2", None, "技能操作/模块二须在 0 至 100 分之间，请核对。"),
    )
    assert list(Mark.objects.order_by("id").values_list("code", "part", "value", "seat", "by")) == [
        (one, "theory", 87_500, 1, final[Role.JUDGE].pk),
        (two, "用时", 3_600, 1, final[Role.JUDGE].pk),
    ]
    record = Record.objects.get(verb="marking.enter")
    assert (record.role, record.facts["entered"], record.facts["refused"]) == ("judge", 2, 5)


@pytest.mark.parametrize(("part", "highest"), [("theory", 100_000), ("practical/m1", 50_000), ("用时", 359_999)])
def test_bounds_belong_to_what_may_be_given(final, codes, part, highest):
    outcomes = _enter(
        final,
        (codes["E001"], part, 0),
        (codes["E002"], part, highest),
        (codes["E003"], part, highest + 1),
        (codes["E003"], part, -1),
    )
    assert [outcome.message is None for outcome in outcomes] == [True, True, False, False]


def test_as_many_judges_mark_a_part_as_the_rulebook_wants(made, final, codes):
    row = (codes["E001"], "theory", 70_000)
    assert _enter(final, row)[0].message is None
    assert [outcome.message for outcome in _enter(final, row, by=Role.HOST)] == [
        f"{codes['E001']} 的理论知识已由1名裁判录入，不再接受。"
    ]


def test_three_judges_give_three_marks_where_the_rulebook_wants_three():
    files = {
        **FILES,
        "events/rigger.yaml": FILES["events/rigger.yaml"] + "components:\n  theory: 无\n"
        "  practical: {weight: 100%, modules: 无, judging: {judges: 3, combine: 去高去低平均}}\n",
    }
    made = eve(teams=1, files=files)
    final = made.rigger
    code = marking(final)["E001"]
    for who, value in ((Role.JUDGE, 80_000), (Role.HOST, 90_000)):
        assert _enter(final, (code, "practical", value), by=who)[0].message is None
    assert collected(final.event)[code].components["practical"].mark is None
    final.staff[Role.JUDGE] = appointed("judge-two", Role.JUDGE, final.event.scope)
    assert _enter(final, (code, "practical", 81_000))[0].message is None
    assert sorted(Mark.objects.values_list("seat", "value")) == [(1, 80_000), (2, 90_000), (3, 81_000)]
    assert collected(final.event)[code].components["practical"].mark == 81_000


def test_a_correction_replaces_the_mark_and_the_old_one_stays(final, codes):
    code = codes["E001"]
    mark_id = _enter(final, (code, "theory", 87_500))[0].mark_id
    new = correct(
        event_id=final.event.pk,
        mark_id=mark_id,
        value=78_500,
        reason="录入时看错一位",
        by=final[Role.JUDGE],
        at=FINAL + timedelta(hours=6),
    )
    assert list(Mark.objects.order_by("id").values_list("pk", "value", "replaces", "reason")) == [
        (mark_id, 87_500, None, ""),
        (new, 78_500, mark_id, "录入时看错一位"),
    ]
    assert [mark.pk for mark in current(final.event.pk)] == [new]
    record = Record.objects.get(verb="marking.correct")
    assert record.facts == {"replaces": mark_id, "code": code, "part": "theory", "from": 87_500, "to": 78_500}
    with pytest.raises(Refused, match="刚刚已更正过"):
        correct(event_id=final.event.pk, mark_id=mark_id, value=1, reason="再改", by=final[Role.JUDGE], at=FINAL)


def test_a_correction_says_why_stays_within_bounds_and_is_ones_own(final, codes):
    mark_id = _enter(final, (codes["E001"], "theory", 87_500))[0].mark_id
    event = final.event.pk
    with pytest.raises(Refused, match="须写明理由"):
        correct(event_id=event, mark_id=mark_id, value=1, reason=" ", by=final[Role.JUDGE], at=FINAL)
    with pytest.raises(Refused, match="0 至 100 分"):
        correct(event_id=event, mark_id=mark_id, value=100_001, reason="改", by=final[Role.JUDGE], at=FINAL)
    with pytest.raises(Refused, match="只能更正自己录入的"):
        correct(event_id=event, mark_id=mark_id, value=1, reason="改", by=final[Role.HOST], at=FINAL)
    with pytest.raises(NotFound):
        correct(event_id=event, mark_id=mark_id + 1, value=1, reason="改", by=final[Role.JUDGE], at=FINAL)
    correct(event_id=event, mark_id=mark_id, value=1, reason="裁判长复核", by=final[Role.CHIEF_JUDGE], at=FINAL)
    assert current(event).get().value == 1


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.SUPERVISOR, Role.CHIEF_JUDGE])
def test_who_codes_or_watches_does_not_mark(final, codes, role):
    with pytest.raises(Refused, match="“录入评分”由承办单位、裁判员办理"):
        _enter(final, (codes["E001"], "theory", 1), by=role)
    assert not Mark.objects.exists()


@pytest.mark.parametrize("state", [EventState.RUNNING, EventState.SEALED, EventState.PUBLIC_NOTICE])
def test_marks_are_entered_and_corrected_while_marking_only(final, codes, state):
    mark_id = _enter(final, (codes["E001"], "theory", 1))[0].mark_id
    final.move(state)
    with pytest.raises(Refused, match="不能录入评分"):
        _enter(final, (codes["E002"], "theory", 1))
    with pytest.raises(Refused, match="不能更正评分"):
        correct(event_id=final.event.pk, mark_id=mark_id, value=2, reason="改", by=final[Role.JUDGE], at=FINAL)


def test_a_judge_of_one_event_sees_nothing_of_another(made, final, codes):
    for stranger in (made.rigger[Role.JUDGE], account("nobody")):
        with pytest.raises(NotFound):
            enter(event_id=final.event.pk, marks=[MarkRow(codes["E001"], "theory", 1)], by=stranger, at=FINAL)


def test_there_is_nothing_to_mark_before_codes_are_issued(made, final):
    final.move(EventState.MARKING)
    with pytest.raises(Refused, match="还没有编发加密号"):
        _enter(final, ("AAAAA", "theory", 1))


@pytest.mark.parametrize("statement", ["UPDATE saiwu_mark SET value = 0", "DELETE FROM saiwu_mark"])
def test_the_database_itself_refuses_to_change_a_mark(final, codes, statement):
    _enter(final, (codes["E001"], "theory", 87_500))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Mark.objects.get().value == 87_500


def test_any_number_of_marks_takes_the_same_number_of_statements(made, final, codes, django_assert_num_queries):
    _enter(final, (codes["E001"], "用时", 1))  # the rulebook is read once a process
    with django_assert_num_queries(9):
        _enter(final, (codes["E001"], "theory", 1))
    with django_assert_num_queries(9):
        _enter(final, *((code, part, 1) for code in codes.values() for part in ("practical/m1", "practical/m2")))


def test_what_judges_do_and_get_back_names_nobody(final, codes):
    told = [str(_enter(final, (code, "theory", 1), ("?", "theory", 1))) for code in codes.values()]
    told += [str(collected(final.event))]
    told += [str(record.facts) for record in Record.objects.filter(verb__startswith="marking.")]
    people = Person.objects.values_list("name", "key")
    hidden = [*final.entries, *(word for person in people for word in person)]
    assert len(hidden) == 9
    assert [word for word in hidden for text in told if word in text] == []


def test_marks_reach_the_rules_by_code_as_they_were_given(final, codes):
    code = codes["E001"]
    _enter(
        final,
        (code, "theory", 80_000),
        (code, "practical/m1", 40_000),
        (code, "practical/m2", 70_000),
        (code, "用时", 5_400),
    )
    entry = collected(final.event)[code]
    practical = entry.components["practical"]
    assert (entry.components["theory"].mark, practical.mark) == (80_000, 74_000)  # 100 x (40% x 40/50 + 60% x 70/100)
    assert {key: module.mark for key, module in practical.modules.items()} == {"m1": 40_000, "m2": 70_000}
    assert (entry.time_used_s, entry.handed_in_at, entry.penalties) == (5_400, None, ())
    assert collected(final.event)[codes["E002"]].components["theory"].mark is None
