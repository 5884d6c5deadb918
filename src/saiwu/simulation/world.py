"""What a running simulation knows: the plan, the clock, who acts for whom, and what has happened so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any, TypeVar

from saiwu.accounts.models import Account
from saiwu.audit.frame import Refused
from saiwu.competitions.models import Event
from saiwu.competitions.rulebooks import days_of
from saiwu.rules.findings import Finding, worst
from saiwu.rules.procedure import Role
from saiwu.rules.rulebook import Rulebook
from saiwu.rules.rulebook.days import Days
from saiwu.simulation.agenda import Agenda
from saiwu.simulation.clock import Clock
from saiwu.simulation.kinds import Trouble
from saiwu.simulation.pace import USUAL, Pace
from saiwu.simulation.plan import Plan
from saiwu.simulation.trouble import Attempt

T = TypeVar("T")


@dataclass(slots=True)
class Counts:
    """What the summary counts. `refusals`: of verbs, by the rule that refused."""

    troubles: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    preregistrations: Counter[str] = field(default_factory=Counter)
    waivers: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Staff:
    """The people of one event, each an account of his own."""

    host: Account
    registrar: Account
    chief_judge: Account
    supervisor: Account
    judges: list[Account]


@dataclass(slots=True)
class World:
    """One simulated competition. `book` is as published; rules that changes have amended are asked of the event.

    `remark` stands at the end of the bulletin and at the foot of documents. Every login but the office's begins with
    `logins`: competitions of one installation have people of their own. `paces`: of events that are not run as usual.
    """

    book: Rulebook
    plan: Plan
    attempts: list[Attempt]
    clock: Clock
    random: Random
    agenda: Agenda
    say: Callable[[str], None]
    counts: Counts = field(default_factory=Counts)
    competition_id: int = 0
    event_ids: dict[str, int] = field(default_factory=dict)
    office: Account = field(default_factory=Account)
    organiser: Account = field(default_factory=Account)
    staff: dict[str, Staff] = field(default_factory=dict)
    unit_accounts: dict[int, Account] = field(default_factory=dict)
    remark: str = ""
    by_themselves: set[int] = field(default_factory=set)
    unfinished: set[str] = field(default_factory=set)
    letters: int = 0
    logins: str = ""
    paces: Mapping[str, Pace] = field(default_factory=dict)

    def event(self, slug: str) -> Event:
        """The event as its row stands now."""
        rows = Event.objects.select_related("competition__in_force")
        return rows.get(competition_id=self.competition_id, slug=slug)

    def pace(self, slug: str) -> Pace:
        """How fast the people of an event work."""
        return self.paces.get(slug, USUAL)

    def turn(self, slug: str, division: str = "") -> int:
        """The place of an event among events, or of a division among all divisions: whose turn it is for a trouble."""
        if not division:
            return list(self.book.events).index(slug)
        return self.plan.divisions.index(self.plan.division(slug, division))

    def days(self, slug: str) -> Days:
        """The event's days as they stand now: moved with an approved change, and with what has happened."""
        return days_of(self.event(slug))

    def attempt(self, verb: Callable[..., T], *, trouble: Trouble | None = None, **arguments: Any) -> T | None:
        """Do a verb; None where it is refused, which is counted by its rule and as the trouble that it was meant to be."""
        try:
            return verb(**arguments)
        except Refused as refused:
            self.counts.refusals[refused.rule or "other"] += 1
            if trouble is not None:
                self.counts.troubles[trouble] += 1
            return None

    def done(self, verb: Callable[..., object], *, trouble: Trouble | None = None, **arguments: Any) -> bool:
        """The same of a verb whose outcome nobody asks for: whether it was done."""
        before = self.counts.refusals.total()
        self.attempt(verb, trouble=trouble, **arguments)
        return self.counts.refusals.total() == before

    def met(self, trouble: Trouble, times: int = 1) -> None:
        """Something went wrong that no verb refused."""
        self.counts.troubles[trouble] += times

    def judged(self, findings: tuple[Finding, ...] | None) -> None:
        """Count the verdict of an entry that was handed in; None: it was refused."""
        self.counts.verdicts["refused" if findings is None else worst(findings).value] += 1

    def letter(self, at: datetime) -> str:
        """The number of the organiser's next letter."""
        self.letters += 1
        return f"演练函〔{at.astimezone(self.clock.zone).year}〕{self.letters}号"

    def settler(self, role: Role, at: datetime) -> tuple[Account, str]:
        """Who settles what that role may: himself, or now and then the office with the number of his letter."""
        if role is Role.COMMITTEE:
            return self.office, ""
        return (self.office, self.letter(at)) if self.random.randrange(3) == 0 else (self.organiser, self.letter(at))
