"""Questions follow from the rules of the division: what no rule asks is not asked; answers become facts and come back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import saiwu
from saiwu.rules import asking
from saiwu.rules.asking import Standing
from saiwu.rules.eligibility import EventFacts
from saiwu.rules.rulebook import load
from saiwu.rules.rulebook.days import resolved
from saiwu.rules.rulebook.values import NotAllowed

NOTICES = Path(saiwu.__file__).parent / "notices"
BOOKS = {name: load(NOTICES / name).book for name in ("bayu-2025", "qinghe-2026", "qingshi-2026")}


def questions(notice: str, event: str, standing: Standing) -> tuple[asking.Question, ...]:
    book = BOOKS[notice]
    rules = resolved(book, event, standing.division, {})
    facts = EventFacts.of(
        book,
        book.events[event],
        rules,
        event_id=event,
        division_id=standing.division,
        registering_on=date(2026, 1, 30),
    )
    return asking.questions_of(rules, book.facts, standing, facts)


@pytest.mark.parametrize(
    ("notice", "event", "standing", "asked"),
    [
        ("bayu-2025", "iot", Standing("student", "学生"), ["place", "studies", "in_region"]),
        ("bayu-2025", "iot", Standing("worker", "在职"), ["place", "level", "years"]),
        ("bayu-2025", "uav-delivery", Standing("open", "学生"), ["place", "studies", "in_region"]),
        (
            "qinghe-2026",
            "warehouse",
            Standing("student", "学生"),
            ["place", "honours", "full_time", "enrolled", "in_region", "major"],
        ),
        (
            "qinghe-2026",
            "tractor-repair",
            Standing("worker", "在职"),
            ["place", "honours", "tractor_licence", "years", "post", "months", "front_line"],
        ),
        ("qinghe-2026", "bamboo", Standing("teacher", "教师"), ["place", "honours", "post", "in_region", "level"]),
        ("qingshi-2026", "forklift", Standing("open", None), []),
    ],
)
def test_what_is_asked_follows_from_the_rules_of_the_division(notice, event, standing, asked):
    assert [question.name for question in questions(notice, event, standing)] == asked


def test_as_what_one_takes_part_follows_from_the_divisions_and_what_the_rules_tell_apart():
    bayu, qinghe, qingshi = (BOOKS[name].events for name in BOOKS)
    assert [one.key for one in asking.standings_of(bayu["iot"])] == ["student:学生", "worker:在职", "worker:教师"]
    assert [one.key for one in asking.standings_of(bayu["uav-delivery"])] == [
        "open:学生",
        "open:在职",
        "open:教师",
        "open:其他",
    ]
    assert [one.key for one in asking.standings_of(qinghe["bamboo"], ["student"])] == ["worker:在职", "teacher:教师"]
    assert [one.key for one in asking.standings_of(qingshi["forklift"])] == ["open:"]


STUDENT = Standing("student", "学生")
WORKER = Standing("worker", "在职")


@pytest.mark.parametrize(
    ("notice", "event", "standing", "values", "facts"),
    [
        (
            "bayu-2025",
            "iot",
            STUDENT,
            {"place": "学习", "studies": "both", "in_region": "是"},
            {"place": ["学习"], "full_time": "是", "enrolled": "是", "in_region": "是"},
        ),
        ("bayu-2025", "iot", WORKER, {"place": "无", "level": "三级"}, {"place": [], "level": "三级"}),
        (
            "bayu-2025",
            "iot",
            WORKER,
            {"place": "工作", "level": "五级", "years": "4.5"},
            {"place": ["工作"], "level": "五级", "years": "4.5"},
        ),
        (
            "qinghe-2026",
            "bamboo",
            WORKER,
            {"place": "社保12", "honours": "清禾市技术能手", "post": "在编", "months": "7", "front_line": "否"},
            {
                "place": ["社保"],
                "months": {"社保": 12, "单位": 7},
                "honours": [{"name": "清禾市技术能手", "on": "2023-01-01", "event": "bamboo"}],
                "post": "在编",
                "front_line": "否",
            },
        ),
        (
            "qinghe-2026",
            "bamboo",
            STUDENT,
            {"place": "户籍", "honours": "无", "enrolled": "2025年9月1日", "major": "民族工艺"},
            {"place": ["户籍"], "honours": [], "enrolled": "2025-09-01", "major": "民族工艺"},
        ),
    ],
)
def test_answers_become_facts_and_facts_become_answers_again(notice, event, standing, values, facts):
    asked = questions(notice, event, standing)
    assert asking.facts_of(asked, values) == facts
    written = {"enrolled": "2025-09-01"} if "enrolled" in values else {}
    assert asking.values_of(asked, facts) == values | written


def test_years_are_asked_of_whoever_lacks_the_level_and_left_out_of_what_others_state():
    asked = {question.name: question for question in questions("bayu-2025", "iot", WORKER)}
    assert [asking.is_needed(asked["years"], {"level": level}) for level in ("无", "五级", "四级", "一级")] == [
        True,
        True,
        False,
        False,
    ]
    assert asking.facts_of(asked.values(), {"level": "四级", "years": "9"}) == {"level": "四级"}


@pytest.mark.parametrize(
    ("question", "value"),
    [("place", "火星"), ("years", "五"), ("years", "123"), ("years", "4.555"), ("months", "3.5"), ("enrolled", "去年")],
)
def test_what_is_no_answer_is_refused(question, value):
    asked = {one.name: one for one in questions("qinghe-2026", "tractor-repair", WORKER)}
    asked |= {one.name: one for one in questions("qinghe-2026", "bamboo", STUDENT)}
    with pytest.raises(NotAllowed):
        asking.read(asked[question], value)
