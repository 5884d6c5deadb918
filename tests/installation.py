"""The tests' installation: a folder of theirs, never the developer's. Loaded before Django reads its settings (`-p`)."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

ROOM = Path(tempfile.mkdtemp(prefix="saiwu-tests-"))
os.environ["SAIWU_DATA"] = str(ROOM / "data")
os.environ["SAIWU_TEST_SQLITE"] = str(ROOM / "test.sqlite3")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop and the ORM share the tests' thread
(ROOM / "data").mkdir(parents=True)


def pytest_unconfigure() -> None:
    """Take it away."""
    shutil.rmtree(ROOM, ignore_errors=True)
