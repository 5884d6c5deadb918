"""A small competition on the eve of its finals, as rows: what the verbs before check-in would have left.

Two events. 焊工 (welder): students and workers in two lists, singles, a component with two modules. 起重工 (rigger):
one open list of teams of two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from saiwu.accounts.models import Account, Appointment, Scope, Unit
from saiwu.checkin.actions import check_in, issue_codes
from saiwu.checkin.models import BlindCode
from saiwu.competitions.models import Competition, Division, Event, Moment, RulebookVersion
from saiwu.competitions.rulebooks import digest_of
from saiwu.entries.models import Entry, Member
from saiwu.marking.actions import MarkRow, check, enter, lock
from saiwu.people.models import Person
from saiwu.privacy import fields
from saiwu.results.actions.unsealing import unseal
from saiwu.rules.procedure import EntryState, EventState, Role

FILES = {
    "text.yaml": "一: 青石县总工会定于2026年5月1日举办职业技能大赛，设焊工、起重工两个赛项。\n",
    "notice.yaml": """
language: 1
version: 1
name: 青石县2026年职业技能大赛
short_name: 青石赛
number: 青工发〔2026〕3号
from: 2026-04-01
to: 2026-06-30
organisation: {organisers: [青石县总工会]}
certificate_kind: 职业技能等级
paper_level: 三级
components:
  theory: {weight: 30%, full: 100, pass: 60}
  practical:
    weight: 70%
    full: 100
    pass: 60
    modules: {m1: {name: 模块一, weight: 40%, full: 50}, m2: {name: 模块二, weight: 60%, full: 100}}
penalties:
  late: {name: 迟到, effect: 弃权, delay: 15分钟}
  misuse: {name: 违规操作设备, effect: 扣分, part: 技能操作, points: 10, each: 是, cap: 20}
  cheating: {name: 作弊, effect: 取消成绩}
  fraud: {name: 冒名顶替, effect: 取消资格}
ranking: {tie_break: [技能操作, 用时, 裁判长]}
awards: {prizes: {first: 1, second: 1, third: 1, merit: 至上限}, cap: 60%, base: 检录}
certificates:
  rows:
    - {passed: [技能操作], gives: 命题等级}
    - {passed: [技能操作], rank: 1-2, prize: [有], gives: 命题等级+1}
minimums: {final: {at: 决赛名单, at_least: 3, effect: [不设奖, 取消, 照常]}}
public_notice: {after: 成绩公布, window: 5个工作日}
unit_awards:
  organisation:
    name: 优秀组织奖
    count: 2
    among: [参赛单位]
    points: {报名人数: 1, 检录人数: 1, 一等奖: 10, 二等奖: 6, 三等奖: 4}
    decided_by: 主办单位
clause: 一
""",
    "events/welder.yaml": """
name: 焊工
order: 1
occupation: 焊工
host: 青石会展中心
stages: {final: {on: 2026-05-01}}
divisions: {student: {for: {status: [学生]}}, worker: {for: {status: [在职]}}}
clause: 一
""",
    "events/rigger.yaml": """
name: 起重工
order: 2
occupation: 起重工
host: 青石实训基地
stages: {final: {on: 2026-05-02}}
entry: {team_size: 2}
divisions: {open: {}}
clause: 一
""",
}
FINAL = datetime(2026, 5, 1, 0, 30, tzinfo=UTC)
"""08:30 on the day of the final, in the competition's zone."""

STAFF = (Role.HOST, Role.REGISTRAR, Role.JUDGE, Role.CHIEF_JUDGE, Role.SUPERVISOR)
OFFICE = (Role.COMMITTEE, Role.ORGANISER)


def account(login: str) -> Account:
    """An account without appointments."""
    return Account.objects.create(login=login, name=f"账号{login}", created_at=FINAL)


def appointed(login: str, role: Role, scope: Scope) -> Account:
    """An account with one appointment, in force since long before."""
    made = account(login)
    Appointment.objects.create(account=made, role=role, scope=scope, since=FINAL - timedelta(days=90))
    return made


@dataclass
class Final:
    """One event with its people. `staff` by role; `entries` by number."""

    event: Event
    staff: dict[Role, Account] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)

    def __getitem__(self, role: Role) -> Account:
        return self.staff[role]

    def codes(self) -> dict[str, str]:
        """Entry number -> blind code."""
        rows = BlindCode.objects.filter(event=self.event).values_list("entry__number", "code")
        return dict(rows)

    def move(self, state: EventState) -> None:
        """Set the event's state, as a verb of another room would."""
        self.event.state = state
        self.event.save(update_fields=["state"])

    def state(self) -> EventState:
        """The event's state, as it is stored."""
        return EventState(Event.objects.get(pk=self.event.pk).state)


@dataclass
class Eve:
    """The competition, its office, its units and its finals."""

    competition: Competition
    office: dict[Role, Account]
    units: list[Unit]
    welder: Final
    rigger: Final


def eve(students: int = 5, workers: int = 0, teams: int = 0, files: dict[str, str] | None = None) -> Eve:
    """The competition with so many finalists; all events listed, nobody checked in."""
    files = files or FILES
    scope = Scope.objects.create(kind=Scope.Kind.COMPETITION)
    # Rulebooks are kept once a process by slug and version: another rulebook is another competition.
    slug = "qingshi-2026" if files is FILES else f"qingshi-{digest_of(files)[:8]}"
    competition = Competition.objects.create(slug=slug, scope=scope, published_at=FINAL - timedelta(days=60))
    competition.in_force = RulebookVersion.objects.create(
        competition=competition, version=1, files=files, sha256=digest_of(files), since=FINAL - timedelta(days=60)
    )
    competition.save()
    office = {role: appointed(role.value, role, scope) for role in OFFICE}
    units = [_unit(number) for number in range(1, 4)]
    finals = {}
    for position, (slug, divisions) in enumerate({"welder": ("student", "worker"), "rigger": ("open",)}.items(), 1):
        event = Event.objects.create(
            competition=competition,
            slug=slug,
            position=position,
            state=EventState.LISTED,
            scope=Scope.objects.create(kind=Scope.Kind.EVENT, parent=scope),
        )
        Moment.objects.create(event=event, name="决赛名单", at=FINAL - timedelta(days=5))
        final = Final(event)
        for role in STAFF:
            final.staff[role] = appointed(f"{slug}-{role.value}", role, event.scope)
        for place, division in enumerate(divisions, 1):
            Division.objects.create(event=event, slug=division, position=place)
        finals[slug] = final
    made = Eve(competition, office, units, finals["welder"], finals["rigger"])
    _enter(made, made.welder, "student", students, {"status": "学生", "level": "无"})
    _enter(made, made.welder, "worker", workers, {"status": "在职", "level": "四级"})
    _enter(made, made.rigger, "open", teams, {"status": "在职", "level": "四级"})
    return made


def marking(final: Final, absent: tuple[str, ...] = ()) -> dict[str, str]:
    """Go on until marking: everybody but the absent checked in and coded. Returns entry number -> code."""
    for number, entry in final.entries.items():
        if number not in absent:
            check_in(entry_id=entry.pk, by=final[Role.REGISTRAR], at=FINAL)
    final.move(EventState.RUNNING)
    issue_codes(event_id=final.event.pk, by=final[Role.REGISTRAR], at=FINAL)
    final.move(EventState.MARKING)
    return final.codes()


Given = Mapping[str, tuple[int, int, int] | tuple[int, int, int, int]]
"""Entry number -> theory, module one, module two in points, and minutes used."""


def sealed(final: Final, given: Given, absent: tuple[str, ...] = ()) -> dict[str, str]:
    """Go on until the marks are locked and looked at again. Returns entry number -> code."""
    codes = marking(final, absent)
    mark(final, codes, given)
    lock(event_id=final.event.pk, by=final[Role.CHIEF_JUDGE], at=FINAL + timedelta(hours=7))
    sample = sorted(codes.values())[:1]
    check(event_id=final.event.pk, codes=sample, by=final[Role.SUPERVISOR], at=FINAL + timedelta(hours=8))
    return codes


def unsealed(final: Final, given: Given, absent: tuple[str, ...] = ()) -> dict[str, str]:
    """Go on until the codes are joined back. Returns entry number -> code."""
    codes = sealed(final, given, absent)
    unseal(
        event_id=final.event.pk,
        witness=final[Role.SUPERVISOR],
        by=final[Role.REGISTRAR],
        at=FINAL + timedelta(hours=9),
    )
    return codes


def mark(final: Final, codes: Mapping[str, str], given: Given) -> None:
    """The judge enters these marks."""
    rows = []
    for number, (theory, one, two, *minutes) in given.items():
        parts = {"theory": theory * 1000, "practical/m1": one * 1000, "practical/m2": two * 1000}
        if minutes:
            parts["用时"] = minutes[0] * 60
        rows += [MarkRow(codes[number], part, value) for part, value in parts.items()]
    outcomes = enter(event_id=final.event.pk, marks=rows, by=final[Role.JUDGE], at=FINAL + timedelta(hours=6))
    assert [outcome.message for outcome in outcomes if outcome.message] == []


def _unit(number: int) -> Unit:
    names = ("青石机械厂", "青石职业中学", "青石建筑公司")
    name = names[number - 1]
    return Unit.objects.create(
        name=name,
        name_key=name,
        kind="院校" if "中学" in name else "企业",
        district=f"第{number}区",
        scope=Scope.objects.create(kind=Scope.Kind.UNIT),
    )


def _enter(made: Eve, final: Final, division: str, count: int, facts: dict[str, Any]) -> None:
    row = Division.objects.get(event=final.event, slug=division)
    size = 2 if division == "open" else 1
    for _ in range(count):
        number = f"E{len(final.entries) + 1:03}"
        entry = Entry.objects.create(
            event=final.event,
            division=row,
            unit=made.units[len(final.entries) % len(made.units)],
            number=number,
            team_name=f"第{len(final.entries) + 1}队" if size > 1 else "",
            state=EntryState.FINALIST,
            rulebook_version=1,
            submitted_at=FINAL - timedelta(days=20),
            declared_by=made.office[Role.COMMITTEE],
        )
        for place in range(1, size + 1):
            person = _person(made.competition, f"{final.event.slug}-{number}-{place}")
            Member.objects.create(entry=entry, person=person, position=place, facts=facts)
        final.entries[number] = entry


_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_GIVEN = "一二三四五六七八九十百千万"


def _person(competition: Competition, key: str) -> Person:
    count = Person.objects.count()
    name = _SURNAMES[count % len(_SURNAMES)] + _GIVEN[count // len(_SURNAMES)] + "诺"
    return Person.objects.create(
        competition=competition,
        key=f"K{count:015}",
        name=name,
        sex="男",
        born=date(2000, 1, 1 + count % 28),
        number_digest=fields.digest("number", key),
        number_sealed=fields.seal(key, f"person:K{count:015}:number"),
    )
