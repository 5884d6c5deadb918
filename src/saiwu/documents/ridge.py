"""The ridge 山脊: the calendar of a competition drawn as hills above a river. Each final is a summit at its date.

Past finals are filled, the next one is red, two on one day stand side by side. Without dates it is a still range, for
empty states and edges of documents. A drawing says nothing that the list beside it does not: it is hidden from readers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape

_TOP = 14
_INK = {"crest": "#0e4c4d", "line": "#8fb0ac", "river": "#0e4c4d"}


@dataclass(frozen=True, slots=True)
class Ridge:
    """Width and height in units of the drawing; `labels` name the finals of a day, several parted by /.

    `today` None: nothing is past or next.
    """

    width: int
    height: int
    days: tuple[date, ...] = ()
    labels: Mapping[date, str] = field(default_factory=dict)
    today: date | None = None
    lines: int = 9


@dataclass(frozen=True, slots=True)
class _Summit:
    """A final's hill: place and height as shares of the drawing; `day` None in a still range."""

    at: float
    tall: float
    day: date | None


def svg(values: Ridge) -> str:
    """For a page: coloured by the classes .sw-ridge__*, so that it follows light and dark."""
    top = f'<svg class="sw-ridge" viewBox="0 0 {values.width} {values.height}" aria-hidden="true" focusable="false">'
    return "\n".join([top, *_shapes(values), "</svg>", ""])


def printed(values: Ridge) -> str:
    """For paper: the hills alone, in colours of their own, without dates and labels."""
    land = _Land.of(values)
    top = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {values.width} {values.height}" fill="none">'
    hills = []
    for number, path in enumerate(land.contours()):
        kind, weight = ("crest", 1.2) if number == 0 else ("line", 0.5)
        hills.append(f'<path stroke="{_INK[kind]}" stroke-width="{weight}" stroke-linejoin="round" d="{path}"/>')
    river = f'<path stroke="{_INK["river"]}" stroke-width="1.2" d="M0 {land.foot}H{values.width}"/>'
    return "\n".join([top, *reversed(hills), river, "</svg>"])


def _shapes(values: Ridge) -> list[str]:
    land = _Land.of(values)
    shapes = [
        f'<path class="sw-ridge__{"crest" if number == 0 else "line"}" d="{path}"/>'
        for number, path in enumerate(land.contours())
    ]
    shapes.append(f'<path class="sw-ridge__river" d="M0 {land.foot}H{values.width}"/>')
    for summit in land.summits:
        if summit.day is not None:
            shapes += _final(values, land, summit.at, summit.day)
    return shapes


def _final(values: Ridge, land: _Land, at: float, day: date) -> list[str]:
    """Stem, nodes and words of one day."""
    y = land.foot - (land.foot - _TOP) * land.rise(at)
    kind, shared = _kind(values, day), values.days.count(day)
    shapes = [f'<path class="sw-ridge__stem{kind}" d="M{at:.1f} {y:.1f}V{land.foot + 5}"/>']
    shapes += [
        f'<circle class="sw-ridge__node{kind}" cx="{at + 11 * (k - (shared - 1) / 2):.1f}" cy="{y:.1f}" r="4.5"/>'
        for k in range(shared)
    ]
    if values.labels:
        shapes.append(
            f'<text class="sw-ridge__date{kind}" x="{at:.1f}" y="{land.foot + 20}">{day.month}.{day.day}</text>'
        )
        shapes += [
            f'<text class="sw-ridge__label" x="{at:.1f}" y="{land.foot + 37 + 16 * row}">{escape(part)}</text>'
            for row, part in enumerate(values.labels.get(day, "").split("/"))
        ]
    return shapes


def _kind(values: Ridge, day: date) -> str:
    if values.today is None:
        return ""
    if day <= values.today:
        return " is-past"
    return " is-next" if day == min(later for later in values.days if later > values.today) else ""


@dataclass(frozen=True, slots=True)
class _Land:
    """The hills of a drawing: where they stand, and how high the ground is at any place."""

    width: int
    foot: int
    lines: int
    reach: float
    summits: tuple[_Summit, ...]

    @classmethod
    def of(cls, values: Ridge) -> _Land:
        foot = values.height - (58 if values.labels else 6)
        reach = values.width / (14 if values.days else 9)
        return cls(values.width, foot, values.lines, reach, _summits(values))

    def rise(self, x: float) -> float:
        """Height of the ground at x as a share of what is there."""
        hills = max(summit.tall * math.exp(-(abs((x - summit.at) / self.reach) ** 1.55)) for summit in self.summits)
        swell = 0.30 + 0.17 * math.sin(x / self.width * 25 + 2.2) + 0.07 * math.sin(x / self.width * 57 + 1)
        edge = min(1.0, x / (self.width * 0.06), (self.width - x) / (self.width * 0.06))
        edge = edge * edge * (3 - 2 * edge)
        return max(hills, swell) * (0.2 + 0.8 * edge)

    def contours(self) -> list[str]:
        """Paths from the crest down, each lower than the one before."""
        step = max(self.width // 180, 3)
        ground = [(x, self.rise(x)) for x in (*range(0, self.width, step), self.width)]
        paths = []
        for number in range(self.lines):
            keep = (1 - number / self.lines) ** 1.15
            points = (f"{x} {self.foot - (self.foot - _TOP) * rise * keep:.1f}" for x, rise in ground)
            paths.append("M" + "L".join(points))
        return paths


def _summits(values: Ridge) -> tuple[_Summit, ...]:
    if not values.days:
        still = ((0.12 + 0.19 * i, 0.45 + 0.5 * abs(math.sin(2.4 * i + 0.7))) for i in range(5))
        return tuple(_Summit(place * values.width, tall, None) for place, tall in still)
    first, last = min(values.days), max(values.days)
    span = max((last - first).days, 1)
    summits = []
    for day in sorted(set(values.days)):
        place = 0.07 + 0.86 * (day - first).days / span
        tall = 0.62 + 0.30 * abs(math.sin(7.1 * place + 1.3)) + 0.08 * (values.days.count(day) - 1)
        summits.append(_Summit(place * values.width, tall, day))
    return tuple(summits)
