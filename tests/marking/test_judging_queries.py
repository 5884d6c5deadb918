"""What judges and the chief judge are told of the marking: whole values, and nobody's name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from saiwu.audit.frame import NotFound
from saiwu.marking.actions import MarkRow, correct, enter, penalise
from saiwu.marking.collected import judge_code
from saiwu.marking.queries.judging import (
    CellState,
    JudgeRow,
    Seat,
    asked_of_event,
    code_of_replaced,
    judging_of,
    overview_of,
)
from saiwu.rules.procedure import Role
from tests.checkin.rows import FILES, FINAL, appointed, eve, marking

pytestmark = pytest.mark.django_db
LATER = FINAL + timedelta(hours=5)


@pytest.fixture
def final():
    return eve(students=2, workers=1).welder


@pytest.fixture
def codes(final):
    return sorted(marking(final).values())


def _enter(final, *rows, by=Role.JUDGE) -> list[int]:
    outcomes = enter(event_id=final.event.pk, marks=[MarkRow(*row) for row in rows], by=final[by], at=LATER)
    return [outcome.mark_id for outcome in outcomes]


def test_a_judge_is_told_his_own_marks_and_where_a_seat_is_free(final, codes):
    one, two, three = codes
    _enter(final, (one, "theory", 80_000), (one, "用时", 60))
    _enter(final, (two, "theory", 70_000), by=Role.HOST)
    who = {"code": three, "by": final[Role.CHIEF_JUDGE], "at": LATER}
    penalise(event_id=final.event.pk, penalty="late", reason="迟到", **who)
    told = judging_of(final.event.pk, seen_by=final[Role.JUDGE], at=LATER)
    seats = {sheet.code: {one.part.id: (one.seat, one.value) for one in sheet.parts} for sheet in told.sheets}
    free = (Seat.OPEN, None)
    practical = {"practical/m1": free, "practical/m2": free}
    assert seats == {
        one: {"theory": (Seat.MARKED, 80_000), **practical, "用时": (Seat.MARKED, 60)},
        two: {"theory": (Seat.TAKEN, None), **practical, "用时": free},
        three: dict.fromkeys(("theory", "practical/m1", "practical/m2", "用时"), (Seat.SETTLED, None)),
    }
    assert [(sheet.marked, sheet.left, sheet.out) for sheet in told.sheets] == [
        (1, 2, False),
        (0, 2, False),
        (0, 0, True),
    ]
    assert (told.marks, told.handed_in_at, len(told.must)) == (2, None, 4)


def test_the_chief_judge_is_told_what_every_cell_lacks(final, codes):
    one, two, _ = codes
    first = _enter(final, (one, "theory", 80_000))[0]
    correct(event_id=final.event.pk, mark_id=first, value=81_000, reason="看错", by=final[Role.CHIEF_JUDGE], at=LATER)
    told = overview_of(final.event.pk, at=LATER)
    judge = judge_code(final[Role.JUDGE].pk)
    cell = told.row(one).cells[0]
    assert (cell.state, cell.mark, cell.wants) == (CellState.DONE, 81_000, 0)
    assert [(mark.judge, mark.value, mark.by_chief) for mark in cell.marks] == [(judge, 81_000, True)]
    assert [(was.value, was.reason) for was in cell.marks[0].was] == [(80_000, "看错")]
    states = [cell.state for cell in told.row(two).cells]
    assert states == [CellState.MISSING] * 3 + [CellState.NONE]
    assert told.judges == (JudgeRow(judge, "账号welder-judge", 1, 8, None),)


def test_a_part_that_is_zero_by_a_penalty_needs_no_mark():
    files = {
        **FILES,
        "notice.yaml": FILES["notice.yaml"].replace(
            "cheating: {name: 作弊, effect: 取消成绩}", "cheating: {name: 作弊, effect: 零分, part: 技能操作}"
        ),
    }
    final = eve(students=1, files=files).welder
    (code,) = marking(final).values()
    who = {"code": code, "by": final[Role.CHIEF_JUDGE], "at": LATER}
    penalise(event_id=final.event.pk, penalty="cheating", reason="携带资料", **who)
    cells = overview_of(final.event.pk, at=LATER).row(code).cells
    assert [cell.state for cell in cells] == [CellState.MISSING, CellState.SETTLED, CellState.SETTLED, CellState.NONE]
    assert judging_of(final.event.pk, seen_by=final[Role.JUDGE], at=LATER).must == ((code, "理论知识"),)


def test_of_more_judges_than_seats_each_must_only_what_the_others_cannot(final, codes):
    final.staff["second"] = appointed("two", Role.JUDGE, final.event.scope)
    assert judging_of(final.event.pk, seen_by=final[Role.JUDGE], at=LATER).must == ()


def test_before_codes_are_issued_nothing_is_told(final):
    told = judging_of(final.event.pk, seen_by=final[Role.JUDGE], at=LATER)
    assert (told.sheets, told.must, told.marks) == ((), (), 0)
    assert [(one.division, [part.id for part in one.parts]) for one in asked_of_event(final.event.pk)] == [
        (division, ["theory", "practical/m1", "practical/m2", "用时"]) for division in ("student", "worker")
    ]


def test_a_mark_of_another_event_or_one_that_counts_was_not_replaced(final, codes):
    first = _enter(final, (codes[0], "theory", 80_000))[0]
    with pytest.raises(NotFound):
        code_of_replaced(final.event.pk, first)
    correct(event_id=final.event.pk, mark_id=first, value=1, reason="看错", by=final[Role.JUDGE], at=LATER)
    assert code_of_replaced(final.event.pk, first) == codes[0]
    with pytest.raises(NotFound):
        code_of_replaced(final.event.pk + 1, first)


@pytest.mark.parametrize("students", [1, 3])
def test_any_number_of_codes_takes_the_same_number_of_statements(students, django_assert_num_queries):
    final = eve(students=students).welder
    marking(final)
    who = {"event_id": final.event.pk, "at": LATER}
    judging_of(seen_by=final[Role.JUDGE], **who)  # the rulebook is read once a process
    with django_assert_num_queries(6):
        judging_of(seen_by=final[Role.JUDGE], **who)
    with django_assert_num_queries(7):
        overview_of(**who)
