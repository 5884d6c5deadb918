"""A commented start for a new notice: it passes `check`, and says 待定 where its writer has to fill in."""

from __future__ import annotations

from collections.abc import Mapping

_TEXT = """\
# 条款: 原文。把通知逐句抄在这里，一件事一条，键用通知自己的编号（一、五.1a、附件10）。
# 每一条都要用到：被别处的 clause 引用，或列入 notice.yaml 的 duties，否则 check 会指出。
标题: 关于举办某某职业技能竞赛的通知
"""

_NOTICE = """\
# 全部赛项共同的内容。从上往下写；写完一段就运行 saiwu rulebook check 看看。
# 三条规矩：
#   1. 每个值都要有依据：clause（text.yaml 的条款）或 assumed（通知未写，为什么取这个值）。
#   2. 待公布的写 待定；没有的写 无；不写就是通知没说，按缺省。
#   3. 各赛项相同的写在这里，不同的写在 events/ 下各赛项的文件里，近的盖过远的。
language: 1
version: 1
clause: 标题

# ---- 通知 ----
name: 某某职业技能竞赛
# short_name: 简称
# number: 文号
# issued: 2026-03-01
# from: 2026-05-01          # 各阶段都在 from 与 to 之间
# to: 2026-06-30
# region: 某市
# region_code: 50           # 行政区划代码的前几位
organisation:
  organisers: 待定          # [甲局, 乙总工会]

contact: 待定               # {office: 组委会办公室, phone: …}

# ---- 日程：on，或 from 与 to；可以写 决赛前20日、报名截止后5个工作日 ----
dates:
  registration: {from: 待定, to: 待定}

# ---- 报名与参赛单元 ----
registration:
  documents: [报名表, 汇总表, 照片]
  assumed: 通知未见，按通常做法
entry:
  team_size: 1              # 团体赛写 2 或 2-3
  assumed: 通知未见，按单人赛

# ---- 组别：不分组别写 open: {} ----
divisions:
  open: {}
  assumed: 通知未见，先不分组别
# divisions:
#   student: {for: {status: [学生]}}
#   worker: {for: {status: [在职, 教师]}}

# ---- 参赛资格：键是规则的种类，或另起 id 并写 rule ----
eligibility: 待定
# eligibility:
#   age: {minimum: 16, retirement: 达龄前一日}
#   place: {any_of: [工作, 学习, 居住]}
#   skill: {level: 四级, years: 5, years_in: [本职业, 相关职业], binding: 原则上}
#   one_event: {}

# ---- 名额与下限 ----
quotas: 待定
# quotas:
#   unit: {per: 参赛单位, at_most: 2}

# ---- 竞赛内容：权重合计 100% ----
components:
  theory: {weight: 30%, pass: 60}
  practical: {weight: 70%, pass: 60}
  assumed: 通知未见，按通常的三七开

# ---- 奖励：一二三等奖按个数，优胜奖补到上限 ----
awards:
  prizes: {first: 1, second: 2, third: 3, merit: 至上限}
  cap: 30%
  assumed: 通知未见，先按这一方案

# ---- 责任事项：程序管不了、人要做的，条款 -> 给谁看 ----
# duties:
#   七.一: [承办单位]
"""

_EVENT = """\
# 一个赛项一个文件，文件名就是赛项的 id。这里只写与 notice.yaml 不同的。
name: 某某赛项
clause: 标题
stages:
  final: {on: 待定, venue: 待定}
"""

_CASES = """\
# 示例：一句话、事实、应有的结论。改规则之前先写示例，check 会逐个核对。
- case: 十个队参赛，一二三等奖六个已超过三成，待裁定
  event: example
  division: open
  entries: 10
  expect: {first: 1, second: 2, decisions: [over_cap]}
"""


def new_files() -> Mapping[str, str]:
    """The files of the start, by relative path."""
    return {
        "text.yaml": _TEXT,
        "notice.yaml": _NOTICE,
        "events/example.yaml": _EVENT,
        "cases.yaml": _CASES,
    }
