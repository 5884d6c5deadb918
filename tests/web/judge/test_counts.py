"""Pages take as many SQL statements with many codes as with few."""

from __future__ import annotations

from datetime import timedelta

import pytest

from saiwu.marking.actions import MarkRow, enter
from saiwu.rules.procedure import Role
from tests.checkin.rows import FINAL, eve, marking
from tests.web.judge.conftest import TWO_JUDGES

LATER = FINAL + timedelta(hours=5)
JUDGES = ["", "codes/{code}/", "sheets/", "hand-in/"]
CHIEFS = ["", "overview/", "overview/{code}/", "marks/{mark}/", "penalties/", "penalties/new/", "lock/", "decisions/"]
COUNTS = {
    "": (16, 19),
    "codes/{code}/": (11,),
    "sheets/": (11,),
    "hand-in/": (11,),
    "overview/": (13,),
    "overview/{code}/": (16,),
    "marks/{mark}/": (13,),
    "penalties/": (9,),
    "penalties/new/": (8,),
    "lock/": (13,),
    "decisions/": (7,),
}


@pytest.mark.django_db
@pytest.mark.parametrize("contestants", [1, 3])
@pytest.mark.parametrize(
    ("role", "path"), [*((Role.JUDGE, path) for path in JUDGES), *((Role.CHIEF_JUDGE, path) for path in CHIEFS)]
)
def test_a_page_takes_the_same_number_of_statements_with_one_code_and_with_three(
    contestants, role, path, sits, clock_at, django_assert_num_queries
):
    clock_at(LATER)
    made = eve(students=contestants, files=TWO_JUDGES)
    codes = sorted(marking(made.welder).values())
    rows = [MarkRow(code, part, 40_000) for code in codes for part in ("theory", "practical/m1")]
    outcomes = enter(event_id=made.welder.event.pk, marks=rows, by=made.welder[Role.JUDGE], at=LATER)
    client = sits(made.welder[role])
    address = f"/judge/{made.competition.slug}/welder/{path}".format(code=codes[0], mark=outcomes[0].mark_id)
    client.get(address)  # the rulebook is read once a process
    with django_assert_num_queries(COUNTS[path][-1 if role is Role.CHIEF_JUDGE else 0]):
        assert client.get(address).status_code == 200
