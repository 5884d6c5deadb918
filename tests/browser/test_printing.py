"""On paper: what people print has no way about, no buttons and no dark ground; tables are whole and as wide as a sheet."""

from __future__ import annotations

import io
import unicodedata

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import DESK, PICTURES, picture
from tests.browser.test_large_type import OPEN
from tests.browser.test_preregister import person, place, study, submit
from tests.world import student

pytestmark = pytest.mark.browser

A4 = 718
"""Pixels that a sheet (210 mm at 96 to the inch) has between its margins of 10 mm."""
HOME, OVER, TODAY = "/c/bayu-2025/", "/c/qinghe-2025/", "/c/qingshi-2025/events/forklift/"

ON_PAPER = """
() => {
  const faults = new Set();
  const shown = (one) => one.checkVisibility({visibilityProperty: true, opacityProperty: true})
    && !one.closest(".visually-hidden") && one.getBoundingClientRect().right > 0;
  const every = (selector) => [...document.querySelectorAll(selector)].filter(shown);
  const told = (one, what) => faults.add(`${what}: ${one.outerHTML.replace(/\\s+/g, " ").slice(0, 100)}`);
  const light = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[0-9.]+/g).map(Number);
    const linear = (one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return a < 0.1 ? null : 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  };
  for (const one of every("nav:not(.sw-seg), [role=search], .sw-skip")) told(one, "a way about");
  for (const one of every("button, .btn, input:not([type=hidden]), select, textarea")) told(one, "a control");
  for (const one of every("html, body, body *")) {
    if (one.closest("svg")) continue;
    const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const ground = light(getComputedStyle(one).backgroundColor);
    if (ground !== null && ground < 0.6 && (own || one.childElementCount)) told(one, "a dark ground");
    const ink = own ? light(getComputedStyle(one).color) : 0;
    if (ink === null || 1.05 / (ink + 0.05) < 4.5) told(one, "too pale for paper");
  }
  for (const one of every("h1, h2, h3, h4")) {
    if (getComputedStyle(one).breakAfter !== "avoid") told(one, "may stand alone at the foot of a sheet");
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const one = texts.currentNode.parentElement;
    if (!shown(one) || one.closest("svg, script, .sw-hash, .sw-break")) continue;
    for (const number of texts.currentNode.data.matchAll(/[0-9]+[.][0-9]+/g)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, number.index);
      range.setEnd(texts.currentNode, number.index + number[0].length);
      if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) told(one, "a torn number");
    }
  }
  for (const table of every("table")) {
    if (table.getBoundingClientRect().right > innerWidth + 1) told(table, "wider than the sheet");
    for (let above = table.parentElement; above; above = above.parentElement) {
      const style = getComputedStyle(above);
      const sideways = style.overflowX !== "visible" && above.scrollWidth > above.clientWidth + 1;
      const down = style.overflowY !== "visible" && above.scrollHeight > above.clientHeight + 1;
      if (sideways || down) told(above, "cuts a table off");
    }
    const head = table.tHead && getComputedStyle(table.tHead).display;
    if (head && head !== "table-header-group") told(table.tHead, "does not stand on each sheet");
    for (const row of table.rows) {
      const style = getComputedStyle(row);
      if (style.display !== "table-row" || style.breakInside !== "avoid") told(row, "may be torn");
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.add(`${document.documentElement.scrollWidth} px wide`);
  return [...faults];
}
"""


def printed(page: Page, name: str) -> list[str]:
    """What must not be on paper, whatever the theme of the screen."""
    page.set_viewport_size({"width": A4, "height": 1000})
    page.emulate_media(media="print", reduced_motion="reduce")
    found: list[str] = page.evaluate(ON_PAPER)
    picture(page, f"print-{name}")
    page.evaluate("document.documentElement.setAttribute('data-bs-theme', 'dark')")
    found += [f"dark theme: {one}" for one in page.evaluate(ON_PAPER) if one not in found]
    picture(page, f"print-{name}-dark")
    return found


SHEETS = {
    "bulletin": (None, f"{OVER}bulletin/", ""),
    "results": (None, f"{OVER}results/", ".sw-event a"),
    "finalists": (None, f"{TODAY}finalists/", ""),
    "draw": (None, f"{TODAY}finalists/", "a[href*='/draws/']"),
    "draw-made": (None, f"{HOME}events/desktop-cloud/finalists/", "a[href*='/draws/']"),
    "calendar": (None, f"{HOME}calendar/", ""),
    "final-list": ("host_today", "/host/{place}/finalists/", ""),
    "entries": ("host", "/host/{place}/entries/", ""),
    "check-in": ("registrar", "/host/{place}/checkin/?door=all", ""),
    "roster": ("unit", "entries/", ""),
    "brief": ("office", "/committee/bayu-2025/brief/", ""),
    "awards": ("office", "/committee/bayu-2025/awards/", "a[href*='/decide/']"),
    "head": ("office", "/committee/bayu-2025/audit/head/", ""),
}
"""Who opens it, its address, and the link that leads on from there."""


@pytest.mark.parametrize("name", SHEETS)
def test_a_printed_page_is_a_document(demo, look, name):
    page = demo.visit(look("about:blank", DESK), *SHEETS[name])
    expect(page.locator("h1")).to_be_visible()
    assert printed(page, name) == []


def test_a_printed_receipt_has_its_number_and_code_and_nothing_to_press(own_demo, look):
    page = look(f"{own_demo.address}{HOME}preregister/", DESK)
    place(page, "在校学生", "示例学院乙", OPEN)
    person(page, student(831), "学习")
    study(page)
    submit(page)
    assert printed(page, "receipt") == []
    expect(page.locator(".sw-receipt__number")).to_be_visible()
    expect(page.locator(".sw-receipt__qr svg")).to_be_visible()


def test_the_bulletin_comes_out_of_the_printer_on_sheets_of_a4_with_every_winner(demo, look):
    page = look(f"{demo.address}{OVER}bulletin/")
    winners = page.locator("tbody [data-head=姓名]").all_inner_texts()
    assert len(winners) > 3
    made = page.pdf(format="A4", margin=dict.fromkeys(("top", "right", "bottom", "left"), "10mm"))
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / "print-bulletin.pdf").write_bytes(made)
    sheets = PdfReader(io.BytesIO(made)).pages
    assert {(round(float(one.mediabox.width)), round(float(one.mediabox.height))) for one in sheets} == {(596, 843)}
    text = plain("".join(one.extract_text() for one in sheets))
    assert [name for name in winners if plain(name) not in text] == []
    assert "下载DOCX" not in text


def plain(text: str) -> str:
    """Without blanks, and without what a PDF says in several ways: radicals that are characters, characters of two units."""
    return "".join(one for one in unicodedata.normalize("NFKC", text) if not one.isspace() and one < "\U00010000")
