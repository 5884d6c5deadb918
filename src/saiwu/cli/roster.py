"""`saiwu roster check`: judges a summary table (参赛信息汇总表) against a notice, row by row and entry by entry."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from saiwu.cli.arguments import Arguments
from saiwu.cli.notice import open_notice
from saiwu.documents.sheets import Unreadable, read_sheet
from saiwu.rules.findings import Finding, Verdict
from saiwu.rules.roster import NoHead, Report, check
from saiwu.rules.rulebook import Rulebook

SUMMARY = "核验参赛信息汇总表"


def run(argv: list[str]) -> int:
    """Exit 0: nothing refused; 1: a row or an entry is refused; 2: cannot be read, or wrong use."""
    arguments = _parser().parse_args(argv)
    book = open_notice(arguments.notice)
    on = arguments.on or datetime.now(book.zone).date()
    with _without_collector():
        try:
            report = _check(arguments.file, book, on, everything=arguments.all)
        except (OSError, Unreadable, NoHead) as error:
            print(f"读不了“{arguments.file}”：{_reason(error)}", file=sys.stderr)
            return 2
        if arguments.json:
            sys.stdout.write(report.json(everything=arguments.all) + "\n")
        else:
            sys.stdout.writelines(f"{line}\n" for line in _lines(report, book, everything=arguments.all))
    return 1 if report.refused else 0


def _reason(error: Exception) -> str:
    match error:
        case FileNotFoundError():
            return "没有这个文件。"
        case IsADirectoryError():
            return "这是文件夹，不是文件。"
        case PermissionError():
            return "没有读取权限。"
        case OSError():
            return f"{error.strerror}。"
        case _:
            return str(error)


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


def _check(file: Path, book: Rulebook, on: date, *, everything: bool) -> Report:
    sheet = read_sheet(file.read_bytes(), file.name)
    return check(sheet.rows, book=book, on=on, everything=everything, formulas=sheet.formulas, merged=sheet.merged)


def _lines(report: Report, book: Rulebook, *, everything: bool) -> Iterable[str]:
    for row in report.rows:
        if row.verdict is not Verdict.OK or everything:
            yield f"第{row.number}行 {row.name or '（无姓名）'}：{row.verdict.chinese}"
            yield from _finding_lines(row.findings, book, everything=everything)
    for entry in report.entries:
        if entry.findings and (everything or any(finding.verdict is not Verdict.OK for finding, _ in entry.findings)):
            numbers = "、".join(str(row.number) for row in entry.rows)
            unit = entry.unit_name or entry.unit or "（无单位）"
            yield f"{unit} {entry.team or ''}（第{numbers}行）：{entry.verdict.chinese}"
            yield from _finding_lines(entry.findings, book, everything=everything)
    counts = report.summary()
    parts = [f"{verdict.chinese}{counts[verdict.value]}" for verdict in Verdict]
    yield f"共{counts['rows']}行、{len(report.entries)}个参赛队（人）：{'，'.join(parts)}。"
    if report.not_checked:
        yield f"表中没有相应的列、未核验的：{'、'.join(report.not_checked)}。"


def _finding_lines(
    findings: Iterable[tuple[Finding, str | None]], book: Rulebook, *, everything: bool
) -> Iterable[str]:
    for finding, cell in findings:
        if finding.verdict is Verdict.OK and not everything:
            continue
        yield f"  {cell or '—'} {finding.verdict.chinese}：{finding.message}"
        if finding.clause is not None:
            yield f"      {finding.clause}：{book.text.get(finding.clause, '')}"
        elif finding.assumed is not None:
            yield f"      推定：{finding.assumed}"
