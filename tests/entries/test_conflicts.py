"""Conflicts are settled once, by the office, and the trail keeps what came of it."""

from __future__ import annotations

import pytest

from saiwu.audit.frame import NotFound, Refused
from saiwu.audit.models import Record
from saiwu.entries.actions import settle_conflict
from saiwu.entries.models import Conflict
from saiwu.entries.queries.conflicts import conflict
from tests.web.committee.scene import scene
from tests.world import IN_TIME

pytestmark = pytest.mark.django_db


def test_a_conflict_is_settled_once_and_the_trail_keeps_the_outcome_and_no_name():
    there = scene()
    office = there.world.office
    settle_conflict(conflict_id=there.conflict, outcome="mistyped", by=office, at=IN_TIME)
    with pytest.raises(Refused, match="这一条已处理过"):
        settle_conflict(conflict_id=there.conflict, outcome="kept", by=office, at=IN_TIME)
    record = Record.objects.get(verb="entries.settle_conflict")
    assert (record.object, record.facts) == (f"conflict:{there.conflict}", {"outcome": "mistyped"})
    assert conflict(there.world.competition.pk, there.conflict).outcome == "mistyped"


def test_only_an_outcome_of_the_list_is_taken_so_that_no_name_gets_into_the_trail():
    there = scene()
    with pytest.raises(Refused, match="请选择处理结果"):
        settle_conflict(conflict_id=there.conflict, outcome="冉启航说", by=there.world.office, at=IN_TIME)


def test_hosts_and_units_cannot_settle_conflicts():
    there = scene()
    with pytest.raises(NotFound):
        settle_conflict(conflict_id=there.conflict, outcome="kept", by=there.world.account("unit1"), at=IN_TIME)
    assert Conflict.objects.get(pk=there.conflict).settled_at is None


def test_a_number_that_nobody_of_the_competition_has_stays_a_digest():
    there = scene()
    Conflict.objects.filter(pk=there.conflict).update(number_digest="0" * 64)
    row = conflict(there.world.competition.pk, there.conflict)
    assert (row.name, row.number, row.holds) == ("", "", "")
