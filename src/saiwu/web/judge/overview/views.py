"""The chief judge's overview: codes by parts, who is missing, where judges differ too much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from django.http import HttpRequest, HttpResponse

from saiwu.marking.queries.judging import Cell, CellState, Row, overview_of
from saiwu.marking.written import shown
from saiwu.rules.rulebook.values import marks as points
from saiwu.web.desk import Desk, desk
from saiwu.web.judge.desks import BEFORE, CHIEF, only_unfinished, page, tabs_of
from saiwu.web.shared.pages import COUNT, Pages, page_number


@dataclass(frozen=True, slots=True)
class SeenCell:
    """A cell in words. `tone`: empty where all is well."""

    name: str
    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class SeenRow:
    """A code with its cells."""

    row: Row
    cells: tuple[SeenCell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The codes of one division, which have the same parts."""

    division: str
    heads: tuple[str, ...]
    rows: tuple[SeenRow, ...]


@desk(CHIEF, tabs=tabs_of)
def overview(request: HttpRequest, at: Desk) -> HttpResponse:
    """All codes, or those that keep marks from being locked."""
    whole = overview_of(at.event.id, at=at.now)
    only = only_unfinished(request)
    rows = [row for row in whole.rows if row.stops or not only]
    pages = Pages.of(page_number(request), len(rows), {"show": "left"} if only else {})
    here = rows[pages.start : pages.start + COUNT]
    rules = at.site.book.events[at.event.slug].divisions
    tables = [
        Table(
            rules[division].name or division,
            tuple(cell.part.name for cell in chosen[0].cells),
            tuple(SeenRow(row, tuple(seen_cell(cell, at.site.book.zone) for cell in row.cells)) for row in chosen),
        )
        for division in dict.fromkeys(row.division for row in here)
        if (chosen := [row for row in here if row.division == division])
    ]
    return page(
        at,
        "judge/overview/page.html",
        here="overview",
        tables=tables,
        pages=pages,
        only_left=only,
        stops=sum(1 for row in whole.rows if row.stops),
        codes=len(whole.rows),
        before=at.event.state in BEFORE,
    )


def seen_cell(cell: Cell, zone: tzinfo) -> SeenCell:
    """What stands in a cell: the mark that the judges' make, or what is missing."""
    match cell.state:
        case CellState.SETTLED:
            text, tone = "不用评", "is-idle"
        case CellState.NONE:
            text, tone = "—", "is-idle"
        case CellState.MISSING:
            few = f"缺 {cell.wants} 名" if cell.part.judges > 1 else "没有评"
            text, tone = few, "is-evidence"
        case CellState.APART:
            text, tone = f"相差 {points(cell.spread)}", "is-evidence"
        case CellState.UNAGREED:
            text, tone = "没有商定", "is-evidence"
        case _:
            text, tone = shown(cell.mark or 0, cell.part, zone), ""
    return SeenCell(cell.part.name, text, tone)
