"""Reads a table of marks (成绩表): rows of cells in, entries out, or the first cell that cannot be read.

The head is the first row that holds 参赛编号. Columns are named as people name them: components and modules by id or
name, facts by id, name or the question that the notice asks. Other columns are passed over. Cells keep their kind
(text, number as float, time of day, instant), so that a float counts as its shortest decimal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction

from saiwu.rules.eligibility.facts import FACT_NAMES
from saiwu.rules.marking.entries import STATES, ComponentMarks, EntryMarks, Exact, MemberFacts, PartMark, State
from saiwu.rules.marking.totals import Scale, part_key
from saiwu.rules.roster.columns import letters
from saiwu.rules.roster.readings import STATUSES, NotRead, read_level, read_text
from saiwu.rules.rulebook.book import Division, Event
from saiwu.rules.rulebook.eligibility import BUILT_IN_FACTS, OwnFact
from saiwu.rules.rulebook.values import LEVEL_NAMES, THOUSAND, Level, Range, marks, plain

CODE, TIME_USED, HANDED_IN, STATE, HOLDS, AGE, DIVISION = (
    "参赛编号",
    "用时",
    "交卷时间",
    "状态",
    "已有等级",
    "年龄",
    "组别",
)
_OWN_COLUMNS = (CODE, TIME_USED, HANDED_IN, STATE, HOLDS, AGE, DIVISION)
SEPARATOR = "、"
_TIME_OF_DAY_ONLY = date(2000, 1, 1)
"""The day under which times without a day are compared with each other."""


class NotAMarkSheet(ValueError):  # noqa: N818
    """A table that cannot be read; the message is Chinese and names the cell, where there is one."""


@dataclass(frozen=True, slots=True)
class MarkSheet:
    """The entries of a table, in its order, and the columns that were passed over."""

    entries: tuple[EntryMarks, ...]
    ignored: tuple[str, ...]


def read_marks(
    rows: Sequence[Sequence[object]],
    *,
    rules: Division | Event,
    scale: Scale,
    facts: Mapping[str, OwnFact],
    zone: tzinfo,
) -> MarkSheet:
    """The entries of one list. `rules` as for `compute`; `facts`: the notice's own. Raises NotAMarkSheet."""
    return _Reader(rules, scale, facts, zone).read(rows)


def facts_asked(rules: Division | Event) -> tuple[str, ...]:
    """The facts that a `for` of the certificate table asks of a person."""
    table = rules.certificates
    rows = () if table is None else (*table.rows, *table.withheld)
    known = {"division", "tag", "class"}
    return tuple(dict.fromkeys(fact for row in rows for fact in row.for_ if fact not in known))


class _Reader:
    def __init__(self, rules: Division | Event, scale: Scale, facts: Mapping[str, OwnFact], zone: tzinfo) -> None:
        self.rules = rules
        self.scale = scale
        self.facts = facts
        self.zone = zone
        self.columns: dict[str, int] = {}
        self.fact_columns: dict[str, int] = {}
        self.parts: dict[str, int] = {}
        self.ignored: list[str] = []
        self.row = 0
        self.timed: str | None = None
        size = rules.entry.team_size if rules.entry is not None else Range(1, 1)
        self.size = size

    def read(self, rows: Sequence[Sequence[object]]) -> MarkSheet:
        head = next((n for n, row in enumerate(rows, 1) if CODE in (_head(cell) for cell in row)), None)
        if head is None:
            raise NotAMarkSheet(f"没有找到表头：须有一行写有“{CODE}”")
        self._head(head, rows[head - 1])
        entries: list[EntryMarks] = []
        seen: dict[str, int] = {}
        for number, row in enumerate(rows[head:], head + 1):
            if all(_empty(cell) for cell in row):
                continue
            self.row = number
            entry = self._entry(row)
            if entry.code in seen:
                raise self._wrong(self.columns[CODE], f"参赛编号“{entry.code}”与第{seen[entry.code]}行重复")
            seen[entry.code] = number
            entries.append(entry)
        return MarkSheet(tuple(entries), tuple(self.ignored))

    def _head(self, number: int, row: Sequence[object]) -> None:
        names = {plain(name): key for key, name in self._part_names()}
        asked = {plain(name): fact for fact in facts_asked(self.rules) for name in self._fact_names(fact)}
        self.row = number
        for place, cell in enumerate(row):
            text = _head(cell)
            if not text:
                continue
            if text in names:
                found, into = names[text], self.parts
            elif text in _OWN_COLUMNS:
                found, into = text, self.columns
            elif text in asked:
                found, into = asked[text], self.fact_columns
            else:
                self.ignored.append(str(cell).strip())
                continue
            if found in into:
                raise self._wrong(place, f"“{str(cell).strip()}”一列出现了两次，请只保留一列")
            into[found] = place
        for key in self.scale.factors:
            self._covered(key)
        if self._needs_division() and DIVISION not in self.columns:
            raise NotAMarkSheet(f"各组别统一排名，表中须有“{DIVISION}”一列")

    def _part_names(self) -> list[tuple[str, str]]:
        """Every way to name a component or module, with its key."""
        found: list[tuple[str, str]] = []
        for key, component in self.scale.components.items():
            outer = {key, self.scale.names[key]}
            found += [(key, name) for name in outer]
            for inner, module in component.modules.items():
                here = part_key(key, inner)
                found += [(here, f"{name}/{last}") for name in outer for last in {inner, module.name or inner}]
        return found

    def _fact_names(self, fact: str) -> set[str]:
        own = self.facts.get(fact)
        names = {fact, FACT_NAMES.get(fact, fact)}
        return names | {own.ask, own.ask.rstrip("？?")} if own is not None and own.ask else names

    def _covered(self, key: str) -> None:
        """A component has its own column, or one for each of its modules."""
        modules = [part_key(key, inner) for inner in self.scale.components[key].modules]
        given = [part for part in modules if part in self.parts]
        if given and len(given) < len(modules):
            missing = [self.scale.names[part] for part in modules if part not in self.parts]
            raise NotAMarkSheet(f"缺少“{'”“'.join(missing)}”一列")
        if not given and key not in self.parts:
            raise NotAMarkSheet(f"缺少“{self.scale.names[key]}”一列")

    def _needs_division(self) -> bool:
        return isinstance(self.rules, Event) and len(self.rules.divisions) > 1

    def _entry(self, row: Sequence[object]) -> EntryMarks:
        code = self._text(row, CODE)
        if not code:
            raise self._wrong(self.columns[CODE], "参赛编号是空的")
        word = plain(self._text(row, STATE)) or State.NORMAL.chinese
        if word not in STATES:
            raise self._wrong(self.columns[STATE], f"状态“{word}”不认识，应为：{'、'.join(STATES)}")
        state = STATES[word]
        return EntryMarks(
            code=code,
            components=self._components(row),
            state=state,
            checked_in=state is not State.ABSENT,
            time_used_s=self._time_used(row),
            handed_in_at=self._handed_in(row),
            members=self._members(code, row),
            division=self._division(row),
        )

    def _components(self, row: Sequence[object]) -> dict[str, ComponentMarks]:
        made: dict[str, ComponentMarks] = {}
        for key, component in self.scale.components.items():
            mark = self._mark(row, key, component.full)
            modules: dict[str, PartMark] = {}
            for inner, module in component.modules.items():
                part = part_key(key, inner)
                if part in self.parts:
                    modules[inner] = PartMark(self._mark(row, part, module.full))
            if key in self.parts or modules:
                made[key] = ComponentMarks(mark, modules=modules)
        return made

    def _mark(self, row: Sequence[object], part: str, full: int) -> int | None:
        """Thousandths; None where the cell is empty: not yet marked."""
        place = self.parts.get(part)
        cell = "" if place is None or place >= len(row) else row[place]
        if place is None or _empty(cell):
            return None
        number = _decimal(cell)
        name = self.scale.names[part]
        if number is None:
            raise self._wrong(place, f"{name}的“{_shown(cell)}”不是分数，应为数字，如 87.5")
        exponent = number.as_tuple().exponent
        if not isinstance(exponent, int) or exponent < -3:
            raise self._wrong(place, f"{name}的“{_shown(cell)}”多于三位小数")
        thousandths = int(number * THOUSAND)
        if not 0 <= thousandths <= full:
            raise self._wrong(place, f"{name}的“{_shown(cell)}”不在 0 到 {marks(full)} 之间")
        return thousandths

    def _time_used(self, row: Sequence[object]) -> Exact | None:
        place, cell = self._cell(row, TIME_USED)
        if _empty(cell):
            return None
        if isinstance(cell, timedelta):
            seconds = Fraction(cell // timedelta(microseconds=1), 1_000_000)
        elif isinstance(cell, time):
            seconds = Fraction(cell.hour * 3600 + cell.minute * 60 + cell.second)
        elif (clock := _clock(cell)) is not None:
            seconds = Fraction(clock)
        elif (number := _decimal(cell)) is not None:
            seconds = Fraction(number) * 60
        else:
            raise self._wrong(place, f"用时“{_shown(cell)}”应为分钟数（如 85），或时:分:秒（如 1:25:00）")
        if seconds < 0:
            raise self._wrong(place, f"用时“{_shown(cell)}”不能小于 0")
        return int(seconds) if seconds.denominator == 1 else seconds

    def _handed_in(self, row: Sequence[object]) -> datetime | None:
        place, cell = self._cell(row, HANDED_IN)
        if _empty(cell):
            return None
        at, timed = self._instant(cell)
        if at is None:
            raise self._wrong(
                place, f"交卷时间“{_shown(cell)}”应为时:分:秒（如 11:25:00），或时刻（如 2025-10-18 11:25:00）"
            )
        if self.timed not in (None, timed):
            raise self._wrong(place, "交卷时间有的写了日期，有的没有，无从比较先后，请统一写法")
        self.timed = timed
        return at

    def _instant(self, cell: object) -> tuple[datetime | None, str]:
        if isinstance(cell, datetime):
            return cell.replace(tzinfo=self.zone), "day"
        if isinstance(cell, time):
            return datetime.combine(_TIME_OF_DAY_ONLY, cell, UTC), "clock"
        if isinstance(cell, timedelta):
            return datetime.combine(_TIME_OF_DAY_ONLY, time(), UTC) + cell, "clock"
        clock = _clock(cell)
        if clock is not None:
            return datetime.combine(_TIME_OF_DAY_ONLY, time(), UTC) + timedelta(seconds=clock), "clock"
        text = str(cell).strip()
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}.*", text) is None:
            return None, ""
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            return None, ""
        return at if at.tzinfo is not None else at.replace(tzinfo=self.zone), "day"

    def _division(self, row: Sequence[object]) -> str | None:
        if not isinstance(self.rules, Event):
            return None
        place, _ = self._cell(row, DIVISION)
        text = self._text(row, DIVISION)
        if not text and len(self.rules.divisions) == 1:
            return next(iter(self.rules.divisions))
        try:
            return self.rules.division(text).id
        except KeyError:
            names = "、".join(division.name or key for key, division in self.rules.divisions.items())
            raise self._wrong(place, f"组别“{text}”不认识，应为：{names}") from None

    def _members(self, code: str, row: Sequence[object]) -> tuple[MemberFacts, ...]:
        levels = self._each(row, HOLDS)
        ages = self._each(row, AGE)
        facts = {fact: self._fact(row, fact, place) for fact, place in self.fact_columns.items()}
        size = max(len(levels), len(ages)) or self.size.low or 1
        for word, values in ((HOLDS, levels), (AGE, ages)):
            if values and (len(values) != size or not self.size.holds(len(values))):
                raise self._wrong(
                    self.columns[word],
                    f"{word}有 {len(values)} 个值，每队应为 {self.size} 人、每人一个，用“{SEPARATOR}”隔开",
                )
        for fact, answers in facts.items():
            if len(answers) not in (0, 1, size):
                raise self._wrong(self.fact_columns[fact], f"应为一个回答，或每名队员一个，用“{SEPARATOR}”隔开")
        single = size == 1 and self.size.high == 1
        return tuple(
            MemberFacts(
                code if single else f"{code}-{place + 1}",
                self._level(levels[place]) if levels else None,
                self._age(ages[place]) if ages else None,
                {fact: answers[place % len(answers)] for fact, answers in facts.items() if answers},
            )
            for place in range(size)
        )

    def _each(self, row: Sequence[object], word: str) -> list[object]:
        """The values of a cell, one a member; none where it is empty."""
        _, cell = self._cell(row, word)
        if _empty(cell):
            return []
        if isinstance(cell, str) and self.size.high != 1:
            return list(cell.split(SEPARATOR))
        return [cell]

    def _level(self, value: object) -> Level | None:
        try:
            level = read_level(value)
        except NotRead as error:
            place = self.columns[HOLDS]
            raise self._wrong(place, f"已有等级“{_shown(value)}”：应为{'、'.join(LEVEL_NAMES.values())}或无") from error
        return level if isinstance(level, Level) else None

    def _age(self, value: object) -> int | None:
        text = re.sub(r"周?岁$", "", plain(read_text(value)))
        if not text:
            return None
        if re.fullmatch(r"[0-9]{1,3}", text) is None:
            raise self._wrong(self.columns[AGE], f"年龄“{_shown(value)}”应为周岁整数，如 24")
        return int(text)

    def _fact(self, row: Sequence[object], fact: str, place: int) -> list[str]:
        """The answers of a cell, one for all members or one each; none where it is empty."""
        cell = row[place] if place < len(row) else ""
        text = "" if _empty(cell) else read_text(cell)
        if not text:
            return []
        own = self.facts.get(fact)
        allowed = own.answers if own is not None else BUILT_IN_FACTS.get(fact, ())
        answers: list[str] = []
        for part in text.split(SEPARATOR):
            answer = STATUSES.get(plain(part), part) if fact == "status" else part
            known = next((one for one in allowed if plain(one) == plain(answer)), None)
            if allowed and known is None:
                raise self._wrong(place, f"“{part}”不是可选的回答，应为：{'、'.join(allowed)}")
            answers.append(known or answer)
        return answers

    def _cell(self, row: Sequence[object], word: str) -> tuple[int, object]:
        place = self.columns.get(word, -1)
        return place, row[place] if 0 <= place < len(row) else ""

    def _text(self, row: Sequence[object], word: str) -> str:
        _, cell = self._cell(row, word)
        return "" if _empty(cell) else read_text(cell)

    def _wrong(self, place: int, message: str) -> NotAMarkSheet:
        return NotAMarkSheet(f"{letters(place)}{self.row}：{message}")


def _head(cell: object) -> str:
    return plain(cell) if isinstance(cell, str) else ""


def _empty(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _shown(cell: object) -> str:
    text = read_text(cell)
    return text if len(text) <= 40 else f"{text[:39]}…"


def _decimal(cell: object) -> Decimal | None:
    """A number as written; a float as its shortest decimal. None where it is no number."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int):
        return Decimal(cell)
    if isinstance(cell, float):
        number = Decimal(repr(cell))
        return number.normalize() if number.is_finite() else None
    if isinstance(cell, str) and re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,30})?", text := plain(cell)):
        return Decimal(text)
    return None


def _clock(cell: object) -> int | None:
    """h:mm:ss in seconds."""
    match = re.fullmatch(r"([0-9]{1,3}):([0-5][0-9]):([0-5][0-9])", plain(cell)) if isinstance(cell, str) else None
    return None if match is None else int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3])
