"""Unsealing: two people, neither of whom marked, after a second look, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from saiwu.accounts.models import Appointment
from saiwu.audit.frame import Refused
from saiwu.audit.models import Record
from saiwu.marking.actions import MarkRow, check, correct, enter, lock
from saiwu.marking.collected import collected
from saiwu.marking.models import Mark, SecondLook
from saiwu.results.actions.unsealing import send_back, unseal
from saiwu.results.models import Unsealing
from saiwu.rules.procedure import EventState, Role
from tests.checkin.rows import FINAL, account, eve, mark, marking, sealed, unsealed

pytestmark = pytest.mark.django_db
GIVEN = {"E001": (80, 40, 80), "E002": (70, 30, 60)}
LATER = FINAL + timedelta(hours=9)


@pytest.fixture
def final():
    return eve(students=2).welder


def _unseal(final, witness=Role.SUPERVISOR, by=Role.REGISTRAR):
    unseal(event_id=final.event.pk, witness=final[witness], by=final[by], at=LATER)


def test_a_registrar_unseals_before_a_supervisor_and_both_are_on_record(final):
    codes = unsealed(final, GIVEN)
    assert list(Unsealing.objects.values_list("event", "by", "witness")) == [
        (final.event.pk, final[Role.REGISTRAR].pk, final[Role.SUPERVISOR].pk)
    ]
    record = Record.objects.get(verb="results.unseal")
    assert (record.role, record.facts) == (
        "registrar",
        {"witness": final[Role.SUPERVISOR].audit_key, "codes": len(codes)},
    )
    with pytest.raises(Refused, match="本赛项已解密"):
        _unseal(final)


def test_codes_stay_sealed_before_the_lock_and_before_a_second_look(final):
    mark(final, marking(final), GIVEN)
    with pytest.raises(Refused, match="现在是“评分中”，不能解密"):
        _unseal(final)
    lock(event_id=final.event.pk, by=final[Role.CHIEF_JUDGE], at=LATER)
    assert not SecondLook.objects.exists()
    with pytest.raises(Refused, match="还没有抽检复核"):
        _unseal(final)


def test_one_person_alone_does_not_unseal(final):
    sealed(final, GIVEN)
    both = final[Role.REGISTRAR]
    Appointment.objects.create(
        account=both, role=Role.SUPERVISOR, scope=final.event.scope, since=FINAL - timedelta(days=9)
    )
    with pytest.raises(Refused, match="须由两人在场"):
        _unseal(final, witness=Role.REGISTRAR)
    with pytest.raises(IntegrityError, match="two_people_unseal"), transaction.atomic():
        Unsealing.objects.create(event=final.event, by=both, witness=both, at=LATER)


@pytest.mark.parametrize("witness", [Role.JUDGE, Role.HOST, Role.CHIEF_JUDGE])
def test_the_witness_is_a_supervisor_of_the_event(final, witness):
    sealed(final, GIVEN)
    with pytest.raises(Refused, match="见证人须是本赛项的监督"):
        _unseal(final, witness=witness)


def test_a_supervisor_of_another_event_or_of_the_past_is_no_witness():
    made = eve(students=2)
    final = made.welder
    sealed(final, GIVEN)
    past = account("past")
    Appointment.objects.create(
        account=past,
        role=Role.SUPERVISOR,
        scope=final.event.scope,
        since=FINAL - timedelta(days=9),
        until=LATER,
    )
    for stranger in (made.rigger[Role.SUPERVISOR], past):
        with pytest.raises(Refused, match="见证人须是本赛项的监督"):
            unseal(event_id=final.event.pk, witness=stranger, by=final[Role.REGISTRAR], at=LATER)


def test_a_supervisor_of_the_whole_competition_is_a_witness():
    made = eve(students=2)
    sealed(made.welder, GIVEN)
    over_all = account("over-all")
    Appointment.objects.create(
        account=over_all, role=Role.SUPERVISOR, scope=made.competition.scope, since=FINAL - timedelta(days=9)
    )
    unseal(event_id=made.welder.event.pk, witness=over_all, by=made.welder[Role.REGISTRAR], at=LATER)
    assert Unsealing.objects.get().witness == over_all


@pytest.mark.parametrize(
    ("who", "message"), [(Role.REGISTRAR, "您在本赛项评过分"), (Role.SUPERVISOR, "见证人在本赛项评过分")]
)
def test_who_marked_neither_unseals_nor_witnesses(final, who, message):
    Appointment.objects.create(
        account=final[who], role=Role.HOST, scope=final.event.scope, since=FINAL - timedelta(days=9)
    )
    codes = marking(final)
    enter(
        event_id=final.event.pk,
        marks=[MarkRow(codes["E001"], "theory", 80_000)],
        by=final[who],
        at=FINAL + timedelta(hours=6),
    )
    rest = [MarkRow(codes["E002"], "theory", 1)]
    rest += [MarkRow(code, part, 1) for code in codes.values() for part in ("practical/m1", "practical/m2")]
    enter(event_id=final.event.pk, marks=rest, by=final[Role.JUDGE], at=FINAL + timedelta(hours=6))
    lock(event_id=final.event.pk, by=final[Role.CHIEF_JUDGE], at=LATER)
    SecondLook.objects.create(event=final.event, codes=[codes["E001"]], by=account("third"), at=LATER)
    with pytest.raises(Refused, match=message):
        _unseal(final)


@pytest.mark.parametrize("role", [Role.HOST, Role.JUDGE, Role.CHIEF_JUDGE, Role.SUPERVISOR])
def test_only_a_registrar_unseals(final, role):
    sealed(final, GIVEN)
    with pytest.raises(Refused, match="“解密”由检录加密人员办理"):
        _unseal(final, by=role, witness=Role.REGISTRAR)


def test_a_second_look_before_marks_were_sent_back_does_not_count(final):
    sealed(final, GIVEN)
    send_back(event_id=final.event.pk, reason="合分有误", by=final[Role.SUPERVISOR], at=LATER)
    lock(event_id=final.event.pk, by=final[Role.CHIEF_JUDGE], at=LATER)
    with pytest.raises(Refused, match="还没有抽检复核"):
        _unseal(final)


def test_marks_are_not_sent_back_by_those_who_know_whose_they_are(final):
    unsealed(final, GIVEN)
    with pytest.raises(Refused, match="本赛项已解密，不能再退回重评"):
        send_back(event_id=final.event.pk, reason="合分有误", by=final[Role.SUPERVISOR], at=LATER)


def test_marks_that_the_second_look_finds_wrong_are_sent_back_corrected_and_looked_at_anew(final):
    codes = sealed(final, GIVEN)
    event = final.event.pk
    with pytest.raises(Refused, match="请写明退回重评的原因"):
        send_back(event_id=event, reason=" ", by=final[Role.SUPERVISOR], at=LATER)
    send_back(event_id=event, reason="模块一合分有误", by=final[Role.SUPERVISOR], at=LATER)
    assert final.state() == EventState.MARKING
    wrong = Mark.objects.get(code=codes["E001"], part="practical/m1")
    correct(event_id=event, mark_id=wrong.pk, value=41_000, reason="合分更正", by=final[Role.JUDGE], at=LATER)
    lock(event_id=event, by=final[Role.CHIEF_JUDGE], at=LATER)
    check(event_id=event, codes=[codes["E001"]], by=final[Role.SUPERVISOR], at=LATER + timedelta(hours=1))
    assert list(SecondLook.objects.order_by("id").values_list("outdated_at", flat=True)) == [LATER, None]
    assert collected(final.event)[codes["E001"]].components["practical"].modules["m1"].mark == 41_000
    _unseal(final)


@pytest.mark.parametrize("role", [Role.CHIEF_JUDGE, Role.JUDGE, Role.HOST, Role.REGISTRAR])
def test_only_a_supervisor_sends_marks_back(final, role):
    sealed(final, GIVEN)
    with pytest.raises(Refused, match="“退回重评”由监督办理"):
        send_back(event_id=final.event.pk, reason="重评", by=final[role], at=LATER)
    assert final.state() == EventState.SEALED
