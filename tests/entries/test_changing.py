"""What a visitor may do with his pre-registration afterwards: undo, withdraw, change; and what he may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from saiwu.accounts.models import Visitor
from saiwu.audit.frame import NotFound, Refused
from saiwu.audit.models import Record
from saiwu.competitions.actions import open_registration
from saiwu.entries.actions import (
    change_preregistration,
    preregister,
    register,
    undo_preregistration,
    withdraw,
    withdraw_preregistration,
)
from saiwu.entries.claiming import phone_of
from saiwu.entries.models import Claim, Preregistration
from saiwu.people.models import Person
from saiwu.rules.procedure import EntryState
from tests.world import IN_TIME, World, build, number, student, worker

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def world() -> World:
    world = build()
    open_registration(event_id=world.event("ai-trainer").pk, by=world.office, at=IN_TIME)
    return world


def claim(world: World, statement=None, request: str = "form") -> str:
    return preregister(
        event_id=world.event("iot").pk,
        division="student",
        statement=statement or student(1),
        unit_name="示例学院甲",
        request=request,
        by=Visitor(),
        at=IN_TIME,
    ).number


def change(world: World, receipt: str, statement=None, *, event="ai-trainer", at: datetime = IN_TIME, **more):
    return change_preregistration(
        **{
            "receipt": receipt,
            "competition_id": world.competition.pk,
            "last_four": "0001",
            "event_id": world.event(event).pk,
            "division": "student",
            "statement": statement or student(1),
            "unit_name": "示例学院乙",
            "by": Visitor(receipt),
            "at": at,
        }
        | more
    )


def enter(world: World, event: str = "iot") -> int:
    return register(
        event_id=world.event(event).pk,
        division="student",
        unit_id=world.units[0],
        members=[student(1)],
        declared=True,
        by=world.account("unit1"),
        at=IN_TIME,
    ).entry_id


def test_a_change_keeps_the_receipts_number_and_moves_the_claim_with_the_event(world):
    receipt = claim(world)
    assert change(world, receipt).number == receipt
    row = Preregistration.objects.get()
    assert (row.event, row.unit_name, row.state) == (world.event("ai-trainer"), "示例学院乙", EntryState.PREREGISTERED)
    assert Claim.objects.get().event == world.event("ai-trainer")


def test_a_change_is_judged_anew_and_nothing_changes_where_a_rule_refuses(world):
    receipt = claim(world)
    with pytest.raises(Refused) as refused:
        change(world, receipt, student(1, in_region="否"))
    assert (refused.value.rule, refused.value.clause) == ("student", "五.1d")
    assert (Preregistration.objects.get().event, Claim.objects.get().event) == (world.event("iot"), world.event("iot"))


def test_a_change_needs_the_last_four_places_and_says_not_which_of_the_pair_is_wrong(world):
    receipt = claim(world)
    with pytest.raises(NotFound) as one:
        change(world, receipt, last_four="9999")
    with pytest.raises(NotFound) as other:
        change(world, "99999999")
    assert str(one.value) == str(other.value)


def test_an_id_number_cannot_be_changed_a_name_and_a_phone_can(world):
    receipt = claim(world)
    stated = replace(student(1), name="测生更", number=number(2), phone="16400009999")
    change(world, receipt, stated)
    person = Person.objects.get()
    assert (person.name, phone_of(person)) == ("测生更", "16400009999")
    assert Preregistration.objects.get().person == person


def test_an_empty_phone_in_a_change_leaves_the_phone(world):
    receipt = claim(world)
    change(world, receipt, replace(student(1), phone=""))
    assert phone_of(Person.objects.get()) == "16400000001"


def test_a_change_is_refused_once_the_unit_has_entered_the_person(world):
    receipt = claim(world)
    enter(world)
    for verb in (
        lambda: change(world, receipt),
        lambda: withdraw_preregistration(
            receipt=receipt, competition_id=world.competition.pk, last_four="0001", by=Visitor(receipt), at=IN_TIME
        ),
    ):
        with pytest.raises(Refused) as refused:
            verb()
        assert str(refused.value) == "参赛单位已为您报名，要改请联系单位。"


def test_once_the_unit_has_withdrawn_its_entry_the_person_may_change_again(world):
    receipt = claim(world)
    withdraw(entry_id=enter(world), reason="换人", by=world.account("unit1"), at=IN_TIME)
    change(world, receipt)
    assert Claim.objects.get().event == world.event("ai-trainer")
    assert Preregistration.objects.get().state == EntryState.PREREGISTERED


def test_who_was_entered_elsewhere_meanwhile_cannot_change_and_sees_the_sentence(world):
    receipt = claim(world)
    withdraw(entry_id=enter(world), reason="换人", by=world.account("unit1"), at=IN_TIME)
    enter(world, "ai-trainer")
    with pytest.raises(Refused) as refused:
        change(world, receipt, event="iot")
    assert (refused.value.rule, refused.value.clause) == ("one_event", "五.1f")


def test_a_change_of_standing_asks_the_other_divisions_rules(world):
    receipt = claim(world)
    with pytest.raises(Refused) as refused:
        change(world, receipt, worker(1), division="student")
    assert refused.value.rule == "division"


def test_the_last_second_for_a_change_is_that_of_the_event_that_is_left(world):
    receipt = claim(world)
    last = datetime(2025, 10, 13, 23, 59, 59, tzinfo=SHANGHAI)
    with pytest.raises(Refused) as refused:
        change(world, receipt, at=last + timedelta(seconds=1))
    assert refused.value.rule == "dates.preregistration"
    change(world, receipt, at=last)


def test_it_is_undone_within_ten_minutes_by_whoever_submitted_it_and_the_claim_is_free(world):
    receipt = claim(world)
    undo = {"receipt": receipt, "competition_id": world.competition.pk}
    with pytest.raises(NotFound):
        undo_preregistration(**undo, by=Visitor(), at=IN_TIME)
    with pytest.raises(Refused):
        undo_preregistration(**undo, by=Visitor(receipt), at=IN_TIME + timedelta(minutes=10, seconds=1))
    undo_preregistration(**undo, by=Visitor(receipt), at=IN_TIME + timedelta(minutes=10))
    assert (Claim.objects.count(), Preregistration.objects.get().state) == (0, EntryState.WITHDRAWN)
    with pytest.raises(Refused):
        undo_preregistration(**undo, by=Visitor(receipt), at=IN_TIME)


def test_a_form_that_was_undone_cannot_be_sent_again(world):
    receipt = claim(world)
    undo_preregistration(receipt=receipt, competition_id=world.competition.pk, by=Visitor(receipt), at=IN_TIME)
    with pytest.raises(Refused) as refused:
        claim(world)
    assert str(refused.value) == "这份表已经提交过，那次预报名已撤回。要再报，请重新填写。"
    assert claim(world, request="another") != receipt


def test_where_units_send_numbers_only_nobody_pre_registers_himself():
    world = build(preregistration="只报数量")
    with pytest.raises(Refused) as refused:
        claim(world)
    assert (refused.value.rule, str(refused.value)) == (
        "preregistration",
        "本赛项不设个人预报名，请由参赛单位直接报名。",
    )


def test_no_name_number_or_phone_is_on_the_trail_of_a_change(world):
    change(world, claim(world), replace(student(1), name="测生漏", phone="16400009998"))
    kept = "\n".join(str(row) for row in Record.objects.values())
    assert [text for text in (number(1), "测生漏", "16400009998", "16400000001") if text in kept] == []
