"""Each guard is taken away in turn: with it the route is refused, without it the invariant falls.

A test that stays green without its guard would show that the guard guards nothing.
"""

from __future__ import annotations

import pytest

from tests.guards.routes import ROUTES
from tests.rooms import play


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def played(request, tmp_path_factory):
    cluster = request.getfixturevalue("cluster") if request.param == "postgresql" else None
    return play("tests.guards.play", folder=tmp_path_factory.mktemp("guards"), cluster=cluster, timeout=400)


@pytest.mark.parametrize("route", ROUTES)
def test_the_route_is_refused_and_breaks_the_invariant_once_its_guards_are_gone(played, route):
    assert played[route] == {"held": f"refused {ROUTES[route].refused}", "without": "done"}
