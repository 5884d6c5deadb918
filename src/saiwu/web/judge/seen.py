"""A judge's sheet as its page shows it: every value in words, and which part lies open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from saiwu.marking.parts import Part
from saiwu.marking.queries.judging import OwnJudging, OwnPart, OwnSheet, Seat
from saiwu.marking.written import allowed, shown
from saiwu.rules.rulebook.values import THOUSAND
from saiwu.rules.rulebook.values import marks as points
from saiwu.web.judge.code.forms import MarkForm


@dataclass(frozen=True, slots=True)
class SeenPart:
    """A part of the sheet. `outer`: the component's name, where `name` is a module's. `most`: the highest value as a
    number for the script, empty for times. `colon`: what the pad has in place of a point. `changeable`: his own."""

    key: str
    anchor: str
    number: int
    outer: str
    name: str
    seat: Seat
    full: str
    allowed: str
    how: str
    value: str
    mark_id: int | None
    by_chief: bool
    timed: bool
    most: str
    decimals: int
    is_open: bool
    form: MarkForm | None

    @property
    def changeable(self) -> bool:
        """Whether there is a form: he may mark it, or change what he gave."""
        return self.seat is Seat.OPEN or (self.seat is Seat.MARKED and not self.by_chief)


@dataclass(frozen=True, slots=True)
class SeenSheet:
    """A code's sheet with the codes beside it; empty where there is none."""

    code: str
    division: str
    out: bool
    parts: tuple[SeenPart, ...]
    marked: int
    left: int
    before: str
    after: str

    @property
    def asked(self) -> int:
        """How many parts are his, marked or not."""
        return self.marked + self.left


def seen(
    judging: OwnJudging,
    sheet: OwnSheet,
    *,
    division: str,
    zone: tzinfo,
    open_part: str | None = None,
    form: MarkForm | None = None,
    may: bool = True,
) -> SeenSheet:
    """The sheet with one part open: the one asked for, else the first that waits. `form`: what was posted and refused."""
    chosen = _chosen(sheet.parts, open_part) if may and not sheet.out else None
    codes = [one.code for one in judging.sheets]
    place = codes.index(sheet.code)
    return SeenSheet(
        code=sheet.code,
        division=division,
        out=sheet.out,
        parts=tuple(
            _part(one, number, zone, one.part.id == chosen, form if one.part.id == chosen else None)
            for number, one in enumerate(sheet.parts, 1)
        ),
        marked=sheet.marked,
        left=sheet.left,
        before=codes[place - 1] if place else "",
        after=codes[place + 1] if place + 1 < len(codes) else "",
    )


def _chosen(parts: Sequence[OwnPart], asked: str | None) -> str | None:
    changeable = [one for one in parts if one.seat is Seat.OPEN or (one.seat is Seat.MARKED and not one.by_chief)]
    if asked is not None and any(one.part.id == asked for one in changeable):
        return asked
    return next((one.part.id for one in changeable if one.seat is Seat.OPEN and not one.part.timed), None)


def _part(one: OwnPart, number: int, zone: tzinfo, is_open: bool, form: MarkForm | None) -> SeenPart:
    part = one.part
    outer, _, inner = part.name.rpartition("/")
    return SeenPart(
        key=part.id,
        anchor=f"part-{number}",
        number=number,
        outer=outer,
        name=inner,
        seat=one.seat,
        full="" if part.timed else points(part.full),
        allowed=allowed(part),
        how=how(part),
        value="" if one.value is None else shown(one.value, part, zone),
        mark_id=one.mark_id,
        by_chief=one.by_chief,
        timed=part.timed,
        most="" if part.timed else f"{part.full / THOUSAND:g}",
        decimals=part.decimals,
        is_open=is_open,
        form=form,
    )


def how(part: Part) -> str:
    """How the marks of several judges make one: 3 名裁判，去高去低平均，相差不超过 15 分. Empty where one marks it."""
    if part.judging is None or part.judges < 2:
        return ""
    said = [f"{part.judges} 名裁判各评一次", part.judging.combine or "平均"]
    if part.judging.spread is not None:
        said.append(f"相差不超过 {points(part.judging.spread)} 分")
    return "，".join(said)
