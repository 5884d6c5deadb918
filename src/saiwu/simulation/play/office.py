"""Before anything can be entered: the office, the published notice, hosts and judges, units with their accounts."""

from __future__ import annotations

from datetime import datetime

from saiwu.accounts.actions import add_account, add_unit, found
from saiwu.accounts.models import Account
from saiwu.competitions.actions import appoint, publish
from saiwu.competitions.models import Event
from saiwu.rules.procedure import Role
from saiwu.rules.rulebook.book import Event as EventRules
from saiwu.simulation.names import Names
from saiwu.simulation.world import Staff, World

OFFICE = "office"
"""The login of the committee's office, which is over the whole installation."""


def set_up(world: World, names: Names, at: datetime) -> None:
    """Publish the notice, appoint the staff of every event, set up the units. The office may be there already."""
    book = world.book
    there = Account.objects.filter(login=OFFICE).first()
    world.office = there or Account.objects.get(pk=found(login=OFFICE, name=names.person(), at=at))
    world.competition_id = publish(slug=book.id, files=book.files, by=world.office, at=at)
    world.event_ids = dict(Event.objects.filter(competition_id=world.competition_id).values_list("slug", "pk"))
    world.organiser = _account(world, names, "organiser", at)
    _appoint(world, world.organiser, Role.ORGANISER, None, at)
    _appoint(world, _account(world, names, "arbiter", at), Role.ARBITER, None, at)
    for slug, rules in book.events.items():
        world.staff[slug] = _staff(world, names, slug, rules, at)
    for place, unit in enumerate(world.plan.units, start=1):
        account = _account(world, names, f"unit{place:03d}", at)
        unit.account_id = account.pk
        unit.unit_id = add_unit(
            name=unit.name,
            kind=unit.kind,
            credit_code=unit.credit_code,
            school_kind=unit.school_kind,
            district=unit.district,
            account_id=account.pk,
            by=world.office,
            at=at,
        )
        world.unit_accounts[account.pk] = account


def _staff(world: World, names: Names, slug: str, rules: EventRules, at: datetime) -> Staff:
    made = {
        role: _account(world, names, f"{slug}-{role.value}", at)
        for role in (Role.HOST, Role.REGISTRAR, Role.CHIEF_JUDGE, Role.SUPERVISOR)
    }
    judges = [_account(world, names, f"{slug}-judge{place}", at) for place in range(1, judges_of(rules) + 1)]
    for role, account in made.items():
        _appoint(world, account, role, slug, at)
    for judge in judges:
        _appoint(world, judge, Role.JUDGE, slug, at)
    return Staff(made[Role.HOST], made[Role.REGISTRAR], made[Role.CHIEF_JUDGE], made[Role.SUPERVISOR], judges)


def judges_of(rules: EventRules) -> int:
    """As many judges as the part that most of them mark needs; two at least."""
    parts = [
        part
        for division in rules.divisions.values()
        for component in division.components.values()
        for part in (component, *component.modules.values())
    ]
    return max([2, *(part.judging.judges or 1 for part in parts if part.judging is not None)])


def _account(world: World, names: Names, login: str, at: datetime) -> Account:
    login = world.logins + login
    return Account.objects.get(pk=add_account(login=login, name=names.person(), by=world.office, at=at))


def _appoint(world: World, account: Account, role: Role, event: str | None, at: datetime) -> None:
    appoint(competition_id=world.competition_id, account_id=account.pk, role=role, event=event, by=world.office, at=at)
