"""A whole competition: invented, then played to its end, within the database that is set up."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

from saiwu.rules.rulebook import Rulebook
from saiwu.simulation import plan as planning
from saiwu.simulation import units
from saiwu.simulation.agenda import Agenda
from saiwu.simulation.clock import Clock
from saiwu.simulation.filling import Filling
from saiwu.simulation.mishaps import Mishaps
from saiwu.simulation.names import Names
from saiwu.simulation.people import People
from saiwu.simulation.plan import Plan
from saiwu.simulation.play.changing import changed
from saiwu.simulation.play.ending import ended
from saiwu.simulation.play.entering import entered, turned_away
from saiwu.simulation.play.finals import event_life
from saiwu.simulation.play.office import set_up
from saiwu.simulation.world import World

REMARK = "演示数据：人员、变更与成绩均为虚构"
"""Stands on every document."""


def play(book: Rulebook, seed: str, *, scale: Fraction = Fraction(1), say: Callable[[str], None]) -> World:
    """Invent and play. `scale`: 1 for the size that the rulebook asks for. The chance of `privacy` is the caller's.

    `say` is told how far it is. Returns the world as it stands at the end.
    """
    world, names = invented(book, seed, scale=scale, say=say)
    begin(world, names)
    for story in changed(world):
        world.agenda.add(story)
    begin_entering(world)
    world.agenda.run()
    return world


def invented(
    book: Rulebook,
    seed: str,
    *,
    scale: Fraction,
    say: Callable[[str], None],
    beside: Names | None = None,
    agenda: Agenda | None = None,
) -> tuple[World, Names]:
    """A world with all its people, units and entries, of which nothing has happened yet; and its names.

    `beside`, `agenda`: names and stories of other competitions in the same installation.
    """
    random = Random(f"saiwu-simulation/1\n{book.id}\n{seed}")
    names = Names(random, beside)
    people = People(random, names)
    plan = Plan(planning.divisions(book, scale, random))
    schools, companies = planning.units_needed(plan.divisions)
    plan.units = units.invent(random, names, book, schools=schools, companies=companies)
    filling = Filling(random, people, plan)
    filling.fill()
    attempts = Mishaps(random, people, names, plan, filling).lay()
    clock = Clock(book)
    agenda = agenda or Agenda(clock.at(clock.issued, 9))
    world = World(book, plan, attempts, clock, random, agenda, say, remark=REMARK)
    say(f"{len(plan.units)} 个单位，{len(people.all)} 人，{sum(1 for _ in plan.entries())} 份报名")
    return world, names


def begin(world: World, names: Names) -> None:
    """Publish the notice and set everybody up, on the day of its issue; then every event begins its life."""
    set_up(world, names, world.clock.at(world.clock.issued, 9))
    world.unfinished = set(world.book.events)
    for slug in world.book.events:
        world.agenda.add(event_life(world, slug))


def begin_entering(world: World) -> None:
    """Let people and units come, those too who are turned away; and at the very end comes the bulletin."""
    for entry in world.plan.entries():
        world.agenda.add(entered(world, entry))
    for attempt in world.attempts:
        world.agenda.add(turned_away(world, attempt))
    world.agenda.add(ended(world))
