"""`python -m docs.pictures`: take the pictures of the handbooks and of the READMEs anew, from a small demonstration.

Each is a page of the demonstration's morning, in a browser as readers have it: a phone's for contestants and registrars,
a tablet's for judges, a desk's for the others. `python -m docs.pictures NAME …` takes those alone. Look at each before you
commit it.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page

from tests.browser.conftest import started
from tests.browser.demonstration import Demo, demonstrated, furnish

FOLDER = Path(__file__).parent / "handbooks" / "pictures"
PHONE, TABLET, DESK = 360, 820, 1280
COMPETITION = "/c/bayu-2025/"
MARGIN = 20
"""Pixels between what ends a picture and its lower edge."""
COLOURS = 96
LARGEST = 120_000
"""Bytes that no picture exceeds."""


@dataclass(frozen=True)
class Shot:
    """A picture: `part` signs in (None: nobody), goes to `path` (`{place}` is his competition and event), `does` what is
    shown. It begins at the top, or with `since`, and ends just below `until`; with neither it is what a window of
    `height` shows."""

    name: str
    width: int
    part: str | None
    path: str
    until: str = ""
    since: str = ""
    does: Callable[[Page], None] | None = None
    height: int = 800


def _fill_in(page: Page) -> None:
    """The first three screens of a pre-registration, up to the check."""
    page.locator("[name=event]:not([disabled])").first.check()
    page.locator("[name=standing]").first.check()
    page.locator("[name=unit]").fill("示例职业学院")
    _on(page)
    page.locator("[name=name]").fill("冉启航")
    page.locator("[name=number]").fill(_number())
    page.locator("[name=phone]").fill("16400000001")
    _answer(page)
    _on(page)
    _answer(page)
    _on(page)


def _number() -> str:
    """Nobody's ID number: no district has its first six figures."""
    digits = "50019020040315012"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11]


def _answer(page: Page) -> None:
    """The first answer to each closed question."""
    for group in page.locator("fieldset").all():
        group.locator("input[type=radio]").first.check()
    for one in page.locator("select").all():
        one.select_option(index=1)


def _on(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main button[name=go][value=next].btn-primary").click()


def _submit(page: Page) -> None:
    _fill_in(page)
    page.locator("[name=agree]").check()
    with page.expect_navigation():
        page.locator("main button[name=go][value=submit].btn-primary").click()


def _to(selector: str) -> Callable[[Page], None]:
    """Press the first such link or button of the page."""

    def does(page: Page) -> None:
        with page.expect_navigation():
            page.locator(f"main {selector}").first.click()

    return does


def _unit(path: str) -> Callable[[Page], None]:
    """From the page of one's desks to a page of the unit's own in the competition that is shown."""

    def does(page: Page) -> None:
        desk = str(page.locator("main a[href^='/unit/']").first.get_attribute("href"))
        page.goto(urljoin(page.url, f"/unit/{desk.split('/')[2]}/bayu-2025/{path}"))

    return does


def _unit_home(page: Page) -> None:
    """The unit's home, once it has handed in the photograph that was asked for first."""
    _unit("")(page)
    _to(".sw-todos a:text-is('上传照片')")(page)
    photograph = io.BytesIO()
    Image.linear_gradient("L").resize((420, 546)).convert("RGB").save(photograph, "JPEG")
    form = page.locator("form.sw-upload:visible").first
    file = FilePayload(name="photograph.jpg", mimeType="image/jpeg", buffer=photograph.getvalue())
    form.locator("input[type=file]").set_input_files(file)
    with page.expect_navigation():
        form.locator("button").click()
    page.goto(urljoin(page.url, page.locator(".sw-tabs a").first.get_attribute("href") or ""))


def _choose(page: Page) -> None:
    """The first event that is open, and a standing."""
    page.locator("[name=event]:not([disabled])").first.check()
    page.locator("[name=standing]").first.check()


SHOTS = (
    Shot("sign-in", PHONE, None, "/sign-in/", until="main form + p"),
    Shot("account", DESK, "judge", "/account/", until=".sw-split"),
    Shot("home", PHONE, None, COMPETITION, until=".sw-hero__act"),
    Shot(
        "preregister-event",
        PHONE,
        None,
        COMPETITION + "preregister/",
        until=".sw-form__end",
        since=".sw-choice:has([name=event]:checked)",
        does=_choose,
    ),
    Shot("preregister-check", PHONE, None, COMPETITION + "preregister/", until=".sw-findings", does=_fill_in),
    Shot("receipt", PHONE, None, COMPETITION + "preregister/", until=".sw-receipt", does=_submit),
    Shot("unit-home", DESK, "unit", "/desks/", until="main .sw-split", does=_unit_home),
    Shot("unit-add", DESK, "unit", "/desks/", until="main section:nth-of-type(2)", does=_unit("add/")),
    Shot("unit-roster", DESK, "unit", "/desks/", until=".sw-roster", does=_unit("entries/")),
    Shot("host-home", DESK, "host", "/host/{place}/", until="main .sw-split"),
    Shot("host-review", DESK, "host", "/host/{place}/review/"),
    Shot("host-marks", DESK, "host_marking", "/host/{place}/marks/", until="main form"),
    Shot("registrar-checkin", PHONE, "registrar", "/host/{place}/checkin/", until="main li:nth-of-type(2)"),
    Shot("registrar-draws", PHONE, "registrar", "/host/{place}/draws/", until="main section"),
    Shot("supervisor-draws", PHONE, "supervisor", "/host/{place}/draws/", until="main section"),
    Shot("judge-home", TABLET, "judge", "/judge/{place}/", until=".sw-codegrid"),
    Shot("judge-code", TABLET, "judge", "/judge/{place}/", does=_to(".btn-primary"), height=900),
    Shot("judge-overview", TABLET, "chief_judge", "/judge/{place}/overview/", until="main table"),
    Shot("committee-home", DESK, "office", "/committee/bayu-2025/", until="main table"),
    Shot(
        "committee-decision",
        DESK,
        "organiser",
        "/committee/bayu-2025/",
        until="main form",
        does=_to("a[href*='/decisions/']"),
    ),
    Shot(
        "committee-waiver",
        DESK,
        "organiser",
        "/committee/bayu-2025/",
        until="main form",
        does=_to("a[href*='/waivers/']"),
    ),
    Shot("office-home", DESK, "office", "/office/", until="main .sw-split"),
    Shot("office-account-add", DESK, "office", "/office/accounts/add/", until="main form"),
)


def take(demo: Demo, browser: Browser, shot: Shot) -> bytes:
    """The picture as PNG, in as few colours as keep it legible."""
    scale = 2 if shot.width == PHONE else 1
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height}, device_scale_factor=scale, reduced_motion="reduce"
    )
    page = context.new_page()
    answers: list[int] = []
    page.on(
        "response", lambda answer: answers.append(answer.status) if answer.request.is_navigation_request() else None
    )
    path = shot.path
    if shot.part is None:
        page.goto(demo.address + path)
    else:
        demo.sign_in(page, shot.part, path.replace("{place}", demo.place(shot.part)))
    if shot.does is not None:
        shot.does(page)
    if answers[-1] != 200:
        raise ValueError(f"{shot.name}: {page.url} answered {answers[-1]}")
    page.evaluate("document.activeElement?.blur()")
    if shot.until:
        top = _edge(page, shot.since, "top") if shot.since else 0
        height = _edge(page, shot.until, "bottom") + MARGIN - top
        cut: dict[str, Any] = {"clip": {"x": 0, "y": top, "width": shot.width, "height": height}, "full_page": True}
    else:
        cut = {}
    taken = page.screenshot(animations="disabled", **cut)
    context.close()
    return smaller(taken)


def _edge(page: Page, selector: str, edge: str) -> float:
    """Where the first such element begins or ends, from the top of the page."""
    rule = "(node, edge) => node.getBoundingClientRect()[edge] + window.scrollY"
    return float(page.locator(selector).first.evaluate(rule, edge))


def smaller(png: bytes) -> bytes:
    """The same picture with a palette: pages have few colours, photographs of people there are none."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    written = io.BytesIO()
    image.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE).save(
        written, "PNG", optimize=True
    )
    return written.getvalue()


def main(names: list[str]) -> None:
    """Take all, or those named."""
    chosen = [shot for shot in SHOTS if not names or shot.name in names]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as room:
        furnish(Path(room) / "demo")
        (Path(room) / "fonts").mkdir()
        with demonstrated(Path(room) / "demo") as demo, started(Path(room) / "fonts") as browser:
            for shot in chosen:
                png = take(demo, browser, shot)
                (FOLDER / f"{shot.name}.png").write_bytes(png)
                print(f"{shot.name}.png {len(png) // 1000} KB", "!" if len(png) > LARGEST else "")


if __name__ == "__main__":
    main(sys.argv[1:])
