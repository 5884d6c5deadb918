"""The public site in a real browser: it fits every width, needs no script, breaks no policy, and can be walked by keys."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, picture

pytestmark = pytest.mark.browser

SEPTEMBER = ("REGISTERING", "2025-09-26T11:00:00+08:00")
OCTOBER = ("PUBLIC_NOTICE", "2025-10-25T11:00:00+08:00")
NOVEMBER = ("BULLETIN", "2025-11-20T09:41:00+08:00")
HOME = "/c/bayu-2025/"
PAGES = [
    ("home", SEPTEMBER, HOME),
    ("events", SEPTEMBER, f"{HOME}events/"),
    ("event", SEPTEMBER, f"{HOME}events/iot/"),
    ("event-moved", SEPTEMBER, f"{HOME}events/ai-image/"),
    ("notice", SEPTEMBER, f"{HOME}notice/"),
    ("calendar", SEPTEMBER, f"{HOME}calendar/"),
    ("results-empty", SEPTEMBER, f"{HOME}results/"),
    ("results-none", SEPTEMBER, f"{HOME}results/iot/"),
    ("certificates", SEPTEMBER, "/certificates/"),
    ("bulletin-none", SEPTEMBER, f"{HOME}bulletin/"),
    ("not-found", SEPTEMBER, f"{HOME}nothing/"),
    ("home-october", OCTOBER, HOME),
    ("event-october", OCTOBER, f"{HOME}events/iot/"),
    ("finalists", OCTOBER, f"{HOME}events/iot/finalists/"),
    ("draw", OCTOBER, f"{HOME}events/iot/draws/1/"),
    ("results-index", OCTOBER, f"{HOME}results/"),
    ("results", OCTOBER, f"{HOME}results/iot/student/"),
    ("bulletin", NOVEMBER, f"{HOME}bulletin/"),
    ("home-november", NOVEMBER, HOME),
    ("certificate", NOVEMBER, "/certificates/?number=2025-iot-student-005"),
    ("certificate-unknown", NOVEMBER, "/certificates/?number=2025-iot-student-999"),
]


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize(("name", "when", "path"), PAGES, ids=[name for name, _, _ in PAGES])
def test_every_page_fits_its_width_and_breaks_no_policy(server, look, name, when, path, width):
    page = look("about:blank", width)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    answer = page.goto(server(*when) + path)
    picture(page, f"{name}-{width}")
    assert answer.status == (404 if name == "not-found" else 200)
    assert [said for said in complaints if "404" not in said] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator("h1").count() == 1
    expect(page.get_by_text("演示数据：人员、变更与成绩均为虚构")).to_be_visible()


def test_a_rank_opens_to_the_comparison_that_decided_it_without_any_script(server, look):
    page = look(server(*OCTOBER) + f"{HOME}results/iot/student/", PHONE, script=False)
    rank = page.locator("details.sw-rank").nth(4)
    expect(rank.locator(".sw-rank__why")).to_be_hidden()
    rank.locator("summary").click()
    picture(page, "results-open-360")
    assert rank.locator(".sw-rank__why b").first.inner_text() == "与第 6 名总分相同，按“技能操作”排在前。"
    wide = look(server(*OCTOBER) + f"{HOME}results/iot/student/", DESK, script=False)
    wide.locator("details.sw-rank summary").nth(4).click()
    picture(wide, "results-open-1280")


def test_the_dark_theme_is_chosen_by_a_link_and_stays(server, look):
    page = look(server(*OCTOBER) + f"{HOME}results/iot/student/")
    page.get_by_role("link", name="深色").click()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    picture(page, "results-1280-dark")
    page.goto(server(*OCTOBER) + HOME)
    picture(page, "home-1280-dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(14, 22, 21)"
    page.get_by_role("link", name="浅色").click()
    assert page.locator("html").get_attribute("data-bs-theme") is None


def test_english_is_chosen_by_a_link_and_stays(server, look):
    page = look(server(*SEPTEMBER) + HOME, PHONE)
    page.get_by_role("contentinfo").get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    picture(page, "home-360-english")
    page.goto(server(*SEPTEMBER) + f"{HOME}events/iot/")
    picture(page, "event-360-english")
    assert page.locator("h1").inner_text() == "IoT Installation and Commissioning"
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE


def test_the_site_can_be_walked_by_keys_and_the_first_key_skips_to_the_text(server, look):
    page = look(server(*SEPTEMBER) + HOME)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_printed_list_keeps_names_and_reasons_and_drops_the_ways_about(server, look):
    page = look(server(*OCTOBER) + f"{HOME}results/iot/student/")
    page.emulate_media(media="print")
    picture(page, "results-print")
    expect(page.get_by_role("navigation", name="主导航")).to_be_hidden()
    expect(page.locator("details.sw-rank .sw-rank__why").nth(4)).to_be_visible()
