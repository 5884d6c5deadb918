"""A unit enters a team at its desk in a real browser: members with a captain, a substitute, an instructor."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, picture
from tests.browser.demonstration import sign_in
from tests.browser.installation import served_from
from tests.browser.team_event import EVENT, NOTICE, PASSWORD
from tests.browser.test_unit import answer, no_sideways, portrait
from tests.world import number

pytestmark = pytest.mark.browser

MARCH = "2026-03-10T10:00:00+08:00"
TEAM = "禾苗一队"
NAMES = ("冉启航", "周子涵", "彭诗雅")
SUBSTITUTE, INSTRUCTOR = "邓皓然", "谭晓琳"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The installation while registration of the team event is open."""
    with served_from("tests.browser.team_event", tmp_path_factory.mktemp("team"), MARCH) as served:
        yield served


def at_the_form(page: Page, address: str, division: str = "student") -> None:
    """The unit's clerk signs in and opens the form of the team event."""
    sign_in(page, address, "unit1", PASSWORD)
    page.goto(f"{address}/desks/")
    unit = page.url.split("/unit/")[1].split("/")[0]
    page.goto(f"{address}/unit/{unit}/{NOTICE}/add/")
    page.locator(f"a[href$='/add/{EVENT}/{division}/']").click()


def person(page: Page, place: int, name: str, serial: int) -> None:
    """Fill in a member."""
    page.locator(f"[name=m{place}-name]").fill(name)
    page.locator(f"[name=m{place}-number]").fill(number(serial, "20060512"))
    page.locator(f"[name=m{place}-phone]").fill(f"1640000{serial:04d}")
    page.locator(f"[name=m{place}-enrolled]").fill("2024-09-01")
    answer(page, f"m{place}")


@pytest.mark.parametrize(("width", "script"), [(DESK, True), (PHONE, False)], ids=["desk", "phone-without-script"])
def test_a_unit_enters_a_team_with_a_captain_a_substitute_and_an_instructor(address, look, width, script):
    page = look("about:blank", width, script=script)
    serial, team = (10, TEAM) if script else (50, "禾苗二队")
    at_the_form(page, address)
    if script:
        assert violations(page) == []
    for place, name in enumerate((*NAMES, SUBSTITUTE)):
        person(page, place, name, serial + place)
    page.locator("[name=t0-name]").fill(INSTRUCTOR)
    page.locator("[name=t0-number]").fill(number(serial + 9, "19800512"))

    # without a name of the team it does not go on, and whoever was filled in stays
    page.get_by_role("button", name="继续，核对信息").click()
    if script:
        expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#errors")).to_contain_text("请填写队名")
    expect(page.locator("[name=m3-name]")).to_have_value(SUBSTITUTE)
    page.get_by_label("队名").fill(team)
    page.get_by_role("button", name="继续，核对信息").click()

    # everybody stands on the page that is checked, each in his place
    expect(page.get_by_role("heading", level=1)).to_have_text("核对并提交")
    for name in (team, *NAMES, SUBSTITUTE, INSTRUCTOR):
        expect(page.locator(".sw-summary").filter(has_text=name)).to_have_count(1)
    if script:
        no_sideways(page)
        assert violations(page) == []
    picture(page, f"team-{width}-check")
    for place in range(1, 5):
        page.locator(f"[name=photo-{place}]").set_input_files(portrait())
    page.locator("[name=declared]").check()
    page.get_by_role("button", name="提交报名", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(team)
    expect(page.get_by_role("heading", level=1)).to_contain_text("待审核")
    said = page.locator("#people .sw-member h3").all_inner_texts()
    assert [" ".join(one.split()) for one in said] == [f"{NAMES[0]} 队长", NAMES[1], NAMES[2], f"{SUBSTITUTE} 替补"]
    expect(page.locator(".sw-member__photo img")).to_have_count(4)
    expect(page.locator("main")).to_contain_text(INSTRUCTOR)
    if script:
        no_sideways(page)
        assert violations(page) == []
    picture(page, f"team-{width}-entry")

    # and on the list of the unit the team is one entry, with all its people
    page.get_by_role("link", name="选手名单").first.click()
    row = page.locator(".sw-man").filter(has_text=team)
    expect(row).to_have_count(1)
    for said in (f"{NAMES[0]}（队长）", f"{SUBSTITUTE}（替补）", f"指导教师 {INSTRUCTOR}"):
        expect(row).to_contain_text(said)


def test_a_team_with_two_captains_is_told_the_clause_and_mended_without_typing_anything_again(address, look):
    page = look("about:blank", DESK)
    at_the_form(page, address)
    page.get_by_label("队名").fill("禾苗三队")
    for place, name in enumerate(NAMES):
        person(page, place, name, 70 + place)
    page.locator("[name=t0-name]").fill(INSTRUCTOR)
    page.locator("[name=t0-number]").fill(number(79, "19800512"))
    page.locator("[name=m1-role][value=队长]").check()
    page.get_by_role("button", name="继续，核对信息").click()
    finding = page.locator(".sw-finding").filter(has_text="须指定一名队长，现有 2 名。")
    expect(finding.locator("q")).to_contain_text("指定一名队长")
    expect(page.get_by_role("button", name="提交报名", exact=True)).to_have_count(0)
    page.get_by_role("button", name="更改", exact=True).click()
    expect(page.locator("[name=m2-name]")).to_have_value(NAMES[2])
    page.locator("[name=m1-role][value=选手]").check()
    page.get_by_role("button", name="继续，核对信息").click()
    expect(page.locator(".sw-finding").filter(has_text="队长，现有")).to_have_count(0)
    expect(page.get_by_role("button", name="提交报名", exact=True)).to_be_visible()
