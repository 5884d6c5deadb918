"""When things are: relative dates by the Civil Code, working days by the national calendar, deadlines to the second."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saiwu.rules.rulebook import Days, resolved
from saiwu.rules.rulebook.calendar import WorkCalendar, knows, shift
from saiwu.rules.rulebook.values import Relative, Unit, parse_duration, parse_when
from tests.rules.rulebook.small import book

N, F = "notice.yaml", "events/forklift.yaml"
ZONE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(("when", "day"), [
    ("2026-05-01", date(2026, 5, 1)),
    ("决赛", date(2026, 5, 10)),              # an anchor alone is its first day
    ("决赛前20日", date(2026, 4, 20)),        # counted from the first day of the final, which is not counted
    ("决赛后1日", date(2026, 5, 13)),         # counted from its last day
    ("final后1日", date(2026, 5, 13)),
    ("决赛后1个月", date(2026, 6, 12)),
    ("领队会前1个月", date(2026, 2, 28)),     # 31 March: February has no such day, so its last (art. 202)
    ("闰日后1年", date(2029, 2, 28)),
    ("报名截止", date(2026, 4, 20)),
    ("报名截止后5个工作日", date(2026, 4, 27)),
    ("报名前1日", date(2026, 3, 1)),
    ("通报后3个月", None),                    # not yet announced, and no date planned
    ("开幕式", None),                         # 待定
    ("开幕式前1日", None),
    ("决赛后9999年", None),                   # beyond the calendar
])  # fmt: skip
def test_a_relative_date_is_counted_from_its_anchor(when, day):
    days = Days(book(
        (F, "{on: 2026-05-10}", "{from: 2026-05-10, to: 2026-05-12}"),
        (N, "dates:\n", "dates:\n  briefing: {on: 2026-03-31}\n  leap: {name: 闰日, on: 2028-02-29}\n  opening: {on: 待定}\n"),
    ), "forklift")  # fmt: skip
    assert days.first(parse_when(when)) == day


@pytest.mark.parametrize(("when", "opens", "closes"), [
    ("2026-05-01", "2026-05-01 00:00:00", "2026-05-01 23:59:59"),          # as an end a day means its last second
    ("2026-05-01 17:00", "2026-05-01 17:00:00", "2026-05-01 17:00:00"),
    ("决赛前48小时", "2026-05-08 00:00:00", "2026-05-08 00:00:00"),       # from the start of a day without an instant
    ("决赛后2小时", "2026-05-11 01:59:59", "2026-05-11 01:59:59"),        # from its end
])  # fmt: skip
def test_deadlines_hold_to_the_second_in_the_zone_of_the_notice(when, opens, closes):
    days = Days(book(), "forklift")
    assert (days.opens_at(parse_when(when)), days.closes_at(parse_when(when))) == (at(opens), at(closes))


def test_registration_opens_with_its_first_day_and_closes_with_its_last_second():
    days = Days(book(), "forklift")
    registration = days.date_term("报名")
    assert (days.opens_at(registration), days.closes_at(registration)) == (at("2026-03-02"), at("2026-04-20 23:59:59"))
    assert days.closes_at("registration") == days.closes_at("报名截止")


def test_each_event_has_its_own_days():
    made = book()
    assert {event: Days(made, event, "student").last("报名截止") for event in made.events} == {
        "crane": date(2026, 4, 27), "forklift": date(2026, 4, 20),
    }  # fmt: skip


def test_what_has_happened_beats_the_plan():
    happened = {"报名截止": datetime(2026, 4, 22, 9, 30, tzinfo=UTC), "成绩公布": at("2026-05-10 18:00")}
    days = Days(book(), "forklift", moments=happened)
    assert days.closes_at("报名截止") == at("2026-04-22 17:30")
    assert days.first(parse_when("报名截止后1日")) == date(2026, 4, 23)
    assert days.first(parse_when("成绩公布后2小时")) == at("2026-05-10 20:00")
    assert days.first(parse_when("成绩公布后5个工作日")) == date(2026, 5, 15)


def test_a_moved_final_moves_what_hangs_on_it():
    assert Days(book((F, "2026-05-10", "2026-05-20")), "forklift").last("报名截止") == date(2026, 4, 30)


@pytest.mark.parametrize(("duration", "end"), [
    ("2小时", "2025-09-29 11:00"),
    ("1日", "2025-09-30 23:59:59"),
    ("3日", "2025-10-09 23:59:59"),             # 2 October is a holiday: the next working day, at 24:00 (art. 203)
    ("5个工作日", "2025-10-13 23:59:59"),       # 11 October is worked
    ("1个月", "2025-10-29 23:59:59"),
])  # fmt: skip
def test_a_window_ends_as_the_civil_code_says(duration, end):
    assert Days(book(), "forklift").ends(at("2025-09-29 09:00"), parse_duration(duration)) == at(end)


def test_the_notice_names_days_that_differ_from_the_calendar():
    own = "duties: {五: [参赛单位]}\nworking_days: {放假: [2026-04-21], 补班: [2026-04-25]}\n"
    days = Days(book((N, "duties: {五: [参赛单位]}\n", own)), "forklift")
    assert days.first(parse_when("报名截止后5个工作日")) == date(2026, 4, 27)
    assert days.first(parse_when("报名截止后1个工作日")) == date(2026, 4, 22)


def test_a_year_that_the_calendar_does_not_know_goes_by_weekends():
    day = date(2035, 10, 5)
    assert (knows(day), WorkCalendar().is_working(day), WorkCalendar().is_working(date(2035, 10, 6))) == (
        False,
        True,
        False,
    )


def test_rules_know_their_days_with_their_defaults():
    rules = (N, "  place: {any_of: [工作], clause: 二}\n",
             "  place: {any_of: [社保12个月], clause: 二}\n  skill: {level: 四级, on: 提交, clause: 二}\n"
             "  past_winner: {honours: [状元], since: 决赛前3年, clause: 二}\n")  # fmt: skip
    division = resolved(book(rules), "叉车司机", "学生组")
    assert {key: getattr(rule, "on", None) or getattr(rule, "since", None) for key, rule in division.eligibility.items()} == {
        "place": date(2026, 4, 20), "skill": Relative("提交"), "past_winner": date(2023, 5, 10), "age": date(2026, 5, 10),
    }  # fmt: skip
    assert (division.certificates.on, division.eligibility["age"].clause) == (date(2026, 5, 10), "二")


def test_a_day_that_is_to_be_announced_stays_unknown():
    edits = ((F, "on: 2026-05-10", "on: 待定"), (N, "决赛前20日", "2026-04-20"), (N, "[工作],", "[社保12个月],"))
    rules = resolved(book(*edits), "forklift", "student").eligibility
    assert (rules["age"].on, rules["place"].on) == (None, date(2026, 4, 20))


def test_the_day_of_registering_is_known_to_the_caller():
    edit = (N, "age: {minimum: 18,", "age: {minimum: 18, on: 提交,")
    waiting = resolved(book(edit), "forklift", "student").eligibility["age"].on
    known = resolved(book(edit), "forklift", "student", {"提交": at("2026-03-05 10:00")}).eligibility["age"].on
    assert (waiting, known) == (Relative("提交"), date(2026, 3, 5))


DAYS = st.dates(date(2005, 1, 1), date(2024, 12, 31))


@given(DAYS, st.integers(1, 60))
def test_working_days_counted_forth_and_back_meet(day, number):
    work = WorkCalendar()
    there = work.shifted(day, number)
    assert work.is_working(there)
    counted = sum(work.is_working(date.fromordinal(one)) for one in range(day.toordinal() + 1, there.toordinal() + 1))
    assert counted == number


@given(DAYS, st.integers(0, 240))
def test_months_keep_the_day_or_end_on_the_last(day, number):
    there = shift(day, number, Unit.MONTH, WorkCalendar())
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == number
    assert there.day == day.day or (there.day < day.day and date.fromordinal(there.toordinal() + 1).day == 1)
