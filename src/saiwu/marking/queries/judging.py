"""What a judge and the chief judge ask while they mark: by code, and of nobody else's marks where one is a judge.

A judge learns of others only whether a seat is free. The chief judge learns all marks, judges under their keyed codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from saiwu.accounts.models import Account
from saiwu.audit.frame import NotFound
from saiwu.competitions.models import Event
from saiwu.competitions.rulebooks import rules_of_event
from saiwu.marking.collected import judge_code
from saiwu.marking.models import Mark, Penalty
from saiwu.marking.parts import Part
from saiwu.marking.standing import Given, Standing, asked_of, standing_of
from saiwu.rules.marking import JudgeMark, judged
from saiwu.rules.rulebook import stages
from saiwu.rules.rulebook.values import Rounding


class Seat(StrEnum):
    """How a part of a code stands for one judge."""

    MARKED = "marked"
    OPEN = "open"
    TAKEN = "taken"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class OwnPart:
    """A part of a code as one judge sees it: his own mark or none.

    `by_chief`: the chief judge corrected it, and it is no longer his to change. `replaces`: the mark that his replaced.
    """

    part: Part
    seat: Seat
    mark_id: int | None = None
    value: int | None = None
    by_chief: bool = False
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """A code with its parts. `out`: a penalty of the chief judge leaves nothing to mark."""

    code: str
    division: str
    out: bool
    parts: tuple[OwnPart, ...]

    @property
    def marked(self) -> int:
        """How many parts he has marked; times apart."""
        return sum(1 for one in self.parts if one.seat is Seat.MARKED and not one.part.timed)

    @property
    def left(self) -> int:
        """How many parts he may still mark; times apart, which nobody must have."""
        return sum(1 for one in self.parts if one.seat is Seat.OPEN and not one.part.timed)

    def of(self, part: str) -> OwnPart | None:
        """The part of that key."""
        return next((one for one in self.parts if one.part.id == part), None)


@dataclass(frozen=True, slots=True)
class OwnJudging:
    """All codes of an event as one judge sees them. `must`: what nobody but he can mark, by code and name of the part."""

    judge: str
    sheets: tuple[OwnSheet, ...]
    must: tuple[tuple[str, str], ...]
    marks: int
    handed_in_at: datetime | None

    def sheet(self, code: str) -> OwnSheet:
        """The sheet of a code. Raises NotFound where the event has none."""
        found = next((one for one in self.sheets if one.code == code), None)
        if found is None:
            raise NotFound(code)
        return found


@dataclass(frozen=True, slots=True)
class Asked:
    """What is marked in a division, in the rulebook's order."""

    division: str
    name: str
    parts: tuple[Part, ...]


def asked_of_event(event_id: int) -> tuple[Asked, ...]:
    """What will be marked, division by division. 1 SQL statement. Raises Refused where the rulebook has it 待定."""
    rules = rules_of_event(_event(event_id)).divisions
    return tuple(Asked(key, one.name or key, tuple(asked_of(one).values())) for key, one in rules.items())


def judging_of(event_id: int, *, seen_by: Account, at: datetime) -> OwnJudging:
    """The codes of an event in their order, with the marks of this judge. 6 SQL statements, however many codes."""
    event = _event(event_id)
    standing = standing_of(event, at)
    me = seen_by.pk
    sheets = tuple(
        OwnSheet(
            code,
            division,
            code in standing.out,
            tuple(_own(standing, code, part, me) for part in standing.parts[division].values()),
        )
        for code, division in standing.divisions.items()
    )
    must = tuple((code, standing.parts[standing.divisions[code]][part].name) for code, part in standing.left_for(me))
    marks = sum(1 for sheet in sheets for one in sheet.parts if one.seat is Seat.MARKED)
    return OwnJudging(judge_code(me), sheets, must, marks, standing.handed_in.get(me))


def _own(standing: Standing, code: str, part: Part, me: int) -> OwnPart:
    mark = standing.own(code, part, me)
    if mark is not None:
        return OwnPart(part, Seat.MARKED, mark.id, mark.value, mark.by != me, mark.replaces)
    if (code, part.id) in standing.settled:
        return OwnPart(part, Seat.SETTLED)
    return OwnPart(part, Seat.OPEN if standing.free(code, part) else Seat.TAKEN)


def code_of_judge(account: Account) -> str:
    """The keyed code under which the chief judge sees this judge. No SQL statement."""
    return judge_code(account.pk)


def code_of_replaced(event_id: int, mark_id: int) -> str:
    """The code of a mark of this event that was corrected since. 1 SQL statement. Raises NotFound where there is none."""
    code = Mark.objects.filter(event_id=event_id, pk=mark_id, replaced_by__isnull=False).values_list("code", flat=True)
    if not code:
        raise NotFound(f"mark {mark_id}")
    return str(code[0])


class CellState(StrEnum):
    """How a part of a code stands for the chief judge; the first that fits."""

    SETTLED = "settled"
    MISSING = "missing"
    APART = "apart"
    UNAGREED = "unagreed"
    DONE = "done"
    NONE = "none"
    """A time that nobody has entered: nobody must."""


@dataclass(frozen=True, slots=True)
class WasMark:
    """A value that was replaced, by whom, and why."""

    value: int
    judge: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class CellMark:
    """A mark that counts. `judge`: who entered it first; `by_chief`: somebody else corrected it."""

    id: int
    judge: str
    value: int
    at: datetime
    by_chief: bool
    was: tuple[WasMark, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a code. `mark`: what the judges' marks make, in thousandths (seconds of times); `wants`: how many marks
    are missing; `spread`: the largest difference, `over`: what the rulebook says where it is too large."""

    part: Part
    state: CellState
    marks: tuple[CellMark, ...]
    mark: int | None
    wants: int
    spread: int
    over: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A code with its cells; `penalties`: the names of those given to it."""

    code: str
    division: str
    out: bool
    cells: tuple[Cell, ...]
    penalties: tuple[str, ...]

    @property
    def stops(self) -> bool:
        """Whether something of it keeps marks from being locked."""
        return any(one.state in (CellState.MISSING, CellState.APART, CellState.UNAGREED) for one in self.cells)


@dataclass(frozen=True, slots=True)
class JudgeRow:
    """A judge. `name` empty: not appointed as judge (a host who entered marks from paper). `left`: what only he can
    mark still."""

    code: str
    name: str
    marks: int
    left: int
    handed_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class Overview:
    """All of an event's marking, by code."""

    rows: tuple[Row, ...]
    judges: tuple[JudgeRow, ...]

    def row(self, code: str) -> Row:
        """The row of a code. Raises NotFound where the event has none."""
        found = next((one for one in self.rows if one.code == code), None)
        if found is None:
            raise NotFound(code)
        return found

    def find(self, mark_id: int) -> tuple[Row, Cell, CellMark]:
        """A mark that counts, with where it is. Raises NotFound where there is none."""
        for row in self.rows:
            for cell in row.cells:
                for mark in cell.marks:
                    if mark.id == mark_id:
                        return row, cell, mark
        raise NotFound(f"mark {mark_id}")


def overview_of(event_id: int, *, at: datetime) -> Overview:
    """The marks of all judges. 7 SQL statements, however many codes."""
    event = _event(event_id)
    standing = standing_of(event, at)
    names: dict[str, list[str]] = {}
    divisions = rules_of_event(event).divisions
    for code, key in Penalty.objects.filter(event=event).order_by("id").values_list("code", "penalty"):
        names.setdefault(code, []).append(divisions[standing.divisions[code]].penalties[key].name or key)
    rows = tuple(
        Row(
            code,
            division,
            code in standing.out,
            tuple(_cell(standing, code, part) for part in standing.parts[division].values()),
            tuple(names.get(code, ())),
        )
        for code, division in standing.divisions.items()
    )
    return Overview(rows, tuple(_judge_rows(standing)))


def _cell(standing: Standing, code: str, part: Part) -> Cell:
    given = standing.given.get((code, part.id), ())
    marks = tuple(_mark(one) for one in given)
    found = judged([JudgeMark(str(one.owner), one.value) for one in given], part.judging)
    mark = None if found.mark is None else Rounding.HALF_UP.apply(Fraction(found.mark))
    wants = max(part.judges - len(given), 0)
    if part.timed:
        state = CellState.DONE if given else CellState.NONE
        return Cell(part, state, marks, given[0].value if given else None, 0, 0, None)
    if (code, part.id) in standing.settled:
        state = CellState.SETTLED
    elif wants:
        state = CellState.MISSING
    elif found.over_spread is not None:
        state = CellState.APART
    else:
        state = CellState.DONE if mark is not None else CellState.UNAGREED
    return Cell(part, state, marks, mark, wants, found.spread, found.over_spread)


def _mark(one: Given) -> CellMark:
    was = tuple(WasMark(old.value, judge_code(old.by), old.at, old.reason) for old in one.was)
    return CellMark(one.id, judge_code(one.owner), one.value, one.at, one.by != one.owner, was)


def _judge_rows(standing: Standing) -> list[JudgeRow]:
    marks: dict[int, int] = {}
    for given in standing.given.values():
        for one in given:
            marks[one.owner] = marks.get(one.owner, 0) + 1
    everybody = {**dict.fromkeys(marks, ""), **standing.judges}
    rows = [
        JudgeRow(
            judge_code(account),
            name,
            marks.get(account, 0),
            len(standing.left_for(account)) if name else 0,
            standing.handed_in.get(account),
        )
        for account, name in everybody.items()
    ]
    return sorted(rows, key=lambda row: row.code)


@dataclass(frozen=True, slots=True)
class GivenPenalty:
    """A penalty as it was given. `term` is the rulebook's; `part`: the name of what it concerns, empty for the total."""

    code: str
    term: stages.Penalty
    key: str
    times: int
    reason: str
    at: datetime


def penalties_of(event_id: int) -> tuple[GivenPenalty, ...]:
    """Penalties given in an event, the latest first. 3 SQL statements."""
    event = _event(event_id)
    rules = rules_of_event(event).divisions
    divisions = dict(event.codes.values_list("code", "division__slug"))
    rows = Penalty.objects.filter(event=event).order_by("-at", "-id")
    return tuple(
        GivenPenalty(
            row.code, rules[divisions[row.code]].penalties[row.penalty], row.penalty, row.times, row.reason, row.at
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class Penalties:
    """What may be given in an event: its codes with their divisions, and each division's penalties."""

    codes: Mapping[str, str]
    terms: Mapping[str, Mapping[str, stages.Penalty]]


def penalties_allowed(event_id: int) -> Penalties:
    """2 SQL statements."""
    event = _event(event_id)
    rules = rules_of_event(event).divisions
    codes = dict(event.codes.order_by("code").values_list("code", "division__slug"))
    return Penalties(codes, {key: one.penalties for key, one in rules.items()})


def _event(event_id: int) -> Event:
    return Event.objects.select_related("competition").get(pk=event_id)
