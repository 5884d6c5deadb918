"""Appointments end from an instant on; nobody shuts himself out of the competition."""

from __future__ import annotations

import pytest

from saiwu.accounts.models import Appointment
from saiwu.audit.frame import NotFound, Refused
from saiwu.competitions.actions import end_appointment
from saiwu.competitions.queries import seats_of
from saiwu.rules.procedure import Role
from tests.world import IN_TIME, World, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build(open_=False)


def _end(world: World, appointment: Appointment, by: str = "committee") -> None:
    end_appointment(
        competition_id=world.competition.pk, appointment_id=appointment.pk, by=world.account(by), at=IN_TIME
    )


def test_an_appointment_that_is_ended_holds_no_more(world):
    judge = world.account("judge")
    _end(world, Appointment.objects.get(account=judge))
    assert seats_of(judge, IN_TIME) == ()
    with pytest.raises(Refused, match="已经结束"):
        _end(world, Appointment.objects.get(account=judge))


def test_nobody_ends_his_own_appointment_over_the_competition(world):
    own = Appointment.objects.get(account=world.office, scope=world.competition.scope)
    with pytest.raises(Refused, match="不能解除自己"):
        _end(world, own)


def test_an_appointment_over_something_else_is_not_this_competitions(world):
    of_a_unit = Appointment.objects.get(account=world.account("unit1"))
    with pytest.raises(Refused, match="已经结束"):
        _end(world, of_a_unit)
    assert seats_of(world.account("unit1"), IN_TIME)[0].role is Role.UNIT


def test_hosts_end_no_appointments(world):
    with pytest.raises(NotFound):
        _end(world, Appointment.objects.get(account=world.account("judge")), by="host")
