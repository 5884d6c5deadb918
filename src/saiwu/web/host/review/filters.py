"""Which entries stand in the queue, as the address says it; what it does not say is not asked for."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from saiwu.entries.queries.of_event import Filter
from saiwu.rules.findings import Verdict
from saiwu.rules.procedure import EntryState

QUEUES = {
    "": (EntryState.SUBMITTED,),
    "waiting": (EntryState.WAITING,),
    "returned": (EntryState.RETURNED,),
}
"""What may be reviewed, by the word in the address."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue: by state, division, verdict, and what is searched for."""

    state: str
    division: str
    verdict: str
    search: str

    @classmethod
    def of(cls, request: HttpRequest, divisions: tuple[str, ...]) -> Queue:
        """As the address says; a form carries it on in `queue`."""
        said = QueryDict(request.POST["queue"]) if "queue" in request.POST else request.GET
        return cls(
            state=said.get("state", "") if said.get("state", "") in QUEUES else "",
            division=said.get("division", "") if said.get("division", "") in divisions else "",
            verdict=said.get("verdict", "") if said.get("verdict", "") in list(Verdict) else "",
            search=said.get("q", "").strip()[:60],
        )

    @property
    def only(self) -> Filter:
        """The same as the query takes it."""
        verdict = Verdict(self.verdict) if self.verdict else None
        return Filter(frozenset(QUEUES[self.state]), self.division, verdict, self.search)

    @property
    def said(self) -> dict[str, str]:
        """As it stands in an address."""
        every = {"state": self.state, "division": self.division, "verdict": self.verdict, "q": self.search}
        return {key: value for key, value in every.items() if value}

    @property
    def query(self) -> str:
        """The same, encoded."""
        return urlencode(self.said)
