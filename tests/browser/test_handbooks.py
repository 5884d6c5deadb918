"""The handbooks' pictures can be taken from the pages as they are today; they are kept in build/pictures/handbooks."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from docs.pictures import FOLDER, LARGEST, SHOTS, take
from tests.browser.conftest import PICTURES

pytestmark = pytest.mark.browser


def test_every_picture_of_a_handbook_is_taken_from_a_page_as_it_is_now(fresh_demo, chromium):
    """As wide as the one that is committed, and not half as high or twice: a page that has changed so much wants a look."""
    folder = PICTURES / "handbooks"
    folder.mkdir(parents=True, exist_ok=True)
    changed = {}
    for shot in SHOTS:
        png = take(fresh_demo, chromium, shot)
        (folder / f"{shot.name}.png").write_bytes(png)
        assert len(png) <= LARGEST, shot.name
        now, kept = Image.open(io.BytesIO(png)).size, Image.open(FOLDER / f"{shot.name}.png").size
        if now[0] != kept[0] or not kept[1] / 2 < now[1] < kept[1] * 2:
            changed[shot.name] = (kept, now)
    assert changed == {}, "look at these, and take them anew: `make pictures`"
