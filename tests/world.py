"""A small invented world for tests, built through the verbs: an office, a published notice, hosts, units, people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import saiwu
from saiwu.accounts.actions import add_account, add_unit, found
from saiwu.accounts.models import SYSTEM, Account
from saiwu.competitions.actions import appoint, open_registration, publish
from saiwu.competitions.models import Competition, Event
from saiwu.entries.statements import Statement
from saiwu.rules.identity import check_digit
from saiwu.rules.procedure import Role

NOTICES = Path(saiwu.__file__).parent / "notices"
LONG_BEFORE = datetime(2025, 6, 6, 1, 0, tzinfo=UTC)
IN_TIME = datetime(2025, 9, 1, 2, 0, tzinfo=UTC)


@cache
def files_of(slug: str) -> dict[str, str]:
    """The files of a notice that ships, by relative path."""
    folder = NOTICES / slug
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_text("utf-8") for path in paths}


def number(serial: int, born: str = "20040512", sex: str = "男") -> str:
    """A synthetic ID number: region 500190–500199, which nobody has; a valid check digit."""
    order = (serial // 10 % 500) * 2 + (1 if sex == "男" else 0)
    body = f"50019{serial % 10}{born}{order:03d}"
    return body + check_digit(body)


STUDENT: dict[str, Any] = {
    "status": "学生",
    "place": ["学习"],
    "full_time": "是",
    "enrolled": "是",
    "in_region": "是",
    "major": "物联网应用技术",
}
WORKER: dict[str, Any] = {"status": "在职", "place": ["工作"], "level": "四级", "level_in": "本职业", "years": "6"}


def student(serial: int, name: str = "", **facts: Any) -> Statement:
    """An invented student who may enter."""
    return Statement(
        name or f"测生{_letters(serial)}", number(serial), f"1640000{serial:04d}", facts={**STUDENT, **facts}
    )


def worker(serial: int, name: str = "", born: str = "19850512", **facts: Any) -> Statement:
    """An invented worker who may enter."""
    own = {**WORKER, **facts}
    return Statement(name or f"测工{_letters(serial)}", number(serial, born), f"1640000{serial:04d}", facts=own)


def _letters(serial: int) -> str:
    return "".join("甲乙丙丁戊己庚辛壬癸"[int(figure)] for figure in str(serial))


@dataclass
class World:
    """What was built: accounts by role, the competition, its events by slug, units by number."""

    competition: Competition
    office: Account
    accounts: dict[str, Account] = field(default_factory=dict)
    units: list[int] = field(default_factory=list)

    def event(self, slug: str) -> Event:
        """The event as its row stands now."""
        return Event.objects.select_related("competition").get(competition=self.competition, slug=slug)

    def account(self, name: str) -> Account:
        """An account of this world: a role, or `unit1`, `unit2`, …"""
        return self.accounts[name]


def build(
    slug: str = "bayu-2025",
    *,
    event: str = "iot",
    units: int = 2,
    open_: bool = True,
    preregistration: str = "可选",
    amend: Callable[[str], str] = str,
) -> World:
    """Publish a notice, appoint one person a role for one event, set up units, open registration of that event.

    `amend` changes the text of notice.yaml first.
    `preregistration`: whether units enter only who has pre-registered (必须, as the founding notice says) or anybody.
    """
    office = Account.objects.get(pk=found(login="office", name="组委会甲", at=LONG_BEFORE))
    files = dict(files_of(slug))
    notice = files["notice.yaml"].replace("preregistration: 必须", f"preregistration: {preregistration}")
    files["notice.yaml"] = amend(notice)
    competition = Competition.objects.get(pk=publish(slug=slug, files=files, by=office, at=LONG_BEFORE))
    world = World(competition, office, {"committee": office})
    for role in (
        Role.HOST,
        Role.REGISTRAR,
        Role.JUDGE,
        Role.CHIEF_JUDGE,
        Role.SUPERVISOR,
        Role.ORGANISER,
        Role.ARBITER,
    ):
        account = add_account(login=role.value, name=f"测{role.chinese}", by=office, at=LONG_BEFORE)
        over = None if role in (Role.ORGANISER, Role.ARBITER) else event
        appoint(competition_id=competition.pk, account_id=account, role=role, event=over, by=office, at=LONG_BEFORE)
        world.accounts[role.value] = Account.objects.get(pk=account)
    for place in range(1, units + 1):
        add_a_unit(world, place)
    if open_:
        open_registration(event_id=world.event(event).pk, by=world.account("host"), at=IN_TIME)
    return world


def add_a_unit(world: World, place: int) -> int:
    """One more unit, with its account `unit<place>`."""
    login = f"unit{place}"
    account = add_account(login=login, name=f"单位经办{place}", by=world.office, at=LONG_BEFORE)
    kind = "院校" if place % 2 else "企业"
    name = f"示例{'学院' if kind == '院校' else '公司'}{_letters(place)}"
    unit = add_unit(name=name, kind=kind, district="渝中区", account_id=account, by=world.office, at=LONG_BEFORE)
    world.units.append(unit)
    world.accounts[login] = Account.objects.get(pk=account)
    return unit


__all__ = [
    "IN_TIME",
    "LONG_BEFORE",
    "SYSTEM",
    "World",
    "add_a_unit",
    "build",
    "files_of",
    "number",
    "student",
    "worker",
]
