"""`saiwu roster check`, from the file to the exit code."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from saiwu.cli import main
from tests.rules.people import credit_code, identity_of
from tests.rules.roster.tables import bayu, cells, pilot, student, worker

ROWS = [worker(1), student(2), worker(3, 居住或工作学习地="四川省成都市")]


def written(folder: Path, rows, name: str = "名单.xlsx") -> str:
    """The rows as a file of that name."""
    path = folder / name
    if path.suffix == ".csv":
        stream = io.StringIO(newline="")
        csv.writer(stream).writerows(cells(rows))
        path.write_bytes(stream.getvalue().encode("gbk"))
    else:
        book = openpyxl.Workbook()
        for row in cells(rows):
            book.active.append(row)
        book.save(path)
    return str(path)


def run(*arguments: str) -> int:
    return main(["roster", "check", *arguments, "--notice", "bayu-2025", "--on", "2025-09-01"])


@pytest.mark.parametrize("name", ["名单.xlsx", "名单.csv"])
def test_programs_get_json_alone_on_stdout(tmp_path, capsys, name):
    assert run(written(tmp_path, ROWS, name), "--json") == 1
    out, err = capsys.readouterr()
    document = json.loads(out)
    assert (list(document), out[-1], err) == (["rows", "entries", "not_checked", "summary"], "\n", "")
    assert document["summary"] == {"rows": 3, "ok": 2, "evidence": 0, "waiver": 0, "refused": 1}
    assert document["rows"][2] == {
        "row": 4,
        "name": "张三",
        "verdict": "refused",
        "findings": [
            {
                "rule": "place",
                "clause": "五.1a",
                "assumed": None,
                "verdict": "refused",
                "message": "不在重庆市，须在重庆市工作、学习、居住之一。",
                "cell": "K4",
            }
        ],
    }


def test_people_get_the_rows_the_reasons_and_the_sentence_of_the_notice(tmp_path, capsys):
    assert run(written(tmp_path, ROWS)) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "第4行 张三：不符合",
        "  K4 不符合：不在重庆市，须在重庆市工作、学习、居住之一。",
        "      五.1a：" + bayu().sentence("五.1a"),
        "共3行、3个参赛队（人）：符合2，待补材料0，需豁免0，不符合1。",
        "表中没有相应的列、未核验的：conduct、student.full_time、student.enrolled。",
    ]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([worker(1)], 0),
        ([worker(1, 技能等级="无", 从业年限="1")], 0),  # waits for a waiver
        ([worker(1, 居住或工作学习地="")], 0),  # lacks a fact
        ([worker(1, 居住或工作学习地="成都")], 1),
        ([pilot(1)], 1),  # the entry is refused, none of its rows
        ([], 0),
    ],
)
def test_the_exit_code_says_whether_anything_is_refused(tmp_path, capsys, rows, code):
    assert run(written(tmp_path, rows), "--json") == code
    assert json.loads(capsys.readouterr().out)["summary"]["rows"] == len(rows)


def test_all_also_lists_what_is_in_order(tmp_path, capsys):
    assert run(written(tmp_path, [worker(1)]), "--json", "--all") == 0
    findings = json.loads(capsys.readouterr().out)["rows"][0]["findings"]
    assert {"rule": "age", "verdict": "ok", "clause": "五.1b"}.items() <= {
        key: value for one in findings if one["rule"] == "age" for key, value in one.items()
    }.items()
    assert {one["verdict"] for one in findings} == {"ok"}


def test_without_a_day_it_is_today_in_the_notices_zone(tmp_path, capsys):
    number = identity_of(date(2010, 1, 1), "女")
    assert main(["roster", "check", written(tmp_path, [student(1, 证件号码=number)]), "--notice", "bayu-2025"]) == 1
    assert "未满16周岁" in capsys.readouterr().out


def test_a_formula_in_a_workbook_is_refused_at_its_cell(tmp_path, capsys):
    path = written(tmp_path, [worker(1, 姓名="=1+1")])
    assert run(path, "--json") == 1
    (finding,) = json.loads(capsys.readouterr().out)["rows"][0]["findings"]
    assert (finding["rule"], finding["verdict"], finding["cell"]) == ("cell", "refused", "F2")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("名单.xlsx", b"PK\x03\x04", "文件已损坏，不是完整的 .xlsx，请重新保存或重新发送。"),
        ("名单.txt", b"x", "只能读取 .xlsx、.xls 或 .csv 文件，请另存为其中一种再试。"),
        ("名单.csv", "姓名\n张三".encode(), "没有找到表头：须有一行同时写有“姓名”和“证件号码”。"),
        ("名单.csv", None, "没有这个文件。"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_exit_2(tmp_path, capsys, name, content, message):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert run(str(path)) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"读不了“{path}”：{message}\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["roster"],
        ["roster", "check"],
        ["roster", "check", "x.xlsx"],
        ["roster", "check", "x.xlsx", "--notice", "no-such-notice"],
        ["roster", "check", "x.xlsx", "--notice", "bayu-2025", "--on", "2025-13-01"],
        ["roster", "check", "x.xlsx", "--notice", "bayu-2025", "--on", "20250901"],
    ],
)
def test_wrong_use_is_one_chinese_line_and_exit_2(capsys, arguments):
    with pytest.raises(SystemExit) as end:
        main(arguments)
    out, err = capsys.readouterr()
    assert (end.value.code, out, err.count("\n")) == (2, "", 1)


def test_a_folder_is_a_notice_and_one_with_errors_is_refused(tmp_path, capsys):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notice.yaml").write_text("language: 1\n", encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["roster", "check", written(tmp_path, ROWS), "--notice", str(tmp_path / "mine")])
    assert (end.value.code, capsys.readouterr().err.count("\n")) == (2, 1)


def test_the_command_needs_no_django(tmp_path):
    program = (
        "import sys\n"
        "from saiwu.cli import main\n"
        f"main(['roster', 'check', {written(tmp_path, ROWS)!r}, '--notice', 'bayu-2025'])\n"
        "main(['retirement', '1970-05', '--category', 'male'])\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'django'])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_name_beside_a_credit_code_means_that_unit_in_every_row(tmp_path, capsys):
    rows = [
        worker(1, 参赛单位="虚构一公司", 统一社会信用代码=""),
        worker(2, 参赛单位="虚构一公司", 统一社会信用代码=credit_code(1)),
    ]
    assert run(written(tmp_path, rows), "--json") == 0
    assert {entry["unit"] for entry in json.loads(capsys.readouterr().out)["entries"]} == {credit_code(1)}
