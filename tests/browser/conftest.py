"""A browser with Chinese fonts, and servers of played competitions."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.demonstration import Demo, demonstrated, furnish
from tests.browser.installation import ROOT, served
from tests.chromium import CHROMIUM

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NOTO = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc")
PICTURES = ROOT / "build" / "pictures"
DESK, PHONE = 1280, 360


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, str], str]]:
    """The address of an installation that stands at a stage and an instant; each is started once."""
    running: dict[tuple[str, str], str] = {}
    with ExitStack() as stack:

        def address(stage: str, instant: str) -> str:
            key = (stage, instant)
            if key not in running:
                running[key] = stack.enter_context(served(tmp_path_factory.mktemp(stage.lower()), stage, instant))
            return running[key]

        yield address


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demonstration that nobody serves: `demo`, `own_demo` and `fresh_demo` are copies of it."""
    folder = tmp_path_factory.mktemp("furnished") / "demo"
    furnish(folder)
    return folder


@pytest.fixture(scope="session")
def demo(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demonstration, small, on its morning (2025-10-19 08:30), its clock standing still; one for all tests.

        def test_a_judge_sees_what_is_left(demo, look):
            page = demo.sign_in(look("about:blank", PHONE), "judge", f"/judge/{demo.place('judge')}/")

    Parts: unit (with a returned form, and somebody pre-registered who waits for it), host (reviewing), host_registering,
    registrar, supervisor, host_today (a final that morning: check-in under way, a draw committed), judge, chief_judge,
    supervisor_marking, registrar_marking, host_marking (half of the marks are there), arbiter, organiser, office.
    `demo.parts[part]` has his `login`, `password`, `competition`, `event`. Who writes takes `own_demo` or `fresh_demo`
    instead, or leaves alone what others count. It is built in half a minute when the source has changed, else it is there
    at once.
    """
    folder = tmp_path_factory.mktemp("demo") / "demo"
    shutil.copytree(furnished, folder)
    with demonstrated(folder) as served_demo:
        yield served_demo


@pytest.fixture(scope="module")
def own_demo(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The same as `demo`, of this file alone: its tests may write, as long as they leave to each other what they need."""
    folder = tmp_path_factory.mktemp("own") / "demo"
    shutil.copytree(furnished, folder)
    with demonstrated(folder) as served_demo:
        yield served_demo


@pytest.fixture
def fresh_demo(furnished: Path, tmp_path: Path) -> Iterator[Demo]:
    """The same as `demo`, of this test alone: it may do whatever it likes."""
    folder = tmp_path / "demo"
    shutil.copytree(furnished, folder)
    with demonstrated(folder) as served_demo:
        yield served_demo


@contextmanager
def started(room: Path) -> Iterator[Browser]:
    """Debian's Chromium, with Debian's Chinese fonts, as readers have them; else with those of the documents, which have
    no bold. `room`: a folder of its own."""
    fonts = NOTO.parent if NOTO.is_file() else Path(pylopdf_fonts_zh_cn.__file__).parent
    conf = room / "fonts.conf"
    conf.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{fonts}</dir>'
        f"<cachedir>{room}</cachedir></fontconfig>",
        "utf-8",
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=list(QUIET), env={**os.environ, "FONTCONFIG_FILE": str(conf)}
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser for all tests."""
    with started(tmp_path_factory.mktemp("fonts")) as browser:
        yield browser


@pytest.fixture
def look(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open an address at a width, without script where asked."""
    with ExitStack() as stack:

        def opened(address: str, width: int = DESK, *, script: bool = True) -> Page:
            context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
            stack.callback(context.close)
            page = context.new_page()
            page.goto(address)
            return page

        yield opened


def picture(page: Page, name: str) -> Path:
    """Keep a picture of the whole page for people to look at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path, full_page=True)
    return path
