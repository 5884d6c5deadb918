"""Long lists a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

COUNT = 50


def page_number(request: HttpRequest) -> int:
    """The page that the address asks for, from 1; 1 where it asks for none that can be."""
    text = request.GET.get("page", "")
    return min(max(int(text), 1), 100_000) if text.isascii() and text.isdigit() and len(text) < 7 else 1


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a reader is in a list: the page, how many rows there are, and the ways to the pages beside it."""

    number: int
    rows: int
    query: Mapping[str, str]

    @classmethod
    def of(cls, number: int, rows: int, query: Mapping[str, str]) -> Pages:
        """The page asked for, or the last where there are fewer. `query`: what else stands in the address."""
        last = max(1, -(-rows // COUNT))
        return cls(min(number, last), rows, {key: value for key, value in query.items() if value})

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.rows // COUNT))

    @property
    def start(self) -> int:
        """How many rows stand before this page."""
        return (self.number - 1) * COUNT

    @property
    def first_row(self) -> int:
        """The number of the first row shown, from 1; 0 where there is none."""
        return self.start + 1 if self.rows else 0

    @property
    def last_row(self) -> int:
        """The number of the last row shown."""
        return min(self.start + COUNT, self.rows)

    @property
    def before(self) -> str:
        """The query of the page before; empty on the first."""
        return self._to(self.number - 1) if self.number > 1 else ""

    @property
    def after(self) -> str:
        """The query of the page after; empty on the last."""
        return self._to(self.number + 1) if self.number < self.last else ""

    def _to(self, number: int) -> str:
        return urlencode({**self.query, "page": number})
