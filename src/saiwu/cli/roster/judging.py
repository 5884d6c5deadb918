"""The second half of `saiwu roster check`: a sheet that was read is judged by a notice, and the verdicts are printed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime

from saiwu.cli.notice import open_notice
from saiwu.documents.sheets import Sheet
from saiwu.rules.findings import Finding, Verdict
from saiwu.rules.roster import NoHead, Report, check
from saiwu.rules.rulebook import Rulebook

__all__ = ["NoHead", "judge"]


def judge(read: Callable[[], Sheet], *, notice: str, on: date | None, everything: bool, as_json: bool) -> bool:
    """Print the verdicts of the sheet that `read` gives; whether anything is refused.

    `on` None: today in the notice's zone. Raises NoHead, and what `read` raises.
    """
    book = open_notice(notice)
    sheet = read()
    report = check(
        sheet.rows,
        book=book,
        on=on or datetime.now(book.zone).date(),
        everything=everything,
        formulas=sheet.formulas,
        merged=sheet.merged,
    )
    if as_json:
        sys.stdout.write(report.json(everything=everything) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(report, book, everything=everything))
    return report.refused


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
