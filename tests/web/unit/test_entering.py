"""A unit adds people in the browser: the form, what the rules say, handing in, mending."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from saiwu.accounts.models import Visitor
from saiwu.entries.actions import preregister, return_for_correction
from saiwu.entries.models import Entry, Instructor, Member
from saiwu.people.models import Photo
from saiwu.rules.procedure import EntryState
from tests.web.sign_in import signed_in
from tests.web.unit.conftest import answers, picture
from tests.world import IN_TIME, build, number, student

pytestmark = pytest.mark.django_db


def address(world, unit: int = 1, rest: str = "") -> str:
    return f"/unit/{world.units[unit - 1]}/bayu-2025/{rest}"


def text_of(response) -> str:
    return re.sub(r"<[^>]+>", "", response.content.decode())


def hidden_of(response) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(m[^"]+|t[^"]+)" value="([^"]*)"', response.content.decode()))


def test_a_student_is_checked_and_handed_in_with_a_photo_and_the_same_form_sent_twice_changes_nothing(world, desk):
    where, client = address(world, rest="add/iot/student/"), desk(1)
    checked = client.post(where, answers(number(1)) | {"do": "check"})
    assert "可以提交。" in text_of(checked)
    sent = hidden_of(checked) | {"do": "submit", "declared": "on"}
    with_photo = sent | {"photo-1": ("a.jpg", picture())}
    from django.core.files.uploadedfile import SimpleUploadedFile

    with_photo["photo-1"] = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
    done = client.post(where, with_photo)
    entry = Entry.objects.get()
    assert (done.status_code, done["Location"]) == (302, address(world, rest=f"entries/{entry.pk}/"))
    assert (entry.state, Photo.objects.count()) == (EntryState.SUBMITTED, 1)
    again = client.post(where, sent)
    assert (again["Location"], Entry.objects.count()) == (done["Location"], 1)


def test_who_has_not_declared_is_told_so_with_the_sentence_and_nothing_is_handed_in(world, desk):
    response = desk(1).post(address(world, rest="add/iot/student/"), answers(number(1)) | {"do": "submit"})
    assert "没有提交成功" in text_of(response)
    assert world.competition.in_force is not None
    assert Entry.objects.count() == 0


def test_a_number_that_cannot_be_is_told_beside_its_field_and_what_was_filled_in_stays(world, desk):
    wrong = number(1)[:-1] + ("0" if number(1)[-1] != "0" else "1")
    response = desk(1).post(address(world, rest="add/iot/student/"), answers(wrong) | {"do": "check"})
    page = response.content.decode()
    assert 'href="#f-m0-number"' in page
    assert 'value="冉启航"' in page
    assert "末位校验码不符" in text_of(response)


def test_somebody_who_is_refused_sees_rule_and_sentence_and_no_button_to_hand_in(world, desk):
    young = answers(number(1, born="20120101")) | {"do": "check"}
    response = desk(1).post(address(world, rest="add/iot/student/"), young)
    assert "这样不能报名" in text_of(response)
    assert "年满16周岁以上且在法定退休年龄以内" in text_of(response)
    assert 'value="submit"' not in response.content.decode()


def test_who_holds_another_event_is_refused_without_a_word_of_the_other_unit(world, desk):
    desk(2).post(address(world, 2, "add/iot/student/"), answers(number(1)) | {"do": "submit", "declared": "on"})
    response = desk(1).post(
        address(world, rest="add/iot/student/"), answers(number(1)) | {"do": "submit", "declared": "on"}
    )
    assert "每人限报一项" in text_of(response)
    assert "示例公司丙" not in text_of(response)
    assert Entry.objects.count() == 1


def preregistered(world, unit_name: str, serial: int = 7) -> int:
    preregister(
        event_id=world.event("iot").pk,
        division="student",
        statement=student(serial, "周子涵"),
        unit_name=unit_name,
        request=f"r{serial}",
        by=Visitor(),
        at=IN_TIME,
    )
    from saiwu.entries.models import Preregistration

    return Preregistration.objects.get(request=f"r{serial}").pk


def test_a_preregistered_student_is_entered_without_his_number_ever_being_sent(world, desk):
    pk = preregistered(world, "　示例学院乙 ")
    client, where = desk(1), address(world, rest="add/iot/student/")
    opened = client.get(f"{where}?from={pk}")
    whole = number(7)
    assert "周子涵" in opened.content.decode()
    person = re.search(r'name="m0-person" value="(\d+)"', opened.content.decode())[1]
    sent = answers("", name="周子涵", person=person, phone="") | {"do": "check"}
    checked = client.post(where, sent)
    assert f"**** {whole[-4:]}" in text_of(checked)
    assert whole not in opened.content.decode() + checked.content.decode()
    client.post(where, sent | {"do": "submit", "declared": "on"})
    assert Member.objects.get().person.name == "周子涵"
    assert "都办好了" not in text_of(client.get(address(world)))  # the photo is missing


def test_somebody_who_preregistered_for_another_unit_cannot_be_taken(world, desk):
    pk = preregistered(world, "示例公司丙")
    client, where = desk(1), address(world, rest="add/iot/student/")
    assert client.get(f"{where}?from={pk}").status_code == 404
    person = Member.objects.model._meta.get_field("person").related_model.objects.get().pk
    sent = answers("", name="周子涵", person=str(person)) | {"do": "submit", "declared": "on"}
    response = client.post(where, sent)
    assert "请填写证件号码" in text_of(response)
    assert Entry.objects.count() == 0


def test_a_returned_form_opens_filled_with_the_reason_on_top_and_is_handed_in_again(world, desk):
    client, where = desk(1), address(world, rest="add/iot/student/")
    teacher = {"t0-name": "陈予安", "t0-number": number(50, "19800101")}
    client.post(where, answers(number(1)) | teacher | {"do": "submit", "declared": "on"})
    entry = Entry.objects.get()
    return_for_correction(entry_id=entry.pk, reason="照片太暗，请换一张。", by=world.account("host"), at=IN_TIME)
    mend = address(world, rest=f"entries/{entry.pk}/mend/")
    opened = client.get(mend)
    page = opened.content.decode()
    assert "照片太暗，请换一张。" in page
    assert ('value="冉启航"' in page, 'value="陈予安"' in page, number(1) in page) == (True, True, False)
    member, taught = Member.objects.get(), Instructor.objects.get()
    kept = answers("", person=str(member.person_id), phone="")
    kept |= {"t0-name": "陈予安", "t0-number": "", "t0-person": str(taught.person_id)}
    done = client.post(mend, kept | {"do": "submit", "declared": "on"})
    entry.refresh_from_db()
    assert (done.status_code, entry.state, entry.round) == (302, EntryState.SUBMITTED, 2)
    assert Member.objects.get().person_id == member.person_id


def test_a_third_student_is_said_to_wait_before_and_after_handing_in(world, desk):
    client, where = desk(1), address(world, rest="add/iot/student/")
    for serial in (1, 2):
        client.post(
            where, answers(number(serial), name=f"测生{'甲乙'[serial - 1]}") | {"do": "submit", "declared": "on"}
        )
    third = answers(number(3), name="测生丙")
    assert "将列为候补" in text_of(client.post(where, third | {"do": "check"}))
    client.post(where, third | {"do": "submit", "declared": "on"})
    assert Entry.objects.filter(state=EntryState.WAITING).count() == 1


def test_an_event_that_is_closed_says_why_and_asks_nothing(world, desk):
    response = desk(1).get(address(world, rest="add/ai-image/student/"))
    assert "还没有开放报名" in text_of(response)
    assert "<form" not in response.content.decode()


def test_a_team_needs_its_name_and_all_its_members_and_an_unfilled_instructor_is_nobody(db, clock_at):
    clock_at(IN_TIME)
    world = build(event="uav-delivery")
    client = signed_in(Client(), world.account("unit1"))
    where = address(world, rest="add/uav-delivery/open/")
    assert re.findall(r"<legend[^>]*>(第 . 名队员[^<]*)", client.get(where).content.decode()) == [
        "第 1 名队员（飞手）",
        "第 2 名队员（观察手）",
    ]
    one = answers(number(1), 0, status="学生") | {"do": "check"}
    alone = client.post(where, one)
    found = [text for text in ("请填写队名", "第 2 名队员：请填写姓名") if text in text_of(alone)]
    assert found == ["请填写队名", "第 2 名队员：请填写姓名"]
    worker = {"status": "在职", "level": "四级", "place": "工作"}
    both = one | answers(number(2, "19850512"), 1, name="周子涵", **worker) | {"team_name": "示例一队"}
    checked = client.post(where, both)
    assert "核对并提交" in text_of(checked)
    client.post(where, both | {"do": "submit", "declared": "on"})
    entry = Entry.objects.get()
    people = list(entry.members.values_list("person__name", "facts__status"))
    assert (entry.team_name, people, entry.instructors.count()) == (
        "示例一队",
        [("冉启航", "学生"), ("周子涵", "在职")],
        0,
    )
