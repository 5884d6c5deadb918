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
        page.goto(f"{self.address}/sign-in/")
        page.locator("[name=login]").fill(one["login"])
        page.locator("[name=password]").fill(one["password"])
        page.locator("[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/sign-in/" not in url)
        page.goto(self.address + path)
        return page

    def place(self, part: str) -> str:
        """`bayu-2025/iot`: competition and event over which that part is, as addresses have them."""
        return f"{self.parts[part]['competition']}/{self.parts[part]['event']}"


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
