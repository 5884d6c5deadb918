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
    random = Random(f"saiwu-simulation/1\n{book.id}\n{seed}")
    names = Names(random)
    people = People(random, names)
    plan = Plan(planning.divisions(book, scale, random))
    schools, companies = planning.units_needed(plan.divisions)
    plan.units = units.invent(random, names, book, schools=schools, companies=companies)
    filling = Filling(random, people, plan)
    filling.fill()
    attempts = Mishaps(random, people, names, plan, filling).lay()
    clock = Clock(book)
    start = clock.at(clock.issued, 9)
    world = World(book, plan, attempts, clock, random, Agenda(start), say, remark=REMARK)
    entries = sum(1 for _ in plan.entries())
    say(f"{len(plan.units)} 个单位，{len(people.all)} 人，{entries} 份报名")
    set_up(world, names, start)
    world.unfinished = set(book.events)
    for slug in book.events:
        world.agenda.add(event_life(world, slug))
    for story in changed(world):
        world.agenda.add(story)
    for entry in plan.entries():
        world.agenda.add(entered(world, entry))
    for attempt in attempts:
        world.agenda.add(turned_away(world, attempt))
    world.agenda.add(ended(world))
    world.agenda.run()
    return world
