"""The races: what each of sixteen processes tries at the same instant, and what must be left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from saiwu.accounts.models import Visitor
from saiwu.audit.frame import Refused
from saiwu.competitions.actions import open_registration
from saiwu.entries.actions import accept, preregister, register
from saiwu.entries.models import Claim, Conflict, Entry, QuotaPlace, Review
from tests.world import IN_TIME, World, add_a_unit, build, student


class Course(Protocol):
    """A race."""

    def prepare(self, runners: int) -> World:
        """Build what the runners meet."""
        ...

    def attempt(self, world: World, runner: int) -> str:
        """What one runner does; returns what he is told."""
        ...

    def kept(self) -> dict[str, int]:
        """What the rows say afterwards."""
        ...


@dataclass
class OnePerson:
    """The same person claims an event sixteen times, half of them another event: exactly one wins."""

    def prepare(self, runners: int) -> World:
        world = build()
        open_registration(event_id=world.event("ai-trainer").pk, by=world.office, at=IN_TIME)
        return world

    def attempt(self, world: World, runner: int) -> str:
        event = world.event("iot" if runner % 2 else "ai-trainer")
        try:
            preregister(
                event_id=event.pk,
                division="student",
                statement=student(1),
                unit_name="示例学院甲",
                request=f"runner-{runner}",
                by=Visitor(),
                at=IN_TIME,
            )
        except Refused as refused:
            return f"refused {refused.rule} {refused.clause}"
        return "accepted"

    def kept(self) -> dict[str, int]:
        return {"claims": Claim.objects.count(), "conflicts": Conflict.objects.count()}


@dataclass
class OneUnit:
    """Sixteen people of one unit whose quota is two: exactly two places, the others wait for a waiver."""

    def prepare(self, runners: int) -> World:
        return build(units=1)

    def attempt(self, world: World, runner: int) -> str:
        done = register(
            event_id=world.event("iot").pk,
            division="student",
            unit_id=world.units[0],
            members=[student(runner + 1)],
            declared=True,
            by=world.account("unit1"),
            at=IN_TIME,
        )
        return done.state.value

    def kept(self) -> dict[str, int]:
        return {"places": QuotaPlace.objects.count(), "entries": Entry.objects.count()}


@dataclass
class OnePersonTwoUnits:
    """Sixteen units enter the same person, who has pre-registered: exactly one entry."""

    def prepare(self, runners: int) -> World:
        world = build(units=0)
        for place in range(1, runners + 1):
            add_a_unit(world, place)
        preregister(
            event_id=world.event("iot").pk,
            division="student",
            statement=student(1),
            unit_name="示例学院甲",
            request="first",
            by=Visitor(),
            at=IN_TIME,
        )
        return world

    def attempt(self, world: World, runner: int) -> str:
        try:
            register(
                event_id=world.event("iot").pk,
                division="student",
                unit_id=world.units[runner],
                members=[student(1)],
                declared=True,
                by=world.account(f"unit{runner + 1}"),
                at=IN_TIME,
            )
        except Refused as refused:
            return f"refused {refused.rule} {refused.clause}"
        return "accepted"

    def kept(self) -> dict[str, int]:
        return {"entries": Entry.objects.count(), "claims": Claim.objects.count()}


@dataclass
class OneReview:
    """Sixteen reviewers accept the same entry at once: one decision, one record."""

    def prepare(self, runners: int) -> World:
        world = build(units=1)
        OneUnit().attempt(world, 0)
        return world

    def attempt(self, world: World, runner: int) -> str:
        try:
            accept(entry_id=Entry.objects.get().pk, by=world.account("host"), at=IN_TIME)
        except Refused as refused:
            return f"refused {refused.rule}"
        return "accepted"

    def kept(self) -> dict[str, int]:
        return {"reviews": Review.objects.count()}


COURSES: dict[str, Course] = {
    "person": OnePerson(),
    "quota": OneUnit(),
    "units": OnePersonTwoUnits(),
    "review": OneReview(),
}
