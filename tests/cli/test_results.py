"""`saiwu results`: tables as hosts keep them, JSON as the page of the command line says, bundles verified."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from saiwu.cli.results import run
from saiwu.rules.bundle import build, sign
from saiwu.rules.rulebook.bundles import merged_division
from tests.rules.lists import HEAD, descending, rulebook

AI = ("--notice", "bayu-2025", "--event", "人工智能训练师", "--division", "学生组")


@pytest.fixture
def compute(tmp_path, capsys):
    """Runs `compute --json` on a table; gives exit code and the document, or the message."""

    def call(table: str | bytes, *options: str, name: str = "marks.csv") -> tuple[int, Any]:
        path = tmp_path / name
        path.write_bytes(table.encode() if isinstance(table, str) else table)
        code = run(["compute", str(path), *(options or AI), "--json"])
        out, err = capsys.readouterr()
        if code != 0:
            assert out == ""
            return code, err.replace(str(path), "FILE")
        assert out.endswith("}\n")
        return code, json.loads(out)

    return call


def notice(tmp_path: Path, chapters: str, divisions: str = "divisions: {open: {}}") -> tuple[str, ...]:
    """A folder with a small notice; the options that name its event."""
    folder = tmp_path / "small"
    (folder / "events").mkdir(parents=True)
    (folder / "notice.yaml").write_text(HEAD, encoding="utf-8")
    (folder / "text.yaml").write_text("一: 比武。\n", encoding="utf-8")
    event = f"name: 叉车司机\nclause: 一\n{divisions}\nstages: {{final: {{on: 2026-05-01}}}}\n{chapters}"
    (folder / "events" / "forklift.yaml").write_text(event, encoding="utf-8")
    return ("--notice", str(folder), "--event", "叉车司机")


def column(document: Any, key: str) -> dict[str, Any]:
    """One field by code."""
    return {entry["code"]: entry[key] for entry in document["entries"]}


def thirty_one() -> str:
    """A table of thirty-one contestants without ties."""
    rows = "".join(f"R{n:02},{90 - n},{95 - n},{60 + n},,无,20\n" for n in range(31))
    return "参赛编号,理论知识,技能操作,用时,状态,已有等级,年龄\n" + rows


def test_the_whole_document(compute):
    code, document = compute("参赛编号,理论知识,技能操作\nR1,80,90\nR2,80,59.999\nR3,,90\n")
    assert (code, document) == (
        0,
        {
            "entries": [
                {
                    "code": "R1",
                    "total": "87.000",
                    "rank": 1,
                    "award": None,
                    "level": "三级",
                    "certificate": True,
                    "promotion": False,
                    "honours": [],
                    "members": [{"level": "三级", "certificate": True, "promotion": False, "honours": []}],
                    "pending": "over_cap",
                    "reason": "总分高于第 2 名 21.001 分；奖项待主办单位裁定（获奖总数超出上限）",
                },
                {
                    "code": "R2",
                    "total": "65.999",
                    "rank": 2,
                    "award": None,
                    "level": None,
                    "certificate": False,
                    "promotion": False,
                    "honours": [],
                    "members": [{"level": None, "certificate": False, "promotion": False, "honours": []}],
                    "pending": "over_cap",
                    "reason": "总分低于第 1 名 21.001 分；奖项待主办单位裁定（获奖总数超出上限）",
                },
                {
                    "code": "R3",
                    "total": None,
                    "rank": None,
                    "award": None,
                    "level": "三级",
                    "certificate": True,
                    "promotion": False,
                    "honours": [],
                    "members": [{"level": "三级", "certificate": True, "promotion": False, "honours": []}],
                    "pending": None,
                    "reason": "尚缺理论知识成绩，暂无总分",
                },
            ],
            "awards": {"first": 0, "second": 0, "third": 0, "merit": 0},
            "decisions": [
                {
                    "kind": "over_cap",
                    "concerns": ["R1", "R2"],
                    "message": "获奖总数上限为 3 的 30%，即 0 个；按各奖项个数，一等奖起超出上限，由主办单位裁定。",
                    "options": ["从低到高减", "允许"],
                }
            ],
        },
    )


def test_thirty_one_present_give_nine_prizes_and_six_promotions(compute):
    _, document = compute(thirty_one())
    assert document["awards"] == {"first": 1, "second": 2, "third": 3, "merit": 3}
    assert [code for code, promoted in column(document, "promotion").items() if promoted] == [
        f"R{n:02}" for n in range(6)
    ]
    assert document["decisions"] == []


def test_teams_of_two_are_promoted_down_to_the_third_and_each_member_apart(compute):
    uav = ("--notice", "bayu-2025", "--event", "uav-delivery")
    rows = "".join(f"T{n:02},{90 - n},{95 - n},二级、无\n" for n in range(31))
    _, document = compute("参赛编号,理论知识,技能操作,已有等级\n" + rows, *uav)
    first, fourth = document["entries"][0], document["entries"][3]
    assert [member["level"] for member in first["members"]] == [None, "二级"]
    assert (first["level"], first["promotion"], fourth["level"], fourth["promotion"]) == ("二级", True, "三级", False)


def test_special_skill_certificates_have_no_level(compute):
    _, document = compute(
        "参赛编号,理论知识,技能操作\nR1,80,90\n", "--notice", "bayu-2025", "--event", "ai-image", "--division", "worker"
    )
    (entry,) = document["entries"]
    assert (entry["certificate"], entry["level"], entry["promotion"]) == (True, None, False)


def test_states_and_what_is_not_yet_marked(compute):
    table = (
        "参赛编号,理论知识,技能操作,状态\nA,80,90,正常\nB,,,缺考\nC,80,90,取消成绩\nD,80,90,取消资格\nE,80,,\nF,0,0,\n"
    )
    _, document = compute(table)
    assert column(document, "total") == {"A": "87.000", "F": "0.000", "B": None, "C": None, "D": None, "E": None}
    assert column(document, "rank") == {"A": 1, "F": 2, "B": None, "C": None, "D": None, "E": None}
    assert [entry["code"] for entry in document["entries"]] == ["A", "F", "B", "C", "D", "E"]
    # Absent and excluded are in no base of those present: A, C, E, F.
    assert document["decisions"][0]["message"].startswith("获奖总数上限为 4 的 30%，即 1 个")


def test_a_workbook_with_a_title_floats_times_and_brackets(compute, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2025年决赛成绩表"])
    sheet.append([])
    sheet.append(["参赛编号 ", "姓名", "理 论 知 识", "技能操作", "用时", "状态"])
    sheet.append(["R1", "甲", 80.1234, 87.35, dt.time(1, 30, 0), None])
    sheet.append([None, None, None, None, None, None])
    sheet.append([2.0, "乙", 80, "８７．３５", 85.5, "正常"])
    path = tmp_path / "marks.xlsx"
    book.save(path)
    code, said = compute(path.read_bytes(), name="marks.xlsx")
    assert (code, said) == (2, "读不了“FILE”：C4：理论知识的“80.1234”多于三位小数。\n")
    sheet["C4"] = 80.1
    book.save(path)
    _, document = compute(path.read_bytes(), name="marks.xlsx")
    assert column(document, "total") == {"R1": "85.175", "2": "85.145"}


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("参赛编号,理论知识,技能操作\nR1,80,100.001\n", "C2：技能操作的“100.001”不在 0 到 100 之间"),
        ("参赛编号,理论知识,技能操作\nR1,-1,80\n", "B2：理论知识的“-1”不在 0 到 100 之间"),
        ("参赛编号,理论知识,技能操作\n\nR1,80.1234,80\n", "B3：理论知识的“80.1234”多于三位小数"),
        ("参赛编号,理论知识,技能操作\nR1,优,80\n", "B2：理论知识的“优”不是分数，应为数字，如 87.5"),
        ("参赛编号,理论知识,技能操作\nR1,80,80\nR1,70,70\n", "A3：参赛编号“R1”与第2行重复"),
        ("参赛编号,理论知识,技能操作\n,80,80\n", "A2：参赛编号是空的"),
        (
            "参赛编号,理论知识,技能操作,状态\nR1,80,80,迟到\n",
            "D2：状态“迟到”不认识，应为：正常、缺考、取消成绩、取消资格",
        ),
        (
            "参赛编号,理论知识,技能操作,用时\nR1,80,80,12:30\n",
            "D2：用时“12:30”应为分钟数（如 85），或时:分:秒（如 1:25:00）",
        ),
        (
            "参赛编号,理论知识,技能操作,已有等级\nR1,80,80,九级\n",
            "D2：已有等级“九级”：应为五级、四级、三级、二级、一级、特级技师、首席技师或无",
        ),
        ("参赛编号,理论知识,技能操作,年龄\nR1,80,80,二十\n", "D2：年龄“二十”应为周岁整数，如 24"),
        ("参赛编号,理论知识\nR1,80\n", "缺少“技能操作”一列"),
        ("参赛编号,理论知识,技能操作,theory\nR1,80,80,80\n", "D1：“theory”一列出现了两次，请只保留一列"),
        ("编号,理论知识,技能操作\nR1,80,80\n", "没有找到表头：须有一行写有“参赛编号”"),
        ("", "文件是空的，请检查是否保存完整"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_cell(compute, table, message):
    assert compute(table) == (2, f"读不了“FILE”：{message}。\n")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--event", "人工智能"), "没有“人工智能”这个赛项，可选：无人机驾驶员（物品配送）、"),
        (("--event", "ai-trainer"), "请用 --division 指明组别，可选：学生组、职工组。\n"),
        (("--event", "ai-trainer", "--division", "教师组"), "没有“教师组”这个组别，可选：学生组、职工组。\n"),
    ],
)
def test_event_and_division_are_named(compute, options, message):
    code, said = compute("参赛编号,理论知识,技能操作\nR1,80,80\n", "--notice", "bayu-2025", *options)
    assert code == 2
    assert said.startswith(message)


def test_names_are_compared_without_white_space_and_with_brackets_alike(compute):
    options = ("--notice", "bayu-2025", "--event", "无人机驾驶员(物品配送) ")
    assert compute("参赛编号,理论知识,技能操作\nR1,80,80\n", *options)[0] == 0


def test_modules_have_columns_of_their_own(compute, tmp_path):
    chapters = (
        "components: {practical: {modules: {m1: {name: 模块一, weight: 40%}, m2: {name: 模块二, weight: 60%}}}}\n"
        "awards: {prizes: {first: 1}}\n"
    )
    options = notice(tmp_path, chapters)
    _, document = compute("参赛编号,技能操作/模块一,技能操作／模块二\nA,80,90\nB,100,\n", *options)
    assert column(document, "total") == {"A": "86.000", "B": None}
    assert column(document, "reason")["B"] == "尚缺技能操作/模块二成绩，暂无总分"
    assert column(compute("参赛编号,技能操作\nA,80\n", *options)[1], "total") == {"A": "80.000"}
    assert compute("参赛编号,技能操作/模块一\nA,80\n", *options) == (2, "读不了“FILE”：缺少“技能操作/模块二”一列。\n")


def test_time_used_and_handed_in_break_ties(compute, tmp_path):
    chapters = "components: {practical: {}}\nranking: {tie_break: [用时, 交卷时间, 并列]}\nawards: 无\n"
    options = notice(tmp_path, chapters)
    table = "参赛编号,技能操作,用时,交卷时间\nA,80,60.5,10:00:00\nB,80,1:00:30,9:59:59\nC,80,60,\nD,80,,9:00:00\n"
    _, document = compute(table, *options)
    assert column(document, "rank") == {"C": 1, "B": 2, "A": 3, "D": 4}
    mixed = "参赛编号,技能操作,交卷时间\nA,80,10:00:00\nB,80,2026-05-01 10:00:00\n"
    assert compute(mixed, *options) == (
        2,
        "读不了“FILE”：C3：交卷时间有的写了日期，有的没有，无从比较先后，请统一写法。\n",
    )
    instants = "参赛编号,技能操作,交卷时间\nA,80,2026-05-01 10:00:01\nB,80,2026-05-01T02:00:00+00:00\n"
    assert column(compute(instants, *options)[1], "rank") == {"B": 1, "A": 2}


def test_facts_that_certificates_ask_are_columns(compute, tmp_path):
    chapters = (
        "components: {practical: {}}\nawards: {prizes: {first: 1}}\n"
        "certificates: {rows: [{age: 18-, for: {sex: [女]}, honours: [巾帼标兵]}]}\n"
    )
    options = notice(tmp_path, chapters)
    table = "参赛编号,技能操作,性别,年龄\nA,90,女,18\nB,80,男,18\nC,70,,18\nD,60,女,\n"
    _, document = compute(table, *options)
    assert column(document, "honours") == {"A": ["巾帼标兵"], "B": [], "C": [], "D": []}
    assert column(document, "pending") == {"A": None, "B": None, "C": "evidence", "D": "evidence"}
    assert column(document, "reason")["C"].endswith("；证书待补：性别")
    assert compute("参赛编号,技能操作,性别\nA,90,甲\n", *options) == (
        2,
        "读不了“FILE”：C2：“甲”不是可选的回答，应为：男、女。\n",
    )


def test_one_list_of_all_divisions_has_a_column_for_them(compute, tmp_path):
    chapters = (
        "components: {practical: {}}\nranking: {list: 赛项, decimals: 1}\nawards: {prizes: {first: 1}}\n"
        "certificates: {rows: [{rank: 1, for: {division: [职工组]}, honours: [能手]}]}\n"
    )
    options = notice(tmp_path, chapters, "divisions: {student: {}, worker: {}}")
    _, document = compute("参赛编号,组别,技能操作\nA,职工组,90\nB,student,80\n", *options)
    assert [(entry["code"], entry["rank"], entry["total"], entry["honours"]) for entry in document["entries"]] == [
        ("A", 1, "90.0", ["能手"]),
        ("B", 2, "80.0", []),
    ]
    assert compute("参赛编号,技能操作\nA,90\n", *options) == (
        2,
        "读不了“FILE”：各组别统一排名，表中须有“组别”一列。\n",
    )
    assert compute("参赛编号,组别,技能操作\nA,教师组,90\n", *options)[1] == (
        "读不了“FILE”：B2：组别“教师组”不认识，应为：学生组、职工组。\n"
    )
    assert compute("参赛编号,组别,技能操作\nA,职工组,90\n", *options, "--division", "student")[0] == 2


def test_a_team_has_one_value_a_member(compute):
    uav = ("--notice", "bayu-2025", "--event", "uav-delivery")
    code, said = compute("参赛编号,理论知识,技能操作,年龄\nT1,80,80,24\n", *uav)
    assert (code, said) == (2, "读不了“FILE”：D2：年龄有 1 个值，每队应为 2 人、每人一个，用“、”隔开。\n")
    _, document = compute("参赛编号,理论知识,技能操作\nT1,80,80\n", *uav)
    assert len(document["entries"][0]["members"]) == 2


TIED = "参赛编号,理论知识,技能操作,用时\n" + "".join(
    f"{code},80,{mark},60\n" for code, mark in [("A", 90), ("B", 90), *[(f"C{n}", 80 - n) for n in range(18)]]
)


def test_decisions_are_raised_and_taken(compute, tmp_path):
    _, document = compute(TIED)
    assert [(one["kind"], one["concerns"], one["options"]) for one in document["decisions"]] == [
        ("tie", ["A", "B"], ["A", "B"])
    ]
    assert (column(document, "award")["A"], column(document, "pending")["A"]) == (None, "tie")
    taken = [
        {"kind": "tie", "concerns": ["A", "B"], "choice": ["B", "A"], "by_role": "裁判长", "at": None, "reason": "复核"}
    ]
    (tmp_path / "taken.json").write_text(json.dumps(taken), encoding="utf-8")
    _, document = compute(TIED, *AI, "--decisions", str(tmp_path / "taken.json"))
    assert {code: column(document, "award")[code] for code in "AB"} == {"B": "first", "A": "second"}
    assert (document["decisions"], column(document, "reason")["A"]) == ([], "各项比较均相同，经裁判长裁定列第 1 名之后")


def test_a_decision_that_fits_no_question_is_remarked(tmp_path, capsys):
    (tmp_path / "marks.csv").write_text(TIED, encoding="utf-8")
    taken = [{"kind": "tie", "concerns": ["A", "C0"], "choice": ["C0", "A"]}]
    (tmp_path / "taken.json").write_text(json.dumps(taken), encoding="utf-8")
    assert run(["compute", str(tmp_path / "marks.csv"), *AI, "--decisions", str(tmp_path / "taken.json")]) == 0
    assert capsys.readouterr().err == "裁定[0]（tie）没有改变结果，请核对编号是否恰为所涉各方。\n"


@pytest.mark.parametrize(
    ("decisions", "message"),
    [
        ("{}", "读不了“D”：裁定：应为一个列表。\n"),
        ("nonsense", "读不了“D”：不是 UTF-8 的 JSON。\n"),
        ('[{"kind": "luck", "choice": []}]', "读不了“D”：[0].kind：应为 tie、border、over_cap、advance、minimum。\n"),
        (
            '[{"kind": "tie", "concerns": ["A", "B"], "choice": ["A"]}]',
            "读不了“D”：[0].choice：应把 concerns 的编号各写一次，名次在前的在前。\n",
        ),
        ('[{"kind": "tie", "choice": ["A", "Z"]}]', "“D”里的[0]：没有参赛编号“Z”。\n"),
        (
            '[{"kind": "over_cap", "concerns": [], "choice": "随便"}]',
            "“D”里的[0].choice：“随便”不在选项里，可选：从低到高减、允许。\n",
        ),
    ],
)
def test_decisions_that_cannot_be_read(compute, tmp_path, decisions, message):
    path = tmp_path / "taken.json"
    path.write_text(decisions, encoding="utf-8")
    code, said = compute(TIED, *AI, "--decisions", str(path))
    assert (code, said.replace(str(path), "D")) == (2, message)


@pytest.mark.parametrize(
    ("chapters", "missing"),
    [
        ("components: {practical: {}}\n", "awards"),
        ("components: {practical: {}}\nawards: 待定\n", "awards"),
        ("awards: {prizes: {first: 1}}\n", "components"),
        ("components: {theory: {weight: 待定}, practical: {weight: 70%}}\nawards: 无\n", "components.theory.weight"),
    ],
)
def test_what_the_rulebook_lacks_is_named(compute, tmp_path, chapters, missing):
    code, said = compute("参赛编号,理论知识,技能操作\nA,1,1\n", *notice(tmp_path, chapters))
    assert (code, said) == (2, f"规则文件里还缺少或待定：{missing}，不能计算成绩。\n")


def test_people_read_it_in_chinese(tmp_path, capsys):
    path = tmp_path / "marks.csv"
    path.write_text("参赛编号,技能操作,备注\nA,90,好\nB,80,\n", encoding="gbk")
    options = notice(tmp_path, "components: {practical: {}}\nawards: {prizes: {first: 1, second: 1}}\n")
    assert run(["compute", str(path), *options]) == 0
    assert capsys.readouterr() == (
        "A：第 1 名，90.000 分，一等奖。总分高于第 2 名 10.000 分。\n"
        "B：第 2 名，80.000 分，二等奖。总分低于第 1 名 10.000 分。\n"
        "奖项基数 2：一等奖 1，二等奖 1。\n",
        "没有用到的列：备注。\n",
    )


KEY = bytes(32)


def signed_bundle() -> dict[str, Any]:
    """A small published result."""
    book = rulebook("components: {theory: {weight: 30%}, practical: {weight: 70%}}\nawards: {prizes: {first: 1}}\n")
    document, _ = build(merged_division(book, "forklift", "open"), descending(3))
    return sign(document, KEY)


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({}, 0, "相符\n"),
        ({"awards": {"first": 2}}, 1, "awards.first: 2, 1\nsignature: 签名, 与文件内容不符\n"),
    ],
)
def test_a_published_bundle_is_verified(tmp_path, capsys, change, code, said):
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps({**signed_bundle(), **change}, ensure_ascii=False), encoding="utf-8")
    assert run(["verify", str(path)]) == code
    assert capsys.readouterr().out == said


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "读不了“FILE”：不是 UTF-8 的 JSON。\n"),
        ("[]", "验证不了“FILE”：format：不是 saiwu-result/1。\n"),
        (
            '{"format": "saiwu-result/1", "rules": "2099"}',
            "验证不了“FILE”：不认识的规则版本“2099”，本程序能重算的是：1。\n",
        ),
    ],
)
def test_what_is_no_bundle_cannot_be_verified(tmp_path, capsys, content, message):
    path = tmp_path / "bundle.json"
    path.write_text(content, encoding="utf-8")
    assert run(["verify", str(path)]) == 2
    assert capsys.readouterr() == ("", message.replace("FILE", str(path)))


def test_a_file_that_is_not_there_is_told_in_chinese(tmp_path, capsys):
    missing = tmp_path / "nothing.csv"
    assert run(["compute", str(missing), *AI]) == 2
    assert run(["verify", str(tmp_path)]) == 2
    assert capsys.readouterr() == (
        "",
        f"读不了“{missing}”：没有这个文件或文件夹。\n读不了“{tmp_path}”：这是文件夹，不是文件。\n",
    )
