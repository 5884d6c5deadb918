"""Races with real processes, on both databases: what must be exact is exact under any load."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.rooms import play

DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
EXPECTED = {
    "person": ({"accepted": 1, "refused one_event 五.1f": 15}, {"claims": 1, "conflicts": 15}),
    "quota": ({"submitted": 2, "waiting": 14}, {"places": 2, "entries": 16}),
    "units": ({"accepted": 1, "refused one_event 五.1f": 15}, {"entries": 1, "claims": 1}),
    "review": ({"accepted": 1, "refused state": 15}, {"reviews": 1}),
}


@pytest.mark.parametrize("database", DATABASES)
@pytest.mark.parametrize("race", EXPECTED)
def test_sixteen_at_once_leave_exactly_what_the_rule_allows(race, database, tmp_path, request):
    cluster = request.getfixturevalue("cluster") if database == "postgresql" else None
    outcome = play("tests.races.play", race, folder=tmp_path, cluster=cluster)
    told, kept = EXPECTED[race]
    assert (Counter(outcome["told"]), outcome["kept"]) == (Counter(told), kept)
