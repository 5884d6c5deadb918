"""The office over the installation in a real browser: a unit, whoever acts for it, his link, and a notice."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, picture

pytestmark = pytest.mark.browser

PASSWORD = "江边石阶上的一棵黄桷树"
SMALL = "青石县叉车技能比武"


def test_the_office_sets_up_a_unit_and_its_clerk_sets_his_password_by_the_link(fresh_demo, look):
    page = fresh_demo.sign_in(look("about:blank", DESK), "office", "/office/")
    page.get_by_role("navigation", name="本页导航").get_by_role("link", name="参赛单位").click()
    page.get_by_role("link", name="建单位").click()
    page.get_by_role("button", name="建单位").click()
    expect(page.locator("#errors")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("请填写单位全称。")
    page.get_by_label("单位全称").fill("江岸示例学院")
    page.get_by_text("院校", exact=True).click()
    page.get_by_role("button", name="建单位").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("江岸示例学院")
    expect(page.locator("main")).to_contain_text("没有经办人的单位不能报名")

    page.get_by_label("登录名").first.fill("luyin")
    page.get_by_label("姓名").fill("陆音")
    page.get_by_role("button", name="开账号，出链接").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("把链接交给陆音")
    link = page.get_by_label("设密码的链接").input_value()
    page.get_by_role("button", name="复制链接").click()
    expect(page.get_by_role("status")).to_have_text("已复制")
    assert violations(page) == []
    picture(page, "office-link")

    clerk = look(link, PHONE)
    clerk.get_by_label("新密码").fill(PASSWORD)
    clerk.get_by_label("再填一次").fill(PASSWORD)
    clerk.get_by_role("button", name="设置密码并登录").click()
    expect(clerk.locator("body")).to_contain_text("江岸示例学院")
    again = look(link, PHONE)
    expect(again.get_by_role("heading", level=1)).to_have_text("这个链接已失效")

    page.get_by_role("link", name="已交给本人，返回").click()
    expect(page.get_by_role("row", name=re.compile("陆音"))).to_contain_text("在用")
    page.get_by_role("link", name="解除经办人：陆音").click()
    expect(page.locator("main")).to_contain_text("这是单位唯一的经办人")
    page.get_by_role("button", name="解除经办人").click()
    expect(page.get_by_role("status")).to_contain_text("陆音不再是“江岸示例学院”的经办人。")


def test_the_office_publishes_a_notice_on_a_phone_without_script(fresh_demo, look):
    page = fresh_demo.sign_in(look("about:blank", PHONE, script=False), "office", "/office/notices/")
    page.get_by_role("link", name="发布通知").click()
    page.get_by_label(SMALL).check()
    page.get_by_label("竞赛标识").last.fill("forklift-2027")
    page.get_by_role("button", name="检查附带的通知").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("没有错误，可以发布")
    picture(page, "office-checked-phone")
    page.get_by_role("button", name="发布通知").click()
    expect(page.get_by_role("status")).to_contain_text("通知已发布")
    expect(page.locator("main")).to_contain_text("forklift-2027")
    page.goto(f"{fresh_demo.address}/c/forklift-2027/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("叉车技能比武")


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize(
    "path", ["", "units/", "units/1/", "accounts/", "accounts/add/", "notices/", "notices/publish/"]
)
def test_every_page_fits_and_can_be_read_by_everybody(demo, look, path, width):
    page = demo.sign_in(look("about:blank", width), "office", f"/office/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert violations(page) == []
