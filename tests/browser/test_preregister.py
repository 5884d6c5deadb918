"""A contestant pre-registers on a phone: with and without script, at 360 px, with type twice as large, and in the dark."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from saiwu.entries.statements import Statement
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, picture
from tests.world import student, worker

pytestmark = pytest.mark.browser

SEPTEMBER = ("REGISTERING", "2025-09-22T10:24:00+08:00")
HOME = "/c/bayu-2025/"
FORM, LOOK_UP = f"{HOME}preregister/", f"{HOME}progress/"


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the page and the browser complain of; nothing, in the end."""
    found: list[str] = []
    yield found
    assert found == []


def listen(page: Page, complaints: list[str]) -> Page:
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page


def fits(page: Page, name: str, width: int = PHONE) -> None:
    """Keep a picture; nothing is wider than the screen."""
    picture(page, f"preregister-{name}-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator("h1").count() == 1


def go_on(page: Page) -> None:
    page.locator(".btn-primary").click()


def place(page: Page, status: str, unit: str, event: str = "物联网安装调试员") -> None:
    page.get_by_label(event).check()
    page.get_by_label(status).check()
    page.get_by_label("您的单位或学校").fill(unit)
    go_on(page)


def person(page: Page, one: Statement, where: str) -> None:
    page.get_by_label("姓名").fill(one.name)
    page.get_by_label("身份证号码").fill(one.number)
    page.get_by_label("手机号码").fill(one.phone)
    page.get_by_label(where, exact=True).check()
    go_on(page)


def study(page: Page) -> None:
    page.get_by_label("是，全日制在籍").check()
    page.get_by_role("group", name="您的学校在重庆市吗？").get_by_label("是").check()
    go_on(page)


def submit(page: Page) -> str:
    page.locator("#f-agree").check()
    go_on(page)
    return "".join(page.locator(".sw-receipt__number").inner_text().split())


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_contestant_pre_registers_from_the_event_and_undoes_it(server, look, complaints, script):
    one = student(701 if script else 702)
    page = listen(look(server(*SEPTEMBER) + f"{HOME}events/iot/", PHONE, script=script), complaints)
    page.get_by_role("link", name="预报名这个赛项").click()
    expect(page.get_by_label("物联网安装调试员")).to_be_checked()
    place(page, "在校学生", "示例学院乙")
    person(page, one, "学习")
    study(page)
    number = submit(page)
    assert len(number) == 8
    fits(page, f"receipt-{'script' if script else 'plain'}")
    page.get_by_role("button", name="撤销这次预报名").click()
    expect(page.get_by_text("预报名已撤回")).to_be_visible()


def test_the_same_contestant_looks_it_up_changes_and_withdraws(server, look, complaints):
    one = worker(703)
    page = listen(look(server(*SEPTEMBER) + FORM, PHONE), complaints)
    place(page, "在职职工", "示例公司丙")
    person(page, one, "工作")
    page.get_by_label("您的物联网安装调试员技能等级").select_option("无")
    page.get_by_label("您从事物联网安装调试员或相关职业的年限").fill("6")
    go_on(page)
    number = submit(page)
    page.goto(server(*SEPTEMBER) + HOME)
    page.get_by_role("link", name="已经报过？查进度").click()
    fits(page, "look-up")
    page.get_by_label("回执号").fill(f"{number[:4]} {number[4:]}")
    page.get_by_label("后四位").fill(one.phone[-4:])
    go_on(page)
    fits(page, "looked-up")
    page.get_by_role("button", name="更改预报名").click()
    page.get_by_role("button", name=re.compile("更改.*单位")).click()
    page.get_by_label("您的单位或学校").fill("示例公司丁")
    go_on(page)
    assert submit(page) == number
    expect(page.get_by_text("示例公司丁").first).to_be_visible()
    page.get_by_role("link", name="更改或撤回…").click()
    page.get_by_label("后四位").fill(one.number[-4:])
    go_on(page)
    page.get_by_role("button", name="撤回预报名…").click()
    fits(page, "withdraw")
    page.get_by_role("button", name="撤回预报名").click()
    expect(page.get_by_text("预报名已撤回")).to_be_visible()


def test_the_question_for_years_goes_where_the_level_does_and_comes_back(server, look):
    page = look(server(*SEPTEMBER) + FORM, PHONE)
    place(page, "在职职工", "示例公司丙")
    person(page, worker(704), "工作")
    years = page.get_by_label("您从事物联网安装调试员或相关职业的年限")
    level = page.get_by_label("您的物联网安装调试员技能等级")
    level.select_option("四级")
    expect(years).to_be_hidden()
    level.select_option("五级")
    expect(years).to_be_visible()


def test_what_is_wrong_is_told_on_top_where_the_focus_goes_and_links_to_its_field(server, look):
    page = look(server(*SEPTEMBER) + FORM, PHONE)
    place(page, "在校学生", "示例学院乙")
    go_on(page)
    assert page.evaluate("document.activeElement.id") == "errors"
    fits(page, "faults")
    page.get_by_role("link", name="请填写身份证号码。").click()
    assert page.evaluate("document.activeElement.name") == "number"
    assert violations(page) == []


def test_enter_in_a_field_goes_on_and_never_back(server, look):
    page = look(server(*SEPTEMBER) + FORM, PHONE)
    place(page, "在校学生", "示例学院乙")
    page.get_by_label("姓名").press("Enter")
    expect(page.get_by_role("heading", name="您的信息")).to_be_visible()
    expect(page.get_by_text("请填写姓名，与身份证一致。").first).to_be_visible()


@pytest.mark.parametrize(
    ("name", "width", "large", "dark", "language"),
    [
        ("phone", PHONE, False, False, "zh"),
        ("dark", PHONE, False, True, "zh"),
        ("large", PHONE, True, False, "zh"),
        ("english", PHONE, False, False, "en"),
        ("desk", DESK, False, False, "zh"),
    ],
)
def test_every_screen_fits_and_hinders_nobody(server, look, complaints, name, width, large, dark, language):
    page = listen(look("about:blank", width), complaints)
    for key, value in (("theme", "dark" if dark else "light"), ("lang", language)):
        page.context.add_cookies([{"name": key, "value": value, "url": server(*SEPTEMBER)}])

    def seen(step: str) -> None:
        if large:
            page.evaluate("document.documentElement.style.fontSize = '200%'")
        fits(page, f"{name}-{step}", width)
        assert violations(page) == []

    one = worker(710 + ["phone", "dark", "large", "english", "desk"].index(name))
    page.goto(server(*SEPTEMBER) + FORM)
    seen("1")
    page.locator("input[value=iot]").check()
    page.locator("input[value=在职]").check()
    page.locator("#f-unit").fill("示例公司丙")
    go_on(page)
    seen("2")
    page.locator("#f-name").fill(one.name)
    page.locator("#f-number").fill(one.number)
    page.locator("#f-phone").fill(one.phone)
    page.locator("input[value=工作]").check()
    go_on(page)
    seen("3")
    page.locator("select").select_option("五级")
    page.locator("input[name=q-years]").fill("2")
    go_on(page)
    seen("4")
    page.locator("#f-agree").check()
    go_on(page)
    seen("5")
    expect(page.locator(".sw-receipt__number")).to_be_visible()


def test_who_may_not_enter_is_told_why_and_what_he_can_do(server, look):
    page = look(server(*SEPTEMBER) + FORM, PHONE)
    place(page, "在职职工", "示例公司丙")
    person(page, worker(720, born="19640309"), "工作")
    page.get_by_label("您的物联网安装调试员技能等级").select_option("四级")
    go_on(page)
    fits(page, "refused")
    expect(page.get_by_role("heading", name="按通知，您不能作为选手报名")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="填错了？回去更改").click()
    assert page.get_by_label("身份证号码").input_value() != ""


def test_a_receipt_prints_with_its_number_and_code_and_without_buttons(server, look):
    page = look(server(*SEPTEMBER) + FORM, PHONE)
    place(page, "在校学生", "示例学院乙")
    person(page, student(730), "学习")
    study(page)
    submit(page)
    page.emulate_media(media="print")
    picture(page, "preregister-receipt-print")
    expect(page.locator(".sw-receipt__qr svg")).to_be_visible()
    expect(page.get_by_role("button", name="撤销这次预报名")).to_be_hidden()
