"""Penalties, the lock, and the second look: all by code, and by the right people."""

from __future__ import annotations

from datetime import timedelta

import pytest

from saiwu.accounts.models import Appointment
from saiwu.audit.frame import Refused
from saiwu.audit.models import Record
from saiwu.marking.actions import MarkRow, check, correct, enter, lock, penalise
from saiwu.marking.collected import collected
from saiwu.marking.models import Mark, Penalty, SecondLook
from saiwu.rules.marking import GivenPenalty
from saiwu.rules.procedure import EventState, Role
from tests.checkin.rows import FILES, FINAL, appointed, eve, marking

pytestmark = pytest.mark.django_db
LATER = FINAL + timedelta(hours=6)
PARTS = ("theory", "practical/m1", "practical/m2")


@pytest.fixture
def final():
    return eve(students=2, workers=1).welder


@pytest.fixture
def made_codes(final):
    return marking(final)


def _mark(final, codes, parts=PARTS, value=40_000):
    rows = [MarkRow(code, part, value) for code in codes for part in parts]
    enter(event_id=final.event.pk, marks=rows, by=final[Role.JUDGE], at=LATER)


def _penalise(final, code, penalty, times=1, reason="事实如记录", by=Role.CHIEF_JUDGE):
    return penalise(
        event_id=final.event.pk, code=code, penalty=penalty, times=times, reason=reason, by=final[by], at=LATER
    )


def _lock(final, by=Role.CHIEF_JUDGE):
    lock(event_id=final.event.pk, by=final[by], at=LATER)


def test_a_penalty_is_given_to_a_code_with_its_facts(final, made_codes):
    code = made_codes["E001"]
    given = _penalise(final, code, "misuse", times=2, reason="两次未断电")
    assert list(Penalty.objects.values_list("pk", "code", "penalty", "times", "reason")) == [
        (given, code, "misuse", 2, "两次未断电")
    ]
    assert collected(final.event)[code].penalties == (GivenPenalty("misuse", 2, "一", "两次未断电"),)
    record = Record.objects.get(verb="marking.penalise")
    assert (record.role, record.facts) == (
        "chief_judge",
        {"code": code, "penalty": "misuse", "times": 2, "clause": "一"},
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"code": "ZZZZZ"}, "没有加密号"),
        ({"penalty": "shouting"}, "没有“shouting”这项处罚，可以选择：late（迟到）"),
        ({"penalty": "cheating", "times": 2}, "“作弊”只计一次"),
        ({"times": 0}, "只计一次"),
        ({"reason": " "}, "处罚须写明事实"),
        ({"by": Role.JUDGE}, "由裁判长办理"),
        ({"by": Role.HOST}, "由裁判长办理"),
    ],
)
def test_a_penalty_that_the_rulebook_does_not_give_is_refused(final, made_codes, change, message):
    with pytest.raises(Refused, match=message):
        _penalise(final, **({"code": made_codes["E001"], "penalty": "misuse"} | change))
    assert not Penalty.objects.exists()


def test_the_same_penalty_is_given_once(final, made_codes):
    _penalise(final, made_codes["E001"], "cheating")
    with pytest.raises(Refused, match="这项处罚已经作出"):
        _penalise(final, made_codes["E001"], "cheating")


def test_marks_are_not_locked_while_one_is_missing_and_the_refusal_says_which(final, made_codes):
    codes = sorted(made_codes.values())
    _mark(final, codes[:2])
    _mark(final, codes[2:], parts=("theory", "practical/m1"))
    with pytest.raises(Refused) as refusal:
        _lock(final)
    assert refusal.value.message == (
        f"还有 1 处未评：{codes[2]} 的技能操作/模块二。请评完后再锁定；缺席的由裁判长作出处罚（弃权）。"
    )
    _mark(final, codes[2:], parts=("practical/m2",))
    _lock(final)
    assert final.state() == EventState.SEALED
    assert Record.objects.get(verb="marking.lock").facts["marks"] == 9


@pytest.mark.parametrize("penalty", ["late", "cheating", "fraud"])
def test_who_is_absent_or_void_needs_no_marks(final, made_codes, penalty):
    one, *others = sorted(made_codes.values())
    _mark(final, others)
    _penalise(final, one, penalty)
    _lock(final)
    assert final.state() == EventState.SEALED


def test_time_used_is_not_asked_of_everybody(final, made_codes):
    _mark(final, made_codes.values())
    _lock(final)
    assert not Mark.objects.filter(part="用时").exists()


@pytest.mark.parametrize("role", [Role.JUDGE, Role.HOST, Role.REGISTRAR, Role.SUPERVISOR])
def test_only_the_chief_judge_locks(final, made_codes, role):
    _mark(final, made_codes.values())
    with pytest.raises(Refused, match="“锁定评分”由裁判长办理"):
        _lock(final, by=role)
    assert final.state() == EventState.MARKING


def test_judges_who_differ_too_much_keep_marks_from_being_locked():
    judging = "{judges: 2, spread: 10, over_spread: 重新商议}"
    files = {
        **FILES,
        "notice.yaml": FILES["notice.yaml"].replace(
            "theory: {weight: 30%,", f"theory: {{judging: {judging}, weight: 30%,"
        ),
    }
    made = eve(teams=1, files=files)
    final = made.rigger
    code = marking(final)["E001"]
    _mark(final, [code], value=50_000)
    with pytest.raises(Refused, match=f"{code} 的理论知识（还差 1 名裁判）"):
        _lock(final)
    final.staff[Role.JUDGE] = appointed("judge-two", Role.JUDGE, final.event.scope)
    _mark(final, [code], parts=("theory",), value=61_000)
    with pytest.raises(
        Refused, match=f"还有 1 处裁判评分相差过大：{code} 的理论知识（相差 11 分，限 10 分，须重新商议）"
    ):
        _lock(final)
    correct(
        event_id=final.event.pk,
        mark_id=Mark.objects.get(value=61_000).pk,
        value=60_000,
        reason="商议后更正",
        by=final[Role.JUDGE],
        at=LATER,
    )
    _lock(final)
    assert collected(final.event)[code].components["theory"].mark == 55_000


def test_a_supervisor_looks_again_at_a_sample(final, made_codes):
    _mark(final, made_codes.values())
    _lock(final)
    sample = sorted(made_codes.values())[:2]
    event = final.event.pk
    check(event_id=event, codes=[*sample, sample[0]], remark="无误", by=final[Role.SUPERVISOR], at=LATER)
    assert list(SecondLook.objects.values_list("codes", "by", "remark")) == [
        (sample, final[Role.SUPERVISOR].pk, "无误")
    ]
    for codes, message in (([], "请写明复核了哪些"), (["ZZZZZ"], "没有这些加密号：ZZZZZ")):
        with pytest.raises(Refused, match=message):
            check(event_id=event, codes=codes, by=final[Role.SUPERVISOR], at=LATER)
    with pytest.raises(Refused, match="“抽检复核”由监督办理"):
        check(event_id=event, codes=sample, by=final[Role.REGISTRAR], at=LATER)


def test_who_marked_does_not_look_again(final, made_codes):
    final.staff[Role.JUDGE] = final[Role.SUPERVISOR]
    Appointment.objects.create(
        account=final[Role.SUPERVISOR], role=Role.JUDGE, scope=final.event.scope, since=FINAL - timedelta(days=1)
    )
    _mark(final, made_codes.values())
    _lock(final)
    with pytest.raises(Refused, match="您在本赛项评过分"):
        check(event_id=final.event.pk, codes=[made_codes["E001"]], by=final[Role.SUPERVISOR], at=LATER)


def test_there_is_no_second_look_before_the_lock(final, made_codes):
    with pytest.raises(Refused, match="现在是“评分中”，不能抽检复核"):
        check(event_id=final.event.pk, codes=[made_codes["E001"]], by=final[Role.SUPERVISOR], at=LATER)
