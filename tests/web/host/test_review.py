"""Review in the host's door: the queue, what stands beside it, and the decisions with what follows."""

from __future__ import annotations

import pytest

from tests.web.host.conftest import HOME
from tests.world import student


def test_smoke(host, enter):
    one = enter(student(1, "冉启航"))
    for path in ("", "review/", f"review/{one}/", "entries/", "finalists/", "steps/open/", "steps/close/"):
        answer = host.get(HOME + path)
        assert answer.status_code == 200, path
