"""Pictures of every page of the demonstration, at a desk's and a phone's width, for people to look at: build/pictures/pages."""

from __future__ import annotations

import shutil

import pytest

from tests.browser.conftest import DESK, PHONE, PICTURES
from tests.browser.reading import pages_of

pytestmark = pytest.mark.browser

WIDTHS = (DESK, PHONE)
TALLEST = 6000
"""Of a page that is longer, the picture shows so many pixels from its top."""


def test_a_picture_of_every_page_is_kept(demo, furnished, chromium):
    pages = pages_of(furnished)["pages"]
    folder = PICTURES / "pages"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for part in dict.fromkeys(page["part"] for page in pages):
        context = chromium.new_context(viewport={"width": DESK, "height": 900}, reduced_motion="reduce")
        tab = context.new_page()
        if part is not None:
            demo.sign_in(tab, part)
        for page in pages:
            if page["part"] != part:
                continue
            tab.goto(demo.address + page["url"])
            for width in WIDTHS:
                tab.set_viewport_size({"width": width, "height": 900})
                height = min(TALLEST, tab.evaluate("document.documentElement.scrollHeight"))
                tab.screenshot(
                    path=folder / f"{page['name']}-{width}.png",
                    full_page=True,
                    clip={"x": 0, "y": 0, "width": width, "height": height},
                    animations="disabled",
                )
        context.close()
    kept = {path.name: path.stat().st_size > 0 for path in folder.iterdir()}
    assert kept == {f"{page['name']}-{width}.png": True for page in pages for width in WIDTHS}
