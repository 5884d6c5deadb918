"""A small notice of two events that is in order: the tests break it one thing at a time."""

from __future__ import annotations

from collections.abc import Mapping

from saiwu.rules.rulebook import Loaded, Rulebook, load_files

TEXT = """\
一: 青石县第二届职工技能比武定于2026年5月举办。
二: 在县内工作、年满18周岁者可以参加，每单位至多2人。
三: 理论占三成，操作占七成，操作合格者发给证书。
四: 取前三名，获奖总数不超过三成。
五: 各单位要注意安全。
"""

NOTICE = """\
language: 1
version: 1
name: 青石县第二届职工技能比武
from: 2026-05-01
to: 2026-05-31
organisation: {organisers: [青石县总工会]}
clause: 一
divisions:
  student: {for: {status: [学生]}, clause: 二}
  worker: {for: {status: [在职]}, clause: 二}
dates:
  registration: {from: 2026-03-02, to: 决赛前20日}
eligibility:
  place: {any_of: [工作], clause: 二}
  age: {minimum: 18, clause: 二}
quotas:
  unit: {per: 参赛单位, at_most: 2, clause: 二}
components:
  clause: 三
  theory: {weight: 30%, pass: 60}
  practical: {weight: 70%, pass: 60}
ranking: {tie_break: [技能操作, 用时, 裁判长]}
awards:
  clause: 四
  prizes: {first: 1, second: 2, third: 3, merit: 至上限}
  cap: 30%
certificates:
  clause: 三
  rows:
    - {passed: [技能操作], rank: 1-6, prize: [有], gives: 命题等级}
duties: {五: [参赛单位]}
"""

FORKLIFT = """\
name: 叉车司机
clause: 一
stages: {final: {on: 2026-05-10}}
"""

CRANE = """\
name: 起重工
clause: 一
stages:
  final: {on: 2026-05-17}
"""

FILES: Mapping[str, str] = {
    "text.yaml": TEXT,
    "notice.yaml": NOTICE,
    "events/forklift.yaml": FORKLIFT,
    "events/crane.yaml": CRANE,
}


def loaded(*edits: tuple[str, str, str], **files: str) -> Loaded:
    """The small notice with edits (file, old, new), each of which must apply; `files` add or replace whole files."""
    texts = dict(FILES) | {name.replace("__", "/").replace("_yaml", ".yaml"): text for name, text in files.items()}
    for file, old, new in edits:
        assert old in texts[file], (file, old)
        texts[file] = texts[file].replace(old, new, 1)
    return load_files("qingshi-2026", texts)


def faults(*edits: tuple[str, str, str], **files: str) -> list[str]:
    """The lines that `check` prints."""
    return [str(fault) for fault in loaded(*edits, **files).faults]


def book(*edits: tuple[str, str, str], **files: str) -> Rulebook:
    """The rulebook, which must be in order."""
    result = loaded(*edits, **files)
    assert result.book is not None, [str(fault) for fault in result.faults]
    return result.book
