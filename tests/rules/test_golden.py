"""What was published once must verify for ever: a version of a format never changes its meaning.

When one of these fails, the rules have changed under a published result: raise `RULES_VERSION` (or the format's number)
and keep the old file and the code that reads it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from saiwu.rules import draws
from saiwu.rules.bundle import recompute

GOLDEN = Path(__file__).parent / "golden"


def published(name: str) -> Any:
    """A document as it was published."""
    return json.loads((GOLDEN / name).read_text(encoding="utf-8"))


def test_a_result_published_under_version_1_still_follows_from_its_marks():
    document = published("saiwu-result-1.json")
    assert recompute(document) == []
    assert document["awards"] == {"first": 1, "second": 2, "third": 0, "merit": 0}  # a tie is open below


def test_a_draw_made_under_version_1_still_verifies():
    document = published("saiwu-draw-1.json")
    assert draws.verify(document) is None
    assert [row["code"] for row in document["order"]] == ["E3", "E2", "E1"]
