"""Dates as people and calendars read them: deadlines to the second, moved dates moved, what is assumed marked."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from saiwu.web import dates
from saiwu.web.shared.countdown import Left, left
from tests.web.conftest import played_until
from tests.web.play import Stage, at

HOME = "/c/bayu-2025/"
CLOSES = datetime(2025, 10, 5, 23, 59, 59, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def played(django_db_setup, django_db_blocker):
    with played_until(Stage.REGISTERING, django_db_blocker) as run:
        yield run


@pytest.fixture(autouse=True)
def _database(played, db, clock_at):
    clock_at(at(9, 26, 11))


def _entries(client, path: str) -> dict[str, dict[str, str]]:
    """UID -> properties of each VEVENT, lines unfolded."""
    text = client.get(path).content.decode().replace("\r\n ", "")
    found = {}
    for block in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, re.DOTALL):
        lines = dict(line.split(":", 1) for line in block.split("BEGIN:VALARM")[0].splitlines() if ":" in line)
        found[lines["UID"]] = lines
    return found


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (timedelta(days=9, hours=13), Left(9, 13, 0, over=False, soon=False)),
        (timedelta(days=2, hours=5), Left(2, 5, 0, over=False, soon=True)),
        (timedelta(hours=47), Left(None, 47, 0, over=False, soon=True)),
        (timedelta(minutes=30), Left(None, 0, 30, over=False, soon=True)),
        (timedelta(0), Left(None, 0, 0, over=False, soon=True)),  # the last second is still in time
        (timedelta(seconds=-1), Left(None, 0, 0, over=True, soon=False)),
    ],
)
def test_the_last_second_of_a_deadline_is_still_in_time(before, expected):
    assert left(CLOSES - before, CLOSES) == expected


@pytest.mark.parametrize(
    ("point", "form", "chinese", "english"),
    [
        (CLOSES, {}, "10月5日（周日）24:00", "5 Oct (Sun) 24:00"),
        (date(2025, 10, 18), {"year": True}, "2025年10月18日（周六）", "18 Oct 2025 (Sat)"),
        (date(2025, 10, 18), {"weekday": False}, "10月18日", "18 Oct"),
        (datetime(2025, 10, 20, 15, 30, tzinfo=UTC), {"weekday": False}, "10月20日 15:30", "20 Oct 15:30"),
    ],
)
def test_dates_are_written_as_the_house_writes_them(point, form, chinese, english):
    assert (dates.words(point, **form), dates.words(point, english=True, **form)) == (chinese, english)


def test_a_calendar_holds_finals_and_deadlines_in_the_notices_zone(client):
    found = _entries(client, f"{HOME}calendar.ics")
    assert len(found) == 24
    final = found["iot-final@bayu-2025"]
    assert (final["DTSTART;VALUE=DATE"], final["DTEND;VALUE=DATE"]) == ("20251023", "20251024")
    assert final["SUMMARY"] == "物联网安装调试员 决赛"
    assert final["LOCATION"] == "重庆青年职业技术学院"
    closing = found["iot-preregistration@bayu-2025"]
    assert (closing["DTSTART"], closing["SUMMARY"]) == ("20251013T155959Z", "物联网安装调试员 预报名截止")
    assert closing["DESCRIPTION"].startswith("暂定：通知未写预报名")


def test_a_moved_final_moves_its_deadlines_and_tells_subscribers(client):
    moved = _entries(client, f"{HOME}events/ai-image/calendar.ics")
    assert {
        uid: (lines.get("DTSTART;VALUE=DATE") or lines["DTSTART"], lines["SEQUENCE"]) for uid, lines in moved.items()
    } == {
        "ai-image-final@bayu-2025": ("20251031", "1"),
        "ai-image-preregistration@bayu-2025": ("20251021T155959Z", "1"),
        "ai-image-registration@bayu-2025": ("20251024T155959Z", "1"),
    }


def test_the_same_dates_are_the_same_bytes(client, clock_at):
    first = client.get(f"{HOME}calendar.ics").content
    clock_at(at(9, 27))
    assert client.get(f"{HOME}calendar.ics").content == first


def test_what_the_notice_leaves_open_is_listed_as_to_be_announced(client):
    body = client.get(f"{HOME}calendar/").content.decode()
    waiting = re.search(r"<h2>待公布</h2>.*?</section>", body, re.DOTALL)[0]
    assert re.findall(r"(开幕式|闭幕式|四)", waiting.replace("#c-四", "")) == ["开幕式", "四", "闭幕式", "四"]
