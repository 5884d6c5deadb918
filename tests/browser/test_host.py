"""An event from review to public notice, at the host's desk in a real browser: host, registrar and supervisor."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, picture
from tests.browser.host_event import PASSWORD
from tests.browser.installation import ROOT, environment_of, serving

pytestmark = pytest.mark.browser

EVENT = "/host/bayu-2025/iot/"


class Desks:
    """The event's people, each in a browser of his own, at one instant."""

    def __init__(self, chromium: Browser, address: str, sessions: dict[str, str], stack: ExitStack) -> None:
        self._chromium, self._address, self._sessions, self._stack = chromium, address, sessions, stack

    def sit(self, role: str, path: str = "", width: int = DESK) -> Page:
        """Somebody at a page; what the browser complains of fails the test."""
        context = self._chromium.new_context(viewport={"width": width, "height": 900})
        self._stack.callback(context.close)
        context.add_cookies([{"name": "saiwu", "value": self._sessions[role], "url": self._address}])
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        page.goto(f"{self._address}{EVENT}{path}")
        return page


def _program(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "tests.browser.host_event", str(folder), *arguments]
    done = subprocess.run(command, env=environment_of(folder), cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Registration is open and eleven entries were handed in."""
    place = tmp_path_factory.mktemp("host")
    _program(place, "2025-09-05T11:00:00+08:00")
    return place


@pytest.fixture
def served_at(chromium: Browser, folder: Path) -> Iterator[Callable[..., Desks]]:
    """The desks at an instant; `scene`: what others do before."""

    @contextmanager
    def served(instant: str, scene: str = "") -> Iterator[Desks]:
        if scene:
            _program(folder, instant, scene)
        else:
            (folder / "demo").write_text(instant, "ascii")
        sessions = json.loads(_program(folder).splitlines()[-1])
        with serving(folder) as address, ExitStack() as stack:
            yield Desks(chromium, address, sessions, stack)

    return served


def test_an_event_goes_from_review_to_public_notice(served_at):
    with served_at("2025-09-05T11:00:00+08:00") as desks:
        _review(desks)
    with served_at("2025-10-17T09:00:00+08:00", "others") as desks:
        _finish_review_and_close(desks)
    with served_at("2025-10-17T10:00:00+08:00", "others") as desks:
        _publish_list(desks)
    with served_at("2025-10-23T08:00:00+08:00", "others") as desks:
        _draw_and_check_in(desks)
    with served_at("2025-10-23T13:00:00+08:00", "chief") as desks:
        _enter_theory(desks)
    with served_at("2025-10-23T16:00:00+08:00", "judges") as desks:
        _look_unseal_compute(desks)
    with served_at("2025-10-24T09:00:00+08:00", "others") as desks:
        _publish_results(desks)


def _name(page: Page) -> str:
    return page.locator("h1#name").inner_text()


def _in_order(page: Page, name: str) -> None:
    """It has no faults that axe finds, fits its width, and is kept as a picture."""
    picture(page, f"host-{name}-{page.viewport_size['width']}")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]
    assert page.locator("h1").count() == 1


def _review(desks: Desks) -> None:
    home = desks.sit("host")
    _in_order(home, "home")
    _in_order(desks.sit("host", width=PHONE), "home")
    home.get_by_role("link", name="去审核").click()
    page = home
    assert _name(page) == "冉启航"
    _in_order(page, "review")
    _in_order(desks.sit("host", "review/", PHONE), "review")

    page.keyboard.press("a")  # a finding still wants a word: nothing happens
    assert _name(page) == "冉启航"
    page.keyboard.press("e")
    page.keyboard.type("劳动合同原件，满六年 a r x")
    assert _name(page) == "冉启航"  # keys are off while typing
    page.keyboard.press("Escape")
    with page.expect_navigation():
        page.keyboard.press("a")
    assert _name(page) == "李思远"
    assert page.evaluate("document.activeElement.id") == "name"
    expect(page.get_by_text("审核通过：冉启航")).to_be_visible()

    page.keyboard.press("w")
    page.get_by_label("理由和依据").fill("获市级技能大赛奖项，实操能力突出。")
    picture(page, "host-waiver-1280")
    page.get_by_role("button", name="请求豁免", exact=True).click()
    assert _name(page) == "陈予安"

    with page.expect_navigation():
        page.keyboard.press("a")
    assert _name(page) == "蒋梦琪"
    page.keyboard.press("r")
    page.get_by_label("要改什么").fill("照片不是近期免冠照，请重新上传。")
    page.get_by_role("button", name="退回，看下一份").click()
    assert _name(page) == "周子涵"

    page.keyboard.press("x")
    page.get_by_label("不予受理的理由").fill("经核不是在籍学生。")
    page.get_by_role("button", name="看后果，再定…").click()
    _in_order(page, "reject")
    page.get_by_role("button", name="不予受理，看下一份").click()
    assert _name(page) == "彭诗雅"

    other = desks.sit("host")
    other.goto(page.url)
    page.keyboard.press("e")
    page.keyboard.type("工作证明原件")
    page.keyboard.press("Escape")
    with page.expect_navigation():
        page.keyboard.press("a")
    other.keyboard.press("r")
    other.get_by_label("要改什么").fill("工作证明看不清。")
    other.get_by_role("button", name="退回，看下一份").click()
    expect(other.get_by_text("彭诗雅刚刚已由他人处理（审核通过），您的决定没有生效。")).to_be_visible()
    picture(other, "host-review-two-1280")

    page.keyboard.press("j")
    page.wait_for_function("document.querySelector('h1#name').textContent === '罗佳怡'")
    page.keyboard.press("k")
    page.wait_for_function("document.querySelector('h1#name').textContent === '邓皓然'")
    for _ in range(4):
        with page.expect_navigation():
            page.keyboard.press("a")
    assert _name(page) == "李思远"  # his waiver is not decided yet: he alone is left
    page.keyboard.press("?")
    expect(page.get_by_text("填写时按键不起作用")).to_be_visible()

    page.get_by_role("button", name="显示").click()
    expect(page.get_by_text("已记录本次查看")).to_be_visible()
    everything = desks.sit("host", "entries/")
    _in_order(everything, "entries")
    _in_order(desks.sit("host", "entries/", PHONE), "entries")
    _in_order(desks.sit("host", "changes/"), "changes")
    change = desks.sit("host", "changes/ask/?kind=地点")
    change.get_by_role("button", name="提出变更申请").click()
    _in_order(change, "change-faulty")
    change.get_by_label("新的决赛地点").fill("实训楼 B 座")
    change.get_by_label("原因").fill("实训楼 A 座检修")
    change.get_by_role("button", name="提出变更申请").click()
    expect(change.get_by_text("已提出变更申请：地点。")).to_be_visible()
    _in_order(desks.sit("host", "documents/"), "documents")


def _finish_review_and_close(desks: Desks) -> None:
    page = desks.sit("host", "review/")
    assert _name(page) == "李思远"
    expect(page.get_by_text("豁免已同意")).to_be_visible()
    with page.expect_navigation():
        page.keyboard.press("a")
    expect(page.get_by_role("heading", name="没有待审核的报名")).to_be_visible()
    _in_order(page, "review-empty")
    page.goto(page.url.replace("review/", "review/?state=waiting"))
    assert _name(page) == "何雨桐"
    page.keyboard.press("x")
    page.get_by_label("不予受理的理由").fill("名额已满，未获豁免。")
    page.get_by_role("button", name="看后果，再定…").click()
    page.get_by_role("button", name="不予受理，看下一份").click()
    page.goto(page.url.split("review/")[0])
    page.get_by_role("link", name="截止报名…").first.click()
    _in_order(page, "step-close")
    page.get_by_role("button", name="截止报名").click()
    expect(page.get_by_text("已截止报名。")).to_be_visible()
    page.goto(page.url + "finalists/")
    expect(page.get_by_text("还不能公布")).to_be_visible()
    _in_order(page, "finalists-not-yet")


def _publish_list(desks: Desks) -> None:
    page = desks.sit("host", "finalists/")
    page.get_by_role("link", name="公布决赛名单…").click()
    page.get_by_role("button", name="公布决赛名单").click()
    expect(page.get_by_text("已公布决赛名单。")).to_be_visible()
    _in_order(page, "finalists")


def _draw_and_check_in(desks: Desks) -> None:
    registrar = desks.sit("registrar", "draws/")
    registrar.get_by_role("button", name="冻结名单").click()
    _in_order(registrar, "draws-faulty")
    registrar.get_by_label("用途").fill("决赛 工位抽签")
    registrar.get_by_label("每场工位数").fill("4")
    registrar.get_by_role("button", name="冻结名单").click()
    registrar.get_by_role("button", name="公布承诺").click()
    expect(registrar.get_by_text("等监督确定公开输入。")).to_be_visible()
    supervisor = desks.sit("supervisor")
    _in_order(supervisor, "home-supervisor")
    supervisor.get_by_role("link", name="去办理").click()
    supervisor.get_by_label("公开输入").fill("3871.22")
    supervisor.get_by_label("出处").fill("10月22日上证指数收盘")
    _in_order(supervisor, "draws-fix")
    supervisor.get_by_role("button", name="确定公开输入").click()
    registrar.reload()
    registrar.get_by_role("button", name="抽签", exact=True).click()
    expect(registrar.get_by_text("已抽签，全部记录已公布。")).to_be_visible()
    _in_order(registrar, "draws")

    host = desks.sit("host", "steps/start/")
    host.get_by_role("button", name="开赛").click()
    expect(host.get_by_text("已开赛。")).to_be_visible()

    door = desks.sit("registrar", "checkin/", PHONE)
    _in_order(door, "checkin")
    _in_order(desks.sit("registrar", "checkin/"), "checkin")
    names = ["冉启航", "李思远", "陈予安", "彭诗雅", "邓皓然", "罗佳怡", "唐铭泽"]
    for name in names:
        door.get_by_role("searchbox").fill(name)
        door.keyboard.press("Enter")
        expect(door.get_by_role("button", name="检录", exact=False)).to_have_count(1)
        if name == names[0]:
            _in_order(door, "checkin-found")
        door.get_by_role("button", name=f"检录 {name}").click()
        expect(door.get_by_text(f"已检录：{name}")).to_be_visible()
    expect(door.get_by_role("heading", name="还有 1 队（人）未到")).to_be_visible()

    registrar.goto(registrar.url.replace("draws/", "codes/"))
    _in_order(registrar, "codes")
    registrar.get_by_role("button", name="编发加密号").click()
    registrar.get_by_role("button", name="打印加密号条").click()
    expect(registrar.locator(".sw-slip")).to_have_count(7)
    _in_order(registrar, "slips")


def _enter_theory(desks: Desks) -> None:
    page = desks.sit("host", "marks/")
    _in_order(page, "marks")
    _in_order(desks.sit("host", "marks/", PHONE), "marks")
    cells = page.locator("[data-cell]")
    expect(cells).to_have_count(7)
    column = ["88", "91.5", "79", "85", "92", "640", "83"]
    page.evaluate(
        """text => {
          const data = new DataTransfer(); data.setData("text", text);
          document.querySelector("[data-cell]").dispatchEvent(
            new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        "\n".join(column),
    )
    page.get_by_role("button", name="录入填好的").click()
    expect(page.get_by_role("heading", name="没有全部录入")).to_be_visible()
    _in_order(page, "marks-faulty")
    cells = page.locator("[data-cell]")
    expect(cells).to_have_count(1)
    assert cells.first.input_value() == "640"
    cells.first.fill("64")
    page.get_by_role("button", name="录入填好的").click()
    expect(page.get_by_text("已录入 1 个理论知识。")).to_be_visible()
    page.get_by_role("link", name="看全部").click()
    page.get_by_role("link", name="更正").first.click()
    page.get_by_label("更正为").fill("66")
    page.get_by_label("理由").fill("录入时看错一行")
    _in_order(page, "correct")
    page.get_by_role("button", name="更正评分").click()
    expect(page.get_by_text("已更正")).to_be_visible()


def _look_unseal_compute(desks: Desks) -> None:
    supervisor = desks.sit("supervisor", "results/")
    supervisor.get_by_role("link", name="抽检复核").first.click()
    _in_order(supervisor, "look")
    for box in supervisor.get_by_role("checkbox").all():
        box.check()
    supervisor.get_by_label("复核情况").fill("与原始评分表一致。")
    supervisor.get_by_role("button", name="登记复核").click()
    expect(supervisor.get_by_text("已登记复核 3 个加密号。")).to_be_visible()
    registrar = desks.sit("registrar")
    registrar.get_by_role("link", name="去解密").click()
    registrar.get_by_label("监督的登录名").fill("supervisor")
    registrar.get_by_label("监督的密码").fill("not the password")
    registrar.get_by_role("button", name="解密").click()
    _in_order(registrar, "unseal-faulty")
    registrar.get_by_label("监督的登录名").fill("supervisor")
    registrar.get_by_label("监督的密码").fill(PASSWORD)
    registrar.get_by_role("button", name="解密").click()
    expect(registrar.get_by_text("已解密。")).to_be_visible()
    host = desks.sit("host", "results/")
    host.get_by_role("button", name="计算成绩").click()
    expect(host.get_by_text("已算出 2 份名单")).to_be_visible()
    expect(host.get_by_role("heading", name="等裁定")).to_be_visible()
    _in_order(host, "results-open")


def _publish_results(desks: Desks) -> None:
    page = desks.sit("host", "results/")
    page.get_by_role("button", name="重新计算").click()
    page.get_by_role("link", name="职工组").click()
    _in_order(page, "preview")
    page.get_by_role("link", name="公示成绩…").click()
    page.get_by_role("button", name="公示成绩").click()
    expect(page.get_by_text("成绩已公示。")).to_be_visible()
    _in_order(page, "results")
    _in_order(desks.sit("host", "results/", PHONE), "results")
    page.get_by_role("link", name="公众看到的成绩").click()
    expect(page.get_by_role("heading", name="决赛成绩")).to_be_visible()
