"""One row of a roster, read: its facts, and what cannot be read. Cells with the same content are read once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from operator import itemgetter
from typing import Any

from saiwu.rules.eligibility.facts import NONE, full_years
from saiwu.rules.findings import Finding, Verdict
from saiwu.rules.identity import Identity, NotValid, read_credit_code, read_identity, read_phone
from saiwu.rules.roster import readings
from saiwu.rules.roster.columns import FACT_COLUMNS, HEADS, Column, Head
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


@dataclass(slots=True)
class RowReader:
    """Reads rows under a head. `on` is the day of handing in. `everything`: also note what is in order."""

    head: Head
    on: date
    locator: Locator
    everything: bool = False
    formulas: Collection[tuple[int, int]] = frozenset()
    merged: Collection[Merged] = ()
    _get: Callable[[Sequence[object]], tuple[object, ...]] = field(init=False)
    _width: int = field(init=False)
    _bad: Mapping[int, Mapping[Column, str]] = field(init=False)
    _memos: tuple[dict[object, Any], ...] = field(init=False)

    def __post_init__(self) -> None:
        self._get = itemgetter(*self.head.places)
        self._width = max(self.head.places) + 1
        self._bad = self._bad_cells()
        self._memos = tuple({} for _ in HEADS)

    def _bad_cells(self) -> Mapping[int, Mapping[Column, str]]:
        """Formulas, and what merging has emptied, in our columns below the head."""
        columns = {place: Column(index) for index, place in enumerate(self.head.places) if place >= 0}
        bad: dict[int, dict[Column, str]] = {}
        for top, left, bottom, right in self.merged:
            for place in columns.keys() & set(range(left, right + 1)):
                for number in range(max(top, self.head.row + 1), min(bottom, top + 100_000) + 1):
                    if (number, place) != (top, left):
                        bad.setdefault(number, {})[columns[place]] = _MERGED
        for number, place in self.formulas:
            if place in columns and number > self.head.row:
                bad.setdefault(number, {})[columns[place]] = _FORMULA
        return bad

    def read(self, number: int, cells: Sequence[object]) -> Row | None:
        """The row of that number; None where all our columns are empty."""
        if len(cells) < self._width:
            cells = [*cells, *[""] * (self._width - len(cells))]
        values: Sequence[Any] = self._get([*cells, ""])
        if is_empty(values[Column.NAME]) and all(map(is_empty, values)) and number not in self._bad:
            return None
        report = RowReport(number, "")
        if number in self._bad:
            values = self._without_bad(report, values)
        event, division, unit, code, team, name, sex, identity, phone, status, place, school = values[:12]
        level, level_in, years, former, _, instructors = values[12:]
        cell, text = self._cell, readings.read_text
        place = place if type(place) is str else text(place)
        school = school if type(school) is str else text(school)
        if type(name) is str and name.isalpha():
            report.name = name
        else:
            self._name(report, name)
        person = self._identity(report, identity)
        says_sex = person.sex if person is not None else None
        if sex != "" and sex != says_sex:
            says_sex = self._sex(report, cell(report, Column.SEX, sex, readings.read_sex), says_sex)
        if phone != "":
            self._phone(report, phone)
        return Row(
            report=report,
            event=event if type(event) is str else text(event),
            division=division if type(division) is str else text(division),
            unit_name=unit.strip() if type(unit) is str else text(unit),
            credit_code=""
            if code == ""
            else cell(report, Column.CREDIT_CODE, code, read_credit_code, "unit_code") or "",
            team=team.strip() if type(team) is str else text(team),
            identity=person.number if person is not None else None,
            born=person.born if person is not None else None,
            sex=says_sex,
            status=None if status == "" else cell(report, Column.STATUS, status, readings.read_status),
            place_text=place,
            school_text=school,
            located=self.locator.places(place),
            school=self.locator.school(school),
            level=None if level == "" else cell(report, Column.LEVEL, level, readings.read_level),
            level_in="" if level_in == "" else text(level_in),
            years=None if years == "" else cell(report, Column.YEARS, years, readings.read_years),
            former_retirement=None
            if former == ""
            else cell(report, Column.FORMER_RETIREMENT, former, readings.read_former_retirement),
            minor=None if person is None else self._minor(person.born),
            instructors=() if is_empty(instructors) else self._instructors(report, instructors),
        )

    def _without_bad(self, report: RowReport, values: Sequence[Any]) -> Sequence[Any]:
        without = list(values)
        for column, message in sorted(self._bad[report.number].items()):
            without[column] = ""
            self._spoil(report, column, message, "cell")
        return without

    def _cell(
        self, report: RowReport, column: Column, value: object, read: Callable[[Any], Any], rule: str = "cell"
    ) -> Any:
        """What a cell says, read once for each content; None where it cannot be read, with the finding."""
        memo = self._memos[column]
        key = value if type(value) is str else (type(value), value)
        found = memo.get(key)
        if found is None:
            try:
                found = (None if is_empty(value) else read(value), None)
            except (NotRead, NotValid) as error:
                found = (None, str(error))
            memo[key] = found
        if found[1] is not None:
            self._spoil(report, column, found[1], rule)
        elif self.everything and rule != "cell" and found[0] is not None:
            report.findings.append((Finding(rule, _OK, None, "符合。"), self.head.cell(report.number, column)))
        return found[0]

    def _spoil(self, report: RowReport, column: Column, message: str, rule: str) -> None:
        report.unreadable.add(column)
        self._add(report, Finding(rule, _REFUSED, None, message), column)

    def _add(self, report: RowReport, finding: Finding, column: Column) -> None:
        add_finding(report, finding, self.head.cell(report.number, column))

    def _name(self, report: RowReport, value: object) -> None:
        if not is_empty(value):
            report.name = readings.read_text(value)
            self._cell(report, Column.NAME, value, readings.read_name)
        elif Column.NAME not in report.unreadable:
            self._add(report, Finding("cell", _EVIDENCE, None, "请填写姓名。"), Column.NAME)

    def _identity(self, report: RowReport, value: object) -> Identity | None:
        if value == "" or is_empty(value):
            if Column.IDENTITY not in report.unreadable:
                self._add(report, Finding("identity", _EVIDENCE, "born", "请填写证件号码。"), Column.IDENTITY)
            return None
        try:
            identity = read_identity(value, on=self.on)
        except NotValid as error:
            self._spoil(report, Column.IDENTITY, str(error), "identity")
            return None
        if self.everything:
            cell = self.head.cell(report.number, Column.IDENTITY)
            report.findings.append((Finding("identity", _OK, "born", "证件号码符合。"), cell))
        return identity

    def _minor(self, born: date) -> str:
        if born.year < self.on.year - 19:
            return "否"
        return "是" if full_years(born, on=self.on) < 18 else "否"

    def _sex(self, report: RowReport, written: str | None, number_says: str | None) -> str | None:
        """The sex: what the number says; where there is none, what is written."""
        if written is None or number_says is None:
            return number_says or written
        if written != number_says:
            message = f"性别填写为{written}，与证件号码（{number_says}）不符，请对照原件改正。"
            self._add(report, Finding("identity", _REFUSED, "sex", message), Column.SEX)
        return number_says

    def _phone(self, report: RowReport, value: object) -> None:
        if (
            type(value) is str
            and len(value) == 11
            and value.isascii()
            and value.isdigit()
            and value[0] == "1"
            and value[1] > "2"
            and not self.everything
        ):
            return
        self._cell(report, Column.PHONE, value, read_phone, "phone")

    def _instructors(self, report: RowReport, value: object) -> tuple[str, ...]:
        numbers = []
        for one in readings.read_numbers(value):
            try:
                numbers.append(read_identity(one, on=self.on).number)
            except NotValid as error:
                self._spoil(report, Column.INSTRUCTOR_IDENTITY, f"指导教师：{error}", "identity")
        return tuple(numbers)


def is_empty(value: object) -> bool:
    """Nothing written, or only white space."""
    return value == "" or value is None or (type(value) is str and not value.strip())


def add_finding(report: RowReport, finding: Finding, cell: str | None) -> None:
    """Add a finding to a row; the worst verdict stays."""
    report.findings.append((finding, cell))
    if finding.verdict.severity > report.verdict.severity:
        report.verdict = finding.verdict


def columns_of(finding: Finding, row: Row) -> tuple[Column, ...]:
    """The columns that show the fact that decided; a school's place stands with the school, a unit's with the place."""
    if finding.fact == "in_region":
        return (Column.SCHOOL, Column.PLACE) if row.status == "学生" else (Column.PLACE,)
    return FACT_COLUMNS.get(finding.fact or "", ())


def occupation_of(text: str) -> str:
    """The occupation of a certificate as facts have it: empty where it was not answered or says 无."""
    return "" if plain(text) == NONE else text
