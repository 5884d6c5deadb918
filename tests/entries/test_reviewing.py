"""Review, waivers, withdrawal, the list of finalists, and the decisions that minimums raise."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from saiwu.audit.frame import NotFound, Refused
from saiwu.competitions.actions import approve_change, ask_change, start, take_decision
from saiwu.competitions.models import Competition, Decision
from saiwu.competitions.rulebooks import in_force
from saiwu.entries.actions import (
    accept,
    ask_waiver,
    close_registration,
    grant_waiver,
    publish_final_list,
    refuse_waiver,
    register,
    reject,
    resubmit,
    return_for_correction,
    withdraw,
)
from saiwu.entries.models import Claim, Conflict, Entry, QuotaPlace, Review, Side
from saiwu.entries.statements import InstructorStatement
from saiwu.rules.procedure import EntryState, EventState
from tests.world import IN_TIME, World, build, number, student, worker

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
CLOSED = datetime(2025, 10, 17, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture
def world() -> World:
    return build(units=3)


def enter(world: World, *members, unit: int = 1, division: str = "student", at=IN_TIME, **more):
    return register(
        event_id=world.event("iot").pk,
        division=division,
        unit_id=world.units[unit - 1],
        members=members,
        declared=True,
        by=world.account(f"unit{unit}"),
        at=at,
        **more,
    )


def state_of(entry_id: int) -> str:
    return Entry.objects.get(pk=entry_id).state


def test_a_unit_that_does_not_sign_hands_nothing_in(world):
    with pytest.raises(Refused) as refused:
        register(
            event_id=world.event("iot").pk,
            division="student",
            unit_id=world.units[0],
            members=[student(1)],
            declared=False,
            by=world.account("unit1"),
            at=IN_TIME,
        )
    assert (refused.value.rule, refused.value.clause, refused.value.field) == ("conduct", "五.1c", "declared")


def test_a_returned_entry_is_mended_and_handed_in_again(world):
    done = enter(world, student(1))
    return_for_correction(entry_id=done.entry_id, reason="照片不清楚，请换一张。", by=world.account("host"), at=IN_TIME)
    assert state_of(done.entry_id) == EntryState.RETURNED
    again = resubmit(entry_id=done.entry_id, members=[student(1)], declared=True, by=world.account("unit1"), at=IN_TIME)
    assert (again.number, again.state) == (done.number, EntryState.SUBMITTED)
    accept(entry_id=done.entry_id, by=world.account("host"), at=IN_TIME)
    rounds = Review.objects.order_by("round").values_list("round", "outcome")
    assert list(rounds) == [(1, "returned"), (2, "accepted")]


def test_who_is_returned_is_told_why(world):
    done = enter(world, student(1))
    with pytest.raises(Refused) as refused:
        return_for_correction(entry_id=done.entry_id, reason=" ", by=world.account("host"), at=IN_TIME)
    assert refused.value.rule == "who_is_not_accepted_is_told_why"
    assert state_of(done.entry_id) == EntryState.SUBMITTED


def test_a_rejected_entry_frees_person_place_and_side(world):
    teacher = InstructorStatement("测师", number(900, "19800101"))
    done = enter(world, student(1), instructors=[teacher])
    reject(entry_id=done.entry_id, reason="不是本市院校。", by=world.account("host"), at=IN_TIME)
    assert (Claim.objects.count(), QuotaPlace.objects.count(), Side.objects.count()) == (0, 0, 0)
    assert enter(world, student(1), unit=2).state is EntryState.SUBMITTED


def test_a_skill_waiver_is_asked_granted_and_lets_the_entry_pass(world):
    done = enter(world, worker(1, level="五级", years="2"), division="worker", unit=2)
    host = world.account("host")
    with pytest.raises(Refused) as refused:
        accept(entry_id=done.entry_id, by=host, at=IN_TIME)
    assert [one.rule for one in refused.value.findings] == ["skill"]
    waiver = ask_waiver(entry_id=done.entry_id, rule="skill", grounds="单位出具技能水平证明。", by=host, at=IN_TIME)
    grant_waiver(
        waiver_id=waiver, reason="同意，技能水平有佐证。", letter="渝经信函〔2025〕1号", by=world.office, at=IN_TIME
    )
    accept(entry_id=done.entry_id, by=host, at=IN_TIME)
    assert state_of(done.entry_id) == EntryState.ACCEPTED


def test_a_granted_quota_waiver_adds_one_place_for_this_entry_alone(world):
    waiting = [enter(world, student(serial)) for serial in (1, 2, 3, 4)][2:]
    assert {one.state for one in waiting} == {EntryState.WAITING}
    host, organiser = world.account("host"), world.account("organiser")
    waiver = ask_waiver(
        entry_id=waiting[0].entry_id, rule="quotas.unit", grounds="本校设有重点专业。", by=host, at=IN_TIME
    )
    grant_waiver(waiver_id=waiver, reason="同意增加一人。", by=organiser, at=IN_TIME)
    assert [state_of(one.entry_id) for one in waiting] == [EntryState.SUBMITTED, EntryState.WAITING]
    assert sorted(QuotaPlace.objects.values_list("number", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize(("other", "state"), [(False, EntryState.SUBMITTED), (True, EntryState.WAITING)])
def test_a_waiver_holds_through_a_return_for_the_same_person_and_for_no_other(world, other, state):
    done = [enter(world, student(serial)) for serial in (1, 2, 3)][2]
    host, organiser = world.account("host"), world.account("organiser")
    waiver = ask_waiver(entry_id=done.entry_id, rule="quotas.unit", grounds="重点专业。", by=host, at=IN_TIME)
    grant_waiver(waiver_id=waiver, reason="同意。", by=organiser, at=IN_TIME)
    return_for_correction(entry_id=done.entry_id, reason="请补照片。", by=host, at=IN_TIME)
    person = student(4) if other else student(3)
    again = resubmit(entry_id=done.entry_id, members=[person], declared=True, by=world.account("unit1"), at=IN_TIME)
    assert again.state is state


def test_a_mistyped_number_is_told_at_its_field_when_handed_in_again(world):
    done = enter(world, student(1))
    return_for_correction(entry_id=done.entry_id, reason="请核对。", by=world.account("host"), at=IN_TIME)
    wrong = replace(student(1), number="50019120040512001X")
    with pytest.raises(Refused) as refused:
        resubmit(entry_id=done.entry_id, members=[wrong], declared=True, by=world.account("unit1"), at=IN_TIME)
    assert (refused.value.rule, refused.value.field) == ("identity", "number")


def test_a_resubmission_with_somebody_elses_contestant_is_kept_as_a_conflict(world):
    enter(world, student(1), unit=3)
    done = enter(world, student(2))
    return_for_correction(entry_id=done.entry_id, reason="请核对。", by=world.account("host"), at=IN_TIME)
    with pytest.raises(Refused) as refused:
        resubmit(entry_id=done.entry_id, members=[student(1)], declared=True, by=world.account("unit1"), at=IN_TIME)
    assert refused.value.rule == "one_event"
    assert Conflict.objects.get().event == world.event("iot")
    assert state_of(done.entry_id) == EntryState.RETURNED


def test_a_refused_waiver_leaves_the_entry_waiting_and_says_why(world):
    done = [enter(world, student(serial)) for serial in (1, 2, 3)][2]
    waiver = ask_waiver(
        entry_id=done.entry_id, rule="quotas.unit", grounds="希望增加。", by=world.account("host"), at=IN_TIME
    )
    with pytest.raises(Refused, match="须写明理由"):
        refuse_waiver(waiver_id=waiver, reason="", by=world.account("organiser"), at=IN_TIME)
    refuse_waiver(waiver_id=waiver, reason="名额从严。", by=world.account("organiser"), at=IN_TIME)
    assert state_of(done.entry_id) == EntryState.WAITING


@pytest.mark.parametrize("contestant_first", [True, False])
def test_a_worker_contestant_does_not_instruct_a_student_whichever_comes_second(world, contestant_first):
    both = worker(1, name="测双")
    teacher = InstructorStatement("测双", both.number)

    def as_contestant():
        return enter(world, both, division="worker", unit=2)

    def as_instructor():
        return enter(world, student(5), instructors=[teacher])

    first, second = (as_contestant, as_instructor) if contestant_first else (as_instructor, as_contestant)
    done = first()
    with pytest.raises(Refused) as refused:
        second()
    assert (refused.value.rule, refused.value.clause) == ("not_instructor", "五.1g")
    who = world.account("unit2" if contestant_first else "unit1")
    withdraw(entry_id=done.entry_id, reason="调整人员。", by=who, at=IN_TIME)
    assert second().state is EntryState.SUBMITTED


def test_a_side_ends_with_the_last_entry_that_needs_it(world):
    teacher = InstructorStatement("测师", number(900, "19800101"))
    first = enter(world, student(1), instructors=[teacher])
    enter(world, student(2), instructors=[teacher])
    withdraw(entry_id=first.entry_id, reason="退赛。", by=world.account("unit1"), at=IN_TIME)
    assert Side.objects.get().side == "instructor"


def test_of_another_units_entry_nothing_exists(world):
    done = enter(world, student(1))
    with pytest.raises(NotFound):
        withdraw(entry_id=done.entry_id, reason="x", by=world.account("unit2"), at=IN_TIME)
    with pytest.raises(Refused, match="由承办单位办理"):
        accept(entry_id=done.entry_id, by=world.account("unit1"), at=IN_TIME)


def test_registration_does_not_close_before_its_last_second(world):
    with pytest.raises(Refused, match="报名期限还没有过"):
        close_registration(event_id=world.event("iot").pk, by=world.account("host"), at=IN_TIME)


def test_too_few_entries_raise_a_decision_that_the_organiser_takes_before_the_list(world):
    host, organiser = world.account("host"), world.account("organiser")
    accept(entry_id=enter(world, student(1)).entry_id, by=host, at=IN_TIME)
    event = world.event("iot")
    close_registration(event_id=event.pk, by=host, at=CLOSED)
    raised = list(Decision.objects.order_by("subject").values_list("subject", "clause", "may_take"))
    assert raised == [
        ("minimum:start:student", "五.2b", "organiser"),
        ("minimum:start:worker", "五.2b", "organiser"),
    ]
    with pytest.raises(Refused, match="裁定事项未决"):
        publish_final_list(event_id=event.pk, by=host, at=CLOSED)
    for decision in Decision.objects.all():
        with pytest.raises(Refused, match="可以选择"):
            take_decision(decision_id=decision.pk, choice="随便", reason="x", by=organiser, at=CLOSED)
        take_decision(decision_id=decision.pk, choice="照常", reason="首次设项，照常举办。", by=organiser, at=CLOSED)
    assert publish_final_list(event_id=event.pk, by=host, at=CLOSED) == 1
    assert (world.event("iot").state, Entry.objects.get().state) == (EventState.LISTED, EntryState.FINALIST)


def closed(world: World) -> Decision:
    close_registration(event_id=world.event("iot").pk, by=world.account("host"), at=CLOSED)
    return Decision.objects.get(subject="minimum:start:student")


def test_an_extension_opens_registration_again_for_that_division_until_the_new_day(world):
    decision, organiser = closed(world), world.account("organiser")
    taking = {"decision_id": decision.pk, "choice": "延长", "reason": "人数不足。", "by": organiser, "at": CLOSED}
    for until, told in (("", "延长到哪一天"), ("下周五", "延长到哪一天"), ("2025-10-16", "已经过去")):
        with pytest.raises(Refused, match=told):
            take_decision(**taking, until=until)
    assert world.event("iot").state == EventState.REVIEWING
    take_decision(**taking, until="2025-10-20")
    assert world.event("iot").state == EventState.REGISTERING
    later = datetime(2025, 10, 20, 23, 59, 59, tzinfo=SHANGHAI)
    assert enter(world, student(7), at=later).state is EntryState.SUBMITTED
    with pytest.raises(Refused) as refused:
        enter(world, worker(8), division="worker", unit=2, at=later)
    assert refused.value.rule == "dates.registration"
    with pytest.raises(Refused, match="报名期限还没有过"):
        close_registration(event_id=world.event("iot").pk, by=world.account("host"), at=later)
    again = datetime(2025, 10, 21, 9, 0, tzinfo=SHANGHAI)
    close_registration(event_id=world.event("iot").pk, by=world.account("host"), at=again)
    subjects = Decision.objects.filter(division__slug="student").order_by("id").values_list("subject", "state")
    assert list(subjects) == [("minimum:start:student@2", "granted"), ("minimum:start:student", "asked")]


def test_a_postponement_moves_the_final(world):
    take_decision(
        decision_id=closed(world).pk,
        choice="延期",
        until="2025-10-30",
        reason="人数不足，延期动员。",
        by=world.account("organiser"),
        at=CLOSED,
    )
    book = in_force(Competition.objects.get(pk=world.competition.pk))
    assert str(book.events["iot"].stages["final"].on) == "2025-10-30"


def test_what_the_program_cannot_do_yet_is_refused_and_not_recorded_as_done(world):
    with pytest.raises(Refused, match="程序现在还不能办理"):
        take_decision(
            decision_id=closed(world).pk, choice="合并", reason="合并。", by=world.account("organiser"), at=CLOSED
        )
    assert {one.state for one in Decision.objects.all()} == {"asked"}


def test_divisions_that_are_all_cancelled_cancel_the_event(world):
    closed(world)
    for decision in Decision.objects.all():
        take_decision(
            decision_id=decision.pk, choice="取消", reason="人数不足。", by=world.account("organiser"), at=CLOSED
        )
    assert world.event("iot").state == EventState.CANCELLED


@pytest.mark.parametrize(("effect", "state"), [("照常", EventState.REVIEWING), ("取消", EventState.CANCELLED)])
def test_the_only_effect_that_a_notice_allows_happens_by_itself_and_is_on_record(effect, state):
    def only(text: str) -> str:
        return text.replace("[延长, 延期, 合并, 不设奖, 取消, 照常]", f"[{effect}]")

    world = build(amend=only)
    closed(world)
    rows = Decision.objects.values_list("state", "choice", "taken_role", "taken_by")
    assert set(rows) == {("granted", effect, "system", None)}
    assert world.event("iot").state == state


def test_a_final_that_is_moved_is_in_the_next_version_of_the_rulebook(world):
    event = world.event("iot")
    change = ask_change(
        event_id=event.pk,
        kind="日期",
        values={"stages.final.on": "2025-10-24"},
        reason="场地电力检修。",
        by=world.account("host"),
        at=IN_TIME,
    )
    with pytest.raises(Refused, match="来文文号"):
        approve_change(change_id=change, by=world.office, at=IN_TIME)
    approve_change(change_id=change, letter="渝经信函〔2025〕9号", by=world.office, at=IN_TIME)
    book = in_force(Competition.objects.get(pk=world.competition.pk))
    final = book.events["iot"].stages["final"]
    assert (book.version, str(final.on), final.source_of("on").clauses) == (2, "2025-10-24", ("七.二",))
    assert book.head.history[-1].what.endswith("场地电力检修。")
    with pytest.raises(Refused, match="现在是“已同意”"):
        approve_change(change_id=change, letter="x", by=world.office, at=IN_TIME)


def test_a_final_is_not_started_before_its_day(world):
    host = world.account("host")
    event = world.event("iot")
    close_registration(event_id=event.pk, by=host, at=CLOSED)
    for decision in Decision.objects.all():
        take_decision(decision_id=decision.pk, choice="照常", reason="照常。", by=world.account("organiser"), at=CLOSED)
    publish_final_list(event_id=event.pk, by=host, at=CLOSED)
    for decision in Decision.objects.filter(state="asked"):
        take_decision(decision_id=decision.pk, choice="照常", reason="照常。", by=world.account("organiser"), at=CLOSED)
    with pytest.raises(Refused, match="决赛定于2025年10月23日"):
        start(event_id=event.pk, by=host, at=CLOSED)
    start(event_id=event.pk, by=host, at=datetime(2025, 10, 23, 7, 30, tzinfo=SHANGHAI))
    assert world.event("iot").state == EventState.RUNNING
