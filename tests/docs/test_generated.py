"""The pages that follow from the code say what the code says today."""

from __future__ import annotations

import pytest

from docs.generate import DOCS, PAGES
from saiwu.rules.procedure import PROCEDURE, Role


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_what_the_code_says_now(name):
    assert (DOCS / name).read_text("utf-8") == PAGES[name](), f"docs/{name} is stale: run `make docs`"


def test_a_change_of_the_procedure_makes_its_page_stale(monkeypatch):
    before = PAGES["procedure.md"]()
    step = PROCEDURE["entries.accept"]
    monkeypatch.setitem(PROCEDURE, "entries.accept", type(step)(**_with(step, roles=frozenset({Role.COMMITTEE}))))
    assert PAGES["procedure.md"]() != before


def _with(step, **changed):
    return {name: getattr(step, name) for name in step.__dataclass_fields__} | changed
