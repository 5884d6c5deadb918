"""The receipt: shown to whoever submitted, undone for ten minutes, looked up, changed and withdrawn until the deadline."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from saiwu.accounts.models import Attempt
from saiwu.competitions.actions import open_registration
from saiwu.entries.actions import register
from saiwu.entries.models import Claim, Preregistration
from saiwu.rules.procedure import EntryState
from tests.web.play import at
from tests.web.preregister.visitor import FORM, HOME, LOOK_UP, PLACE, Visitor
from tests.world import IN_TIME, World, build, number, student

pytestmark = pytest.mark.django_db
NOON = at(9, 22, 12)
WITHDRAW = f"{LOOK_UP}withdraw/"


@pytest.fixture
def world(clock_at) -> World:
    clock_at(NOON)
    world = build()
    open_registration(event_id=world.event("ai-trainer").pk, by=world.office, at=IN_TIME)
    return world


@pytest.fixture
def visitor(world) -> Visitor:
    return Visitor().up_to_check(student(1)).submit()


def look_up(number_: str, last_four: str) -> Visitor:
    return Visitor().open(LOOK_UP).send(LOOK_UP, receipt=number_, last_four=last_four)


def test_the_receipt_shows_its_number_in_fours_and_no_more_of_the_person_than_it_needs(visitor):
    figures = visitor.receipt
    assert f"{figures[:4]} {figures[4:]}" in visitor.text
    assert ("测生乙" in visitor.text, "164 **** 0001" in visitor.text) == (True, True)
    assert [secret for secret in (number(1), "16400000001") if secret in visitor.page] == []
    assert "10月16日 24:00 前由单位提交" in visitor.text


def test_the_address_of_a_receipt_cannot_be_guessed(visitor):
    address = re.search(rf"{FORM}receipt/[0-9]+/[\w-]+/", visitor.page)[0]
    other = Visitor().open(address)
    assert other.receipt == visitor.receipt
    assert Visitor().open(address[:-5] + "AAAA/").answer.status_code == 404
    assert Visitor().open(address.replace("bayu-2025", "other")).answer.status_code == 404


def test_the_picture_of_a_receipt_is_a_png(visitor):
    answer = visitor.client.get(re.search(r'href="([^"]+receipt\.png)"', visitor.page)[1])
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == ("image/png", "no-store")
    assert answer.content[:8] == b"\x89PNG\r\n\x1a\n"


def test_it_is_undone_within_ten_minutes_and_then_no_more(visitor, clock_at):
    undo = re.search(r'action="([^"]+/undo/)"', visitor.page)[1]
    assert visitor.client.get(undo).status_code == 405
    clock_at(NOON + timedelta(minutes=10, seconds=1))
    visitor.send(undo).follow()
    assert "十分钟已过" in visitor.text
    assert Claim.objects.count() == 1
    clock_at(NOON + timedelta(minutes=10))
    visitor.send(undo).follow()
    assert ("预报名已撤回" in visitor.text, Claim.objects.count()) == (True, 0)


def test_a_form_that_was_undone_says_so_when_it_is_sent_again(world):
    visitor = Visitor().up_to_check(student(1))
    form = {**visitor.hidden, "agree": "1", "go": "submit"}
    visitor.submit()
    visitor.send(re.search(r'action="([^"]+/undo/)"', visitor.page)[1])
    visitor.answer = visitor.client.post(FORM, form)
    assert "这份表已经提交过，那次预报名已撤回。要再报，请重新填写。" in visitor.text


@pytest.mark.parametrize("last_four", ["0001", "phone", "id"])
def test_it_is_looked_up_by_number_and_four_places_of_phone_or_id_number(visitor, last_four):
    four = {"phone": "0001", "id": number(1)[-4:].lower()}.get(last_four, last_four)
    figures = visitor.receipt
    found = look_up(f"{figures[:4]} {figures[4:]}", f" {four} ")
    assert (found.receipt, "更改预报名" in found.text) == (figures, True)


def test_a_wrong_pair_is_told_the_same_whichever_is_wrong(visitor):
    wrong, unknown = look_up(visitor.receipt, "9999"), look_up("12345678", "0001")
    said = "回执号和后四位对不上。"
    assert (said in wrong.text, said in unknown.text) == (True, True)
    assert sorted(Attempt.objects.values_list("kind", flat=True)) == ["receipt", "receipt_address"]


def test_who_guesses_the_places_of_one_receipt_waits_and_nobody_else_does(visitor, world, clock_at):
    other = Visitor().up_to_check(student(2)).submit()
    for _ in range(5):
        look_up(visitor.receipt, "9999")
    assert "试错的次数太多" in look_up(visitor.receipt, "0001").text
    assert look_up(other.receipt, "0002").receipt == other.receipt
    clock_at(NOON + timedelta(minutes=16))
    assert look_up(visitor.receipt, "0001").receipt == visitor.receipt


@pytest.mark.parametrize("go", ["change", "next", "back", "lang-en", "to-2", "submit"])
def test_no_button_tells_whether_a_pair_is_right_without_counting(visitor, go):
    figures = visitor.receipt
    for _ in range(6):
        answer = Visitor().client.post(FORM, {"receipt": figures, "last_four": "9999", "go": go, "step": "2"})
        assert (answer.status_code, answer.headers["Location"]) == (302, LOOK_UP)
    assert Attempt.objects.count() == 5


def test_a_change_opens_on_the_check_page_and_keeps_the_number(visitor, world):
    figures = visitor.receipt
    holder = look_up(figures, "0001").send(FORM, go="change")
    assert (holder.title, number(1) in holder.page) == ("核对并更改", False)
    holder.send(go="to-1").send(**{**PLACE, "event": "ai-trainer"}).submit()
    assert holder.receipt == figures
    assert Claim.objects.get().event == world.event("ai-trainer")
    assert Preregistration.objects.get().answers["full_time"] == "是"


def test_a_change_may_mend_the_name_and_the_phone_and_never_the_id_number(visitor):
    holder = look_up(visitor.receipt, "0001").send(FORM, go="change").send(go="to-2")
    assert ("证件号码不能更改" in holder.text, 'name="number"' in holder.page) == (True, False)
    holder.send(name="测生更", phone="16400009999", q_place="学习").submit()
    assert "测生更" in holder.text
    assert look_up(visitor.receipt, "9999").receipt == visitor.receipt


def test_withdrawal_asks_once_says_what_it_frees_and_frees_it(visitor):
    holder = look_up(visitor.receipt, "0001").send(WITHDRAW)
    assert (holder.title, Claim.objects.count()) == ("撤回这次预报名？", 1)
    assert "您不再占用这个赛项，可以改报别的赛项" in holder.text
    holder.send(WITHDRAW, sure="1").follow()
    assert ("预报名已撤回" in holder.text, Claim.objects.count()) == (True, 0)
    Visitor().up_to_check(student(1)).submit()


def test_once_the_unit_has_entered_somebody_he_is_told_to_ask_it(visitor, world):
    register(
        event_id=world.event("iot").pk,
        division="student",
        unit_id=world.units[0],
        members=[student(1)],
        declared=True,
        by=world.account("unit1"),
        at=IN_TIME,
    )
    holder = look_up(visitor.receipt, "0001")
    assert "单位已为您报名" in holder.text
    assert "更改预报名" not in holder.text
    holder.send(WITHDRAW, receipt=visitor.receipt, last_four="0001", sure="1")
    assert "参赛单位已为您报名，要改请联系单位。" in holder.text
    assert Preregistration.objects.get().state == EntryState.AWAITING_UNIT


def test_after_the_deadline_it_is_shown_and_neither_changed_nor_withdrawn(visitor, clock_at):
    clock_at(at(10, 14))
    holder = look_up(visitor.receipt, "0001")
    assert "预报名已截止，不能再更改或撤回。" in holder.text
    assert look_up(visitor.receipt, "0001").send(
        WITHDRAW, receipt=visitor.receipt, last_four="0001", sure="1"
    ).title == ("撤回这次预报名？")
    assert Claim.objects.count() == 1


def test_the_home_page_leads_to_the_form_and_to_the_look_up(world):
    page = Visitor().open(HOME).page
    assert (f'href="{FORM}"' in page, f'href="{LOOK_UP}"' in page) == (True, True)
