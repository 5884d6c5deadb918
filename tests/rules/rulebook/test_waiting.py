# ruff: noqa: E501  (lines of Chinese, compared whole)
"""What is 待定, broken or missing is told once: what refers to it waits, and all else is judged in the same pass."""

from __future__ import annotations

import pytest

from saiwu.rules.rulebook import from_merged, merged_division, missing_for
from tests.rules.rulebook.small import NOTICE, TEXT, book, faults

N, F, T = "notice.yaml", "events/forklift.yaml", "text.yaml"
PRACTICAL = "practical: {weight: 70%, pass: 60}"
DIVISIONS = NOTICE[NOTICE.index("divisions:") : NOTICE.index("dates:")]
BROKEN_SUM = "notice.yaml:{}: components: 同一阶段的竞赛内容权重合计不是 100%（理论知识 40% + 技能操作 70% = 110%），允许：合计 100%"


@pytest.mark.parametrize("edits", [
    # a name that is not known yet may be the one that is meant
    [(N, PRACTICAL, PRACTICAL.replace("70%", "待定") + "\n  speech: {name: 待定, weight: 待定}"),
     (N, "[技能操作, 用时", "[演讲, 用时")],
    [(N, PRACTICAL, "practical: {weight: 70%, pass: 60, modules: {m1: 待定}}"), (N, "[技能操作, 用", "[技能操作/接线, 用")],
    [(N, "merit: 至上限", "merit: 至上限, best: {size: 1, name: 待定}"), (N, "prize: [有]", "prize: [特等奖]")],
    [(N, "registration: {", "camp: {name: 待定, on: 2026-02-01}\n  registration: {"), (N, "from: 2026-03-02", "from: 集训后3日")],
    [(N, "student: {", "junior: {name: 待定}\n  student: {"), (N, "at_most: 2,", "at_most: 2, for: {division: [少年组]},")],
    [(N, "at_most: 2,", "at_most: 2, for: {tag: [新职业]},"), (F, "stages:", "tags: 待定\nstages:")],
])  # fmt: skip
def test_references_wait_for_names_that_are_pending(edits):
    assert faults(*edits) == []


def test_points_of_a_unit_award_wait_where_the_divisions_are_pending():
    award = "unit_awards: {best: {name: 团体奖, points: {一等奖: 3}}}\n"
    assert faults((N, DIVISIONS, "divisions: 待定\n"), (N, "duties:", f"{award}duties:")) == []


def test_a_thing_of_a_usual_id_has_its_name_even_while_it_is_pending():
    assert faults((N, PRACTICAL, "practical: 待定"), (N, "[技能操作, 用时", "[实操, 用时")) == [
        "notice.yaml:22: ranking.tie_break: 没有“实操”这个同分比较项，允许：理论知识 技能操作 用时 交卷时间 裁判长 加赛 裁判长（涉奖） 并列"
    ]


def test_a_sentence_that_is_broken_is_one_fault_however_often_it_is_cited():
    assert faults((T, "一: 青石县第二届职工技能比武定于2026年5月举办。", "一:")) == [
        "text.yaml:1: 一: 值是空的，允许：一个值、待定或无，不写则删去这一行"
    ]
    assert faults((T, "一: 青石县", "一:\n  甲: 青石县")) == ["text.yaml:1: 一: 应是一句原文，允许：条款: 原文，不分层"]
    assert faults((T, TEXT, "- 甲\n")) == ["text.yaml:1: （整个文件）: 应是条款和原文，允许：条款: 原文，一行一条"]


def test_a_kind_of_question_that_is_not_known_does_not_spoil_the_sum_as_well():
    assert faults(
        (N, "weight: 30%, pass: 60", "weight: 30%, pass: 60, paper: {questions: {选择: 60×1, 判断: 40×1}}")
    ) == [
        "notice.yaml:20: components.theory.paper.questions.选择: 不认识的键，允许：单选 多选 判断 填空 匹配 排序 计算 论述"
    ]


def test_an_event_without_divisions_is_judged_in_all_else_in_the_same_pass():
    none = "没有组别，允许：至少一个组别；不分组别写 divisions: {open: {}}"
    assert faults((N, DIVISIONS, ""), (N, "weight: 30%", "weight: 40%"), (N, "per: 参赛单位, ", "")) == [
        f"events/crane.yaml:1: divisions: {none}",
        f"events/forklift.yaml:1: divisions: {none}",
        "notice.yaml:14: quotas.unit.per: 缺少，允许：参赛单位、院校、区县、代表队、选手、指导教师、赛项",
        BROKEN_SUM.format(15),
    ]
    assert faults((N, DIVISIONS, "divisions: 待定\n"), (N, "weight: 30%", "weight: 40%")) == [BROKEN_SUM.format(16)]


def test_an_answer_to_a_fact_without_answers_says_what_to_write_first():
    edits = (
        (N, "duties:", "facts: {line: {ask: 是否一线？, answers: 无}}\nduties:"),
        (N, "at_most: 2", "at_most: 2, for: {line: [是]}"),
    )
    assert faults(*edits) == ["notice.yaml:17: quotas.unit.for.line: line 没有“是”这个回答，允许：先写下 line 的回答"]


@pytest.mark.parametrize("division", ["student", None])
def test_the_final_exists_while_all_stages_are_pending(division):
    rules = book((F, "{final: {on: 2026-05-10}}", "待定"))
    event = rules.event("forklift") if division is None else rules.event("forklift").division(division)
    final = event.stages["final"]
    assert (list(event.stages), final.name, final.on, final.is_pending("on")) == (["final"], "决赛", None, True)
    assert event.is_pending("stages")
    assert missing_for(rules, "forklift", division, "final_list") == ["stages.final.on"]
    again = from_merged(merged_division(rules, "forklift", division))
    assert (list(again.stages), again.is_pending("stages")) == (["final"], True)
