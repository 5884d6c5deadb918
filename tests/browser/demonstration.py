"""A small demonstration for the browser: built once for each state of the source, served as in life, its clock standing still.

What was built is kept below build/demo, so that the next session of tests need not wait for it.
"""

from __future__ import annotations

import hashlib
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

SCALE = "1/8"
KEPT = ROOT / "build" / "demo"
SOURCE = ROOT / "src" / "saiwu"


@dataclass(frozen=True)
class Demo:
    """A demonstration that is served. `parts`: who can be signed in as, by his part (`unit`, `host`, `judge`, …)."""

    address: str
    at: datetime
    parts: Mapping[str, Mapping[str, str]]

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
    shutil.copytree(_built(), folder)
    migrate = [Path(sys.executable).with_name("saiwu"), "migrate"]
    subprocess.run(migrate, env=environment_of(folder), cwd=ROOT, capture_output=True, check=True)


@contextmanager
def demonstrated(folder: Path) -> Iterator[Demo]:
    """The demonstration in that folder, served."""
    parts = {one["part"]: one for one in demonstration.sign_ins(folder)}
    with serving(folder) as address:
        yield Demo(address, demonstration.starts_at(folder), parts)


def _built() -> Path:
    """A demonstration of the source as it is."""
    kept = KEPT / _state_of_the_source()
    if not kept.is_dir():
        for older in KEPT.glob("*"):
            shutil.rmtree(older, ignore_errors=True)
        command = [sys.executable, "-m", "saiwu.cli.demonstration", str(kept), SCALE]
        done = subprocess.run(command, env=environment_of(kept), cwd=ROOT, capture_output=True, text=True, check=False)
        if not kept.is_dir():  # else another session has built it meanwhile
            raise RuntimeError(done.stderr)
    return kept


def _state_of_the_source() -> str:
    """All that a demonstration is made of; the doors are not."""
    digest = hashlib.sha256(SCALE.encode())
    for path in sorted(SOURCE.rglob("*")):
        inside = path.relative_to(SOURCE).parts
        if path.suffix in (".py", ".yaml", ".txt", ".csv") and inside[0] not in ("web", "documents"):
            digest.update(f"{path.relative_to(SOURCE)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
