"""The end: unit awards decided on the proposal of the points table, and the one bulletin over all events."""

from __future__ import annotations

from datetime import datetime, timedelta

from saiwu.competitions.models import Competition
from saiwu.results.actions import decide_unit_awards, issue_bulletin
from saiwu.results.unit_records import proposals
from saiwu.rules.procedure import Role
from saiwu.rules.rulebook.afterwards import UnitAward
from saiwu.rules.rulebook.values import SizeKind, Who
from saiwu.simulation.agenda import Story
from saiwu.simulation.world import World

_WAIT = timedelta(hours=6)
_INVENTED = frozenset({"参赛单位", "院校", "企业"})
"""Lists that hold invented units alone. Hosts and districts are real: a rehearsal gives them no award."""

_REASON = "按积分表排名，综合组织工作和实际贡献评定。"


def ended(world: World) -> Story:
    """Once the last event is confirmed or cancelled."""
    at = yield world.agenda.now
    while world.unfinished:
        at = yield at + _WAIT
    day = at.astimezone(world.clock.zone).date() + timedelta(days=2)
    at = yield world.clock.at(day, 10)
    for key, term in world.book.unit_awards.items():
        for among in sorted(_INVENTED.intersection(term.among)):
            _give(world, key, term, among, at)
    at = yield world.clock.at(day + timedelta(days=1), 15)
    number = f"演练发〔{at.astimezone(world.clock.zone).year}〕1号"
    world.done(
        issue_bulletin, competition_id=world.competition_id, number=number, note=world.remark, by=world.office, at=at
    )


def _give(world: World, key: str, term: UnitAward, among: str, at: datetime) -> None:
    """The first of the table, as many as there are awards; grade by grade where there are several."""
    competition = Competition.objects.select_related("in_force").get(pk=world.competition_id)
    least = term.minimum_points or 0
    lines = [line for line in proposals(competition, term, among) if line.points > 0 and line.points >= least]
    grades = [
        (prize, one.size.number) for prize, one in term.prizes.items() if one.size and one.size.kind is SizeKind.NUMBER
    ]
    for prize, number in grades or [("", term.count or 0)]:
        names, lines = [line.name for line in lines[:number]], lines[number:]
        if not names:
            continue
        role = Role.ORGANISER if term.decided_by is Who.ORGANISER else Role.COMMITTEE
        account, letter = world.settler(role, at)
        world.done(
            decide_unit_awards,
            competition_id=world.competition_id,
            award=key,
            recipients=names,
            among=among,
            prize=prize,
            reason=_REASON,
            letter=letter,
            by=account,
            at=at,
        )
