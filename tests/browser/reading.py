"""Reading every page of the demonstration as axe does: each in light and dark, at a phone's, a tablet's and a desk's width."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser.axe import violations
from tests.browser.demonstration import Demo
from tests.browser.installation import ROOT

WIDTHS = (360, 768, 1280)
THEMES = ("light", "dark")


@cache
def pages_of(folder: Path) -> Mapping[str, Any]:
    """The pages of a demonstration, with whoever may read each (tests.walls.pages)."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("SAIWU_", "DJANGO_"))}
    environment |= {"SAIWU_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "saiwu.conf.settings"}
    command = [sys.executable, "-m", "tests.walls.pages"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    found: Mapping[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def read(demo: Demo, chromium: Browser, pages: list[Mapping[str, str]], language: str) -> dict[str, list[str]]:
    """What is wrong, by page: what axe finds, and what does not fit the width."""
    wrong: dict[str, list[str]] = {}
    for part in dict.fromkeys(page["part"] for page in pages):
        context = chromium.new_context(viewport={"width": WIDTHS[-1], "height": 900}, reduced_motion="reduce")
        tab = context.new_page()
        if part is not None:
            demo.sign_in(tab, part)
        context.add_cookies([{"name": "lang", "value": language, "url": demo.address}])
        for page in pages:
            if page["part"] == part:
                tab.goto(demo.address + page["url"])
                if found := _look(tab):
                    wrong[f"{page['name']} ({page['url']})"] = found
        context.close()
    return wrong


def _look(tab: Page) -> list[str]:
    found = []
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        if (wide := tab.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{width}: {wide} px wide")
        for theme in THEMES:
            tab.evaluate(
                "theme => theme === 'dark' ? document.documentElement.setAttribute('data-bs-theme', 'dark')"
                " : document.documentElement.removeAttribute('data-bs-theme')",
                theme,
            )
            # A theme sets colours. What else it may hide or show, it does at every width: looked at once.
            colours = theme == "dark" and width != WIDTHS[0]
            found += [f"{width} {theme}: {one}" for one in violations(tab, colours=colours)]
    return found
