"""Rosters for the tests: rows that are in order, and what a test changes in them."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import saiwu
from saiwu.rules.roster import HEADS, check
from saiwu.rules.rulebook import Rulebook, load
from tests.rules.people import credit_code, identity_of

ON = date(2025, 9, 1)
IOT, TRAINER, UAV = "物联网安装调试员", "人工智能训练师", "无人机驾驶员（物品配送）"


@cache
def bayu() -> Rulebook:
    """The notice of 2025."""
    return shipped("bayu-2025")


@cache
def shipped(slug: str) -> Rulebook:
    """A notice that ships."""
    loaded = load(Path(saiwu.__file__).parent / "notices" / slug)
    assert loaded.book is not None, loaded.faults
    return loaded.book


def worker(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A worker in order, the `number`-th person, of the `number`-th unit."""
    return {
        "赛项": IOT,
        "组别": "职工组",
        "参赛单位": f"虚构{number}公司",
        "统一社会信用代码": credit_code(number),
        "姓名": "张三",
        "性别": "男",
        "证件号码": identity_of(date(1990, 1, 1), number=number),
        "手机号": "16400000001",
        "人员类别": "在职",
        "居住或工作学习地": "工作：重庆市渝北区",
        "技能等级": "四级",
        "等级证书职业": IOT,
        "从业年限": "6",
        **changes,
    }


def student(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A student in order, the `number`-th person, of the `number`-th school."""
    return {
        "赛项": IOT,
        "组别": "学生组",
        "参赛单位": f"虚构{number}职业学院",
        "统一社会信用代码": credit_code(1000 + number),
        "姓名": "李四",
        "性别": "女",
        "证件号码": identity_of(date(2006, 1, 1), "女", number=number),
        "手机号": "16400000002",
        "人员类别": "学生",
        "居住或工作学习地": "学习：重庆市沙坪坝区",
        "学校专业": "重庆虚构职业学院 物联网应用技术",
        **changes,
    }


def pilot(number: int, team: str = "一队", *, unit: int = 1, **changes: Any) -> dict[str, Any]:
    """A member of a two-person team of the open division."""
    base = worker(number, 赛项=UAV, 组别="", 队名=team, 等级证书职业="无人机驾驶员")
    return {**base, "参赛单位": f"虚构{unit}公司", "统一社会信用代码": credit_code(unit), **changes}


def cells(rows: list[dict[str, Any]], heads: tuple[str, ...] = HEADS) -> list[list[Any]]:
    """The rows under a head in row 1."""
    return [list(heads), *[[row.get(head, "") for head in heads] for row in rows]]


def judged(rows: list[dict[str, Any]], *, book: Rulebook | None = None, **options: Any) -> dict[str, Any]:
    """The document that the check gives for these rows under a whole head."""
    everything = options.get("everything", False)
    report = check(cells(rows), book=book or bayu(), on=options.pop("on", ON), **options)
    return report.document(everything=everything)


def findings(document: dict[str, Any]) -> list[list[tuple[str, str, str | None]]]:
    """Of each row: rule, verdict and cell of its findings."""
    return [[(one["rule"], one["verdict"], one["cell"]) for one in row["findings"]] for row in document["rows"]]


def verdicts(document: dict[str, Any]) -> list[str]:
    """The rows' verdicts."""
    return [row["verdict"] for row in document["rows"]]
