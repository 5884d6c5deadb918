"""Four screens on a phone: what is asked, what is told where, what is kept, and who may not enter and why."""

from __future__ import annotations

import gzip
import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from saiwu.competitions.actions import open_registration
from saiwu.entries.actions import register
from saiwu.entries.models import Claim, Conflict, Preregistration
from saiwu.people.models import Person
from saiwu.rules import asking
from saiwu.web.english import ENGLISH
from tests.rules.test_asking import BOOKS, questions
from tests.web.play import at
from tests.web.preregister.visitor import FORM, HOME, PLACE, STUDIES, Visitor
from tests.world import IN_TIME, World, build, number, student, worker

pytestmark = pytest.mark.django_db
NOON = at(9, 22, 12)
WORK = {"event": "iot", "standing": "在职", "unit": "示例公司乙"}


@pytest.fixture
def world(clock_at) -> World:
    clock_at(NOON)
    return build()


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


def test_a_student_fills_in_nine_fields_and_has_a_receipt(world, visitor):
    visitor.up_to_check(student(1))
    assert visitor.title == "核对并提交"
    asked = set(visitor.hidden) - {"step", "request", "ready"}
    assert asked == {
        "event",
        "standing",
        "unit",
        "name",
        "number",
        "phone",
        "q-place",
        "q-studies",
        "q-in_region",
    }
    assert Person.objects.count() == 0  # nothing is kept before the submit
    visitor.submit()
    assert visitor.receipt == Preregistration.objects.get().receipt
    assert "预报名已提交" in visitor.text


@pytest.mark.parametrize(
    ("proof", "verdicts"),
    [
        ({"q-level": "四级"}, {"符合"}),
        ({"q-level": "无", "q-years": "5"}, {"符合"}),
        ({"q-level": "五级", "q-years": "4.5"}, {"符合", "需豁免"}),
    ],
)
def test_a_worker_is_asked_for_years_only_where_the_level_does_not_do(world, visitor, proof, verdicts):
    visitor.up_to_check(worker(1), WORK, proof)
    assert set(re.findall(r'sw-finding__word">(.*?)<', visitor.page)) == verdicts
    visitor.submit()
    assert Preregistration.objects.get().answers == {
        "place": ["工作"],
        "status": "在职",
        **{key.removeprefix("q-"): value for key, value in proof.items()},
    }


def test_what_is_malformed_is_told_on_its_own_page_beside_its_field_and_on_top(world, visitor):
    visitor.open().send()
    assert visitor.faults == ["请选择赛项。", "请选择参赛身份。", "请填写单位或学校的全称。"]
    assert (visitor.title, visitor.text.count("请选择赛项。")) == ("赛项和单位", 2)
    visitor.send(**PLACE)
    visitor.send(name="", number="500190200405120010", phone="1640000", q_place="学习")
    assert (visitor.title, visitor.faults) == (
        "您的信息",
        [
            "请填写姓名，与身份证一致。",
            "末位校验码不符，请对照原件重填。",
            "手机号应为11位数字，以13至19开头，请核对后重填。",
        ],
    )
    assert 'value="1640000"' in visitor.page  # what was typed stays
    one = student(1)
    visitor.send(name=one.name, number=one.number, phone=one.phone, q_place="学习").send()
    assert visitor.faults == ["请选择：您是全日制在校在籍学生吗？", "请选择：您的学校在重庆市吗？"]


def test_a_worker_without_a_level_must_say_his_years_and_a_number_must_be_one(world, visitor):
    visitor.up_to_check(worker(1), WORK, {"q-level": "无"})
    assert visitor.faults == ["请填写：您从事物联网安装调试员或相关职业的年限"]
    visitor.send(q_level="无", q_years="五年")
    assert visitor.faults == ["您从事物联网安装调试员或相关职业的年限：“五年”不合规定，允许：数字，如 5 或 4.5。"]


def test_nothing_of_a_person_stands_in_an_address_and_no_page_is_kept(world, visitor):
    visitor.up_to_check(student(1))
    assert visitor.answer.headers["Cache-Control"] == "no-store"
    assert re.findall(r'action="([^"]+)"', visitor.page) == [FORM]
    visitor.send(go="submit", agree="1")
    assert re.fullmatch(rf"{FORM}receipt/[0-9]{{8}}/[\w-]{{27}}/", visitor.answer.headers["Location"])
    assert settings.SESSION_COOKIE_NAME not in visitor.client.cookies


def test_who_is_past_retirement_sees_the_sentence_the_day_and_three_ways_on(world, visitor):
    old = worker(1, born="19640309")
    visitor.up_to_check(old, WORK, {"q-level": "四级"})
    assert visitor.title == "按通知，您不能作为选手报名"
    for words in (
        "1964年3月9日（来自身份证号码）",
        "要求年满16周岁，未到法定退休年龄",
        "核算日2025年10月23日",
        "按法定退休年龄，最晚可于2024年3月8日参赛，2025年10月23日已超过。",
        "年满16周岁以上且在法定退休年龄以内",
        "通知 五.1b",
        "这一条不能豁免。",
        "您填写的内容没有保存。",
        "填错了？回去更改",
        "担任指导教师或领队",
        "对结论有疑问",
        "023-63899503",
    ):
        assert words in visitor.text
    assert (Person.objects.count(), Claim.objects.count()) == (0, 0)
    visitor.send(go="to-2")
    assert (visitor.title, "测工乙" in visitor.page) == ("您的信息", True)


def test_a_woman_is_asked_for_her_former_retirement_age_only_where_it_matters(world, visitor):
    near = worker(1)
    near = type(near)(near.name, number(1, "19720601", "女"), near.phone, facts=near.facts)
    visitor.open().send(**WORK)
    visitor.send(name=near.name, number=near.number, phone=near.phone, q_place="工作")
    assert "您原来的法定退休年龄" in visitor.text
    visitor.send(q_level="四级", q_former_retirement="55")
    assert visitor.title == "核对并提交"
    young = Visitor().open().send(**WORK)
    young.send(name=near.name, number=number(1, "19920601", "女"), phone=near.phone, q_place="工作")
    assert "您原来的法定退休年龄" not in young.text


def test_a_second_event_is_refused_with_both_sentences_and_says_nothing_of_the_first(world, visitor):
    open_registration(event_id=world.event("ai-trainer").pk, by=world.office, at=IN_TIME)
    Visitor().up_to_check(student(1)).submit()
    visitor.up_to_check(student(1), {**PLACE, "event": "ai-trainer"})
    assert visitor.title == "核对并提交"
    visitor.send(go="submit", agree="1")
    assert visitor.title == "您在本届竞赛已有报名"
    assert re.findall(r"通知 (五\.[0-9][a-z])", visitor.text) == ["五.1f", "五.3c"]
    assert "物联网" not in visitor.text
    assert Conflict.objects.get().event == world.event("ai-trainer")


def test_the_same_submit_sent_twice_shows_the_same_receipt(world, visitor):
    visitor.up_to_check(student(1))
    form = {**visitor.hidden, "agree": "1", "go": "submit"}
    first, second = (visitor.client.post(FORM, form).headers["Location"] for _ in range(2))
    assert (first, Preregistration.objects.count()) == (second, 1)


def test_who_does_not_agree_is_asked_again_and_nothing_is_lost(world, visitor):
    visitor.up_to_check(student(1)).send(go="submit")
    assert visitor.faults == ["请勾选：以上信息属实，同意为报名和审核使用个人信息。"]
    visitor.submit()
    assert Preregistration.objects.count() == 1


def test_back_keeps_all_answers_and_change_comes_back_to_the_check(world, visitor):
    visitor.up_to_check(student(1))
    before = {name: value for name, value in visitor.hidden.items() if name not in ("ready", "request", "step")}
    visitor.send(go="back")
    assert (visitor.title, visitor.page.count("checked")) == ("在校情况", 2)
    visitor.send(go="back", **STUDIES)
    assert (visitor.title, student(1).number in visitor.page) == ("您的信息", True)
    one = student(1)
    visitor.send(name=one.name, number=one.number, phone=one.phone, q_place="学习").send(**STUDIES)
    assert before.items() <= visitor.hidden.items()
    visitor.send(go="to-1")
    visitor.send(**{**PLACE, "unit": "示例公司乙"})
    assert (visitor.title, visitor.hidden["unit"]) == ("核对并提交", "示例公司乙")


def test_another_standing_asks_what_its_division_asks_before_it_comes_back(world, visitor):
    visitor.up_to_check(student(1)).send(go="to-1")
    visitor.send(**{**PLACE, "standing": "在职"})
    assert (visitor.title, visitor.faults) == ("职业资历", [])


def test_a_unit_that_is_registered_is_called_by_its_name_and_its_places_are_told(world, visitor):
    register(
        event_id=world.event("iot").pk,
        division="student",
        unit_id=world.units[0],
        members=[student(7)],
        declared=True,
        by=world.account("unit1"),
        at=IN_TIME,
    )
    visitor.up_to_check(student(1), {**PLACE, "unit": " 示例学院 乙"})
    assert visitor.hidden["unit"] == "示例学院乙"
    assert "单位剩余名额：1" in visitor.text


def test_a_link_from_an_event_chooses_it_and_an_event_that_is_none_is_not_found(world, visitor):
    visitor.open(f"{FORM}iot/")
    assert re.search(r'value="iot" checked', visitor.page)
    assert Visitor().open(f"{FORM}nothing/").answer.status_code == 404


def test_an_event_that_is_closed_cannot_be_chosen(world, visitor, clock_at):
    clock_at(at(10, 14))
    visitor.open()
    assert (visitor.title, "已经报过？查进度" in visitor.text) == ("预报名还没有开始", True)
    clock_at(NOON)
    visitor.open().send(**{**PLACE, "event": "ai-trainer"})
    assert visitor.faults == ["这个赛项现在不能预报名，请选别的赛项。"]


def test_who_checked_in_time_and_submits_too_late_is_told_the_deadline(world, visitor, clock_at):
    clock_at(at(10, 13, 23, 59))
    visitor.up_to_check(student(1))
    clock_at(at(10, 14))
    visitor.send(go="submit", agree="1")
    assert "预报名已于2025年10月13日23:59截止。" in visitor.text
    assert Preregistration.objects.count() == 0


def test_what_was_checked_cannot_be_altered_on_its_way(world, visitor):
    visitor.up_to_check(student(1))
    forged = visitor.hidden["ready"][:-4] + "AAAA"
    visitor.send(go="submit", agree="1", ready=forged)
    assert (visitor.title, Preregistration.objects.count()) == ("核对并提交", 0)
    visitor.send(go="submit", agree="1", request="mine")
    assert (visitor.title, Preregistration.objects.count()) == ("核对并提交", 0)


def test_a_notice_with_other_rules_asks_other_questions(clock_at, visitor):
    clock_at(at(2, 10).replace(year=2026))
    world = build("qinghe-2026", event="bamboo", open_=False, amend=lambda text: text.replace("只报数量", "可选"))
    open_registration(event_id=world.event("bamboo").pk, by=world.office, at=at(2, 1).replace(year=2026))
    form = "/c/qinghe-2026/preregister/"
    visitor.open(form).send(form, event="bamboo", standing="在职", unit="清禾技师学院")
    one = worker(1)
    visitor.send(form, name=one.name, number=one.number, phone=one.phone, q_place="社保12")
    assert re.findall(r'(?:legend|label) class="form-label"[^>]*>(.*?)<', visitor.page) == [
        "2023年1月1日以来，您在本赛项获得过这些荣誉吗？",
        "您的在岗情况",
        "您在本单位工作了几个月？",
        "是否在生产一线岗位工作？",
    ]
    visitor.send(form, q_honours="无", q_post="在编", q_months="7", q_front_line="否")
    assert (visitor.title, "front_line" in visitor.text) == ("按通知，您不能作为选手报名", False)
    visitor.send(form, go="to-3").send(form, q_honours="无", q_post="在编", q_months="7", q_front_line="是")
    visitor.send(form, go="submit", agree="1").follow()
    assert Preregistration.objects.get().answers == {
        "place": ["社保"],
        "months": {"社保": 12, "单位": 7},
        "honours": [],
        "post": "在编",
        "front_line": "是",
        "status": "在职",
    }


def test_where_units_send_numbers_only_the_page_says_so_and_points_on(clock_at, visitor):
    clock_at(at(2, 10).replace(year=2026))
    world = build("qinghe-2026", event="bamboo", open_=False)
    open_registration(event_id=world.event("bamboo").pk, by=world.office, at=at(2, 1).replace(year=2026))
    visitor.open("/c/qinghe-2026/preregister/")
    assert (visitor.answer.status_code, visitor.title) == (200, "本届竞赛不设个人预报名")
    assert "看赛项与报名条件" in visitor.text


def test_csrf_holds_without_a_session(world):
    assert Client(enforce_csrf_checks=True).post(FORM, PLACE).status_code == 403
    client = Client(enforce_csrf_checks=True)
    page = client.get(FORM).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    assert client.post(FORM, {**PLACE, "csrfmiddlewaretoken": token}).status_code == 200


def test_english_is_switched_to_in_the_middle_and_no_answer_is_lost(world, visitor):
    visitor.open().send(**PLACE)
    visitor.send(go="lang-en", name="冉启航")
    assert (visitor.title, "冉启航" in visitor.page) == ("About you", True)
    one = student(1)
    visitor.send(name=one.name, number=one.number, phone=one.phone, q_place="学习").send(**STUDIES)
    assert visitor.title == "Check and submit"
    assert "以学生身份参赛的，应为重庆各类院校全日制在校在籍相关专业学生" in visitor.text


def test_every_question_has_its_english():
    lacking = set()
    for name, book in BOOKS.items():
        for event, rules in book.events.items():
            for standing in asking.standings_of(rules):
                for question in questions(name, event, standing):
                    if question.own is None:
                        lacking |= {question.ask, question.short, question.hint, *(a.words for a in question.answers)}
    lacking -= {"", "清禾市技术能手", "大赛一等奖", "特级技师", "首席技师"}
    assert sorted(lacking - set(ENGLISH)) == []


def test_the_first_page_weighs_less_than_60_kb_and_all_screens_less_than_150(world, visitor, tmp_path):
    with override_settings(STATIC_ROOT=tmp_path):
        call_command("collectstatic", verbosity=0, interactive=False)
        visitor.up_to_check(student(1))
        pages = [Visitor().open().page, visitor.page]
        screens = Visitor().open().send(**PLACE)
        pages.append(screens.page)
        visitor.submit()
        pages.append(visitor.page)
        files = {name for page in pages for name in re.findall(r'(?:href|src)="/static/([^"#]+)', page)}
        loaded = sum(len(gzip.compress((tmp_path / name).read_bytes())) for name in files)
    weights = [len(gzip.compress(page.encode())) for page in pages]
    assert weights[0] + loaded < 60 * 1024
    assert sum(weights) + loaded < 150 * 1024


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_screens_take_as_many_statements_however_many_people_there_are(world, steps):
    def taken() -> int:
        visitor = Visitor().open()
        screens = [PLACE, {"name": "甲", "number": number(1), "phone": "16400000001", "q_place": "学习"}, STUDIES]
        for one in screens[: steps - 1]:
            visitor.send(**one)
        with CaptureQueriesContext(connection) as queries:
            visitor.send(**screens[steps - 1])
        return len(queries)

    taken()
    first = taken()
    for serial in (3, 4, 5):
        Visitor().up_to_check(student(serial)).submit()
    assert (first, taken()) == ({1: 8, 2: 3, 3: 4}[steps],) * 2


def test_the_submit_takes_no_statement_besides_its_verb(world, visitor):
    Visitor().up_to_check(student(3)).submit()
    visitor.up_to_check(student(1))
    with CaptureQueriesContext(connection) as queries:
        visitor.send(go="submit", agree="1")
    said = [one["sql"] for one in queries if not one["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]
    assert len(said) == 7, said


def test_names_of_units_are_offered_by_post_and_of_nothing_else(world):
    client = Client()
    assert client.post(f"{FORM}units/", {"unit": "学院"}).json() == {"units": ["示例学院乙"]}
    assert client.post(f"{FORM}units/", {"unit": "学"}).json() == {"units": []}
    assert client.get(f"{FORM}units/?unit=学院").status_code == 405


def test_posters_lead_to_the_form_and_are_not_offered_where_nobody_pre_registers(world, clock_at):
    client = Client()
    for path in (f"{HOME}poster.pdf", f"{HOME}events/iot/poster.pdf"):
        answer = client.get(path)
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    page = client.get(f"{HOME}events/iot/").content.decode()
    assert f'href="{HOME}events/iot/poster.pdf"' in page
    assert f'href="{FORM}iot/"' in page
