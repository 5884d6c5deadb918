"""What is compiled once asks and inserts what the ORM would, with each call's own values."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from saiwu.accounts.models import Account, Scope
from saiwu.audit.prepared import Prepared, insert
from saiwu.people.models import Person
from tests.world import IN_TIME, build

BY_LOGIN = Prepared(lambda login: Account.objects.filter(login=login).order_by("id"), "?")
CHILDREN = Prepared(
    lambda kind, parent: Scope.objects.filter(kind=kind, parent_id=parent).select_related("parent").order_by("id"),
    "?",
    -1,
)


@pytest.mark.django_db
def test_a_prepared_question_answers_as_the_orm_does_for_each_value():
    world = build()
    for login in ("office", "host", "unit1", "nobody"):
        assert BY_LOGIN.all(login) == list(Account.objects.filter(login=login))
        assert BY_LOGIN.first(login) == Account.objects.filter(login=login).first()
    scope = world.competition.scope_id
    for kind, parent in (("event", scope), ("event", scope + 1), ("unit", scope)):
        found = CHILDREN.all(kind, parent)
        assert found == list(Scope.objects.filter(kind=kind, parent_id=parent).order_by("id"))
        with CaptureQueriesContext(connection) as queries:
            assert {one.parent.pk for one in found} <= {scope}
        assert len(queries) == 0


@pytest.mark.django_db
def test_an_inserted_row_is_what_the_orm_reads_whether_values_are_there_or_not():
    world = build()
    made = [
        insert(
            Person(
                competition=world.competition,
                key=f"k{place}",
                name="测",
                number_digest=f"d{place}",
                number_sealed=b"\x00sealed",
                phone_sealed=phone,
                born=IN_TIME.date() if phone else None,
            )
        )
        for place, phone in enumerate((b"\x01", None, b"\x02", None))
    ]
    assert [person.pk for person in made] == list(Person.objects.order_by("id").values_list("pk", flat=True))
    for person in made:
        read = Person.objects.get(pk=person.pk)
        assert (read.key, read.phone_sealed and bytes(read.phone_sealed), read.born) == (
            person.key,
            person.phone_sealed,
            person.born,
        )
        assert not person._state.adding


@pytest.mark.django_db
def test_a_broken_constraint_is_told_as_the_orm_tells_it():
    office = build().office
    with pytest.raises(IntegrityError, match="login"):
        insert(Account(login=office.login, name="测", created_at=IN_TIME))
