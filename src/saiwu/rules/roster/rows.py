"""The rows of a roster, read: their facts, and what cannot be read. Column by column, each content once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from operator import itemgetter
from typing import Any

from saiwu.rules.eligibility.facts import NONE, full_years
from saiwu.rules.findings import Finding, Verdict
from saiwu.rules.identity import Identity, NotValid, read_credit_code, read_identity, read_phone
from saiwu.rules.roster import readings
from saiwu.rules.roster.columns import FACT_COLUMNS, Column, Head
from saiwu.rules.roster.readings import Located, Locator, NotRead, School
from saiwu.rules.roster.report import RowReport
from saiwu.rules.rulebook.values import Level, plain

Merged = tuple[int, int, int, int]

_FORMULA = "这一格是公式，不能当作填写的内容。请复制后“选择性粘贴”为数值，再核对。"
_MERGED = "这一格被合并，内容只留在合并区域的第一格。请取消合并，逐行填写。"
_EVIDENCE, _REFUSED, _OK = Verdict.EVIDENCE, Verdict.REFUSED, Verdict.OK


@dataclass(slots=True)
class Row:
    """What one row says. None or empty text: not written.

    `located` and `school` are seen from the notice's region.
    """

    report: RowReport
    event: str
    division: str
    unit_name: str
    credit_code: str
    team: str
    identity: str | None
    born: date | None
    sex: str | None
    status: str | None
    place_text: str
    school_text: str
    located: Located
    school: School
    level: Level | str | None
    level_in: str
    years: int | Fraction | None
    former_retirement: str | None
    minor: str | None
    instructors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Unread:
    """Stands for a cell that cannot be read, with the reason."""

    message: str


class _Answers(dict[Any, Any]):
    """What the texts of a column say, each read once. Numbers are read each time: 1 and true are equal, not the same."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read = read
        self.unread = False

    def __missing__(self, cell: Any) -> Any:
        answer = self.of(cell)
        if type(answer) is _Unread:
            self.unread = True
        if type(cell) is str:
            self[cell] = answer
        return answer

    def of(self, cell: Any) -> Any:
        """The fact; None where nothing is written; `_Unread` where it cannot be read. 无 is for the reader."""
        if type(cell) is _Unread or is_empty(cell):
            return cell if type(cell) is _Unread else None
        try:
            return self._read(cell)
        except (NotRead, NotValid) as error:
            return _Unread(str(error))


class RowReader:
    """Reads the rows under a head, a column at a time. `on` is the day of handing in.

    `everything`: what is in order is noted too. `formulas` and `merged`: as `documents.sheets.Sheet` has them.
    """

    def __init__(
        self,
        rows: Sequence[Sequence[object]],
        head: Head,
        *,
        on: date,
        everything: bool = False,
        formulas: Collection[tuple[int, int]] = frozenset(),
        merged: Collection[Merged] = (),
    ) -> None:
        """`rows[0]` is the sheet's row 1."""
        self._head, self._on, self._everything = head, on, everything
        width = max(head.places) + 1
        below = [row if len(row) >= width else [*row, *[""] * (width - len(row))] for row in rows[head.row :]]
        self._columns: list[list[Any]] = [
            list(map(itemgetter(place), below)) if place >= 0 else [""] * len(below) for place in head.places
        ]
        self._mark_bad_cells(formulas, merged)
        empty = {
            at
            for at, name in enumerate(self._columns[Column.NAME])
            if is_empty(name) and all(is_empty(cells[at]) for cells in self._columns)
        }
        if empty:
            self._columns = [[cell for at, cell in enumerate(cells) if at not in empty] for cells in self._columns]
        numbers = (number for at, number in enumerate(range(head.row + 1, len(rows) + 1)) if at not in empty)
        self._reports = [RowReport(number, "") for number in numbers]

    def _mark_bad_cells(self, formulas: Collection[tuple[int, int]], merged: Collection[Merged]) -> None:
        """Formulas, and what merging has emptied, in our columns below the head."""
        columns = {place: Column(index) for index, place in enumerate(self._head.places) if place >= 0}
        top_row, count = self._head.row + 1, len(self._columns[0])
        bad = [(number, place, _FORMULA) for number, place in formulas]
        for top, left, bottom, right in merged:
            bad.extend(
                (number, place, _MERGED)
                for place in columns
                if left <= place <= right
                for number in range(max(top, top_row), min(bottom, top_row + count - 1) + 1)
                if (number, place) != (top, left)
            )
        for number, place, message in bad:
            if place in columns and top_row <= number < top_row + count:
                self._columns[columns[place]][number - top_row] = _Unread(message)

    def read(self, locator: Locator) -> list[Row]:
        """The rows that are not empty, in order. `locator`: that of the notice's region."""
        text = readings.read_text
        names = self._each(Column.NAME, readings.read_name)
        for report, name, written in zip(self._reports, names, self._columns[Column.NAME], strict=True):
            report.name = name or ("" if isinstance(written, _Unread) else text(written))
        self._missing(Column.NAME, names, Finding("cell", _EVIDENCE, None, "请填写姓名。"))
        people: list[Identity | None] = self._each(Column.IDENTITY, self._identity, "identity")
        self._missing(Column.IDENTITY, people, Finding("identity", _EVIDENCE, "born", "请填写证件号码。"))
        sexes = self._sexes(people)
        codes = self._cells(Column.CREDIT_CODE, unless_none(read_credit_code), "unit_code")
        self._each(Column.PHONE, unless_none(read_phone), "phone")
        places, schools = self._texts(Column.PLACE), self._texts(Column.SCHOOL)
        return list(
            map(
                Row,
                self._reports,
                self._texts(Column.EVENT),
                self._texts(Column.DIVISION, unless_none(text)),
                self._texts(Column.UNIT),
                [code or "" for code in codes],
                self._texts(Column.TEAM, unless_none(text)),
                [person and person.number for person in people],
                [person and person.born for person in people],
                sexes,
                self._cells(Column.STATUS, readings.read_status),
                places,
                schools,
                map(locator.places, places),
                map(locator.school, schools),
                self._cells(Column.LEVEL, readings.read_level),
                self._texts(Column.LEVEL_IN),
                self._cells(Column.YEARS, readings.read_years),
                self._cells(Column.FORMER_RETIREMENT, readings.read_former_retirement),
                [person and self._minor(person.born) for person in people],
                self._instructors(),
            )
        )

    def _cells(self, column: Column, read: Callable[[Any], Any], rule: str = "cell") -> list[Any]:
        """What the cells of a column say; None where nothing is written or it cannot be read, with the finding."""
        answers = _Answers(read)
        found = list(map(answers.__getitem__, self._columns[column]))
        if answers.unread:
            for at, answer in enumerate(found):
                if type(answer) is _Unread:
                    found[at] = None
                    self._unread(at, column, answer, rule)
        return self._noted(column, found, rule)

    def _each(self, column: Column, read: Callable[[Any], Any], rule: str = "cell") -> list[Any]:
        """The same, for columns in which hardly two cells agree."""
        answers = _Answers(read)
        found: list[Any] = []
        for at, cell in enumerate(self._columns[column]):
            answer = answers.of(cell)
            if type(answer) is _Unread:
                self._unread(at, column, answer, rule)
                answer = None
            found.append(answer)
        return self._noted(column, found, rule)

    def _unread(self, at: int, column: Column, unread: _Unread, rule: str) -> None:
        spoilt = type(self._columns[column][at]) is _Unread
        self._unreadable(at, column, unread.message, "cell" if spoilt else rule)

    def _noted(self, column: Column, found: list[Any], rule: str) -> list[Any]:
        if self._everything and rule != "cell":
            for at, answer in enumerate(found):
                if answer is not None:
                    self._note(at, column, Finding(rule, _OK, None, "符合。"))
        return found

    def _texts(self, column: Column, read: Callable[[Any], str | None] = readings.read_text) -> list[str]:
        """The cells of a column as text, without white space around it."""
        return [text or "" for text in self._cells(column, read)]

    def _missing(self, column: Column, found: Sequence[object], finding: Finding) -> None:
        for at, answer in enumerate(found):
            if answer is None and column not in self._reports[at].unreadable:
                self._note(at, column, finding)

    def _unreadable(self, at: int, column: Column, message: str, rule: str) -> None:
        self._reports[at].unreadable |= {column}
        self._note(at, column, Finding(rule, _REFUSED, None, message))

    def _note(self, at: int, column: Column, finding: Finding) -> None:
        report = self._reports[at]
        add_finding(report, finding, self._head.cell(report.number, column))

    def _identity(self, value: object) -> Identity:
        return read_identity(value, on=self._on)

    def _sexes(self, people: Sequence[Identity | None]) -> list[str | None]:
        """What the number says; where there is none, what is written."""
        written: list[str | None] = self._cells(Column.SEX, readings.read_sex)
        for at, (says, person) in enumerate(zip(written, people, strict=True)):
            if person is None or says == person.sex:
                continue
            if says is not None:
                message = f"性别填写为{says}，与证件号码（{person.sex}）不符，请对照原件改正。"
                self._note(at, Column.SEX, Finding("identity", _REFUSED, "sex", message))
            written[at] = person.sex
        return written

    def _minor(self, born: date) -> str:
        if born.year < self._on.year - 19:
            return "否"
        return "是" if full_years(born, on=self._on) < 18 else "否"

    def _instructors(self) -> list[tuple[str, ...]]:
        cells = self._columns[Column.INSTRUCTOR_IDENTITY]
        found: list[tuple[str, ...]] = []
        for at, cell in enumerate(cells):
            numbers: list[str] = []
            if isinstance(cell, _Unread):
                self._unreadable(at, Column.INSTRUCTOR_IDENTITY, cell.message, "cell")
            elif cell != "" and not is_empty(cell):
                for one in readings.read_numbers(cell):
                    try:
                        numbers.append(self._identity(one).number)
                    except NotValid as error:
                        self._unreadable(at, Column.INSTRUCTOR_IDENTITY, f"指导教师：{error}", "identity")
            found.append(tuple(numbers))
        return found


def unless_none(read: Callable[[Any], str]) -> Callable[[Any], str | None]:
    """A reader for whose cell 无 means that there is none, like an empty one."""
    return lambda value: None if value == NONE or (type(value) is str and value.strip() == NONE) else read(value)


def is_empty(value: object) -> bool:
    """Nothing written, or only white space."""
    return not value.strip() if type(value) is str else value is None


def add_finding(report: RowReport, finding: Finding, cell: str | None) -> None:
    """Add a finding to a row; the worst verdict stays."""
    report.findings.append((finding, cell))
    if finding.verdict.severity > report.verdict.severity:
        report.verdict = finding.verdict


def columns_of(finding: Finding, row: Row) -> tuple[Column, ...]:
    """The columns that show the fact that decided: a school's place stands with the school, a unit's with the place."""
    if finding.fact == "in_region":
        return (Column.SCHOOL, Column.PLACE) if row.status == "学生" else (Column.PLACE,)
    if finding.fact == "unit" and row.credit_code and not row.unit_name:
        return (Column.CREDIT_CODE,)
    return FACT_COLUMNS.get(finding.fact or "", ())


def occupation_of(text: str) -> str:
    """The occupation of a certificate as facts have it: empty where it was not answered or says 无."""
    return "" if plain(text) == NONE else text
