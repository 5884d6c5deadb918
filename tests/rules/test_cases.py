"""cases.yaml is run by the rules: what holds is silent, what fails or cannot be read is told at its line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from saiwu.rules.cases import run
from tests.notices.shipped import NOTICES, SLUGS, book_of, written


def told(slug: str, text: str) -> list[str]:
    return [str(fault) for fault in run(book_of(slug), text)]


def test_changing_one_expectation_reports_exactly_that_case() -> None:
    text = (NOTICES / "bayu-2025" / "cases.yaml").read_text(encoding="utf-8")
    lines = text.split("\n")
    line = next(number for number, written in enumerate(lines, 1) if written.startswith("- case: 三十一队"))
    assert lines[line + 3] == "  expect: {first: 1, second: 2, third: 3, merit: 3, decisions: []}"
    lines[line + 3] = "  expect: {first: 1, second: 2, third: 3, merit: 4, decisions: []}"
    assert told("bayu-2025", "\n".join(lines)) == [
        f"cases.yaml:{line}: expect: 示例“三十一队，9.3 向下取九，优胜奖三名，与本赛项实际决赛相符”不成立："
        "merit 应为 4，算得 3"
    ]


@pytest.mark.parametrize("slug", SLUGS)
def test_no_expectation_of_a_shipped_example_is_idle(slug: str) -> None:
    """Each single expectation, turned into another, makes its case fail: none holds whatever the rules say."""
    idle = []
    for case in written(slug, "cases.yaml"):
        prizes = list(book_of(slug).event(case["event"]).awards.prizes)
        for path, value in leaves(case["expect"]):
            turned = json.loads(json.dumps(case))
            place = turned["expect"]
            for key in path[:-1]:
                place = place[key]
            place[path[-1]] = another(path[-1], value, prizes)
            faults = told(slug, json.dumps([turned], ensure_ascii=False))
            if len(faults) != 1 or "不成立" not in faults[0]:
                idle.append((case["case"], path, faults))
    assert idle == []


def leaves(expect: dict[str, Any]) -> list[tuple[tuple[str, ...], Any]]:
    found: list[tuple[tuple[str, ...], Any]] = []
    for key, value in expect.items():
        if isinstance(value, dict):
            found += [((key, *path), inner) for path, inner in leaves(value)]
        else:
            found.append(((key,), value))
    return found


def another(key: str, value: Any, prizes: list[str]) -> Any:
    """A value of the same kind that is not this one."""
    if isinstance(value, list):
        return [] if value else ["border"]
    if value == "无":
        return {"total": "1", "rank": "1", "prize": prizes[0], "level": "三级"}.get(key, "ok")
    verdicts = {"ok": "refused", "refused": "evidence", "evidence": "waiver", "waiver": "ok"}
    if value in verdicts:
        return verdicts[value]
    if key in ("prize", "level"):
        return "无"
    return str(int(float(value)) + 1)


WHOLE = "（整个文件）"
HEAD = """\
- case: 甲
  event: forklift
  division: open
"""


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("case: 甲", f"cases.yaml:1: {WHOLE}: 应是一列示例，允许：每个示例以“- case: ”起头"),
        (
            "- 甲",
            f"cases.yaml:1: {WHOLE}: 应是一个示例，允许：case event division facts entries results expect note",
        ),
        (
            HEAD + "  people: 5\n  expect: {first: 1}",
            "cases.yaml:4: 1.people: 不认识的键，允许：case event division facts entries results expect note",
        ),
        (
            HEAD + "  expect: {first: 1}",
            "cases.yaml:1: 1: 示例“甲”：应给出一种条件，允许：facts、entries、results之一",
        ),
        (
            HEAD + "  entries: 5\n  facts: {born: 2000-01-01}\n  expect: {first: 1}",
            "cases.yaml:1: 1: 示例“甲”：应给出一种条件，允许：facts、entries、results之一",
        ),
        (
            HEAD + "  entries: 5",
            "cases.yaml:1: 1: 缺少 expect，允许：case event division facts entries results expect note",
        ),
        (
            "- case: 甲\n  event: crane\n  entries: 5\n  expect: {first: 1}",
            "cases.yaml:2: 1.event: 没有这个赛项“crane”，允许：forklift",
        ),
        (
            "- case: 甲\n  event: forklift\n  division: 学生组\n  entries: 5\n  expect: {first: 1}",
            "cases.yaml:3: 1.division: 没有这个组别“学生组”，允许：open",
        ),
        (HEAD + "  entries: 五\n  expect: {first: 1}", "cases.yaml:4: 1.entries: “五”不合规定，允许：整数，如 30"),
        (
            HEAD + "  entries: 5\n  expect: {fourth: 1}",
            "cases.yaml:5: 1.expect.fourth: 没有这个奖项“fourth”，允许：first、second、third、decisions",
        ),
        (
            HEAD + "  entries: 5\n  expect:\n    decisions: [ties]",
            "cases.yaml:6: 1.expect.decisions: “[ties]”不是裁定事项，允许：tie border over_cap advance minimum",
        ),
        (
            HEAD + "  facts: {born: 2000-01-01}\n  expect: {age: ok}",
            "cases.yaml:5: 1.expect.age: 没有这条规则，允许：division",
        ),
        (
            HEAD + "  facts: {born: 2000-13-01}\n  expect: {division: ok}",
            "cases.yaml:4: 1.facts: “2000-13-01”不是历法上的日期，允许：日期，如 2025-10-18",
        ),
        (
            HEAD + "  facts: {born: 9999-12-31}\n  expect: {division: ok}",
            "cases.yaml:4: 1.facts: “9999-12-31”不合规定，允许：出生日期，不晚于 2199 年",
        ),
        (
            HEAD + "  facts: {level: [四级]}\n  expect: {division: ok}",
            "cases.yaml:4: 1.facts: “['四级']”不合规定，允许：五级、四级、三级、二级、一级、特级技师、首席技师",
        ),
        (
            HEAD + "  facts: {honours: [{on: 2024-05-01}]}\n  expect: {division: ok}",
            "cases.yaml:4: 1.facts: “on”不合规定，允许：荣誉名称，或 {name, on, event}",
        ),
        (
            HEAD + "  facts: {born: 2000-01-01}\n  expect: {division: 好}",
            "cases.yaml:5: 1.expect.division: “好”不是结论，允许：ok、evidence、waiver、refused、无",
        ),
        (
            HEAD + "  results:\n    F1: {理论知识: 80}\n  expect:\n    F1: {rank: 1}",
            "cases.yaml:5: 1.results.F1: “理论知识”不是竞赛内容，"
            "允许：技能操作（或其模块）、用时、交卷时间、state、holds、age、division",
        ),
        (
            HEAD + "  results:\n    F1: {技能操作: 100.001}\n  expect:\n    F1: {rank: 1}",
            "cases.yaml:5: 1.results.F1: “100.001”超过“技能操作”的满分，允许：0 至 100",
        ),
        (
            HEAD + "  results:\n    F1: {技能操作: 80, state: 迟到}\n  expect:\n    F1: {rank: 1}",
            "cases.yaml:5: 1.results.F1: “迟到”不合规定，允许：正常、缺考、取消成绩、取消资格",
        ),
        (
            HEAD + "  results:\n    F1: {技能操作: 80, 用时: 很快}\n  expect:\n    F1: {rank: 1}",
            "cases.yaml:5: 1.results.F1: “很快”不合规定，允许：分钟数，或 h:mm:ss，如 1:29:59",
        ),
        (
            HEAD + "  results:\n    F1: {技能操作: 80}\n  expect:\n    F2: {rank: 1}",
            "cases.yaml:7: 1.expect.F2: results 里没有这个编号，允许：F1、decisions",
        ),
        (
            HEAD + "  results:\n    F1: {技能操作: 80}\n  expect:\n    F1: {place: 1}",
            "cases.yaml:7: 1.expect.F1.place: 不认识的键，允许：total rank prize level honours",
        ),
    ],
)
def test_an_example_that_cannot_be_read_is_told_at_its_line_with_what_is_allowed(text: str, fault: str) -> None:
    assert told("qingshi-2026", text) == [fault]


def test_every_failing_example_is_told_and_the_others_are_silent() -> None:
    text = (
        HEAD + "  entries: 5\n  expect: {first: 2, third: 0}\n"
        "- case: 乙\n  event: 叉车司机\n  entries: 3\n  expect: {一等奖: 1, decisions: 无}\n"
        "- case: 丙\n  event: forklift\n  results:\n    F1: {技能操作: 80, 状态: 取消成绩}\n"
        "  expect:\n    F1: {rank: 1, prize: 一等奖}\n"
    )
    assert told("qingshi-2026", text) == [
        "cases.yaml:1: expect: 示例“甲”不成立：first 应为 2，算得 1；third 应为 0，算得 1",
        "cases.yaml:10: expect: 示例“丙”不成立：F1 的 rank 应为 1，算得 无；F1 的 prize 应为 first，算得 无",
    ]


def test_a_failing_verdict_says_why_the_rule_judged_so() -> None:
    text = (
        "- case: 差一天\n  event: iot\n  division: 学生组\n"
        "  facts: {born: 2009-10-24, status: 学生}\n  expect: {age: ok}\n"
    )
    assert told("bayu-2025", text) == [
        "cases.yaml:1: expect: 示例“差一天”不成立：age 应为 ok，算得 refused"
        "（截至2025年10月23日为15周岁，未满16周岁。）"
    ]


def test_marks_of_modules_may_stand_below_their_component_and_columns_have_their_chinese_names() -> None:
    text = """\
- case: 模块写在竞赛内容之下，与分列相同
  event: 智慧仓储系统运维
  division: 职工组
  results:
    W1:
      {theory: 80, design: 80, repair: 80, assembly: {mechanical: 70, 电气装调: 80, joint: 90},
       年龄: 18、30、40, 已有等级: 无}
    W2: {theory: 80, design: 80, repair: 80, 系统装调/机械装调: 60, assembly/electrical: 60, 联机调试: 60}
  expect:
    W1: {total: 80.4, rank: 1}
"""
    assert told("qinghe-2026", text) == [
        "cases.yaml:8: 1.results.W2: “联机调试”不是竞赛内容，"
        "允许：理论考试、方案设计、故障排除、系统装调（或其模块）、用时、交卷时间、state、holds、age、division"
    ]
    assert told("qinghe-2026", text.replace(", 联机调试: 60", ", 系统装调/联机调试: 60")) == []


def test_a_file_that_holds_nothing_has_no_example_and_no_fault() -> None:
    assert told("qingshi-2026", "# 还没有示例\n") == []
