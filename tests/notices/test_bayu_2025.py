"""The founding notice as data says what the notice says, and marks as assumed what it does not."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from saiwu.rules.rulebook.days import Days
from saiwu.rules.rulebook.values import Level
from tests.notices.shipped import book_of, loaded

CHONGQING = ZoneInfo("Asia/Shanghai")


def test_eight_events_in_the_order_of_their_attachments_with_the_day_and_place_of_each_final() -> None:
    book = book_of("bayu-2025")
    finals = [
        (key, event.name, event.clause, Days(book, key).day("决赛"), event.stages["final"].venue)
        for key, event in book.events.items()
    ]
    assert finals == [
        ("uav-delivery", "无人机驾驶员（物品配送）", "三.1", date(2025, 9, 24), "重庆城市管理职业学院"),
        (
            "digital-solutions",
            "数字化解决方案设计师（工业互联网标识解析）",
            "三.2",
            date(2025, 10, 15),
            "重庆建筑工程职业学院",
        ),
        ("digital-twin", "数字孪生应用技术员", "三.3", date(2025, 10, 18), "重庆电子科技职业大学"),
        ("desktop-cloud", "桌面云系统运维", "三.4", date(2025, 10, 18), "重庆工程职业技术学院"),
        ("iot", "物联网安装调试员", "三.5", date(2025, 10, 23), "重庆青年职业技术学院"),
        ("ai-trainer", "人工智能训练师", "三.6", date(2025, 10, 25), "重庆财经职业学院"),
        ("electronics", "电子设备装接工", "三.7", date(2025, 10, 28), "重庆工信职业学院"),
        ("ai-image", "AI图像处理", "三.8", date(2025, 10, 30), "重庆商务职业学院"),
    ]


def test_only_the_uav_event_is_of_pairs_and_without_groups() -> None:
    book = book_of("bayu-2025")
    teams = {
        key: (tuple(event.divisions), {division.entry.team_size.low for division in event.divisions.values()})
        for key, event in book.events.items()
    }
    assert teams == {
        "uav-delivery": (("open",), {2}),
        **{
            key: (("student", "worker"), {1})
            for key in (
                "digital-solutions",
                "digital-twin",
                "desktop-cloud",
                "iot",
                "ai-trainer",
                "electronics",
                "ai-image",
            )
        },
    }
    assert book.event("uav-delivery").entry.roles == ("飞手", "观察手")


def test_two_events_give_certificates_without_levels() -> None:
    book = book_of("bayu-2025")
    papers = {key: (event.certificate_kind, event.paper_level) for key, event in book.events.items()}
    assert papers == {
        key: ("专项职业能力", None) if key in ("desktop-cloud", "ai-image") else ("职业技能等级", Level.THREE)
        for key in book.events
    }


def test_each_rule_cites_the_clause_it_rests_on() -> None:
    rules = book_of("bayu-2025").event("iot").division("worker")
    assert {key: rule.clauses for key, rule in rules.eligibility.items()} == {
        "place": ("五.1a",),
        "age": ("五.1b",),
        "conduct": ("五.1c",),
        "student": ("五.1d",),
        "skill": ("五.1e",),
        "one_event": ("五.1f", "五.3c"),
        "not_instructor": ("五.1g",),
        "entered_by": ("五.2a",),
    }
    assert {key: (term.clause, term.at_most) for key, term in rules.quotas.items()} == {"unit": ("五.2c", 2)}
    assert {key: (term.clause, term.at, term.at_least) for key, term in rules.minimums.items()} == {
        "start": ("五.2b", "报名截止", 50),
        "final": ("五.2b", "决赛名单", 30),
    }


@pytest.mark.parametrize(
    ("chapter", "key", "value"),
    [
        ("eligibility.age", "retirement", "达龄前一日"),
        ("eligibility.student", "major", "不限"),
        ("components.theory", "weight", Fraction(3, 10)),
        ("components.practical", "weight", Fraction(7, 10)),
        ("components.practical", "pass_", 60_000),
        ("ranking", "list_", "组别"),
        ("ranking", "tie_break", ("技能操作", "用时", "裁判长")),
        ("awards", "base", "检录"),
        ("quotas.unit", "within", "组别"),
        ("quotas.unit", "waived_by", "主办单位"),
    ],
)
def test_what_the_notice_does_not_say_is_marked_as_assumed(chapter: str, key: str, value: object) -> None:
    term = book_of("bayu-2025").event("iot").division("student")
    for part in chapter.split("."):
        term = term[part] if isinstance(term, dict) else getattr(term, part)
    source = term.source_of(key.rstrip("_"))
    assert getattr(term, key) == value
    assert source.clauses == ()
    assert source.assumed is not None


def test_registration_closes_seven_days_before_each_final_and_pre_registration_ten() -> None:
    book = book_of("bayu-2025")
    closes = {
        key: (Days(book, key).closes_at("预报名截止"), Days(book, key).closes_at("报名截止"))
        for key in ("uav-delivery", "iot")
    }
    assert closes == {
        "uav-delivery": (
            datetime(2025, 9, 14, 23, 59, 59, tzinfo=CHONGQING),
            datetime(2025, 9, 17, 23, 59, 59, tzinfo=CHONGQING),
        ),
        "iot": (
            datetime(2025, 10, 13, 23, 59, 59, tzinfo=CHONGQING),
            datetime(2025, 10, 16, 23, 59, 59, tzinfo=CHONGQING),
        ),
    }


def test_what_is_still_to_be_announced() -> None:
    assert [remark.key for remark in loaded("bayu-2025").remarks] == [
        "organisation.hosts",
        "dates.opening.on",
        "dates.closing.on",
        "registration.mailbox",
        "components.practical.scheme",
    ]
