"""Type twice as large on a phone: no page that people use there scrolls sideways, and nothing on it is cut off."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, picture
from tests.browser.test_preregister import go_on, person, place, study, submit
from tests.world import student

pytestmark = pytest.mark.browser

HOME, OVER = "/c/bayu-2025/", "/c/qinghe-2025/"
OPEN = "AI图像处理"
"""The event for which one can still pre-register on the demonstration's morning."""

LOST = """
() => {
  const faults = new Set();
  const width = document.documentElement.clientWidth;
  const wide = document.documentElement.scrollWidth;
  if (wide > width) faults.add(`the page is ${wide} px wide`);
  const told = (one, what) => {
    const said = (one.innerText || one.value || "").trim().slice(0, 40);
    faults.add(`${what}: ${one.tagName} ${one.closest("[class]").className} “${said}”`);
  };
  const unseen = (one) => !one.checkVisibility({visibilityProperty: true})
    || one.closest(".visually-hidden, .sw-skip, svg, .table-fold > thead");
  const check = (one, box) => {
    if (box.width < 1 || box.height < 1) return;
    let sideways = true;
    for (let above = one; above && above !== document.body; above = above.parentElement) {
      const style = getComputedStyle(above);
      const frame = above.getBoundingClientRect();
      const beside = box.right > frame.right + 1 || box.left < frame.left - 1;
      const below = box.bottom > frame.bottom + 2 || box.top < frame.top - 2;
      if (style.textOverflow === "ellipsis" && above.scrollWidth > above.clientWidth + 1) told(above, "shortened");
      if (/hidden|clip/.test(style.overflowX) && sideways && beside) told(one, "cut off at the side");
      if (/hidden|clip/.test(style.overflowY) && below) told(one, "cut off below");
      if (/auto|scroll/.test(style.overflowX)) sideways = false;
    }
    if (sideways && (box.right > width + 1 || box.left < -1)) told(one, "outside the screen");
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || unseen(one) || /^(SCRIPT|STYLE|OPTION|TEXTAREA)$/.test(one.tagName)) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    for (const box of range.getClientRects()) check(one, box);
  }
  for (const one of document.querySelectorAll("a, button, input, select, textarea, img, .sw-receipt__qr")) {
    if (!unseen(one)) check(one, one.getBoundingClientRect());
  }
  return [...faults];
}
"""


def enlarged(page: Page, name: str) -> list[str]:
    """What is lost once type is twice as large, and whatever can be unfolded is."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    picture(page, f"large-{name}-{PHONE}")
    found: list[str] = page.evaluate(LOST)
    return found


PAGES = {
    "home": (None, HOME, ""),
    "event": (None, f"{HOME}events/ai-image/", ""),
    "preregister": (None, f"{HOME}preregister/", ""),
    "look-up": (None, f"{HOME}progress/", ""),
    "results-index": (None, f"{OVER}results/", ""),
    "results": (None, f"{OVER}results/", ".sw-event a"),
    "bulletin": (None, f"{OVER}bulletin/", ""),
    "bulletin-awaited": (None, f"{HOME}bulletin/", ""),
    "certificates": (None, "/certificates/", ""),
    "sign-in": (None, "/sign-in/", ""),
    "forgotten": (None, "/sign-in/forgotten/", ""),
    "unit": ("unit", "", ""),
    "unit-roster": ("unit", "entries/", ""),
    "unit-entry": ("unit", "entries/", ".sw-man a"),
    "unit-add": ("unit", "add/", ""),
    "judge": ("judge", "/judge/{place}/", ""),
    "judge-code": ("judge", "/judge/{place}/", ".sw-titlerow .btn-primary"),
    "judge-hand-in": ("judge", "/judge/{place}/hand-in/", ""),
    "check-in": ("registrar", "/host/{place}/checkin/", ""),
}
"""Who opens it, its address, and the link that leads on from there."""


@pytest.mark.parametrize("name", PAGES)
def test_nothing_of_a_page_is_lost(demo, look, name):
    page = demo.visit(look("about:blank", PHONE), *PAGES[name])
    assert enlarged(page, name) == []


def test_nothing_of_a_certificate_that_is_checked_is_lost(demo, look):
    with closing(sqlite3.connect(demo.folder / "saiwu.sqlite3")) as database:
        (code,) = database.execute("SELECT check_code FROM saiwu_certificate ORDER BY id").fetchone()
    page = look(f"{demo.address}/certificates/{code}/", PHONE)
    expect(page.locator(".sw-cert")).to_be_visible()
    assert enlarged(page, "certificate") == []


def test_nothing_of_a_pre_registration_is_lost_from_its_faults_to_its_receipt(own_demo, look):
    one = student(821)
    page = look(f"{own_demo.address}{HOME}preregister/", PHONE)
    lost = {}

    def seen(name: str) -> None:
        if found := enlarged(page, f"preregister-{name}"):
            lost[name] = found

    go_on(page)
    seen("faults")
    place(page, "在校学生", "示例学院乙", OPEN)
    seen("person")
    person(page, one, "学习")
    seen("studies")
    study(page)
    seen("check")
    number = submit(page)
    seen("receipt")
    page.goto(f"{own_demo.address}{HOME}progress/")
    page.get_by_label("回执号").fill(number)
    page.get_by_label("后四位").fill(one.phone[-4:])
    go_on(page)
    seen("status")
    page.get_by_role("button", name="撤回预报名…").click()
    seen("withdraw")
    assert lost == {}
