"""Marks and times as people write and read them: 87.5, 1:25:00, 11:25:00. Inside they are thousandths and seconds."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal

from saiwu.audit.frame import Refused
from saiwu.marking.parts import Part
from saiwu.rules.rulebook.awards import HANDED_IN
from saiwu.rules.rulebook.values import THOUSAND, marks, plain


def read(text: str, part: Part, *, day: date, zone: tzinfo) -> int:
    """What was written, as `MarkRow.value` wants it. `day`: on which an hour of 交卷时间 lies if none is written.

    Raises Refused (field `value`) for what is no number or time, is too fine, or lies outside 0 to full.
    """
    written = plain(text).replace("：", ":")
    if not written:
        raise _wrong(f"请填写{part.name}。")
    if part.id == HANDED_IN:
        value = _instant(text.strip().replace("：", ":"), part, day, zone)
    elif part.timed:
        value = _duration(written, part)
    else:
        value = _points(written, part)
    if message := part.refusal(value):
        raise _wrong(message)
    return value


def shown(value: int, part: Part, zone: tzinfo) -> str:
    """87500 as 87.5; 5100 seconds as 1:25:00; of 交卷时间 the instant in that zone."""
    if part.id == HANDED_IN:
        return f"{datetime.fromtimestamp(value, zone):%Y-%m-%d %H:%M:%S}"
    if part.timed:
        minutes, seconds = divmod(value, 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return marks(value)


def allowed(part: Part) -> str:
    """What may be written, told before anything is."""
    if part.id == HANDED_IN:
        return "时:分:秒，如 11:25:00；不在决赛首日的写上日期"
    if part.timed:
        return "分钟数，如 85；或时:分:秒，如 1:25:00"
    fine = f"，至多 {part.decimals} 位小数" if part.decimals else "，整数"
    return f"0 至 {marks(part.full)} 分{fine}"


def _points(written: str, part: Part) -> int:
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,30})?", written) is None:
        raise _wrong(f"“{written[:20]}”不是分数，应为 {allowed(part)}。")
    exact = Decimal(written)
    if exact != round(exact, part.decimals):
        raise _wrong(f"“{written[:20]}”小数位数过多，应为 {allowed(part)}。")
    return int(exact * THOUSAND)


def _duration(written: str, part: Part) -> int:
    if (clock := _clock(written)) is not None:
        return clock
    if re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,2})?", written) is None or (Decimal(written) * 60) % 1:
        raise _wrong(f"“{written[:20]}”不是{part.name}，应为{allowed(part)}。")
    return int(Decimal(written) * 60)


def _instant(written: str, part: Part, day: date, zone: tzinfo) -> int:
    clock = _clock(written)
    if clock is not None and clock < 24 * 3600:
        return int((datetime.combine(day, time(), zone) + timedelta(seconds=clock)).timestamp())
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        at = None
    if at is None or re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}", written) is None:
        raise _wrong(f"“{written[:20]}”不是{part.name}，应为{allowed(part)}。")
    return int((at if at.tzinfo is not None else at.replace(tzinfo=zone)).timestamp())


def _clock(written: str) -> int | None:
    match = re.fullmatch(r"([0-9]{1,2}):([0-5][0-9])(?::([0-5][0-9]))?", written)
    return None if match is None else int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3] or 0)


def _wrong(message: str) -> Refused:
    return Refused(message, rule="marks", field="value")
