"""A small demonstration for the browser, served as in life, its clock standing still."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Page

from saiwu.cli import demonstration
from tests.browser.installation import ROOT, environment_of, serving
from tests.built import built


@dataclass(frozen=True)
class Demo:
    """A demonstration that is served. `parts`: who can be signed in as, by his part (`unit`, `host`, `judge`, …)."""

    address: str
    at: datetime
    parts: Mapping[str, Mapping[str, str]]
    folder: Path

    def sign_in(self, page: Page, part: str, path: str = "/desks/") -> Page:
        """Sign in as that part in the page's context, and go to `path`."""
        one = self.parts[part]
        page.context.clear_cookies()
        sign_in(page, self.address, one["login"], one["password"])
        page.goto(self.address + path)
        return page

    def sign_in_as_unit(self, page: Page, path: str = "") -> Page:
        """Sign in as the unit, and go to `path` of its desk in the competition that is shown."""
        self.sign_in(page, "unit")
        found = page.locator("a[href^='/unit/']").first.get_attribute("href") or ""
        page.goto(f"{self.address}/unit/{found.split('/')[2]}/{self.parts['unit']['competition']}/{path}")
        return page

    def visit(self, page: Page, part: str | None, path: str, follow: str = "") -> Page:
        """Go to a page as that part, or as nobody (None), and there by the first link that `follow` finds.

        `{place}` in `path` is competition and event of the part; a unit's paths begin at its desk.
        """
        if part is None:
            page.goto(self.address + path)
        elif part == "unit":
            self.sign_in_as_unit(page, path)
        else:
            self.sign_in(page, part, path.replace("{place}", self.place(part)) if "{place}" in path else path)
        if follow:
            with page.expect_navigation():
                page.locator(f"main {follow}").first.click()
        return page

    def place(self, part: str) -> str:
        """`bayu-2025/iot`: competition and event over which that part is, as addresses have them."""
        return f"{self.parts[part]['competition']}/{self.parts[part]['event']}"


def sign_in(page: Page, address: str, login: str, password: str) -> None:
    """Sign in at the installation with that address; where it leads then is another matter."""
    page.goto(f"{address}/sign-in/")
    page.locator("[name=login]").fill(login)
    page.locator("[name=password]").fill(password)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def furnish(folder: Path) -> None:
    """A demonstration in `folder`, which is absent, with the pages' own files as they are now."""
    shutil.copytree(built(), folder)
    migrate = [Path(sys.executable).with_name("saiwu"), "migrate"]
    subprocess.run(migrate, env=environment_of(folder), cwd=ROOT, capture_output=True, check=True)


@contextmanager
def demonstrated(folder: Path) -> Iterator[Demo]:
    """The demonstration in that folder, served."""
    parts = {one["part"]: one for one in demonstration.sign_ins(folder)}
    with serving(folder) as address:
        yield Demo(address, demonstration.starts_at(folder), parts, folder)
