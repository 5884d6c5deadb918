"""Judging a roster (参赛信息汇总表) whole: cells in, findings of rows and entries out.

The pure half of `saiwu roster check`.
"""

from saiwu.rules.roster.columns import HEADS, Column, NoHead
from saiwu.rules.roster.judging import check
from saiwu.rules.roster.report import EntryReport, Report, RowReport

__all__ = ["HEADS", "Column", "EntryReport", "NoHead", "Report", "RowReport", "check"]
