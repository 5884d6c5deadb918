"""The second half of a competition's life, once through: from the published notice to the bulletin, by verbs alone."""

from __future__ import annotations

import hashlib
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from saiwu.accounts.models import Account
from saiwu.audit import sealing
from saiwu.audit.models import Record
from saiwu.checkin.actions import Among, check_in, commit, fix, freeze, issue_codes, make
from saiwu.checkin.models import BlindCode, Draw
from saiwu.competitions.actions import appoint, approve_change, ask_change, start, start_marking, take_decision
from saiwu.competitions.models import Decision, Event
from saiwu.documents import bulletin
from saiwu.entries.actions import accept, close_registration, publish_final_list, register
from saiwu.entries.models import Entry
from saiwu.marking.actions import MarkRow, check, enter, lock, penalise
from saiwu.people.models import Person
from saiwu.results.actions import (
    compute,
    confirm,
    decide_unit_awards,
    issue_bulletin,
    issue_certificates,
    publish,
    unseal,
)
from saiwu.results.documents import bulletin_from_json, certificates_of, table_of
from saiwu.results.models import Bulletin, Certificate, Result, ResultList
from saiwu.rules import bundle, draws
from saiwu.rules.procedure import EntryState, EventState, Role
from tests.world import IN_TIME, LONG_BEFORE, build, student

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


def _at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2025, month, day, hour, minute, tzinfo=SHANGHAI)


FINAL = _at(10, 23)
MARKS = {1: (90, 92), 2: (85, 90), 3: (88, 85), 4: (70, 80), 5: (70, 80), 6: (65, 61), 7: (60, 40)}
"""Contestant -> theory and practical. 4 and 5 are level in everything; 7 fails the practical part."""


def _decide(world, kind: str, choice, role: str) -> int:
    waiting = list(Decision.objects.filter(kind=kind, state="asked"))
    for decision in waiting:
        picked = decision.concerns[::-1] if choice == "reversed" else choice
        take_decision(
            decision_id=decision.pk, choice=picked, reason="按会议纪要", by=world.account(role), at=decision.raised_at
        )
    return len(waiting)


def _cancel_the_others(world) -> None:
    for event in Event.objects.exclude(slug="iot"):
        host = world.account("host")
        appoint(
            competition_id=world.competition.pk,
            account_id=host.pk,
            role=Role.HOST,
            event=event.slug,
            by=world.office,
            at=LONG_BEFORE,
        )
        change = ask_change(event_id=event.pk, kind="取消", values={}, reason="场地不具备条件", by=host, at=IN_TIME)
        approve_change(change_id=change, by=world.account("organiser"), at=IN_TIME)


def test_from_the_notice_to_the_bulletin():
    world = build(event="iot", units=4)
    host, registrar, judge = (world.account(role) for role in ("host", "registrar", "judge"))
    chief, supervisor, organiser = (world.account(role) for role in ("chief_judge", "supervisor", "organiser"))
    iot = world.event("iot").pk
    _cancel_the_others(world)

    # Entries: seven students of four units, two of a unit at most.
    entries = {}
    for serial in MARKS:
        unit = (serial - 1) // 2
        handed_in = register(
            event_id=iot,
            division="student",
            unit_id=world.units[unit],
            members=[student(serial)],
            declared=True,
            by=world.account(f"unit{unit + 1}"),
            at=IN_TIME,
        )
        accept(entry_id=handed_in.entry_id, by=host, at=IN_TIME)
        entries[serial] = handed_in.entry_id
    close_registration(event_id=iot, by=host, at=_at(10, 17))
    worker = Decision.objects.get(subject="minimum:start:worker")
    take_decision(decision_id=worker.pk, choice="取消", reason="无人报名", by=organiser, at=_at(10, 17))
    assert _decide(world, "minimum", "照常", "organiser") == 1
    assert publish_final_list(event_id=iot, by=host, at=_at(10, 18)) == 7
    assert _decide(world, "minimum", "照常", "organiser") == 1

    # The morning of the final: a public draw, check-in, codes. Contestant 7 comes late and is penalised.
    draw = freeze(
        event_id=iot,
        division="student",
        purpose="物联网 决赛 工位抽签",
        among=Among.FINAL_LIST,
        stations=4,
        by=registrar,
        at=_at(10, 22),
    )
    commit(draw_id=draw, by=registrar, at=_at(10, 22, 10))
    fix(draw_id=draw, public_input="3871.22", source="10月22日上证指数收盘", by=supervisor, at=_at(10, 22, 16))
    make(draw_id=draw, by=registrar, at=_at(10, 22, 17))
    assert draws.verify(Draw.objects.get().transcript) is None
    for entry in entries.values():
        check_in(entry_id=entry, by=registrar, at=FINAL)
    start(event_id=iot, by=host, at=FINAL)
    assert issue_codes(event_id=iot, by=registrar, at=FINAL) == 7
    start_marking(event_id=iot, by=chief, at=_at(10, 23, 13))
    codes = {serial: BlindCode.objects.get(entry=entry).code for serial, entry in entries.items()}

    # Marks by code; contestant 3 loses ten points of the practical part, twice: no more than twenty.
    rows = [
        MarkRow(codes[serial], part, mark * 1000)
        for serial, marks in MARKS.items()
        for part, mark in zip(("theory", "practical"), marks, strict=True)
    ]
    assert {outcome.message for outcome in enter(event_id=iot, marks=rows, by=judge, at=_at(10, 23, 15))} == {None}
    penalise(event_id=iot, code=codes[3], penalty="misuse", times=1, reason="未断电接线", by=chief, at=_at(10, 23, 15))
    lock(event_id=iot, by=chief, at=_at(10, 23, 16))
    check(event_id=iot, codes=[codes[1], codes[7]], by=supervisor, at=_at(10, 23, 16, 30))
    unseal(event_id=iot, witness=supervisor, by=registrar, at=_at(10, 23, 17))

    # Ranks: 4 and 5 are tied; 30 % of seven are two prizes. The chief judge and the organiser decide.
    (first,) = compute(event_id=iot, by=host, at=_at(10, 23, 17, 10))
    assert (first.key, first.number, first.open_decisions) == ("student", 1, 2)
    assert _decide(world, "tie", "reversed", "chief_judge") == 1
    assert _decide(world, "over_cap", "从低到高减", "organiser") == 1
    (second,) = compute(event_id=iot, by=host, at=_at(10, 23, 18))
    assert (second.number, second.open_decisions) == (2, 0)
    results = Result.objects.filter(result_list_id=second.list_id)
    serial_of = {entry: serial for serial, entry in entries.items()}
    ranked = {
        serial_of[entry]: (rank, total, award)
        for entry, rank, total, award in results.values_list("entry_id", "rank", "total", "award")
    }
    tied = sorted((codes[serial], serial) for serial in (4, 5))
    assert ranked == {
        1: (1, 91_400, "first"),
        2: (2, 88_500, "second"),
        3: (4 - 1, 78_900, ""),  # 0.3 x 88 + 0.7 x (85 - 10)
        tied[1][1]: (4, 77_000, ""),
        tied[0][1]: (5, 77_000, ""),
        6: (6, 62_200, ""),
        7: (7, 46_000, ""),
    }
    document = ResultList.objects.get(pk=second.list_id).bundle
    assert bundle.recompute(document) == []
    names = list(Person.objects.values_list("name", flat=True))
    assert [name for name in names if name in str(document)] == []

    # Public notice, confirmation, certificates, unit awards, the bulletin.
    publish(event_id=iot, by=host, at=_at(10, 24))
    confirm(event_id=iot, by=world.office, at=_at(11, 1))
    assert issue_certificates(event_id=iot, by=world.office, at=_at(11, 2)) == 2
    assert list(Certificate.objects.order_by("number").values_list("number", "member__entry")) == [
        ("2025-iot-student-001", entries[1]),
        ("2025-iot-student-002", entries[2]),
    ]
    decide_unit_awards(
        competition_id=world.competition.pk,
        award="organisation",
        recipients=["示例学院乙"],
        reason="得分最高",
        by=organiser,
        at=_at(11, 3),
    )
    digest = issue_bulletin(
        competition_id=world.competition.pk, number="渝经信发〔2025〕88号", by=organiser, at=_at(11, 4)
    )
    kept = Bulletin.objects.get()
    assert hashlib.sha256(bulletin.render(bulletin_from_json(kept.values))).hexdigest() == digest == kept.docx_sha256
    assert Event.objects.get(pk=iot).state == EventState.CONFIRMED
    assert set(Entry.objects.values_list("state", flat=True)) == {EntryState.CHECKED_IN}
    printed = certificates_of(Event.objects.get(pk=iot), check_address="https://example.org/certificates/")
    assert [(one.number, one.prize) for one in printed] == [
        ("2025-iot-student-001", "一等奖"),
        ("2025-iot-student-002", "二等奖"),
    ]
    row = ResultList.objects.select_related("event__competition").get(pk=second.list_id)
    assert [line.rank for line in table_of(row, named=True, made_on=_at(11, 4).date()).rows] == [1, 2, 3, 4, 5, 6, 7]

    # The trail: one record a verb, no name in it, and unbroken.
    told = " ".join(str(record.facts) for record in Record.objects.all())
    assert [name for name in [*names, *Account.objects.values_list("name", flat=True)] if name in told] == []
    sealing.seal(at=_at(11, 5), sign=lambda message: ("00" * 32, "00" * 64))
    assert sealing.check().broken_at is None
