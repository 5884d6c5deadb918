"""Makes the pages of docs/ that follow from the code: `make docs`, or `python -m docs.generate`.

A test compares each page with what this makes of the code as it is, so that none of them can go stale. What people
write by hand stands in the other pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from docs.generate.clauses import FOUNDING, clauses
from docs.generate.commands import command_line
from docs.generate.keys import rulebook_keys
from docs.generate.procedure import procedure

DOCS = Path(__file__).parents[1]

PAGES: Mapping[str, Callable[[], str]] = {
    "procedure.md": procedure,
    "rulebook-keys.md": rulebook_keys,
    f"clauses-{FOUNDING}.md": clauses,
    "command-line.md": command_line,
}
"""Page -> what it should say."""
