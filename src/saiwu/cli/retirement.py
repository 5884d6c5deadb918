"""`saiwu retirement`: the statutory retirement age of those born in a month, and the month in which they reach it."""

from __future__ import annotations

import argparse
import json
import re

from saiwu.cli.arguments import Arguments
from saiwu.rules.retirement import Category, retirement_month, statutory_age

SUMMARY = "按渐进式延迟退休办法计算法定退休年龄"


def run(argv: list[str]) -> int:
    """Exit 0; a wrong month or category: 2."""
    parser = Arguments(prog="saiwu retirement", description=SUMMARY)
    parser.add_argument("month", type=_month, metavar="出生年月", help="如 1970-05")
    parser.add_argument(
        "--category",
        required=True,
        choices=[category.value for category in Category],
        help="male 男；female55、female50 女，原法定退休年龄 55、50 周岁",
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    arguments = parser.parse_args(argv)
    category = Category(arguments.category)
    year, month = arguments.month
    age = statutory_age(category, year, month)
    to_year, to_month = retirement_month(category, year, month)
    if arguments.json:
        document = {"age": {"years": age.years, "months": age.months}, "month": f"{to_year:04}-{to_month:02}"}
        print(json.dumps(document, ensure_ascii=False))
    else:
        print(f"{category.chinese}，{year}年{month}月出生：法定退休年龄{age}，{to_year}年{to_month}月达到。")
    return 0


def _month(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
    if match is None or not 1800 <= int(match[1]) <= 2200 or not 1 <= int(match[2]) <= 12:
        raise argparse.ArgumentTypeError(f"“{text}”不是年月，应写成 1970-05 的样子。")
    return int(match[1]), int(match[2])
