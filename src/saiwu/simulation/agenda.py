"""Stories in the order of time: each says when it goes on, and the earliest goes on first."""

from __future__ import annotations

import heapq
from collections.abc import Generator
from datetime import datetime

Story = Generator[datetime, datetime, None]
"""Yields the instant at which it wants to go on, and is sent the instant at which it does (never an earlier one)."""
Chapter = Generator[datetime, datetime, datetime]
"""A part of a story: ends with the instant at which it was over."""


class Agenda:
    """All stories that are not over. Two of the same instant go on in the order in which they asked."""

    def __init__(self, start: datetime) -> None:
        """`start` is the first instant."""
        self.now = start
        self._waiting: list[tuple[datetime, int, Story]] = []
        self._asked = 0

    def add(self, story: Story) -> None:
        """Begin a story: it runs to its first instant at once."""
        self._wait(story, next(story, None))

    def run(self, until: datetime | None = None) -> None:
        """Let every story go on until all are over, or until that instant: what was to go on later then never does."""
        while self._waiting and (until is None or self._waiting[0][0] <= until):
            at, _, story = heapq.heappop(self._waiting)
            self.now = max(self.now, at)
            try:
                wanted: datetime | None = story.send(self.now)
            except StopIteration:
                wanted = None
            self._wait(story, wanted)

    def _wait(self, story: Story, at: datetime | None) -> None:
        if at is not None:
            self._asked += 1
            heapq.heappush(self._waiting, (at, self._asked, story))
