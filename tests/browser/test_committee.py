"""The committee's desk in a real browser: a waiver, a decision, a move that the public sees, a conflict, an appointment."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, PHONE, picture
from tests.browser.installation import ROOT, environment_of, serving

pytestmark = pytest.mark.browser

HOME = "/committee/bayu-2025/"
NOW = "2025-10-12T10:00:00+08:00"
LETTER = "渝经信函〔2025〕101号"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a competition in which things wait, and a session for each of the door's people."""
    folder = tmp_path_factory.mktemp("committee")
    _program(folder, NOW)
    sessions = json.loads(_program(folder).splitlines()[-1])
    with serving(folder) as address:
        yield address, sessions


def _program(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "tests.browser.committee_event", str(folder), *arguments]
    done = subprocess.run(command, env=environment_of(folder), cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture
def sit(chromium: Browser, installation) -> Iterator[Callable[..., Page]]:
    """Somebody at a page of the door; what the browser complains of fails the test."""
    address, sessions = installation
    with ExitStack() as stack:

        def sat(login: str, path: str = "", width: int = DESK, *, script: bool = True) -> Page:
            context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
            stack.callback(context.close)
            context.add_cookies([{"name": "saiwu", "value": sessions[login], "url": address}])
            page = context.new_page()
            page.on("pageerror", lambda error: pytest.fail(str(error)))
            page.goto(f"{address}{HOME}{path}")
            return page

        yield sat


def test_the_office_works_off_what_waits_and_the_public_sees_it(sit, installation):
    page = sit("office")
    expect(page.get_by_role("heading", level=1)).to_have_text("6 件事等您决定")
    picture(page, "committee-home-before")

    # A waiver: without the letter nothing is written, and what was typed stays.
    page.locator(".sw-todo.is-first").get_by_role("link", name="看材料").click()
    page.get_by_label("理由").fill("市赛选拔成绩优异")
    page.get_by_role("button", name="同意豁免", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("请填写其来文文号")
    expect(page.locator("#errors")).to_be_focused()
    expect(page.get_by_label("理由")).to_have_value("市赛选拔成绩优异")
    page.get_by_label("来文文号").fill(LETTER)
    page.get_by_role("button", name="同意豁免", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("已同意豁免")

    # A decision: registration goes on.
    page.get_by_role("navigation", name="本页导航").get_by_role("link", name="裁定事项").click()
    page.get_by_role("row", name=re.compile("职工组报名截止时 16")).get_by_role("link").first.click()
    page.get_by_text("延长", exact=True).click()
    page.get_by_label("到哪一天").fill("2025-10-15")
    page.get_by_label("理由").fill("再动员三天")
    page.get_by_label("来文文号").fill(LETTER)
    page.get_by_role("button", name="作出裁定").click()
    expect(page.get_by_role("status")).to_contain_text("裁定已登记，随即生效。")

    # A final is moved, and the public page says so at once.
    page.get_by_role("navigation", name="本页导航").get_by_role("link", name="变更").click()
    page.get_by_role("link", name="AI图像处理").click()
    page.get_by_label("来文文号").fill(LETTER)
    page.get_by_role("button", name="同意变更", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("公开页面随即更新")
    picture(page, "committee-change-approved")
    page.get_by_role("link", name="赛项页面").click()
    expect(page.get_by_label("变更公告")).to_contain_text("10月30日")
    expect(page.get_by_label("变更公告")).to_contain_text("→ 10月31日（周五）")

    # A conflict is settled.
    page.goto(f"{installation[0]}{HOME}conflicts/")
    page.get_by_role("link", name="冉启航").click()
    page.get_by_text("本人保留原来的报名").click()
    page.get_by_role("button", name="登记处理结果").click()
    expect(page.get_by_role("row", name=re.compile("冉启航"))).to_contain_text("已处理")

    page.goto(f"{installation[0]}{HOME}")
    expect(page.get_by_role("heading", level=1)).to_have_text("3 件事等您决定")
    picture(page, "committee-home-after")


def test_a_judge_with_an_interest_is_caught_at_the_desk(sit):
    page = sit("office", "appointments/new/")
    page.get_by_label("姓名或登录名").fill("单位经办1")
    page.get_by_role("button", name="查找账号").click()
    page.get_by_role("link", name="单位经办1", exact=True).click()
    page.get_by_label("职责").select_option(label="裁判员")
    page.get_by_label("范围").select_option(label="物联网安装调试员")
    page.get_by_role("button", name="聘任", exact=True).click()
    expect(page.locator("main")).to_contain_text("该单位有 3 队（人）报名")
    picture(page, "committee-interest")
    page.get_by_label("已了解上述情况，仍然聘任").check()
    page.get_by_role("button", name="聘任", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("已聘任单位经办1为裁判员。")
    expect(page.locator("main")).to_contain_text("裁判与选手有利益关系")


def test_the_organiser_decides_on_a_phone_without_script_and_needs_no_letter(sit):
    page = sit("organiser", "changes/", PHONE, script=False)
    page.get_by_role("link", name="数字孪生应用技术员").click()
    expect(page.get_by_label("来文文号")).to_have_count(0)
    page.get_by_label("批注").fill("注意安全")
    page.get_by_role("button", name="同意变更", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("已同意变更")


@pytest.mark.parametrize("path", ["", "brief/", "decisions/", "waivers/", "changes/", "conflicts/", "appointments/"])
def test_no_page_scrolls_sideways_on_a_phone(sit, path):
    page = sit("office", path, PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE
    if path in ("", "appointments/"):
        picture(page, f"committee-{path.strip('/') or 'home'}-phone")
