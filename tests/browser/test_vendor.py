"""What is vendored for the tests is as it was released."""

from __future__ import annotations

import hashlib
import json

from tests.browser.axe import VENDOR


def test_the_vendored_file_is_as_it_was_released():
    manifest = json.loads((VENDOR / "manifest.json").read_text("utf-8"))
    assert {one["file"] for one in manifest} == {path.name for path in VENDOR.glob("*.js")}
    for one in manifest:
        assert hashlib.sha256((VENDOR / one["file"]).read_bytes()).hexdigest() == one["sha256"]
