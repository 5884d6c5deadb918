"""The calendar that phones subscribe to (RFC 5545)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from saiwu.documents import ics
from saiwu.documents.ics import Calendar, CalendarEntry
from tests.documents.samples import CALENDAR

ENTRY = CALENDAR.entries[0]
CHINA = timezone(timedelta(hours=8))


def lines(*entries: CalendarEntry) -> list[str]:
    """Lines as a reader sees them, folds taken back."""
    return ics.render(Calendar("日程", entries)).decode().replace("\r\n ", "").split("\r\n")


def test_a_final_of_two_days_is_written_whole():
    assert ics.render(CALENDAR).decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Saiwu//Saiwu//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:某某市第一届职业技能竞赛",
        "BEGIN:VEVENT",
        "UID:final.dt@saiwu.example",
        "DTSTAMP:20250901T090000Z",
        "LAST-MODIFIED:20250901T090000Z",
        "SEQUENCE:0",
        "DTSTART;VALUE=DATE:20251018",
        "DTEND;VALUE=DATE:20251020",
        "SUMMARY:数字孪生应用技术员 决赛",
        "LOCATION:某某职业技术学院",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:数字孪生应用技术员 决赛",
        "TRIGGER:-P1D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_deadline_is_an_instant_in_universal_time():
    deadline = replace(ENTRY, start=datetime(2025, 9, 26, 18, 0, tzinfo=CHINA), end=None, remind=(timedelta(hours=3),))
    written = lines(deadline)
    assert [line for line in written if line.startswith(("DT", "TRIGGER"))] == [
        "DTSTAMP:20250901T090000Z",
        "DTSTART:20250926T100000Z",
        "TRIGGER:-PT180M",
    ]


def test_text_cannot_become_a_property():
    sly = replace(ENTRY, summary="甲;乙,丙\\丁\nATTENDEE:x", location="a\x00b\r\nEND:VEVENT", url="https://x/\r\nUID:1")
    written = lines(sly)
    assert "SUMMARY:甲\\;乙\\,丙\\\\丁\\nATTENDEE:x" in written
    assert "LOCATION:ab\\nEND:VEVENT" in written
    assert "URL:https://x/UID:1" in written
    assert written.count("END:VEVENT") == 1


def test_long_lines_are_folded_at_75_octets_and_no_character_is_split():
    text = "重庆" * 60 + "x" * 100
    rows = ics.folded(f"SUMMARY:{text}").split("\r\n")
    assert max(len(row.encode()) for row in rows) == 75
    assert rows[0] + "".join(row[1:] for row in rows[1:]) == f"SUMMARY:{text}"
    assert {row[0] for row in rows[1:]} == {" "}


def test_a_cancelled_final_says_so_under_the_same_uid_and_reminds_nobody():
    before, after = lines(ENTRY), lines(replace(ENTRY, cancelled=True, changes=1))
    assert [line for line in after if line not in before] == ["SEQUENCE:1", "STATUS:CANCELLED"]
    assert "BEGIN:VALARM" not in after
    assert "UID:final.dt@saiwu.example" in after


@pytest.mark.parametrize(
    "entries",
    [
        (ENTRY, ENTRY),
        (replace(ENTRY, end=date(2025, 10, 17)),),
        (replace(ENTRY, end=datetime(2025, 10, 19, tzinfo=UTC)),),
        (replace(ENTRY, start=datetime(2025, 10, 18, 9, tzinfo=None)),),  # noqa: DTZ001 (the mistake itself)
        (replace(ENTRY, start=datetime(2025, 10, 18, 9, tzinfo=UTC), end=date(2025, 10, 19)),),
        (replace(ENTRY, remind=(timedelta(hours=-1),)),),
    ],
)
def test_dates_that_make_no_sense_are_our_mistake(entries):
    with pytest.raises(ValueError, match=r"UID|end|zone|reminder"):
        ics.render(Calendar("日程", entries))
