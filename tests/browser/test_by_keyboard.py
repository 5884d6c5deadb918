"""Every journey by keys alone, in a real browser: Tab, Enter, Space, arrows and typing; at each stop one sees where one is."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESK
from tests.browser.demonstration import Demo
from tests.browser.keyboard import Keyboard
from tests.world import student

pytestmark = pytest.mark.browser

HOME = "/c/bayu-2025/"


@pytest.fixture
def keys(look) -> Keyboard:
    """A keyboard before a window of a desk's width."""
    return Keyboard(look("about:blank", DESK))


def sign_in(keys: Keyboard, demo: Demo, part: str) -> None:
    """Login and password, typed."""
    one = demo.parts[part]
    keys.type(keys.page.locator("[name=login]"), one["login"])
    keys.type(keys.page.locator("[name=password]"), one["password"])
    with keys.page.expect_navigation():
        keys.page.keyboard.press("Enter")


def link(page: Page, name: str) -> Locator:
    """A link of the page's own part."""
    return page.locator("main").get_by_role("link", name=name)


def test_a_second_factor_is_set_up_and_asked_for(own_demo, keys):
    page = keys.page
    page.goto(f"{own_demo.address}/sign-in/")
    sign_in(keys, own_demo, "arbiter")
    account = page.locator("header").get_by_role("link", name="账号与安全")
    keys.press(account)
    keys.press(page.locator("a[href$='/second-factor/']"))
    maker = pyotp.TOTP("".join(page.locator(".sw-qr + span .sw-break").inner_text().split()))
    keys.type(page.locator("[name=code]"), maker.at(datetime.now(UTC)))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("两步验证已启用")
    keys.press(link(page, "收好了，去工作台"))
    keys.press(account)
    keys.press(page.get_by_role("button", name="退出登录"))

    sign_in(keys, own_demo, "arbiter")
    expect(page.get_by_role("heading", level=1)).to_have_text("再填一个验证码")
    keys.type(page.locator("[name=code]"), "000000")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#errors")).to_be_focused()
    keys.type(page.locator("[name=code]"), maker.at(datetime.now(UTC) + timedelta(seconds=30)))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("再填一个验证码")
    expect(account).to_be_visible()


def test_a_contestant_pre_registers_looks_his_entry_up_and_withdraws(own_demo, keys):
    one, page = student(811), keys.page
    go = page.locator(".btn-primary")
    page.goto(f"{own_demo.address}{HOME}preregister/")
    keys.choose(page.locator("[name=event]:not([disabled])").first)
    keys.choose(page.get_by_label("在校学生"))
    keys.type(page.get_by_label("您的单位或学校"), "示例学院乙")
    keys.press(go)
    keys.type(page.get_by_label("姓名"), one.name)
    keys.type(page.get_by_label("身份证号码"), one.number)
    keys.type(page.get_by_label("手机号码"), one.phone)
    keys.choose(page.get_by_label("学习", exact=True))
    keys.press(go)
    keys.choose(page.get_by_label("是，全日制在籍"))
    keys.choose(page.get_by_role("group", name="您的学校在重庆市吗？").get_by_label("是"))
    keys.press(go)
    keys.tick(page.locator("#f-agree"))
    keys.press(go)
    number = "".join(page.locator(".sw-receipt__number").inner_text().split())

    page.goto(f"{own_demo.address}{HOME}")
    keys.press(page.get_by_role("link", name="已经报过？查进度"))
    keys.type(page.get_by_label("回执号"), number)
    keys.type(page.get_by_label("后四位"), one.phone[-4:])
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".sw-receipt__number")).to_have_text(f"{number[:4]} {number[4:]}")
    keys.press(page.get_by_role("button", name="撤回预报名…"))
    keys.press(page.get_by_role("button", name="撤回预报名", exact=True))
    expect(page.locator("main")).to_contain_text("预报名已撤回")


def test_a_unit_enters_somebody_and_hands_in(own_demo, keys):
    page = own_demo.visit(keys.page, "unit", "")
    keys.press(page.get_by_role("link", name="核对并报名").first)
    for group in page.locator("fieldset:has(> .sw-choices input[type=radio])").all():
        if not group.locator("input:checked").count():
            keys.choose(group.locator("input").first)
    for name, said in (("years", "10"), ("months", "24"), ("major", "物联网应用技术")):
        field = page.locator(f"[name=m0-{name}]")
        if field.count() and not field.input_value():
            keys.type(field, said)
    level = page.locator("select[name=m0-level]")
    if level.count() and not level.input_value():
        keys.select(level)
    keys.press(page.get_by_role("button", name="继续，核对信息"))
    keys.tick(page.locator("[name=declared]"))
    keys.press(page.get_by_role("button", name="提交报名", exact=True))
    expect(page.get_by_role("heading", level=1)).to_contain_text("待审核")


def test_a_registrar_checks_in_whom_he_finds_by_name(own_demo, keys):
    page = own_demo.visit(keys.page, "registrar", "/host/{place}/checkin/")
    search = page.get_by_role("searchbox")
    expect(search).to_be_focused()
    name = page.locator(".sw-arrival__one b").first.inner_text()
    page.keyboard.type(name)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    keys.press(page.get_by_role("button", name=f"检录 {name}"))
    expect(page.get_by_role("status")).to_contain_text(f"已检录：{name}")
    expect(search).to_be_focused()


def test_a_judge_marks_every_code_and_hands_in(own_demo, keys):
    page = own_demo.visit(keys.page, "judge", "/judge/{place}/")
    keys.press(page.locator(".sw-titlerow .btn-primary"))
    expect(page.locator("html[data-sheets]")).to_be_attached()
    onward = page.locator(".sw-turn [rel=next]")
    keys.to(page.locator(".is-open [name=value]"))
    while True:
        code = page.locator(".sw-judge__sheet").get_attribute("data-code")
        expect(page.locator(".is-open [name=value]")).to_be_focused()
        page.keyboard.type("70")
        page.keyboard.press("Enter")
        if not onward.count():
            break
        expect(onward).to_be_focused()
        keys.to(onward)
        page.keyboard.press("Enter")
        expect(page.locator(".sw-judge__sheet")).not_to_have_attribute("data-code", code)
    expect(page.locator("#sync")).to_contain_text("已保存")
    keys.press(page.locator(".sw-turn").get_by_role("link", name="全部编号"))
    keys.press(link(page, "提交评分…"))
    keys.press(page.get_by_role("button", name=re.compile("提交我的")))
    expect(page.get_by_role("heading", level=1)).to_have_text("您的评分已提交")


def test_the_organiser_grants_a_waiver(own_demo, keys):
    page = own_demo.visit(keys.page, "organiser", "/committee/bayu-2025/")
    keys.press(page.locator(".sw-todos a[href*='/waivers/']").first)
    keys.press(page.get_by_role("button", name="同意豁免", exact=True))
    expect(page.locator("#errors")).to_be_focused()
    keys.to(page.locator("#errors a"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("理由")).to_be_focused()
    page.keyboard.type("市赛选拔成绩优异")
    keys.press(page.get_by_role("button", name="同意豁免", exact=True))
    expect(page.get_by_role("status")).to_contain_text("已同意豁免")


def test_the_office_opens_an_account_and_copies_its_link(own_demo, keys):
    page = own_demo.visit(keys.page, "office", "/office/")
    keys.press(page.get_by_role("navigation", name="本页导航").get_by_role("link", name="账号"))
    keys.press(link(page, "开账号"))
    keys.type(page.get_by_label("登录名"), "luyin")
    keys.type(page.get_by_label("姓名"), "陆音")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("把链接交给陆音")
    keys.to(page.get_by_role("button", name="复制链接"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("已复制")


STOPS = {
    "home": (None, HOME, ""),
    "event": (None, f"{HOME}events/iot/", ""),
    "preregister": (None, f"{HOME}preregister/", ""),
    "progress": (None, f"{HOME}progress/", ""),
    "sign-in": (None, "/sign-in/", ""),
    "unit": ("unit", "", ""),
    "enter": ("unit", "", "a[href*='?from=']"),
    "host": ("host", "/host/{place}/", ""),
    "review": ("host", "/host/{place}/review/", ""),
    "check-in": ("registrar", "/host/{place}/checkin/", ""),
    "judge": ("judge", "/judge/{place}/", ""),
    "code": ("judge", "/judge/{place}/", ".sw-titlerow .btn-primary"),
    "committee": ("office", "/committee/bayu-2025/", ""),
    "waiver": ("organiser", "/committee/bayu-2025/", "a[href*='/waivers/']"),
    "account": ("office", "/office/accounts/add/", ""),
}
"""Who opens it, its address, and the link that leads on from there."""


@pytest.mark.parametrize("name", STOPS)
def test_tab_goes_past_everything_on_a_page_and_is_held_nowhere(demo, keys, name):
    demo.visit(keys.page, *STOPS[name])
    assert keys.round() == []
