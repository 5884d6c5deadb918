"""The trail of a competition as its committee reads it: filtered, a page at a time, by an index; its newest head."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection

from saiwu.audit import sealing, trail
from saiwu.audit.models import Record
from saiwu.audit.queries import COUNT, Only, export, head, matching, records
from saiwu.privacy import keys
from tests.world import IN_TIME, build

pytestmark = pytest.mark.django_db
SLUG = "bayu-2025"


def shown(rows) -> list[tuple[str, str]]:
    return [(row.verb, row.object) for row in rows]


def test_the_newest_stands_first_and_another_competition_is_not_there():
    build()
    Record.objects.create(at=IN_TIME, actor="system", role="system", verb="x", object="event:1", competition="other")
    rows = records(SLUG, Only())
    assert shown(rows)[0][0] == "events.open_registration"
    assert [row.id for row in rows] == sorted((row.id for row in rows), reverse=True)
    assert {row.verb for row in rows} == {"competitions.publish", "competitions.appoint", "events.open_registration"}


@pytest.mark.parametrize(
    ("only", "verbs"),
    [
        (Only(verb="events.open_registration"), {"events.open_registration"}),
        (Only(actor="account:0"), set()),
        (Only(object="event:0"), set()),
    ],
)
def test_a_filter_leaves_what_it_says(only, verbs):
    build()
    assert {row.verb for row in records(SLUG, only)} == verbs


def test_a_record_is_found_by_its_object_and_by_who_acted():
    world = build()
    event, host = f"event:{world.event('iot').pk}", world.account("host")
    assert shown(records(SLUG, Only(object=event))) == [("events.open_registration", event)]
    [row] = records(SLUG, Only(actor=host.audit_key))
    assert (row.account_id, row.role, row.n) == (host.pk, "host", None)


def test_pages_follow_each_other_without_a_gap():
    world = build()
    _many(world, 120)
    found, before = [], None
    while page := records(SLUG, Only(verb="entries.accept"), before=before):
        assert len(page) <= COUNT
        found += [row.object for row in page]
        before = page[-1].id
    assert found == [f"entry:{serial}" for serial in reversed(range(120))]


def test_the_newest_head_and_the_whole_chain_can_be_checked_elsewhere():
    build()
    assert head() is None
    many = sealing.seal(at=IN_TIME, sign=keys.sign)
    newest = head()
    assert newest is not None
    assert (newest.n, newest.at, newest.key) == (many, IN_TIME, keys.current().public())
    assert trail.check((json.loads(line) for line in export()), newest.hash) == trail.Check(many, newest.hash)
    assert records(SLUG, Only())[0].n == many


@pytest.mark.parametrize("many", [1, 3])
def test_a_page_takes_one_statement_however_many_records(many, django_assert_num_queries):
    _many(build(), many)
    with django_assert_num_queries(1):
        assert len(records(SLUG, Only(verb="entries.accept"))) == many


FILTERS = {
    "all": Only(),
    "of a verb that is rare": Only(verb="events.start"),
    "of a verb": Only(verb="entries.accept"),
    "of an object": Only(object="entry:7"),
    "by somebody": Only(actor="account:3"),
    "of a verb by somebody": Only(verb="entries.accept", actor="account:3"),
    "of an object by somebody": Only(object="entry:7", actor="account:3"),
}


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("before", [None, 2000])
def test_the_first_page_of_a_long_trail_is_read_off_an_index(name, before):
    """No scan of the table and no sorting of all records, on either database."""
    _many(build(), 3000)
    page = matching(SLUG, FILTERS[name], before=before)[:COUNT]
    if connection.vendor == "sqlite":
        plan = page.explain()
        assert "SCAN saiwu_record" not in plan
        assert "USE TEMP B-TREE" not in plan
        wanted = {"verb": "records_of_a_verb", "object": "records_of_an_object", "actor": "records_of_an_actor"}
        asked = [wanted[key] for key in wanted if getattr(FILTERS[name], key)] or ["records_of_a_competition"]
        assert any(f"USING INDEX {index} " in plan for index in asked), plan
    else:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE saiwu_record")
            cursor.execute("SET LOCAL enable_seqscan = off")  # of a few thousand rows a scan may well be cheaper
        plan = page.explain()
        assert "Seq Scan on saiwu_record" not in plan
        assert "Index" in plan


def _many(world, count: int) -> None:
    """Records as verbs leave them: only their order and the plan are asked."""
    Record.objects.bulk_create(
        Record(
            at=IN_TIME + timedelta(seconds=serial),
            actor=f"account:{serial % 9}",
            role="host",
            verb="entries.accept",
            object=f"entry:{serial}",
            competition=world.competition.slug,
        )
        for serial in range(count)
    )
