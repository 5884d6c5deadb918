"""Results of the unit's own people once they are public, and their certificates once issued."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from saiwu.results.queries.of_unit import results_of
from saiwu.web.desk import Desk, desk
from saiwu.web.numbers import points
from saiwu.web.unit.desks import UNIT, tabs_of


@desk(UNIT, tabs=tabs_of)
def results(request: HttpRequest, at: Desk) -> HttpResponse:
    """By event, best first; each leads to the public list."""
    found = results_of(at.unit.id, at.site.id)
    rows = [(one, points(one.total) if one.total is not None else "") for one in found]
    return at.page("unit/results/page.html", here="results", rows=rows)
