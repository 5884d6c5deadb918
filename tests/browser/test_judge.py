"""Judges in a real browser: a tablet with and without a network, the chief judge, every page at every width."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, picture
from tests.browser.demonstration import Demo

pytestmark = pytest.mark.browser

TABLET = 820


@contextmanager
def unplugged(page: Page) -> Iterator[None]:
    """The page's context without a network."""
    page.context.set_offline(True)
    try:
        yield
    finally:
        page.context.set_offline(False)


def home(demo: Demo, part: str) -> str:
    return f"/judge/{demo.place(part)}/"


def marks(demo: Demo, part: str) -> dict[str, list[int]]:
    """Code -> the current marks of that part in the judge's event, as the server has them."""
    competition, event = demo.place("judge").split("/")
    with closing(sqlite3.connect(demo.folder / "saiwu.sqlite3")) as database:
        rows = database.execute(
            "SELECT code, value FROM saiwu_mark WHERE part = ? AND event_id = (SELECT event.id FROM saiwu_event event"
            " JOIN saiwu_competition competition ON competition.id = event.competition_id"
            " WHERE competition.slug = ? AND event.slug = ?) AND id NOT IN"
            " (SELECT replaces_id FROM saiwu_mark WHERE replaces_id IS NOT NULL) ORDER BY id",
            [part, competition, event],
        ).fetchall()
    found: dict[str, list[int]] = {}
    for code, value in rows:
        found.setdefault(code, []).append(value)
    return found


def ready(page: Page) -> None:
    """All sheets are in the page: it can go on without a network."""
    expect(page.locator("html[data-sheets]")).to_be_attached()


def key_in(page: Page, value: str) -> None:
    """Type a mark on the pad of the part that is open, and confirm."""
    opened = page.locator(".sw-aspect.is-open")
    for sign in value:
        opened.locator("[data-pad] button", has_text=sign).first.click()
    opened.locator("button.btn-primary").click()


def code_of(page: Page) -> str:
    return page.locator(".sw-judge__sheet").get_attribute("data-code")


def test_a_judge_cut_off_goes_on_and_the_server_has_exactly_his_marks(fresh_demo, look):
    page = fresh_demo.sign_in(look("about:blank", TABLET), "judge", home(fresh_demo, "judge"))
    before = marks(fresh_demo, "theory")
    page.locator(".sw-titlerow .btn-primary").click()
    ready(page)
    sync = page.locator("#sync")
    given: dict[str, int] = {}
    given[code_of(page)] = 71_000
    key_in(page, "71")
    expect(sync).to_contain_text("已保存")
    page.locator(".sw-turn [rel=next]").click()
    with unplugged(page):
        expect(sync).to_contain_text("请不要关闭或刷新本页。")
        for value in ("82.5", "64"):
            given[code_of(page)] = round(float(value) * 1000)
            key_in(page, value)
            page.keyboard.press("PageDown")
        expect(sync).to_contain_text("没有网络，可以继续评分")
        expect(sync).to_contain_text("2 项评分还在本页")
        assert "is-evidence" in sync.get_attribute("class")
        picture(page, "judge-offline-820")
        page.keyboard.press("PageUp")
        expect(page.locator(".sw-aspect").first).to_contain_text("64")
        assert len(marks(fresh_demo, "theory")) == len(before) + 1
    expect(sync).to_contain_text("已保存", timeout=15_000)
    after = marks(fresh_demo, "theory")
    assert {code: value for code, value in after.items() if code not in before} == {
        code: [value] for code, value in given.items()
    }
    page.reload()
    expect(page.locator(".sw-aspect").first.locator("[data-shown]")).to_have_text("64")


def test_an_answer_that_was_lost_makes_no_second_mark(fresh_demo, look):
    page = fresh_demo.sign_in(look("about:blank", TABLET), "judge", home(fresh_demo, "judge"))
    page.locator(".sw-titlerow .btn-primary").click()
    ready(page)
    code = code_of(page)
    lost: list[int] = []

    def lose(route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)  # the server has it; the answer never comes
            route.abort()
        else:
            route.continue_()

    page.route("**/codes/**", lose)
    key_in(page, "71")
    expect(page.locator("#sync")).to_contain_text("已保存", timeout=15_000)
    assert lost == [200]
    assert marks(fresh_demo, "theory")[code] == [71_000]


def test_a_judge_whose_session_has_ended_signs_in_elsewhere_and_nothing_is_lost(fresh_demo, look):
    page = fresh_demo.sign_in(look("about:blank", TABLET), "judge", home(fresh_demo, "judge"))
    page.locator(".sw-titlerow .btn-primary").click()
    ready(page)
    page.context.clear_cookies()
    key_in(page, "71")
    expect(page.locator("#sync")).to_contain_text("登录已过期，评分还在本页")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="在新窗口登录").click()
    one = fresh_demo.parts["judge"]
    opened.value.locator("[name=login]").fill(one["login"])
    opened.value.locator("[name=password]").fill(one["password"])
    opened.value.locator("[name=password]").press("Enter")
    expect(page.locator("#sync")).to_contain_text("已保存", timeout=15_000)
    assert marks(fresh_demo, "theory")[code_of(page)] == [71_000]


def test_bounds_are_told_at_once_and_what_the_server_refuses_comes_back_with_its_value(fresh_demo, look):
    page = fresh_demo.sign_in(look("about:blank", TABLET), "judge", home(fresh_demo, "judge"))
    page.locator(".sw-titlerow .btn-primary").click()
    ready(page)
    opened = page.locator(".sw-aspect.is-open")
    for sign in "101":
        opened.locator("[data-pad] button", has_text=sign).first.click()
    expect(opened).to_contain_text("超过满分，请核对。")
    picture(page, "judge-bounds-820")
    opened.locator("input[name=value]").fill("88")
    opened.locator("button.btn-primary").click()
    expect(page.locator("#sync")).to_contain_text("已保存")
    page.locator("[data-change]").first.click()
    opened.locator("input[name=value]").fill("89")
    opened.locator("button.btn-primary").click()
    expect(opened).to_contain_text("请写明更正的理由。")
    opened.locator("input[name=reason]").fill("看错一位")
    opened.locator("button.btn-primary").click()
    expect(page.locator("#sync")).to_contain_text("已保存")
    code = code_of(page)
    expect(page.locator("#sync")).to_contain_text("已保存")
    assert marks(fresh_demo, "theory")[code] == [89_000]


def test_without_script_a_tablet_marks_by_plain_forms(fresh_demo, look):
    page = fresh_demo.sign_in(look("about:blank", TABLET, script=False), "judge", home(fresh_demo, "judge"))
    page.locator(".sw-titlerow .btn-primary").click()
    code = code_of(page)
    page.locator(".is-open input[name=value]").fill("77.5")
    page.locator(".is-open button.btn-primary").click()
    expect(page.locator("main")).to_contain_text(f"已保存：{code} 的理论知识 77.5")
    picture(page, "judge-plain-820")
    assert marks(fresh_demo, "theory")[code] == [77_500]


def test_judges_mark_and_hand_in_and_the_chief_judge_corrects_penalises_and_locks(fresh_demo, look):
    page = fresh_demo.sign_in(look("about:blank", TABLET), "judge", home(fresh_demo, "judge"))
    page.locator(".sw-titlerow .btn-primary").click()
    ready(page)
    while True:
        key_in(page, "70")
        onward = page.locator(".sw-turn [rel=next]")
        if not onward.count():
            break
        page.keyboard.press("PageDown")
    expect(page.locator("#sync")).to_contain_text("已保存")
    page.locator(".sw-turn a", has_text="全部编号").click()
    page.get_by_role("link", name="提交评分…").click()
    picture(page, "judge-hand-in-820")
    page.get_by_role("button").click()
    expect(page.locator("h1")).to_have_text("您的评分已提交")

    chief = fresh_demo.sign_in(look("about:blank", DESK), "chief_judge", home(fresh_demo, "chief_judge"))
    expect(chief.locator("h1")).to_have_text("都评完了，可以锁定")
    chief.get_by_role("link", name="评分总览").click()
    chief.locator("tbody a.sw-id").first.click()
    code = chief.locator("h1").inner_text().split()[-1]
    chief.get_by_role("link", name="更正… 理论知识").click()
    chief.get_by_label("更正为").fill("72.5")
    chief.get_by_label("更正的理由").fill("按评分标准复核")
    chief.get_by_role("button", name="更正这一项").click()
    expect(chief.locator("main")).to_contain_text("按评分标准复核")
    picture(chief, "chief-code-1280")
    chief.get_by_role("link", name="作出处罚…").click()
    chief.get_by_label("违规操作设备").check()
    chief.get_by_label("事实").fill("未断电接线")
    chief.get_by_role("button", name="核对").click()
    picture(chief, "chief-penalty-1280")
    chief.get_by_role("button", name="作出这项处罚").click()
    expect(chief.locator("tbody")).to_contain_text("未断电接线")
    chief.get_by_role("link", name="首页").click()
    chief.get_by_role("link", name="锁定评分…").click()
    picture(chief, "chief-lock-1280")
    chief.get_by_role("button").click()
    expect(chief.locator("main")).to_contain_text("评分已锁定")
    assert marks(fresh_demo, "theory")[code] == [72_500]
    page.goto(fresh_demo.address + home(fresh_demo, "judge"))
    expect(page.locator("h1")).to_have_text("评分已锁定，谢谢您")
    picture(page, "judge-locked-820")


PAGES = [
    ("judge", "home", ""),
    ("judge", "code", "codes/{code}/"),
    ("judge", "hand-in", "hand-in/"),
    ("chief_judge", "home", ""),
    ("chief_judge", "overview", "overview/"),
    ("chief_judge", "code", "overview/{code}/"),
    ("chief_judge", "penalties", "penalties/"),
    ("chief_judge", "penalise", "penalties/new/"),
    ("chief_judge", "lock", "lock/"),
    ("chief_judge", "decisions", "decisions/"),
]


@pytest.mark.parametrize(("width", "theme"), [(PHONE, "light"), (TABLET, "dark"), (TABLET, "light"), (DESK, "light")])
def test_every_page_fits_its_width_and_can_be_used_by_everybody(demo, look, width, theme):
    told = {}
    for part in ("judge", "chief_judge"):
        page = demo.sign_in(look("about:blank", width), part, f"{home(demo, part)}?theme={theme}")
        complaints: list[str] = []
        page.on("console", lambda message, to=complaints: to.append(message.text) if message.type == "error" else None)
        code = sorted(marks(demo, "practical"))[0]
        for whose, name, path in PAGES:
            if whose != part:
                continue
            page.goto(demo.address + home(demo, part) + path.format(code=code))
            picture(page, f"{part}-{name}-{width}{'-dark' if theme == 'dark' else ''}")
            found = violations(page)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append("wider than the screen")
            if page.locator("h1").count() != 1:
                found.append("not one h1")
            told[part, name] = [*found, *complaints]
    assert {key: found for key, found in told.items() if found} == {}


def test_what_a_judge_touches_on_a_tablet_is_large_enough(demo, look):
    page = demo.sign_in(look("about:blank", TABLET), "judge", home(demo, "judge"))
    page.locator(".sw-titlerow .btn-primary").click()
    ready(page)
    small = page.evaluate(
        """() => [...document.querySelectorAll('.sw-judge button, .sw-judge a.btn, .sw-turn a, .sw-judge input')]
           .filter(one => one.offsetParent && one.getBoundingClientRect().height < 56)
           .map(one => one.outerHTML.slice(0, 80))"""
    )
    assert small == []
    assert page.evaluate("getComputedStyle(document.querySelector('.sw-code')).fontSize") == "48px"
