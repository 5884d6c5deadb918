"""How long `saiwu roster check` takes for 50,000 rows, JSON written, beside reading the same workbook alone.

`ratio` is the command's time, from its start as a process to its end, over the time that python-calamine needs to read
the cells in a process of its own that has imported it; both in turns, the medians of ROUNDS. It must stay under 6, and 3
is the aim. `check_ratio` leaves the start of Python out: the command run again within one process.
"""

from __future__ import annotations

import io
import random
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import redirect_stdout
from datetime import date, timedelta
from pathlib import Path

import python_calamine
import xlsxwriter

from saiwu.cli import roster as command
from saiwu.rules.identity import CREDIT_ALPHABET, check_digit
from saiwu.rules.roster import HEADS

ROWS = 50_000
ROUNDS = 5
NOTICE = "bayu-2025"
_EVENTS = (
    "物联网安装调试员",
    "数字化解决方案设计师（工业互联网标识解析）",
    "数字孪生应用技术员",
    "桌面云系统运维",
    "AI图像处理",
    "电子设备装接工",
    "人工智能训练师",
)
_OCCUPATIONS = {_EVENTS[1]: "数字化解决方案设计师"}
_DISTRICTS = [
    "渝北区",
    "江北区",
    "沙坪坝区",
    "九龙坡区",
    "南岸区",
    "北碚区",
    "巴南区",
    "万州区",
    "涪陵区",
    "永川区",
    "长寿区",
    "璧山区",
]
_SCHOOLS = ["重庆第一虚构职业学院", "重庆第二虚构职业学院", "重庆第三虚构技师学院", "重庆第四虚构大学"]
_MAJORS = ["物联网应用技术", "人工智能技术应用", "云计算技术应用", "电子信息工程技术"]
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "子浩欣怡明轩雨桐俊杰思远佳琪宇航晨曦博文静雯志强"


def rows(count: int, seed: int = 2025) -> list[list[str]]:
    """Invented people in the order of the head: of each unit two a division; about one row in thirty has trouble."""
    chance = random.Random(seed)
    table: list[list[str]] = []
    for number in range(count):
        entry, _ = divmod(number, 2)
        unit, slot = divmod(entry, 2 * len(_EVENTS))
        event, student = _EVENTS[slot // 2], slot % 2 == 0
        years = chance.randint(17, 22) if student else chance.randint(23, 54)
        born = date(2025, 6, 1) - timedelta(days=years * 365 + chance.randint(0, 364))
        code = f"{500190 + number % 10}{born:%Y%m%d}{number // 10 % 1000:03}"
        identity = code + check_digit(code)
        district = chance.choice(_DISTRICTS)
        row = [
            event,
            "学生组" if student else "职工组",
            f"重庆虚构{unit:04}{'职业学院' if student else '科技有限公司'}",
            _credit_code(unit * 2 + student),
            "",
            chance.choice(_SURNAMES) + chance.choice(_GIVEN) + chance.choice(_GIVEN),
            "男" if int(code[-1]) % 2 else "女",
            identity,
            f"1640000{number % 10000:04}",
            "学生" if student else chance.choice(("在职", "在职", "职工", "教师")),
            f"{'学习' if student else '工作'}：重庆市{district}{chance.randint(1, 400)}号",
            f"{chance.choice(_SCHOOLS)} {chance.choice(_MAJORS)}" if student else "",
            "" if student else chance.choice(("四级", "三级/高级工", "中级工", "无")),
            "" if student else _OCCUPATIONS.get(event, event),
            "" if student else str(chance.randint(5, 25)),
            "" if student or int(code[-1]) % 2 else chance.choice(("50", "55", "")),
            "",
            "",
        ]
        trouble = chance.randrange(120)
        if trouble == 0:
            row[7] = identity[:-1] + ("0" if identity[-1] != "0" else "1")
        elif trouble == 1:
            row[10] = "四川省成都市"
        elif trouble == 2 and table:
            row[6], row[7] = table[-1][6], table[-1][7]
        elif trouble == 3:
            row[2], row[3] = "重庆虚构0000科技有限公司", _credit_code(0)
        table.append(row)
    return table


def _credit_code(number: int) -> str:
    body = f"91500190MA{number:07}"
    total = sum(CREDIT_ALPHABET.index(symbol) * pow(3, place, 31) for place, symbol in enumerate(body))
    return body + CREDIT_ALPHABET[-total % 31]


def write(path: Path, table: list[list[str]]) -> None:
    """The workbook as a spreadsheet program saves it: one head row, then text cells; empty cells are not written."""
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False}) as workbook:
        sheet = workbook.add_worksheet("参赛信息汇总表")
        sheet.write_row(0, 0, HEADS)
        for number, row in enumerate(table, start=1):
            for column, text in enumerate(row):
                if text:
                    sheet.write_string(number, column, text)


def reading(path: Path) -> float:
    """Seconds that reading the cells takes, in a fresh process that has imported the reader."""
    program = (
        "import time, python_calamine as c\n"
        "start = time.perf_counter()\n"
        f"sheet = c.CalamineWorkbook.from_path({str(path)!r}).get_sheet_by_index(0)\n"
        "rows = sheet.to_python(skip_empty_area=False)\n"
        "print(time.perf_counter() - start)\n"
    )
    return float(subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout)


def checking(path: Path, out: Path) -> float:
    """Seconds that the command takes as a process of its own."""
    program = "import sys; from saiwu.cli import main; sys.exit(main(sys.argv[1:]))"
    arguments = ["roster", "check", str(path), "--notice", NOTICE, "--on", "2025-09-01", "--json"]
    with out.open("wb") as stream:
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", program, *arguments], stdout=stream, check=False)
        elapsed = time.perf_counter() - start
    assert done.returncode == 1, done.returncode
    return elapsed


def within_process(path: Path) -> float:
    """Seconds of the command alone, all modules loaded."""
    start = time.perf_counter()
    with redirect_stdout(io.StringIO()):
        command.run(["check", str(path), "--notice", NOTICE, "--on", "2025-09-01", "--json"])
    return time.perf_counter() - start


def main() -> dict[str, float]:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder, "roster.xlsx"), Path(folder, "report.json")
        write(path, rows(ROWS))
        assert python_calamine.load_workbook(str(path)) is not None
        within_process(path)
        read, check, inside = [], [], []
        for _ in range(ROUNDS):
            read.append(reading(path))
            check.append(checking(path, out))
            inside.append(within_process(path))
        figures = {
            "rows": float(ROWS),
            "reading_seconds": statistics.median(read),
            "check_seconds": statistics.median(check),
            "ratio": statistics.median(check) / statistics.median(read),
            "check_ratio": statistics.median(inside) / statistics.median(read),
        }
    for name, value in figures.items():
        print(f"roster.{name} {value:.3f}")
    return figures


if __name__ == "__main__":
    main()
