"""Whoever starts the demonstration can sign in as everybody whom it names."""

from __future__ import annotations

import pytest

from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser


def test_everybody_whom_the_demonstration_names_can_sign_in(demo, look):
    page = look("about:blank", PHONE)
    reached = {}
    for part in demo.parts:
        demo.sign_in(page, part, "/account/")
        reached[part] = (page.url, page.locator("h1").count())
    assert reached == dict.fromkeys(demo.parts, (f"{demo.address}/account/", 1))


def test_every_page_says_at_which_moment_the_demonstration_stands(demo, look):
    page = look(f"{demo.address}/c/bayu-2025/", PHONE)
    assert "演示时刻 2025年10月19日（周日）08:30" in page.get_by_role("contentinfo").inner_text()
