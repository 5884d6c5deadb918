"""A unit at its desk in a real browser: it enters somebody who pre-registered, mends, withdraws; with and without script."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, picture
from tests.world import number

HANDED_IN = "待审核"


def portrait() -> dict[str, object]:
    out = io.BytesIO()
    Image.new("RGB", (360, 480), "white").save(out, "JPEG")
    return {"name": "照片.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def proof() -> dict[str, object]:
    return {"name": "在读证明.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n1\n%%EOF\n"}


def desk(demo, page: Page) -> str:
    """The unit's home in the competition, by the address of its desk."""
    return demo.sign_in_as_unit(page).url


def no_sideways(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def answer(page: Page, prefix: str = "m0") -> None:
    """Answer every question of a person that has no answer yet with its first choice, a number with ten."""
    for group in page.locator(f"fieldset:has(> .sw-choices input[type=radio][name^='{prefix}-'])").all():
        if not group.locator("input:checked").count():
            group.locator(".sw-choice input").first.check()
    for name, value in (("years", "10"), ("months", "24"), ("major", "物联网应用技术")):
        field = page.locator(f"[name={prefix}-{name}]")
        if field.count() and not field.input_value():
            field.fill(value)
    level = page.locator(f"select[name={prefix}-level]")
    if level.count() and not level.input_value():
        level.select_option("四级")


def submit(page: Page, name: str = "提交报名") -> None:
    page.locator("[name=declared]").check()
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize(("width", "script"), [(DESK, True), (PHONE, False)], ids=["desk", "phone-without-script"])
def test_a_unit_enters_mends_and_withdraws(fresh_demo, look, width, script):
    page = look("about:blank", width, script=script)
    home = desk(fresh_demo, page)
    name = f"unit-{width}"
    picture(page, f"{name}-home")
    if script:
        no_sideways(page)

    # who pre-registered is entered, his number never on the page
    page.get_by_role("link", name="核对并报名").first.click()
    answer(page)
    picture(page, f"{name}-fill")
    page.get_by_role("button", name="继续，核对信息").click()
    expect(page.locator("h1")).to_have_text("核对并提交")
    page.locator("[name=photo-1]").set_input_files(portrait())
    if script:
        expect(page.locator("img.sw-preview")).to_be_visible()
        no_sideways(page)
    picture(page, f"{name}-check")
    submit(page)
    expect(page.locator("h1")).to_contain_text(HANDED_IN)
    expect(page.locator(".sw-member__photo img")).to_have_count(1)

    # a document for him, which he may take back
    upload = page.locator("form[action*='/evidence/1/upload/']")
    if not upload.locator("[name=file]").is_visible():
        page.locator("details:has(form[action*='/evidence/1/upload/']) > summary").click()
    upload.locator("[name=file]").set_input_files(proof())
    upload.locator("button").click()
    expect(page.get_by_role("link", name="在读证明.pdf")).to_be_visible()
    picture(page, f"{name}-entry")

    # and he is withdrawn again, with a reason
    page.get_by_role("link", name="撤回报名…").click()
    page.get_by_role("button", name="撤回这份报名").click()
    expect(page.locator(".sw-errors")).to_contain_text("请写明撤回的原因")
    page.locator("[name=reason]").fill("本人放弃")
    page.get_by_role("button", name="撤回这份报名").click()
    expect(page.locator("h1")).to_contain_text("已撤回")

    # what was returned is mended
    page.goto(f"{home}entries/?state=returned")
    picture(page, f"{name}-roster")
    page.get_by_role("link", name="去改正").first.click()
    answer(page)
    picture(page, f"{name}-mend")
    page.get_by_role("button", name="继续，核对信息").click()
    submit(page, "重新提交")
    expect(page.locator("h1")).to_contain_text(HANDED_IN)


def test_a_number_that_cannot_be_is_framed_and_the_summary_has_the_focus(demo, look):
    page = look("about:blank", PHONE)
    home = desk(demo, page)
    page.goto(f"{home}add/")
    no_sideways(page)
    picture(page, "unit-360-add")
    page.get_by_role("link", name="添加").last.click()
    page.locator("[name=m0-name]").fill("冉启航")
    page.locator("[name=m0-number]").fill(number(1)[:-1] + ("0" if number(1)[-1] != "0" else "1"))
    page.locator("[name=m0-phone]").fill("16400000001")
    answer(page)
    page.get_by_role("button", name="继续，核对信息").click()
    expect(page.locator(".sw-errors")).to_be_focused()
    expect(page.locator(".sw-errors a")).to_have_attribute("href", "#f-m0-number")
    expect(page.locator("[name=m0-name]")).to_have_value("冉启航")
    picture(page, "unit-360-errors")
