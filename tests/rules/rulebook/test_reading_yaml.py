# ruff: noqa: E501  (lines of Chinese, compared whole)
"""YAML as a clerk may write it, or a stranger: what the language refuses is told at its line, and nothing is guessed."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saiwu.rules.rulebook import load, load_files
from saiwu.rules.rulebook.faults import Faults
from saiwu.rules.rulebook.yaml import BROKEN, MAX_CHARACTERS, Node, read
from tests.rules.rulebook.small import FILES, faults

F = "events/forklift.yaml"
UNKNOWN = (
    "events/forklift.yaml:4: foo: 不认识的键，允许：also_rank appeals assumed awards certificate_kind certificates clause "
    "components contact dates divisions eligibility entry host majors minimums name note occupation occupation_code order "
    "paper_level penalties public_notice quotas ranking registration related_occupations stages standard tags"
)


def plain(node: Node | None) -> object:
    if node is None or node.text is not None:
        return None if node is None else node.text
    return (
        [plain(item) for item in node.items] if not node.is_mapping else {k: plain(v) for k, v in node.entries.items()}
    )


def test_every_scalar_stays_text():
    text = "a: 0123\nb: 2.50\nc: no\nd: 2025-10-18\ne: [1, ~, null, 0x10]\nf: '60'\ng: |\n  两行\n  文字\n"
    assert plain(read(text, "a.yaml", Faults())) == {
        "a": "0123", "b": "2.50", "c": "no", "d": "2025-10-18", "e": ["1", "~", "null", "0x10"], "f": "60", "g": "两行\n文字",
    }  # fmt: skip


def test_lines_and_whole_keys_are_kept():
    tree = read("a:\n  b:\n    - {c: 1}\n    - {c: 2}\n", "a.yaml", Faults())
    assert tree is not None
    second = tree.entries["a"].entries["b"].items[1].entries["c"]
    assert (second.place.line, second.place.key) == (4, "a.b.2.c")


@pytest.mark.parametrize(("old", "new", "line"), [
    ("on: 2026-05-10", "on: &day 2026-05-10", "events/forklift.yaml:3: stages.final.on: 不用锚点（&day），允许：直接写值"),
    ("on: 2026-05-10", "on: *day", "events/forklift.yaml:3: stages.final.on: 不用别名（*day），允许：把值再写一遍"),
    ("on: 2026-05-10", "on: !!str 2026-05-10", "events/forklift.yaml:3: stages.final.on: 不用标签（!!str），允许：直接写值"),
    ("on: 2026-05-10", "<<: {on: 2026-05-10}", "events/forklift.yaml:3: stages.final.<<: 不用合并键（<<），允许：把值写在这里"),
    ("name: 叉车司机", "name: 叉车司机\nname: 叉车", "events/forklift.yaml:2: name: 键重复，允许：每个键只写一次"),
    ("on: 2026-05-10", "on:", "events/forklift.yaml:3: stages.final.on: 值是空的，允许：一个值、待定或无，不写则删去这一行"),
    ("on: 2026-05-10", "on: ''", "events/forklift.yaml:3: stages.final.on: 值是空的，允许：一个值、待定或无，不写则删去这一行"),
    ("name: 叉车司机", "name：叉车司机", "events/forklift.yaml:1: name: 键后的“：”是全角，允许：半角冒号加空格"),
    ("name: 叉车司机", "name ： 叉车司机", "events/forklift.yaml:1: name: 键后的“：”是全角，允许：半角冒号加空格"),
    ("{on: 2026-05-10}", "{on：2026-05-10}", "events/forklift.yaml:3: stages.final.on: 键后的“：”是全角，允许：半角冒号加空格"),
    ("{final: {on: 2026-05-10}}", "on：2026-05-10", "events/forklift.yaml:3: stages: “on：2026-05-10”里的“：”是全角，允许：键后用半角冒号加空格"),
    ("{on: 2026-05-10}", "{on:2026-05-10}", "events/forklift.yaml:3: stages.final.on: 冒号后缺空格，允许：半角冒号加空格"),
    ("{final: {on: 2026-05-10}}", "on:2026-05-10", "events/forklift.yaml:3: stages: “on:2026-05-10”的冒号后缺空格，允许：键后用半角冒号加空格"),
    ("2026-05-10}}", "2026-05-10}",
     "events/forklift.yaml:3: stages: 不是合规的 YAML（括号里缺半角逗号或缺右括号），允许：键、半角冒号加空格、值，同级对齐，列表写在半角方括号内"),
    ("stages: ", "tags: [新，旧]\nstages: ",
     "events/forklift.yaml:3: tags: “新，旧”里的“，”是全角，允许：列表各项之间用半角逗号；若是文字的一部分，加引号"),
    ("stages: ", "---\nstages: ", "events/forklift.yaml:3: ---: 一个文件里有多个文档，允许：一个文件一个文档，不用 --- 分隔"),
])  # fmt: skip
def test_what_yaml_allows_and_the_language_does_not(old, new, line):
    assert line in faults((F, old, new))


COMMA = "括号里的“，”是全角，允许：各项之间用半角逗号；若是文字的一部分，加引号"


@pytest.mark.parametrize(("old", "new", "lines"), [
    # a full-width comma between the keys of a mapping, after brackets, at the end of a line; the rest is judged too
    ("stages: ", "contact: {phone: 1，person: 甲}\nstages: ", [f"events/forklift.yaml:3: contact: {COMMA}"]),
    ("stages: ", "penalties: {p: {effect: 警告}，q: {effect: 警告，part: 技能操作}}\nfoo: 1\nstages: ", [
        f"events/forklift.yaml:3: penalties: {COMMA}", f"events/forklift.yaml:3: penalties.q: {COMMA}", UNKNOWN]),
    ("stages: ", "certificates: {rows: [{rank: 1, honours: [甲]}，{rank: 2, honours: [乙]}]}\nstages: ",
        [f"events/forklift.yaml:3: certificates.rows: {COMMA}"]),
    ("stages: ", "contact: {phone: 1，\n  person: 甲}\nstages: ", [f"events/forklift.yaml:4: contact: {COMMA}"]),
    ("stages: ", "contact: {phone: 1，person：甲}\nstages: ", ["events/forklift.yaml:3: contact.phone: "
        "括号里的“，”和“：”是全角，允许：半角逗号，再写 person、半角冒号和空格"]),
    ("name: 叉车司机", "name:\u3000叉车司机", ["events/forklift.yaml:1: name: 冒号后的空格是全角，允许：半角冒号加空格"]),
])  # fmt: skip
def test_full_width_punctuation_where_yaml_needs_its_own_is_pointed_out_beside_all_other_faults(old, new, lines):
    assert faults((F, old, new)) == lines


@pytest.mark.parametrize(("text", "line", "reason"), [
    ("name: 甲\nstages: {final: {on: 2026-05-10}\ntags: [新]\nhost: 乙\n", "2: stages", "括号里缺半角逗号或缺右括号"),
    ("name: 甲\ntags: [新, 旧\n\n\n", "2: tags", "括号里缺半角逗号或缺右括号"),
    ("name: \"甲\nhost: 乙\ntags: [新]\n", "1: name", "引号没有闭合"),
    ("name: 甲\nhost:乙\ntags: [新]\n", "2: host", "冒号后缺空格"),
    ("contact: {phone: 1\n  person: 甲}\n", "2: contact.person", "括号里缺半角逗号或缺右括号"),
])  # fmt: skip
def test_what_is_never_closed_is_told_where_it_was_opened(text, line, reason):
    found = Faults()
    read(text, F, found)
    assert [str(fault).partition("，允许")[0] for fault in found.sorted()] == [
        f"{F}:{line}: 不是合规的 YAML（{reason}）"
    ]


def test_lines_are_counted_alike_however_they_end():
    text = "name: 甲\nname: 乙\nhost: 丙"
    for end in ("\n", "\r\n", "\r"):
        found = Faults()
        read(text.replace("\n", end), F, found)
        assert [(fault.line, fault.key) for fault in found.sorted()] == [(2, "name")]


def test_a_full_width_comma_in_a_sentence_is_a_sentence():
    assert faults((F, "clause: 一", "clause: 一\nstandard: 国家标准，2020 年版")) == []
    assert faults((F, "clause: 一", "clause: 一\ntags: ['新，旧']")) == []


def test_a_file_may_begin_with_a_byte_order_mark_and_end_its_lines_as_on_windows():
    texts = {name: "\ufeff" + text.replace("\n", "\r\n") for name, text in FILES.items()}
    assert load_files("qingshi-2026", texts).faults == ()


def test_a_file_that_is_no_utf8_is_one_fault_at_its_line(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(text.encode("gbk" if name == F else "utf-8"))
    assert [str(fault) for fault in load(tmp_path).faults] == [
        "events/forklift.yaml:1: （整个文件）: 不是 UTF-8 文字，允许：用 UTF-8 保存的文件"
    ]


def test_names_that_cannot_be_printed_still_make_one_line_a_fault(tmp_path):
    (tmp_path / "events").mkdir()
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "events" / os.fsdecode(b"\xff.yaml")).write_text(FILES[F], encoding="utf-8")
    (tmp_path / "events" / "a\nb.yaml").write_text(FILES[F], encoding="utf-8")
    (tmp_path / "notice.yaml").write_text(FILES["notice.yaml"] + '"a\\nb": 甲\n', encoding="utf-8")
    assert [str(fault).partition("，允许")[0] for fault in load(tmp_path).faults] == [
        "events/a\ufffdb.yaml:1: （整个文件）: 文件名“a b”不能作赛项的 id",
        "events/\ufffd.yaml:1: （整个文件）: 文件名“\ufffd”不能作赛项的 id",
        "notice.yaml:32: a\ufffdb: 不认识的键",
    ]


@pytest.mark.parametrize(("line", "folder"), [
    ("over: ../base", "base"), ("over:   ./../base/  ", "base"), ("over : ../base # 垫底", "base"), ("'over': ../base", "base"),
    ("over: ../市 章程", "市 章程"), ("over: '../市 章程'", "市 章程"), ('over: "../市 章程"', "市 章程"),
])  # fmt: skip
def test_the_folder_underneath_is_found_however_its_path_is_written(tmp_path, line, folder):
    base = {
        "notice.yaml": "language: 1\nversion: 1\nname: 章程\norganisation: {organisers: [市]}\nclause: 甲\n",
        "text.yaml": "甲: 旧。\n",
    }
    files = dict(FILES) | {"notice.yaml": FILES["notice.yaml"] + line + "\n"}
    for where, texts in ((folder, base), ("book", files)):
        for name, text in texts.items():
            (tmp_path / where / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / where / name).write_text(text, encoding="utf-8")
    assert load(tmp_path / "book").faults == ()


def test_files_without_a_notice_are_one_fault():
    assert [str(fault) for fault in load_files("x", {"text.yaml": "一: 二"}).faults] == [
        "notice.yaml:1: （整个文件）: 没有这个文件，允许：规则文件夹里的 notice.yaml"
    ]


@pytest.mark.parametrize(("text", "wrong"), [
    ("a: 1\nb: \x00", "含有不可见的控制字符"),
    ("a: " + "x" * MAX_CHARACTERS, "文件过大（400003 字）"),
    ("a: " + "[" * 60 + "]" * 60, "层次过深"),
    ("a: \t- b\n\t\tc: [", "不是合规的 YAML"),
])  # fmt: skip
def test_a_hostile_file_is_one_fault(text, wrong):
    found = Faults()
    assert read(text, "a.yaml", found) is None
    assert [fault.message.startswith(wrong) for fault in found.sorted()] == [True]


@given(st.text(alphabet=st.sampled_from("ab:：，,-[]{}#&*!|>%@`'\"?~ \n\t0待定无"), max_size=60))
@settings(max_examples=400, deadline=None)
def test_no_text_makes_the_reader_fail(text):
    found = Faults()
    tree = read(text, "a.yaml", found)
    assert tree is not None or found.sorted() != ()


WORDS = st.sampled_from([
    "无", "待定", "{}", "[]", "{a: 无}", "[待定]", "- x", "：", "，", '"', "{", "[", "|", "&a", "*a", "!x", "1/0", "决赛后9999年",
    "9999-12-31", "报名前9999个工作日", "final: 无", "rule: any_of", "clause: {a: b}", "assumed: 待定", "for: {status: 学生}", BROKEN,
    "divisions: {open: {}}", "stages: 待定", "components: 无", "over: .", "over: ../x", "a" * 300,
])  # fmt: skip


@given(
    st.sampled_from(sorted(FILES)),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), WORDS), min_size=1, max_size=4),
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_files_hold_there_are_faults_or_a_book_and_never_an_error(file, cuts):
    texts = dict(FILES)
    for where, length, word in cuts:
        text = texts[file]
        at = int(where * len(text))
        texts[file] = text[:at] + word + text[at + length :]
    result = load_files("qingshi-2026", texts)
    assert (result.book is None) == bool(result.faults)
    assert all(": " in str(fault) and "允许：" in fault.message for fault in result.faults)
