"""Units are corrected on record; clerks are appointed to them and let go."""

from __future__ import annotations

from datetime import timedelta

import pytest

from saiwu.accounts.actions import add_account, appoint_to_unit, correct_unit, end_unit_appointment
from saiwu.accounts.models import Account, Appointment, Unit
from saiwu.audit.frame import NotFound, Refused
from saiwu.audit.models import Record
from saiwu.competitions.queries import seats_of
from tests.world import IN_TIME, LONG_BEFORE, World, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build(open_=False)


def _correct(world: World, **changed: str) -> None:
    values = {"name": "示例公司丙", "kind": "企业", "district": "渝中区", **changed}
    correct_unit(unit_id=world.units[1], by=world.office, at=IN_TIME, **values)


def test_a_corrected_unit_bears_its_new_name_and_the_trail_keeps_the_old(world):
    _correct(world, name="示例智造公司丙", credit_code="91500000MA5U00000W")
    unit = Unit.objects.get(pk=world.units[1])
    assert (unit.name, unit.name_key, unit.credit_code) == ("示例智造公司丙", "示例智造公司丙", "91500000MA5U00000W")
    assert Record.objects.get(verb="accounts.correct_unit").facts == {
        "changed": {"name": ["示例公司丙", "示例智造公司丙"], "credit_code": ["", "91500000MA5U00000W"]}
    }


@pytest.mark.parametrize(("changed", "told"), [
    ({}, "没有改动"),
    ({"name": " "}, "请填写单位全称"),
    ({"kind": "行会"}, "单位性质可选"),
    ({"credit_code": "915000001"}, "统一社会信用代码"),
    ({"name": "示例学院乙"}, "已有同名单位"),
])  # fmt: skip
def test_a_correction_that_cannot_be_is_refused_at_its_field(world, changed, told):
    with pytest.raises(Refused, match=told):
        _correct(world, **changed)


def test_only_the_office_over_the_installation_corrects_units(world):
    with pytest.raises(NotFound):
        correct_unit(unit_id=world.units[1], name="别名", kind="企业", by=world.account("organiser"), at=IN_TIME)


def test_a_second_clerk_acts_for_a_unit_until_he_is_let_go(world):
    clerk = add_account(login="clerk", name="第二经办", by=world.office, at=LONG_BEFORE)
    account = Account.objects.get(pk=clerk)
    appointment = appoint_to_unit(unit_id=world.units[0], account_id=clerk, by=world.office, at=LONG_BEFORE)
    with pytest.raises(Refused, match="已是这个单位的经办人"):
        appoint_to_unit(unit_id=world.units[0], account_id=clerk, by=world.office, at=IN_TIME)
    assert [seat.unit for seat in seats_of(account, IN_TIME)] == ["示例学院乙"]
    end_unit_appointment(unit_id=world.units[0], appointment_id=appointment, by=world.office, at=IN_TIME)
    assert seats_of(account, IN_TIME) == ()
    assert Appointment.objects.get(pk=appointment).until == IN_TIME
    with pytest.raises(Refused, match="已经结束"):
        end_unit_appointment(
            unit_id=world.units[0], appointment_id=appointment, by=world.office, at=IN_TIME + timedelta(days=1)
        )
