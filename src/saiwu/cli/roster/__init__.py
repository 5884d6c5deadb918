"""`saiwu roster check`: judges a summary table (参赛信息汇总表) against a notice, row by row and entry by entry.

Here the file is read, in a thread of its own; meanwhile the rules are loaded and the notice is opened, which for a short
list takes longer than all the rest. Hence `judging` is not imported above, but by its name once the reading is under way.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path

from saiwu.cli.arguments import Arguments
from saiwu.documents.sheets import Sheet, Unreadable, read_sheet

SUMMARY = "核验参赛信息汇总表"


def run(argv: list[str]) -> int:
    """Exit 0: nothing refused; 1: a row or an entry is refused; 2: cannot be read, or wrong use."""
    arguments = _parser().parse_args(argv)
    with _without_collector(), ThreadPoolExecutor(max_workers=1) as reader:
        reading = reader.submit(_read, arguments.file)
        judging = import_module("saiwu.cli.roster.judging")
        try:
            refused = judging.judge(
                reading.result,
                notice=arguments.notice,
                on=arguments.on,
                everything=arguments.all,
                as_json=arguments.json,
            )
        except (Unreadable, judging.NoHead) as error:
            print(f"读不了“{arguments.file}”：{error}", file=sys.stderr)
            return 2
    return 1 if refused else 0


def _read(file: Path) -> Sheet:
    try:
        content = file.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable("没有这个文件。") from error
    except IsADirectoryError as error:
        raise Unreadable("这是文件夹，不是文件。") from error
    except OSError as error:
        raise Unreadable(f"打不开（{error.strerror}）。") from error
    return read_sheet(content, file.name)


def _parser() -> Arguments:
    parser = Arguments(prog="saiwu roster", description=SUMMARY)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="check")
    verb = verbs.add_parser("check", help="逐行逐队核验，列出不符合的和待补的")
    verb.add_argument("file", type=Path, metavar="文件", help=".xlsx、.xls 或 .csv，读第一张工作表")
    verb.add_argument("--notice", required=True, metavar="通知", help="随附通知的名称（如 bayu-2025），或规则文件夹")
    verb.add_argument("--on", type=_day, metavar="日期", help="报名提交日（如 2025-09-01），缺省为今天")
    verb.add_argument("--all", action="store_true", help="符合的结论也列出")
    verb.add_argument("--json", action="store_true", help="输出 JSON")
    return parser


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or len(text) != 10:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，应写成 2025-09-01 的样子。")
    return day


@contextmanager
def _without_collector() -> Iterator[None]:
    """A million cells come to life, none of them in a circle: looking for circles would only cost time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
