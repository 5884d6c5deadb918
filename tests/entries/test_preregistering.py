"""Pre-registration: a claim of one event, a receipt, and nothing told about anybody else."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saiwu.accounts.models import Visitor
from saiwu.audit.frame import NotFound, Refused
from saiwu.audit.models import Record
from saiwu.competitions.actions import open_registration
from saiwu.competitions.models import Event, Moment
from saiwu.competitions.rulebooks import in_force, moments_of
from saiwu.entries.actions import preregister, register, withdraw_preregistration
from saiwu.entries.actions.preregistering import division_of
from saiwu.entries.models import Claim, Conflict, Preregistration
from saiwu.people.models import Person
from saiwu.rules.procedure import EntryState
from tests.world import IN_TIME, World, build, number, student

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def world() -> World:
    return build()


def claim(
    world: World, statement, *, event: str = "iot", request: str = "", at: datetime = IN_TIME, division="student"
):
    return preregister(
        event_id=world.event(event).pk,
        division=division,
        statement=statement,
        unit_name="示例学院甲",
        request=request or f"{event}-{statement.number}-{at}",
        by=Visitor(),
        at=at,
    )


def test_a_receipt_has_eight_figures_and_the_claim_is_held(world):
    receipt = claim(world, student(1))
    assert (len(receipt.number), receipt.number.isdigit()) == (8, True)
    assert Claim.objects.get().event == world.event("iot")
    assert Preregistration.objects.get().state == EntryState.PREREGISTERED


def test_the_same_submit_sent_twice_gives_the_same_receipt(world):
    first = claim(world, student(1), request="form-1")
    assert claim(world, student(1), request="form-1").number == first.number
    assert (Preregistration.objects.count(), Conflict.objects.count()) == (1, 0)


def test_a_second_event_is_refused_with_its_clause_and_says_nothing_of_the_first(world):
    open_registration(event_id=world.event("ai-trainer").pk, by=world.office, at=IN_TIME)
    claim(world, student(1))
    with pytest.raises(Refused) as refused:
        claim(world, student(1), event="ai-trainer")
    assert refused.value.clause == "五.1f"
    assert refused.value.sentence == world_sentence(world, "五.1f")
    assert "物联网" not in str(refused.value)
    assert Conflict.objects.get().event == world.event("ai-trainer")


def world_sentence(world: World, clause: str) -> str:
    return in_force(world.competition).sentence(clause)


def test_who_is_too_young_is_refused_with_the_sentence_and_nothing_is_kept(world):
    young = student(1)
    young = type(young)(young.name, number(1, "20101231"), young.phone, facts=young.facts)
    with pytest.raises(Refused) as refused:
        claim(world, young)
    assert (refused.value.rule, refused.value.clause) == ("age", "五.1b")
    assert (Person.objects.count(), Claim.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("value", "field"),
    [("500190200405120010", "number"), ("5.0019e17", "number"), ("", "number")],
)
def test_a_number_that_cannot_be_is_refused_at_its_field(world, value, field):
    one = student(1)
    with pytest.raises(Refused) as refused:
        claim(world, type(one)(one.name, value, one.phone, facts=one.facts), request="r")
    assert (refused.value.rule, refused.value.field) == ("identity", field)


@pytest.mark.parametrize("name", ["=1+1", "<b>张</b>", ""])
def test_a_name_that_is_none_is_refused_at_its_field(world, name):
    one = student(1)
    with pytest.raises(Refused) as refused:
        claim(world, type(one)(name, one.number, one.phone, facts=one.facts), request="r")
    assert refused.value.field == "name"


def test_what_no_eye_sees_is_left_out_of_what_is_kept(world):
    claim(world, student(1, name="测\x00生", major="物联网\x00应用技术"))
    assert (Person.objects.get().name, Preregistration.objects.get().answers["major"]) == ("测生", "物联网 应用技术")


def test_the_last_second_is_in_time_and_the_next_is_not(world):
    # The final is on 10-23; pre-registration ends ten days before, on 10-13, with that day's last second.
    last = datetime(2025, 10, 13, 23, 59, 59, tzinfo=SHANGHAI)
    claim(world, student(1), at=last)
    with pytest.raises(Refused) as refused:
        claim(world, student(2), at=last + timedelta(seconds=1))
    assert refused.value.rule == "dates.preregistration"


def test_withdrawal_frees_the_claim_and_needs_what_only_the_person_knows(world):
    receipt = claim(world, student(1))
    known = {"receipt": receipt.number, "competition_id": world.competition.pk, "by": Visitor(), "at": IN_TIME}
    with pytest.raises(NotFound):
        withdraw_preregistration(last_four="9999", **known)
    withdraw_preregistration(last_four="0001", **known)
    assert (Claim.objects.count(), Preregistration.objects.get().state) == (0, EntryState.WITHDRAWN)
    claim(world, student(1), request="again")


def test_the_unit_finds_the_claim_and_enters_the_person(world):
    claim(world, student(1))
    register(
        event_id=world.event("iot").pk,
        division="student",
        unit_id=world.units[0],
        members=[student(1)],
        declared=True,
        by=world.account("unit1"),
        at=IN_TIME,
    )
    assert Preregistration.objects.get().state == EntryState.AWAITING_UNIT
    assert Claim.objects.count() == 1


def test_where_the_notice_asks_for_it_units_enter_only_who_has_preregistered():
    world = build(preregistration="必须")
    entering = {
        "event_id": world.event("iot").pk,
        "division": "student",
        "unit_id": world.units[0],
        "members": [student(1)],
        "declared": True,
        "by": world.account("unit1"),
        "at": IN_TIME,
    }
    with pytest.raises(Refused) as refused:
        register(**entering)
    assert (refused.value.rule, refused.value.clause) == ("preregistration", "五.3a")
    assert Claim.objects.count() == 0
    claim(world, student(1))
    assert register(**entering).state is EntryState.SUBMITTED


def test_it_takes_at_most_twelve_statements(world):
    claim(world, student(1))
    with CaptureQueriesContext(connection) as queries:
        claim(world, student(2))
    statements = [
        one["sql"] for one in queries if not one["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))
    ]
    assert len(statements) <= 12, statements


def test_no_number_name_or_phone_is_on_the_trail(world):
    claim(world, student(1, name="测生漏"))
    kept = "\n".join(str(row) for row in Record.objects.values())
    assert [text for text in (number(1), "测生漏", "16400000001") if text in kept] == []


def test_a_division_comes_with_all_that_has_happened_and_with_nothing_where_nothing_has(world):
    event = world.event("iot")
    event = Event.objects.select_related("competition").get(pk=event.pk)
    moments = moments_of(event)
    assert division_of(event, "student")[1] == moments
    for day, name in enumerate(("报名截止", "成绩公布"), start=1):
        if name not in moments:
            Moment.objects.create(event=event, name=name, at=IN_TIME + timedelta(days=day))
    division, happened = division_of(event, "worker")
    assert (division.slug, happened) == ("worker", moments_of(event))
    assert len(happened) == len(moments | dict.fromkeys(("报名截止", "成绩公布")))
    with pytest.raises(Refused):
        division_of(event, "nobody")
