"""People whom a unit knows already, stated by reference: their numbers need not be typed again, nor leave the database.

A unit knows whoever stands in an entry of its own, and whoever pre-registered in its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models import Q, QuerySet

from saiwu.accounts.models import Unit
from saiwu.audit.frame import Refused
from saiwu.competitions.models import Competition
from saiwu.entries.claiming import number_of, phone_of
from saiwu.entries.models import Preregistration
from saiwu.entries.statements import InstructorStatement, Statement
from saiwu.people.models import Person
from saiwu.rules.procedure import EntryState
from saiwu.rules.rulebook.values import plain

LIVE_CLAIMS = (EntryState.PREREGISTERED, EntryState.AWAITING_UNIT)
"""States of a pre-registration that was not withdrawn."""


def preregistered_for(unit: Unit, competition_id: int) -> QuerySet[Preregistration]:
    """Live pre-registrations that name the unit, names compared as units' names are. 1 SQL statement before it is read."""
    rows = Preregistration.objects.filter(competition_id=competition_id, state__in=LIVE_CLAIMS)
    written = rows.order_by().values_list("unit_name", flat=True).distinct()
    return rows.filter(unit_name__in=[name for name in written if plain(name) == unit.name_key])


def known_people(unit: Unit, competition_id: int, ids: Iterable[int]) -> dict[int, Person]:
    """Those of these people whom the unit knows, by id. 2 SQL statements, none for nobody."""
    wanted = set(ids)
    if not wanted:
        return {}
    claimed = preregistered_for(unit, competition_id).values("person")
    rows = Person.objects.filter(competition_id=competition_id, pk__in=wanted).filter(
        Q(memberships__entry__unit=unit) | Q(instructs__entry__unit=unit) | Q(pk__in=claimed)
    )
    return {person.pk: person for person in rows.distinct()}


def resolved(
    members: Sequence[Statement], instructors: Sequence[InstructorStatement], unit: Unit, competition: Competition
) -> tuple[list[Statement], list[InstructorStatement]]:
    """The statements with what is known of those who are named by reference. At most 2 SQL statements.

    Raises Refused where the unit does not know somebody: whether there is such a person is not said.
    """
    ids = [pk for pk in (*(one.person for one in members), *(one.person for one in instructors)) if pk is not None]
    people = known_people(unit, competition.pk, ids)
    contestants = []
    for place, one in enumerate(members):
        if one.person is not None:
            person = _of(people, one.person, f"members.{place}")
            one = replace(
                one, name=person.name, number=number_of(person), phone=one.phone or phone_of(person), person=None
            )
        contestants.append(one)
    teachers = []
    for place, teacher in enumerate(instructors):
        if teacher.person is not None:
            person = _of(people, teacher.person, f"instructors.{place}")
            teacher = InstructorStatement(person.name, number_of(person))
        teachers.append(teacher)
    return contestants, teachers


def _of(people: dict[int, Person], pk: int, field: str) -> Person:
    if pk not in people:
        raise Refused("本单位名下没有这名人员，请填写姓名和证件号码。", rule="identity", field=field)
    return people[pk]
