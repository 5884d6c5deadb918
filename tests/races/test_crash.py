"""A crash or a full disk in the middle of a verb leaves all or nothing."""

from __future__ import annotations

import pytest

from tests.races.test_races import DATABASES
from tests.rooms import play


@pytest.mark.parametrize("database", DATABASES)
def test_a_process_killed_in_the_middle_of_a_registration_leaves_nothing(database, tmp_path, request):
    cluster = request.getfixturevalue("cluster") if database == "postgresql" else None
    outcome = play("tests.races.crash", "kill", folder=tmp_path, cluster=cluster)
    assert outcome == {"told": "killed", "left": dict.fromkeys(outcome["left"], 0)}


def test_a_full_disk_leaves_whole_entries_and_nothing_of_the_one_that_did_not_fit(tmp_path):
    outcome = play("tests.races.crash", "full", folder=tmp_path, cluster=None)
    left = outcome["left"]
    assert outcome["told"] == "database or disk is full"
    assert (left["members"], left["claims"], left["people"]) == (left["entries"],) * 3
    assert (left["members without entry"], left["records"]) == (0, 0)
