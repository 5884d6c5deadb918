"""Marks and times as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from saiwu.audit.frame import Refused
from saiwu.marking.parts import LATEST_S, LONGEST_S, Part
from saiwu.marking.written import allowed, read, shown

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = date(2025, 10, 18)
POINTS = Part("theory", "理论知识", 100_000)
TENTHS = Part("theory", "理论知识", 100_000, decimals=1)
WHOLE = Part("theory", "理论知识", 60_000, decimals=0)
USED = Part("用时", "用时", LONGEST_S, timed=True)
HANDED_IN = Part("交卷时间", "交卷时间", LATEST_S, timed=True)
ELEVEN = int(datetime(2025, 10, 18, 3, 25, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("part", "written", "value", "again"),
    [
        (POINTS, "87.5", 87_500, "87.5"),
        (POINTS, " ８７.５ ", 87_500, "87.5"),
        (POINTS, "0", 0, "0"),
        (POINTS, "99.999", 99_999, "99.999"),
        (TENTHS, "87.50", 87_500, "87.5"),
        (WHOLE, "60", 60_000, "60"),
        (USED, "85", 5_100, "1:25:00"),
        (USED, "0.25", 15, "0:00:15"),
        (USED, "99:59:59", LONGEST_S, "99:59:59"),
        (HANDED_IN, "11:25:00", ELEVEN, "2025-10-18 11:25:00"),
        (HANDED_IN, "11：25", ELEVEN, "2025-10-18 11:25:00"),
        (HANDED_IN, "2025-10-18 11:25:00", ELEVEN, "2025-10-18 11:25:00"),
        (HANDED_IN, "2025-10-18T03:25:00+00:00", ELEVEN, "2025-10-18 11:25:00"),
    ],
)
def test_what_is_written_is_read_and_shown_again(part, written, value, again):
    assert read(written, part, day=DAY, zone=SHANGHAI) == value
    assert shown(value, part, SHANGHAI) == again


@pytest.mark.parametrize(
    ("part", "written", "message"),
    [
        (POINTS, "", "请填写理论知识。"),
        (POINTS, "1e2", "“1e2”不是分数，应为 0 至 100 分，至多 3 位小数。"),
        (POINTS, "100.1", "理论知识须在 0 至 100 分之间，请核对。"),
        (TENTHS, "87.55", "“87.55”小数位数过多，应为 0 至 100 分，至多 1 位小数。"),
        (WHOLE, "59.5", "“59.5”小数位数过多，应为 0 至 60 分，整数。"),
        (USED, "0.01", "“0.01”不是用时，应为分钟数，如 85；或时:分:秒，如 1:25:00。"),
        (HANDED_IN, "85", "“85”不是交卷时间，应为时:分:秒，如 11:25:00；不在决赛首日的写上日期。"),
        (HANDED_IN, "24:00:00", "“24:00:00”不是交卷时间，应为时:分:秒，如 11:25:00；不在决赛首日的写上日期。"),
        (HANDED_IN, "2025-13-01 11:00", "“2025-13-01 11:00”不是交卷时间，应为" + allowed(HANDED_IN) + "。"),
    ],
)
def test_what_cannot_be_read_says_what_may_be_written(part, written, message):
    with pytest.raises(Refused) as refusal:
        read(written, part, day=DAY, zone=SHANGHAI)
    assert (refusal.value.message, refusal.value.field) == (message, "value")
