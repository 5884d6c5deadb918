"""Every page in Chinese: axe finds no violation of WCAG 2.2 AA, in light and dark, at 360, 768 and 1280 px."""

from __future__ import annotations

import pytest

from tests.browser.reading import pages_of, read

pytestmark = pytest.mark.browser


def test_every_page_can_be_read_by_everybody_in_chinese(demo, furnished, chromium):
    assert read(demo, chromium, pages_of(furnished)["pages"], "zh") == {}
