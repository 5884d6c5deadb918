"""The columns of a roster (参赛信息汇总表), where its head stands, and which cell shows which fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from saiwu.rules.rulebook.values import plain


class Column(IntEnum):
    """In the order in which the summary table writes them."""

    EVENT = 0
    DIVISION = 1
    UNIT = 2
    CREDIT_CODE = 3
    TEAM = 4
    NAME = 5
    SEX = 6
    IDENTITY = 7
    PHONE = 8
    STATUS = 9
    PLACE = 10
    SCHOOL = 11
    LEVEL = 12
    LEVEL_IN = 13
    YEARS = 14
    FORMER_RETIREMENT = 15
    INSTRUCTOR = 16
    INSTRUCTOR_IDENTITY = 17


HEADS = (
    "赛项",
    "组别",
    "参赛单位",
    "统一社会信用代码",
    "队名",
    "姓名",
    "性别",
    "证件号码",
    "手机号",
    "人员类别",
    "居住或工作学习地",
    "学校专业",
    "技能等级",
    "等级证书职业",
    "从业年限",
    "原退休年龄",
    "指导教师",
    "指导教师证件号码",
)

FACT_COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "born": (Column.IDENTITY,),
    "minor": (Column.IDENTITY,),
    "sex": (Column.SEX, Column.IDENTITY),
    "status": (Column.STATUS,),
    "place": (Column.PLACE,),
    "major": (Column.SCHOOL,),
    "school": (Column.SCHOOL,),
    "level": (Column.LEVEL,),
    "level_in": (Column.LEVEL_IN,),
    "years": (Column.YEARS,),
    "former_retirement": (Column.FORMER_RETIREMENT,),
    "other_events": (Column.IDENTITY,),
    "instructs": (Column.IDENTITY,),
    "instructed_by": (Column.INSTRUCTOR_IDENTITY,),
    "instructors": (Column.INSTRUCTOR_IDENTITY,),
    "persons": (Column.IDENTITY,),
    "unit": (Column.UNIT, Column.CREDIT_CODE),
    "event": (Column.EVENT,),
    "division": (Column.DIVISION,),
    "team": (Column.TEAM,),
}
"""The cell that shows a fact: of several the first that the file has. Facts that are not here have no cell."""


class NoHead(ValueError):  # noqa: N818
    """No row of the sheet is a roster's head; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where the head stands (row number from 1) and in which column of the sheet (from 0) each of ours is, or -1."""

    row: int
    places: tuple[int, ...]

    def cell(self, row: int, *columns: Column) -> str | None:
        """The address of the first of these columns that the file has; None where it has none."""
        for column in columns:
            if self.places[column] >= 0:
                return f"{letters(self.places[column])}{row}"
        return None


def letters(place: int) -> str:
    """A, B, … Z, AA of columns from 0."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text


def find_head(rows: Sequence[Sequence[object]]) -> Head:
    """The first row that holds 姓名 and 证件号码.

    Raises NoHead where there is none, or where it names a column twice.
    """
    for number, row in enumerate(rows, start=1):
        texts = [plain(cell) if isinstance(cell, str) else "" for cell in row]
        if "姓名" not in texts or "证件号码" not in texts:
            continue
        twice = next((head for head in HEADS if texts.count(head) > 1), None)
        if twice is not None:
            raise NoHead(f"第{number}行表头里“{twice}”出现了两次，请只保留一列。")
        return Head(number, tuple(texts.index(head) if head in texts else -1 for head in HEADS))
    raise NoHead("没有找到表头：须有一行同时写有“姓名”和“证件号码”。")
