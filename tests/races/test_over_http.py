"""The same race as a visitor sees it: over HTTP, to the server as it ships, on both databases."""

from __future__ import annotations

import pytest

from tests.races.over_http import VISITORS
from tests.races.test_races import DATABASES
from tests.rooms import play


@pytest.mark.parametrize("database", DATABASES)
def test_of_two_hundred_submits_of_one_person_one_is_accepted_and_all_others_are_told_the_clause(
    database, tmp_path, request
):
    cluster = request.getfixturevalue("cluster") if database == "postgresql" else None
    outcome = play("tests.races.over_http", folder=tmp_path, cluster=cluster, timeout=300)
    others = VISITORS - 1
    assert outcome == {
        "told": {"accepted": 1, "refused 五.1f": others},
        "kept": {"claims": 1, "preregistrations": 1, "conflicts": others},
    }


def test_the_server_holds_its_database_between_requests_and_no_thread_loses_the_mark_that_it_is_in_use(tmp_path):
    # Without the mark another process deletes the log of what was acknowledged.
    assert play("tests.races.holding", folder=tmp_path, cluster=None) == {"between_requests": 2, "unmarked": 0}
