# ruff: noqa: E501  (lines of Chinese, compared whole)
"""What people get of a rulebook: the page that explains it, the schema for editors, a start, the next version, a command."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

import saiwu
from saiwu.cli.rulebook import run
from saiwu.rules.rulebook import load, load_files
from saiwu.rules.rulebook.amend import amended
from saiwu.rules.rulebook.explain import NOT_USED, explain
from saiwu.rules.rulebook.faults import Faults
from saiwu.rules.rulebook.labels import LABELS, labelled
from saiwu.rules.rulebook.new import new_files
from saiwu.rules.rulebook.schema import json_schema
from saiwu.rules.rulebook.shapes import EVENT, NOTICE, Fields, Ids, Listing, RuleShape, Shape, Short, Words, rule_fields
from saiwu.rules.rulebook.yaml import Node, read
from tests.rules.rulebook.small import FILES, FORKLIFT, book

NOTICES = Path(saiwu.__file__).parent / "notices"
SHIPPED = sorted(path.name for path in NOTICES.iterdir() if (path / "notice.yaml").is_file())
F = "events/forklift.yaml"


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


# ---- explain


def test_each_value_is_shown_with_its_sentence_and_silence_by_its_name():
    lines = explain(
        book((F, "clause: 一\n", "clause: 一\nquotas: {unit: {at_most: 3, assumed: 场地所限}}\n")), "叉车司机", "职工组"
    ).split("\n")
    assert "- 年龄：最低年龄（周岁，含） 18——二「在县内工作、年满18周岁者可以参加，每单位至多2人。」" in lines
    assert "- unit：至多 3——推定：场地所限" in lines
    assert "- 报名：2026年3月2日 至 2026年4月20日" in lines
    silent = lines[lines.index("通知未写，按缺省：") :]
    assert "- 奖励：总数口径 检录；取整 四舍五入；比例算法 分别；超过上限时 裁定；边界同分 裁定" in silent
    assert "- 参赛资格·年龄：约束 严格；谁可豁免 组委会；日期 决赛" in silent


def test_the_page_of_all_says_each_event_what_is_its_own():
    page = explain(book((F, "clause: 一\n", "clause: 一\nquotas: {unit: {at_most: 3, assumed: 场地所限}}\n")))
    assert (page.count("场地所限"), page.count("最低年龄（周岁，含） 18"), page.count("## 赛项：")) == (1, 1, 2)


@pytest.mark.parametrize("notice", SHIPPED)
def test_every_shipped_notice_can_be_explained_whole_and_in_part(notice):
    made = load(NOTICES / notice).book
    assert made is not None
    assert explain(made).startswith(f"# {made.head.name}\n")
    for event in made.events.values():
        for division in event.divisions.values():
            assert f"### 组别：{division.name}（{division.id}）" in explain(made, event.name, division.name)


def test_every_key_of_the_language_has_a_chinese_word():
    assert [
        key
        for key in sorted(keys_of(NOTICE) | keys_of(EVENT))
        if key.isascii() and not key.endswith("_en") and key not in LABELS
    ] == []
    assert [key for key in LABELS if key not in keys_of(NOTICE) | keys_of(EVENT)] == []


def keys_of(shape: Shape, seen: frozenset[str] = frozenset()) -> set[str]:
    match shape:
        case Fields() if shape.name not in seen:
            below = (keys_of(inner, seen | {shape.name}) for inner in shape.keys.values())
            return set(shape.keys).union(*below)
        case Ids() | Words() | Listing():
            return keys_of(shape.item, seen)
        case Short():
            return keys_of(shape.fields, seen)
        case RuleShape():
            return set().union(*(keys_of(rule_fields(kind), seen) for kind in shape.kinds))
        case _:
            return set()


@pytest.mark.parametrize(("path", "chinese"), [
    ("stages.final.on", "阶段安排·决赛·日期"),
    ("minimums.final.at", "人数下限·final·计数时刻"),
    ("eligibility.age.for.status", "参赛资格·年龄·适用于·身份"),
    ("awards.prizes.first", "奖励·奖次·一等奖"),
])  # fmt: skip
def test_a_whole_key_reads_in_chinese(path, chinese):
    assert labelled(path) == chinese


def test_what_nothing_acts_on_yet_is_said_to_be_so():
    page = explain(book((F, "clause: 一\n", "clause: 一\noccupation_code: 6-30-05-01\n")), "forklift")
    assert "- 职业编码：6-30-05-01（程序暂未用到）——一「青石县第二届职工技能比武定于2026年5月举办。」" in page.split(
        "\n"
    )


def test_no_key_that_something_acts_on_is_said_to_be_unused():
    code = [
        path.read_text(encoding="utf-8")
        for path in Path(saiwu.__file__).parent.rglob("*.py")
        if "rulebook" not in path.parts and path.name != "urls.py"  # which names views, not keys
    ]
    assert [key for key in sorted(NOT_USED) if any(re.search(rf"\.{key}\b", text) for text in code)] == []


# ---- schema


def test_the_schema_knows_the_keys_and_words_of_the_language():
    schema = json_schema()
    definitions = schema["$defs"]
    assert (schema["if"], schema["then"], schema["else"]) == (
        {"required": ["language"]}, {"$ref": "#/$defs/notice"}, {"$ref": "#/$defs/event"},
    )  # fmt: skip
    assert set(definitions["rule_skill"]["properties"]) == {
        "assumed", "binding", "clause", "for", "level", "level_in", "note", "on", "proof", "proof_en", "rule", "waived_by", "years", "years_in",
    }  # fmt: skip
    assert definitions["Quota"]["properties"]["within"]["anyOf"][1] == {"enum": ["组别", "赛项", "竞赛"]}
    assert references(schema) <= {f"#/$defs/{name}" for name in definitions}


def references(value: object) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(references, value))
    if isinstance(value, dict):
        own = {value["$ref"]} if "$ref" in value else set()
        return own.union(*map(references, value.values()))
    return set()


# ---- new


def test_the_start_passes_check_and_says_what_is_to_be_filled_in(tmp_path):
    result = load_files("new", new_files())
    assert result.faults == ()
    assert "notice.yaml:20: organisation.organisers: 待定" in [str(remark) for remark in result.remarks]


# ---- amend


def plain(node: Node | None) -> object:
    if node is None or node.text is not None:
        return None if node is None else node.text
    return (
        [plain(item) for item in node.items] if not node.is_mapping else {k: plain(v) for k, v in node.entries.items()}
    )


def test_a_moved_final_is_the_next_version_with_its_reason_and_keeps_comments():
    files = dict(FILES) | {F: "# 叉车\n" + FORKLIFT + "# 完\n"}
    next_files = amended(
        files, "forklift", {"stages.final.on": "2026-05-20"}, what="决赛改期", on=date(2026, 4, 1), assumed="场地检修"
    )
    made = load_files("qingshi-2026", next_files).book
    assert made is not None
    assert (made.version, [(line.version, line.on, line.what) for line in made.head.history]) == (
        2,
        [(2, date(2026, 4, 1), "决赛改期")],
    )
    final = made.event("forklift").stages["final"]
    assert (final.on, final.source_of("on").assumed, made.event("crane").stages["final"].on) == (
        date(2026, 5, 20),
        "场地检修",
        date(2026, 5, 17),
    )
    assert (next_files[F].startswith("# 叉车\n"), next_files[F].endswith("# 完\n"), files[F]) == (
        True,
        True,
        "# 叉车\n" + FORKLIFT + "# 完\n",
    )


def test_a_new_name_rests_on_its_own_clause_and_the_rest_on_what_it_did():
    files = dict(FILES) | {F: FORKLIFT.replace("clause: 一", "clause: [一, 二]")}
    amended_files = amended(files, "forklift", {"name": "叉车驾驶员"}, what="改名", on=date(2026, 4, 1), clause="五")
    made = load_files("qingshi-2026", amended_files).book
    assert made is not None
    event = made.event("叉车驾驶员")
    assert (event.source_of("name").clauses, event.stages["final"].clauses) == (("五",), ("一", "二"))


def test_a_final_of_one_day_becomes_one_of_two():
    changes = {"stages.final.from": "2026-05-20", "stages.final.to": "2026-05-21"}
    files = amended(FILES, "forklift", changes, what="延为两天", on=date(2026, 4, 1), assumed="报名踊跃")
    made = load_files("qingshi-2026", files).book
    assert made is not None
    final = made.event("forklift").stages["final"]
    assert (final.on, final.from_, final.to) == (None, date(2026, 5, 20), date(2026, 5, 21))


def test_a_value_that_only_the_notice_gave_is_set_in_the_event():
    files = amended(
        FILES, "forklift", {"dates.registration.to": "2026-04-10 17:00"}, what="延长", on=date(2026, 4, 1), clause="五"
    )
    made = load_files("qingshi-2026", files).book
    assert made is not None
    registration = made.event("forklift").dates["registration"]
    assert (str(registration.to), registration.source_of("to").clauses, str(made.event("crane").dates["registration"].to)) == (
        "2026-04-10 17:00:00", ("五",), "决赛前20日",
    )  # fmt: skip


@pytest.mark.parametrize("notice", SHIPPED)
def test_a_change_of_one_key_leaves_every_other_value_as_it_was(notice):
    made = load(NOTICES / notice).book
    assert made is not None
    event = next(iter(made.events))
    files = amended(
        made.files, event, {"stages.final.venue": "新址：一号楼"}, what="换地点", on=date(2026, 4, 1), assumed="检修"
    )
    for name in ("notice.yaml", f"events/{event}.yaml"):
        before, after = (plain(read(texts[name], name, Faults())) for texts in (made.files, files))
        assert isinstance(before, dict)
        assert isinstance(after, dict)
        if name == "notice.yaml":
            assert after | {"version": before["version"]} == before | {"history": after["history"]}
        else:
            assert {key: value for key, value in after.items() if key != "stages"} == {
                k: v for k, v in before.items() if k != "stages"
            }
            assert after["stages"]["final"]["venue"] == "新址：一号楼"
    result = load_files(notice, files)
    assert (result.faults, result.book is not None and result.book.version) == ((), made.version + 1)


# ---- the command


def test_check_prints_faults_on_stdout_and_what_is_pending_on_stderr(tmp_path, capsys):
    files = dict(FILES) | {
        F: FORKLIFT.replace("on: 2026-05-10", "on: 5月"),
        "events/crane.yaml": FILES["events/crane.yaml"].replace("2026-05-17", "待定"),
    }
    assert run(["check", str(write(tmp_path, files))]) == 1
    out, err = capsys.readouterr()
    assert (
        out
        == "events/forklift.yaml:3: stages.final.on: “5月”不合规定，允许：日期、时刻（2025-10-18 17:00）或“决赛前20日”一类的相对日期\n"
    )
    assert err == "events/crane.yaml:4: stages.final.on: 待定\n1 处有误，待定 1 处。\n"


def test_check_of_a_notice_in_order_prints_nothing_on_stdout(tmp_path, capsys):
    assert run(["check", str(write(tmp_path, dict(FILES)))]) == 0
    assert capsys.readouterr() == ("", "没有错误。\n")


def test_a_case_that_fails_is_a_fault(tmp_path, capsys):
    case = "- case: 十七岁，不可以参赛\n  event: forklift\n  division: worker\n  facts: {born: 2009-05-10, status: 在职}\n  expect: {age: ok}\n"
    assert run(["check", str(write(tmp_path, dict(FILES) | {"cases.yaml": case}))]) == 1
    assert capsys.readouterr().out.startswith("cases.yaml:")


@pytest.mark.parametrize("notice", SHIPPED)
def test_every_notice_that_ships_is_in_order_with_all_its_cases(notice, capsys):
    assert (run(["check", notice]), capsys.readouterr().out) == (0, "")


def test_what_is_no_rulebook_is_said_in_one_line(tmp_path, capsys):
    assert run(["check", str(tmp_path)]) == 2
    assert capsys.readouterr() == ("", f"{tmp_path} 里没有 notice.yaml。\n")


def test_new_writes_a_start_and_never_over_something(tmp_path, capsys):
    folder = tmp_path / "mine"
    assert (run(["new", str(folder)]), run(["check", str(folder)]), run(["new", str(folder)])) == (0, 0, 2)
    assert capsys.readouterr().err.endswith(f"{folder} 不是空文件夹，没有写入。\n")


def test_explain_and_schema_print(tmp_path, capsys):
    folder = str(write(tmp_path, dict(FILES)))
    assert run(["explain", folder, "--event", "叉车司机"]) == 0
    assert capsys.readouterr().out == explain(load(tmp_path).book, "forklift")
    assert (run(["schema"]), json.loads(capsys.readouterr().out)) == (0, json_schema())
    assert (run(["explain", folder, "--event", "焊工"]), capsys.readouterr().err) == (
        2, "没有“焊工”这个赛项或组别，赛项有：起重工、叉车司机。\n",
    )  # fmt: skip


def test_the_example_of_the_language_is_in_order(tmp_path):
    files = {
        "text.yaml": "# text.yaml\n一: 青石县总工会定于2026年5月1日举办叉车技能比武，只比操作，取前三名。\n",
        "notice.yaml": "# notice.yaml\nlanguage: 1\nversion: 1\nname: 青石县叉车技能比武\norganisation: {organisers: [青石县总工会]}\nclause: 一\n",
        F: "# events/forklift.yaml\nname: 叉车司机\nclause: 一\ndivisions: {open: {}}\nstages: {final: {on: 2026-05-01}}\n"
        "components: {practical: {}}\nawards: {prizes: {first: 1, second: 1, third: 1}}\n",
    }
    result = load_files("qingshi", files)
    assert (result.faults, result.remarks) == ((), ())
    division = result.book.event("叉车司机").division("不设组别")
    assert [prize.name for prize in division.awards.prizes.values()] == ["一等奖", "二等奖", "三等奖"]
    assert (division.component("技能操作").full, division.part("技能操作"), division.stage("决赛").on) == (
        100_000,
        ("practical", None),
        date(2026, 5, 1),
    )
