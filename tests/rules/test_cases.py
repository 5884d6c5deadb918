"""cases.yaml is run by the rules: what holds is silent, what fails or cannot be read is told at its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from saiwu.cli.rulebook import run
from saiwu.rules.cases import examine
from saiwu.rules.rulebook import Rulebook
from tests.notices.shipped import NOTICES, SLUGS, book_of, written
from tests.rules.rulebook.small import FILES, book


def told(slug: str, text: str) -> list[str]:
    return lines(book_of(slug), text)


def lines(rules: Rulebook | None, text: str) -> list[str]:
    examined = examine(rules, text)
    return [str(fault) for fault in (*examined.errors, *examined.failing)]


def test_changing_one_expectation_reports_exactly_that_case() -> None:
    text = (NOTICES / "bayu-2025" / "cases.yaml").read_text(encoding="utf-8")
    rows = text.split("\n")
    line = next(number for number, row in enumerate(rows, 1) if row.startswith("- case: 三十一队"))
    assert rows[line + 3] == "  expect: {first: 1, second: 2, third: 3, merit: 3, decisions: []}"
    rows[line + 3] = "  expect: {first: 1, second: 2, third: 3, merit: 4, decisions: []}"
    number = sum(row.startswith("- case: ") for row in rows[:line])
    assert told("bayu-2025", "\n".join(rows)) == [
        f"cases.yaml:{line}: {number}.expect: 示例“三十一队，9.3 向下取九，优胜奖三名，与本赛项实际决赛相符”不成立："
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
            "cases.yaml:1: 1: 应是一个示例，允许：case event division facts entries results expect note",
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
            "cases.yaml:1: 1.expect: 缺少，允许：规则、奖项或参赛编号，及其结论",
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
            "cases.yaml:4: 1.facts.born: “2000-13-01”不是历法上的日期，允许：日期，如 2025-10-18",
        ),
        (
            HEAD + "  facts: {born: 9999-12-31}\n  expect: {division: ok}",
            "cases.yaml:4: 1.facts.born: “9999-12-31”不合规定，允许：出生日期，不晚于 2199 年",
        ),
        (
            HEAD + "  facts: {level: [四级]}\n  expect: {division: ok}",
            "cases.yaml:4: 1.facts.level: “['四级']”不合规定，允许：五级、四级、三级、二级、一级、特级技师、首席技师",
        ),
        (
            HEAD + "  facts: {honours: [{on: 2024-05-01}]}\n  expect: {division: ok}",
            "cases.yaml:4: 1.facts.honours: “on”不合规定，允许：荣誉名称，或 {name, on, event}",
        ),
        (
            HEAD + "  facts: {born: 2000-01-01}\n  expect: {division: 好}",
            "cases.yaml:5: 1.expect.division: “好”不是结论，允许：ok、evidence、waiver、refused、无",
        ),
        (
            HEAD + "  results:\n    F1: {理论知识: 80}\n  expect:\n    F1: {rank: 1}",
            "cases.yaml:5: 1.results.F1.理论知识: “理论知识”不是竞赛内容，"
            "允许：技能操作（或其模块）、用时、交卷时间、state、holds、age、division",
        ),
        (
            HEAD + "  results:\n    F1: {技能操作: 100.001}\n  expect:\n    F1: {rank: 1}",
            "cases.yaml:5: 1.results.F1.技能操作: “100.001”超过“技能操作”的满分，允许：0 至 100",
        ),
        (
            HEAD + "  results:\n    F1: {技能操作: 80, state: 迟到}\n  expect:\n    F1: {rank: 1}",
            "cases.yaml:5: 1.results.F1.state: “迟到”不合规定，允许：正常、缺考、取消成绩、取消资格",
        ),
        (
            HEAD + "  results:\n    F1: {技能操作: 80, 用时: 很快}\n  expect:\n    F1: {rank: 1}",
            "cases.yaml:5: 1.results.F1.用时: “很快”不合规定，允许：分钟数，或 h:mm:ss，如 1:29:59",
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


def test_all_that_is_wrong_with_an_example_is_told_in_one_pass() -> None:
    text = (
        "- case: [甲]\n  event: forklift\n  division: open\n  facts: {born: 2000-13-01, sttus: 学生, sex: 女性}\n"
        "  expect: {age: ok, division: 好}\n  remark: 乙\n"
        "- event: forklift\n  entries: 五\n  expect: {fourth: 1, first: 一, decisions: [ties]}\n"
        "- case: 丙\n  results:\n    F1: {理论知识: 80, 用时: 很快, state: {甲: 乙}}\n    F2: 80\n"
        "  expect:\n    F1: {place: 1, rank: 甲}\n    F3: 5\n"
    )
    found = told("qingshi-2026", text)
    assert [line.partition("，允许：")[0] for line in found] == [
        "cases.yaml:1: 1.case: 应是一句话",
        "cases.yaml:4: 1.facts.born: “2000-13-01”不是历法上的日期",
        "cases.yaml:4: 1.facts.sex: “女性”不合规定",
        "cases.yaml:4: 1.facts.sttus: 没有这个事实",
        "cases.yaml:5: 1.expect.age: 没有这条规则",
        "cases.yaml:5: 1.expect.division: “好”不是结论",
        "cases.yaml:6: 1.remark: 不认识的键",
        "cases.yaml:7: 2.case: 缺少",
        "cases.yaml:8: 2.entries: “五”不合规定",
        "cases.yaml:9: 2.expect.decisions: “[ties]”不是裁定事项",
        "cases.yaml:9: 2.expect.first: “一”不合规定",
        "cases.yaml:9: 2.expect.fourth: 没有这个奖项“fourth”",
        "cases.yaml:12: 3.results.F1.state: “{}”不合规定",
        "cases.yaml:12: 3.results.F1.理论知识: “理论知识”不是竞赛内容",
        "cases.yaml:12: 3.results.F1.用时: “很快”不合规定",
        "cases.yaml:13: 3.results.F2: 应是成绩",
        "cases.yaml:15: 3.expect.F1.place: 不认识的键",
        "cases.yaml:15: 3.expect.F1.rank: “甲”不合规定",
        "cases.yaml:16: 3.expect.F3: results 里没有这个编号",
        "cases.yaml:16: 3.expect.F3: 应是键和值",
    ]


def test_what_yaml_refuses_is_told_once_and_the_rest_of_the_example_is_read() -> None:
    text = (
        HEAD + "  facts: {born: , sttus: 学生}\n  expect: {division:}\n" + HEAD + "  entries:\n  expect: {first: 一}\n"
    )
    empty = "值是空的，允许：一个值、待定或无，不写则删去这一行"
    assert [line for line in told("qingshi-2026", text) if "事实" not in line] == [
        f"cases.yaml:4: 1.facts.born: {empty}",
        f"cases.yaml:5: 1.expect.division: {empty}",
        f"cases.yaml:9: 2.entries: {empty}",
        "cases.yaml:10: 2.expect.first: “一”不合规定，允许：整数，如 30",
    ]


def test_facts_of_those_who_are_instructed_and_answers_of_a_fact_of_the_notice_must_be_known() -> None:
    rules = book(("notice.yaml", "divisions:", "facts: {union: {ask: 是否会员, answers: [是, 否], clause: 一}}\ndivisions:"),
                 ("notice.yaml", "at_most: 2,", "at_most: 2, for: {union: [是]},"))  # fmt: skip
    head = "- case: 甲\n  event: crane\n  division: worker\n"
    text = f"{head}  facts: {{union: 也许, instructs: [{{event: crane, sttus: 学生}}]}}\n  expect: {{division: evidence}}\n"
    assert [line.partition("，允许：")[0] for line in lines(rules, text)] == [
        "cases.yaml:4: 1.facts.instructs.1.sttus: 没有这个事实",
        "cases.yaml:4: 1.facts.union: 没有“也许”这个回答",
    ]
    assert lines(rules, text.replace("也许", "是").replace("sttus", "status")) == []


def test_an_example_of_what_is_pending_waits() -> None:
    def waits(edits: list[tuple[str, str, str]], *rows: str) -> tuple[list[str], list[str]]:
        text = "- case: 甲\n  event: crane\n  division: worker\n" + "".join(f"  {row}\n" for row in rows)
        rules = book(*(("notice.yaml", *edit[1:]) for edit in edits))
        return lines(rules, text), [str(remark) for remark in examine(rules, text).waiting]

    weight = ("", "practical: {weight: 70%", "practical: {weight: 待定")
    speech = ("", "practical: {weight: 70%", "speech: {name: 待定, weight: 待定}\n  practical: {weight: 待定")
    prizes = ("", "prizes: {first: 1, second: 2, third: 3, merit: 至上限}", "prizes: 待定")
    entries = ("entries: 20", "expect: {first: 1, 特等奖: 1}")
    results = ("results: {D1: {演讲: 80}}", "expect: {D1: {rank: 1}}")
    nothing = "没有这个奖项“特等奖”，允许：first、second、third、merit、decisions"
    assert waits([], *entries) == ([f"cases.yaml:5: 1.expect.特等奖: {nothing}"], [])
    assert waits([prizes], *entries) == (
        [],
        [
            "cases.yaml:5: 1.expect.first: 所指待定，示例“甲”暂不核对",
            "cases.yaml:5: 1.expect.特等奖: 所指待定，示例“甲”暂不核对",
        ],
    )
    assert waits([speech], *results) == (
        [],
        ["cases.yaml:4: 1.results: 竞赛内容（components）待定，示例“甲”暂不核对"],
    )
    assert waits([weight], "entries: 20", "expect: {first: 1}") == (
        [],
        ["cases.yaml:1: 1: components.practical.weight 待定，示例“甲”暂不核对"],
    )


def test_what_cannot_be_read_is_told_before_what_fails() -> None:
    text = HEAD + "  entries: 5\n  expect: {first: 2}\n" + HEAD + "  entries: 五\n  expect: {first: 1}\n"
    assert told("qingshi-2026", text) == [
        "cases.yaml:9: 2.entries: “五”不合规定，允许：整数，如 30",
        "cases.yaml:1: 1.expect: 示例“甲”不成立：first 应为 2，算得 1",
    ]


def test_examples_are_read_while_the_rules_have_faults_and_judged_once_they_have_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "- case: 甲\n  event: crane\n  division: worker\n"
    examples = f"{head}  entries: 20\n  expect: {{first: 2}}\n{head}  enties: 20\n"
    for name, text in (FILES | {"cases.yaml": examples}).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    notice = tmp_path / "notice.yaml"
    notice.write_text(FILES["notice.yaml"].replace("weight: 30%", "weight: 40%"), "utf-8")
    unreadable = (
        "cases.yaml:6: 2.expect: 缺少，允许：规则、奖项或参赛编号，及其结论\n"
        "cases.yaml:9: 2.enties: 不认识的键，允许：case event division facts entries results expect note\n"
    )
    assert run(["check", str(tmp_path)]) == 1
    assert capsys.readouterr() == (
        f"{unreadable}notice.yaml:18: components: 同一阶段的竞赛内容权重合计不是 100%"
        "（理论知识 40% + 技能操作 70% = 110%），允许：合计 100%\n",
        "3 处有误。\n",
    )
    notice.write_text(FILES["notice.yaml"], "utf-8")
    assert run(["check", str(tmp_path)]) == 1
    assert capsys.readouterr() == (
        f"{unreadable}cases.yaml:1: 1.expect: 示例“甲”不成立：first 应为 2，算得 1\n",
        "3 处有误。\n",
    )


def test_every_failing_example_is_told_and_the_others_are_silent() -> None:
    text = (
        HEAD + "  entries: 5\n  expect: {first: 2, third: 0}\n"
        "- case: 乙\n  event: 叉车司机\n  entries: 3\n  expect: {一等奖: 1, decisions: 无}\n"
        "- case: 丙\n  event: forklift\n  results:\n    F1: {技能操作: 80, 状态: 取消成绩}\n"
        "  expect:\n    F1: {rank: 1, prize: 一等奖}\n"
    )
    assert told("qingshi-2026", text) == [
        "cases.yaml:1: 1.expect: 示例“甲”不成立：first 应为 2，算得 1；third 应为 0，算得 1",
        "cases.yaml:10: 3.expect: 示例“丙”不成立：F1 的 rank 应为 1，算得 无；F1 的 prize 应为 first，算得 无",
    ]


def test_a_failing_verdict_says_why_the_rule_judged_so() -> None:
    text = (
        "- case: 差一天\n  event: iot\n  division: 学生组\n"
        "  facts: {born: 2009-10-24, status: 学生}\n  expect: {age: ok}\n"
    )
    assert told("bayu-2025", text) == [
        "cases.yaml:1: 1.expect: 示例“差一天”不成立：age 应为 ok，算得 refused"
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
        "cases.yaml:8: 1.results.W2.联机调试: “联机调试”不是竞赛内容，"
        "允许：理论考试、方案设计、故障排除、系统装调（或其模块）、用时、交卷时间、state、holds、age、division"
    ]
    assert told("qinghe-2026", text.replace(", 联机调试: 60", ", 系统装调/联机调试: 60")) == []


def test_a_file_that_holds_nothing_has_no_example_and_no_fault() -> None:
    assert told("qingshi-2026", "# 还没有示例\n") == []
