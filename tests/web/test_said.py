"""What an event's page says of certificates, from the rulebook alone."""

from __future__ import annotations

import pytest

from saiwu.rules.rulebook import load
from saiwu.web.public.event.said import certificates_said
from tests.world import NOTICES


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("iot", ["技能操作合格，发三级（高级工）职业技能等级证书", "前 6 名且获奖且技能操作合格，可晋升二级"]),
        ("uav-delivery", ["技能操作合格，发三级（高级工）职业技能等级证书", "前 3 名且获奖且技能操作合格，可晋升二级"]),
        ("ai-image", ["技能操作合格，发专项职业能力证书（不分等级）"]),
    ],
)
def test_a_special_skill_certificate_has_no_level_and_promises_no_promotion(event, said):
    book = load(NOTICES / "bayu-2025").book
    assert [line.text for line in certificates_said(book.events[event])] == said
