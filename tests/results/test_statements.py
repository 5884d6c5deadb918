"""Verbs over many entries take as many statements for ten as for five."""

from __future__ import annotations

from datetime import timedelta

import pytest

from saiwu.checkin.actions import check_in, issue_codes
from saiwu.competitions.rulebooks import in_force
from saiwu.marking.actions import lock
from saiwu.results.actions import compute, confirm, issue_certificates, publish
from saiwu.rules.procedure import EventState, Role
from tests.checkin.rows import FINAL, eve, mark, marking, unsealed

pytestmark = pytest.mark.django_db
LATER = FINAL + timedelta(hours=10)
MANY = pytest.mark.parametrize("students", [5, 10])


def _given(students):
    return {f"E{place:03}": (100 - 3 * place, 50, 100 - 3 * place) for place in range(1, students + 1)}


@MANY
def test_issuing_codes(students, django_assert_num_queries):
    made = eve(students=students)
    final = made.welder
    in_force(made.competition)  # read once a process
    for entry in final.entries.values():
        check_in(entry_id=entry.pk, by=final[Role.REGISTRAR], at=FINAL)
    final.move(EventState.RUNNING)
    with django_assert_num_queries(10):
        issue_codes(event_id=final.event.pk, by=final[Role.REGISTRAR], at=FINAL)


@MANY
def test_locking(students, django_assert_num_queries):
    final = eve(students=students).welder
    mark(final, marking(final), _given(students))
    with django_assert_num_queries(10):
        lock(event_id=final.event.pk, by=final[Role.CHIEF_JUDGE], at=LATER)


@MANY
def test_computing_publishing_and_confirming(students, django_assert_num_queries):
    made = eve(students=students)
    final = made.welder
    unsealed(final, _given(students))
    compute(event_id=final.event.pk, by=final[Role.HOST], at=LATER)
    with django_assert_num_queries(23):
        compute(event_id=final.event.pk, by=final[Role.HOST], at=LATER)
    with django_assert_num_queries(23):
        publish(event_id=final.event.pk, by=final[Role.HOST], at=LATER)
    with django_assert_num_queries(11):
        confirm(event_id=final.event.pk, by=made.office[Role.COMMITTEE], at=LATER + timedelta(days=30))
    with django_assert_num_queries(14):
        issue_certificates(event_id=final.event.pk, by=made.office[Role.COMMITTEE], at=LATER + timedelta(days=31))
