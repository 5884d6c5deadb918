# ruff: noqa: E501  (lines of Chinese, compared whole)
"""Every fault of §18 stands at the line where its writer can mend it, with its whole key and what is allowed."""

from __future__ import annotations

import pytest

from saiwu.rules.rulebook import load_files
from tests.rules.rulebook.small import CRANE, FORKLIFT, NOTICE, faults, loaded

N, F, C, T = "notice.yaml", "events/forklift.yaml", "events/crane.yaml", "text.yaml"
MOMENTS = "预报名截止 报名截止 决赛名单 检录 模块结束 竞赛结束 成绩公布 公示 通报"
SOURCE = "没有依据，允许：clause（条款）或 assumed（推定及理由）"
EVENT_KEYS = (
    "also_rank appeals assumed awards certificate_kind certificates clause components contact dates divisions "
    "eligibility entry host majors minimums name note occupation occupation_code order paper_level penalties "
    "public_notice quotas ranking registration related_occupations stages standard tags"
)


def test_a_notice_in_order_has_no_faults():
    assert faults() == []


@pytest.mark.parametrize(("file", "old", "new", "lines"), [
    # values of the wrong type
    (F, "2026-05-10", "5月10日", ["events/forklift.yaml:3: stages.final.on: “5月10日”不合规定，"
        "允许：日期、时刻（2025-10-18 17:00）或“决赛前20日”一类的相对日期"]),
    (F, "2026-05-10", "2026-02-30", ["events/forklift.yaml:3: stages.final.on: “2026-02-30”不是历法上的日期，允许：日期，如 2025-10-18"]),
    (N, "minimum: 18", "minimum: 十八", ["notice.yaml:15: eligibility.age.minimum: “十八”不合规定，允许：整数，如 30"]),
    (N, "any_of: [工作]", "any_of: 工作", ["notice.yaml:14: eligibility.place.any_of: “工作”不是列表，允许：方括号内的列表，如 [工作]"]),
    (N, "any_of: [工作]", "any_of: [上班]", ["notice.yaml:14: eligibility.place.any_of: “上班”不合规定，"
        "允许：工作、学习、居住、户籍、社保，可加月数（社保12个月）"]),
    (N, "pass: 60}\n  practical", "pass: 59.9999}\n  practical",
        ["notice.yaml:20: components.theory.pass: “59.9999”不合规定，允许：分数，至多三位小数，如 87.5"]),
    (N, "cap: 30%", "cap: 130%", ["notice.yaml:26: awards.cap: “130%”不合规定，允许：大于 0、不超过 100% 的比例，如 30% 或 1/3"]),
    (N, "language: 1", "language: 2", ["notice.yaml:1: language: “2”不合规定，允许：1"]),
    (N, "version: 1", "version: 待定", ["notice.yaml:2: version: “待定”不合规定，允许：1 到 999999 的整数"]),
    (N, "clause: 一\n", "clause: 一\ntime_zone: 北京\n", ["notice.yaml:8: time_zone: “北京”不合规定，允许：时区名，如 Asia/Shanghai"]),
    (N, "[技能操作, 用时, 裁判长]}", "[技能操作], decimals: 4}", ["notice.yaml:22: ranking.decimals: “4”不合规定，允许：0 到 3 的整数"]),
    # unknown keys, ids
    (N, "at_most: 2", "atmost: 2", ["notice.yaml:17: quotas.unit.atmost: 不认识的键，"
        "允许：assumed at_least at_most binding clause counts for named note per stage waived_by within"]),
    (F, "name: 叉车司机", "nome: 叉车司机", ["events/forklift.yaml:1: name: 缺少，允许：赛项的名称",
        f"events/forklift.yaml:1: nome: 不认识的键，允许：{EVENT_KEYS}"]),
    (F, "stages: {final", "stages: {Final", ["events/forklift.yaml:3: stages.Final: “Final”不能作 id，"
        "允许：小写字母开头，由 a-z、0-9、_、- 组成的 id"]),
    # sources
    (N, "  clause: 四\n", "", ["text.yaml:4: 四: 没有用到，允许：在某处用 clause 引用它，或列入 duties"]),
    (F, "clause: 一\n", "", ["events/forklift.yaml:1: name: " + SOURCE, "events/forklift.yaml:2: stages.final.on: " + SOURCE]),
    (N, "minimum: 18, clause: 二", "minimum: 18, clause: 二十", ["notice.yaml:15: eligibility.age.clause: text.yaml 里没有条款“二十”，"
        "允许：text.yaml 里的条款 一 二 三 四 五"]),
    (N, "minimum: 18, clause: 二", "minimum: 18, clause: {maximum: 二}",
        ["notice.yaml:15: eligibility.age.clause.maximum: clause 说的键不在这里，允许：minimum"]),
    (N, "minimum: 18, clause: 二", "minimum: 18, assumed: {on: 未写}",
        ["notice.yaml:15: eligibility.age.assumed.on: assumed 说的键不在这里，允许：minimum"]),
    (N, "duties: {五: [参赛单位]}", "note: 五", ["text.yaml:5: 五: 没有用到，允许：在某处用 clause 引用它，或列入 duties"]),
    (N, "duties: {五: [参赛单位]}", "duties: {五: [参赛单位], 六: [公众]}",
        ["notice.yaml:31: duties.六: text.yaml 里没有这一条，允许：text.yaml 里的条款"]),
    # sums
    (N, "weight: 30%", "weight: 40%", ["notice.yaml:18: components: 同一阶段的竞赛内容权重合计不是 100%"
        "（理论知识 40% + 技能操作 70% = 110%），允许：合计 100%"]),
    (N, "weight: 30%, ", "", ["notice.yaml:20: components.theory.weight: 同一阶段的竞赛内容有的有权重，这里没有，允许：都写权重，或都不写"]),
    (N, "pass: 60}\nranking", "pass: 60, modules: {a: {full: 40}, b: {full: 50}}}\nranking",
        ["notice.yaml:21: components.practical.modules: 模块满分合计不等于满分 100（a 40 + b 50 = 90），允许：合计 100，或各写权重"]),
    (N, "pass: 60}\nranking", "pass: 60, modules: {a: {weight: 40%}, b: {weight: 50%}}}\nranking",
        ["notice.yaml:21: components.practical.modules: 技能操作的模块权重合计不是 100%（a 40% + b 50% = 90%），允许：合计 100%"]),
    (N, "weight: 30%, pass: 60", "weight: 30%, pass: 60, paper: {questions: {单选: 60×1, 判断: 30×1}}",
        ["notice.yaml:20: components.theory.paper.questions: 各题分值合计不等于满分 100（单选 60×1 + 判断 30×1 = 90），允许：合计 100"]),
    (N, "weight: 30%, pass: 60", "weight: 30%, pass: 60, paper: {questions: {选择: 60×1}}",
        ["notice.yaml:20: components.theory.paper.questions.选择: 不认识的键，允许：单选 多选 判断 填空 匹配 排序 计算 论述"]),
    (F, "{final: {on: 2026-05-10}}", "{final: {on: 2026-05-10, ranks_by: {theory: 30%, practical: 60%}}}",
        ["events/forklift.yaml:3: stages.final.ranks_by: 合计不是 100%（90%），允许：合计 100%"]),
    # names that refer to nothing
    (N, "[技能操作, 用时, 裁判长]", "[实操, 用时, 裁判长]", ["notice.yaml:22: ranking.tie_break: 没有“实操”这个同分比较项，"
        "允许：理论知识 技能操作 用时 交卷时间 裁判长 加赛 裁判长（涉奖） 并列"]),
    (N, "prize: [有]", "prize: [特等奖]", ["notice.yaml:30: certificates.rows.1.prize: 没有“特等奖”这个奖次，"
        "允许：一等奖 二等奖 三等奖 优胜奖 有"]),
    (N, "status: [学生]", "身份: [学生]", ["notice.yaml:9: divisions.student.for.身份: 没有“身份”这个事实，允许：status entered_by "
        "entry_kind role sex minor former_retirement unit_kind school_kind division tag class"]),
    (N, "status: [学生]", "status: [学员]", ["notice.yaml:9: divisions.student.for.status: status 没有“学员”这个回答，"
        "允许：学生 在职 教师 其他"]),
    (N, "决赛前20日", "决赛日前20日", ["notice.yaml:12: dates.registration.to: 没有“决赛日”这个阶段、日期或时刻，"
        f"允许：决赛 报名 {MOMENTS}"]),
    (N, "weight: 70%,", "weight: 70%, scheme: schemes/操作.csv,",
        ["notice.yaml:21: components.practical.scheme: 没有“schemes/操作.csv”这个文件，允许：待定"]),
    (N, "at_most: 2", "at_most: 2, stage: 初赛", ["notice.yaml:17: quotas.unit.stage: 没有“初赛”这个阶段，允许：决赛"]),
    (N, "weight: 70%, pass: 60", "weight: 70%", ["notice.yaml:30: certificates.rows.1.passed: “技能操作”没有合格分（pass），允许：理论知识"]),
    # dates
    (F, "2026-05-10", "2026-06-10", ["events/forklift.yaml:3: stages.final.on: “2026-06-10”在竞赛起止（from、to）之外，"
        "允许：2026-05-01 至 2026-05-31"]),
    (F, "2026-05-10", "报名截止后20日", ["events/forklift.yaml:3: stages.final.on: 相对日期绕成了圈"
        "（报名截止后20日 → 决赛前20日 → 报名截止后20日），允许：其中一个写成日期"]),
    (F, "on: 2026-05-10", "from: 2026-05-10, to: 2026-05-09", ["events/forklift.yaml:3: stages.final.to: “2026-05-09”早于 from，"
        "允许：不早于 from 的日期"]),
    (N, "to: 2026-05-31", "to: 2026-04-01", [
        "events/crane.yaml:4: stages.final.on: “2026-05-17”在竞赛起止（from、to）之外，允许：2026-05-01 至 2026-04-01",
        "events/forklift.yaml:3: stages.final.on: “2026-05-10”在竞赛起止（from、to）之外，允许：2026-05-01 至 2026-04-01",
        "notice.yaml:5: to: “2026-04-01”早于 from，允许：不早于 2026-05-01 的日期"]),
    # what is missing
    (F, "name: 叉车司机\n", "", ["events/forklift.yaml:1: name: 缺少，允许：赛项的名称"]),
    (N, "name: 青石县第二届职工技能比武\n", "", ["notice.yaml:1: name: 缺少，允许：竞赛的名称"]),
    (F, "clause: 一\n", "clause: 一\ndivisions: {student: 无, worker: 无}\n",
        ["events/forklift.yaml:3: divisions: 没有组别，允许：至少一个组别；不分组别写 divisions: {open: {}}"]),
    (F, "clause: 一\n", "clause: 一\ndivisions: {youth: {}}\n", ["events/forklift.yaml:3: divisions.youth.name: 缺少名称，"
        "允许：名称；常用的 id student worker teacher open 自带名称"]),
    (F, "clause: 一\n", "clause: 一\nquotas: {unite: {at_most: 3}}\n", ["events/forklift.yaml:3: quotas.unite.per: 缺少，"
        "允许：参赛单位、院校、区县、代表队、选手、指导教师、赛项"]),
    (F, "clause: 一\n", "clause: 一\neligibility: {agee: {minimum: 3}}\n", ["events/forklift.yaml:3: eligibility.agee.rule: "
        "缺少（agee 不是规则的种类），允许：age place student worker skill past_winner facts proof declaration one_event "
        "not_instructor any_of"]),
    # the rest
    (N, "[技能操作, 用时, 裁判长]", "[裁判长, 用时]", ["notice.yaml:22: ranking.tie_break: “用时”写在“裁判长”之后，"
        "允许：裁判长、加赛、裁判长（涉奖）、并列 只写在最后"]),
    (F, "clause: 一\n", "clause: 一\nquotas: {unite: 无}\n", ["events/forklift.yaml:3: quotas.unite: “无”要去掉的这里没有，允许：unit"]),
    (N, "  cap: 30%\n", "", ["notice.yaml:25: awards.prizes.merit: “至上限”而没有上限（cap），允许：先写下 awards.cap，或用个数、比例"]),
    (F, "{final: {on: 2026-05-10}}", "{final: {on: 2026-05-10, advance: {size: 3}}}",
        ["events/forklift.yaml:3: stages.final.advance: 最后一个阶段没有晋级，允许：写在更早的阶段，或删去"]),
    (N, "place: {any_of: [工作], clause: 二}", "ways: {rule: any_of, rules: {one_event: {}}, clause: 二}",
        ["notice.yaml:14: eligibility.ways.rules.one_event: any_of 之内不能有 one_event，"
         "允许：age place student worker skill past_winner facts proof"]),
])  # fmt: skip
def test_each_fault_stands_at_its_line(file, old, new, lines):
    assert faults((file, old, new)) == lines


def test_all_faults_come_in_one_pass_sorted_by_file_and_line():
    assert [line.split(": ")[:2] for line in faults(
        (N, "minimum: 18", "minimum: 多大"), (N, "cap: 30%", "cap: 三成"), (C, "on: 2026-05-17", "on: 5月"),
        (F, "on: 2026-05-10", "on: 5月"), (T, "五: ", "六: "),
    )] == [
        ["events/crane.yaml:4", "stages.final.on"],
        ["events/forklift.yaml:3", "stages.final.on"],
        ["notice.yaml:15", "eligibility.age.minimum"],
        ["notice.yaml:26", "awards.cap"],
        ["notice.yaml:31", "duties.五"],
        ["text.yaml:5", "六"],
    ]  # fmt: skip


def test_a_fault_that_every_event_inherits_is_told_once():
    assert len(faults((N, "weight: 30%", "weight: 31%"))) == 1


def test_neither_of_two_layers_is_nearer():
    edit = (N, "{for: {status: [学生]}", "{ranking: {decimals: 2}, for: {status: [学生]}")
    assert faults(edit, (F, "clause: 一\n", "clause: 一\nranking: {decimals: 1}\n")) == [
        "events/forklift.yaml:3: ranking.decimals: “notice.yaml”已为组别 student 写了这一项，这里为全部组别写，分不出远近，"
        "允许：在本文件写 divisions.student.ranking.decimals"
    ]


def test_the_event_settles_it_under_its_own_divisions():
    edit = (N, "{for: {status: [学生]}", "{ranking: {decimals: 2}, for: {status: [学生]}")
    own = "clause: 一\nranking: {decimals: 1}\ndivisions: {student: {ranking: {decimals: 0}}}\n"
    assert faults(edit, (F, "clause: 一\n", own)) == []


def test_a_sentence_must_stand_in_the_notice_as_issued_white_space_apart():
    notice = "".join(line.partition(": ")[2] + "\u3000\n  " for line in loaded().book.files["text.yaml"].splitlines())
    spaced = notice.replace("职工技能", "职工 \n技能")
    assert faults(**{"notice.txt": spaced}) == []
    assert faults(**{"notice.txt": spaced.replace("三成", "四成", 1)}) == [
        "text.yaml:3: 三: notice.txt 里没有这一句，允许：通知的原句（空白不计）"
    ]


def test_what_is_pending_is_no_fault_and_is_listed():
    result = loaded((N, "cap: 30%", "cap: 待定"), (F, "on: 2026-05-10", "on: 待定"))
    assert result.faults == ()
    assert [str(remark) for remark in result.remarks] == [
        "events/forklift.yaml:3: stages.final.on: 待定",
        "notice.yaml:26: awards.cap: 待定",
    ]


def test_references_into_a_pending_chapter_wait_with_it():
    components = NOTICE[NOTICE.index("components:") : NOTICE.index("ranking:")]
    assert faults((N, components, "components: 待定\n")) == []
    assert faults((N, components, "")) != []


def test_a_folder_without_events_is_checked_as_far_as_it_goes():
    whole = {"text.yaml": loaded().book.files["text.yaml"], "notice.yaml": NOTICE}
    result = load_files("standing", whole)
    assert (result.faults, result.book is not None and result.book.events) == ((), {})


def test_a_file_of_another_suffix_is_not_lost_unseen():
    assert faults(**{"events/weld.yml": FORKLIFT}) == [
        "events/weld.yml:1: （整个文件）: 扩展名不是 .yaml，允许：events/*.yaml"
    ]
    assert faults(**{"events/焊工.yaml": CRANE}) == [
        "events/焊工.yaml:1: （整个文件）: 文件名“焊工”不能作赛项的 id，允许：小写字母开头，由 a-z、0-9、_、- 组成的 id"
    ]
