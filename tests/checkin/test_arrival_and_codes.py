"""The morning of the final: who checks in, and the codes that stand for entries from then on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from saiwu.accounts.models import Visitor
from saiwu.audit.frame import NotFound, Refused
from saiwu.audit.models import Record
from saiwu.checkin.actions import check_in, issue_codes
from saiwu.checkin.models import BlindCode, CheckIn
from saiwu.competitions.models import Decision
from saiwu.entries.models import Entry
from saiwu.people.models import Person
from saiwu.privacy import chance
from saiwu.rules.procedure import EntryState, EventState, Open, Role
from tests.checkin.rows import FILES, FINAL, account, eve, marking

pytestmark = pytest.mark.django_db


def test_a_finalist_checks_in_once_and_it_is_on_record():
    final = eve(students=1).welder
    entry = final.entries["E001"]
    check_in(entry_id=entry.pk, by=final[Role.REGISTRAR], at=FINAL)
    assert Entry.objects.get().state == EntryState.CHECKED_IN
    assert list(CheckIn.objects.values_list("entry", "by", "at")) == [(entry.pk, final[Role.REGISTRAR].pk, FINAL)]
    record = Record.objects.get()
    assert (record.verb, record.role, record.object, record.facts, record.competition) == (
        "checkin.check_in",
        "registrar",
        f"entry:{entry.pk}",
        {"entry": "E001"},
        "qingshi-2026",
    )
    with pytest.raises(Refused, match="现在是“已检录”，不能检录"):
        check_in(entry_id=entry.pk, by=final[Role.REGISTRAR], at=FINAL)


@pytest.mark.parametrize("role", [Role.HOST, Role.JUDGE, Role.CHIEF_JUDGE, Role.SUPERVISOR])
def test_only_a_registrar_of_the_event_checks_in(role):
    final = eve(students=1).welder
    with pytest.raises(Refused, match="“检录”由检录加密人员办理"):
        check_in(entry_id=final.entries["E001"].pk, by=final[role], at=FINAL)
    assert not CheckIn.objects.exists()


def test_a_registrar_of_another_event_does_not_even_see_the_entry():
    made = eve(students=1, teams=1)
    for stranger in (made.rigger[Role.REGISTRAR], account("nobody"), Visitor()):
        with pytest.raises((NotFound, Refused)):
            check_in(entry_id=made.welder.entries["E001"].pk, by=stranger, at=FINAL)
    assert not Record.objects.exists()


def test_nobody_checks_in_where_the_division_was_cancelled():
    made = eve(students=1)
    entry = made.welder.entries["E001"]
    Decision.objects.create(
        event=made.welder.event,
        division=entry.division,
        kind="minimum",
        subject="minimum:final:student",
        message="焊工学生组不足",
        may_take=Role.ORGANISER,
        raised_at=FINAL,
        state=Open.GRANTED,
        choice="取消",
        taken_by=made.office[Role.ORGANISER],
        taken_at=FINAL,
        reason="人数不足",
    )
    with pytest.raises(Refused, match="本组别已取消"):
        check_in(entry_id=entry.pk, by=made.welder[Role.REGISTRAR], at=FINAL)


def test_everybody_present_gets_a_code_of_his_own_and_check_in_is_over():
    final = eve(students=3, workers=2).welder
    registrar = final[Role.REGISTRAR]
    for number in ("E001", "E003", "E004"):
        check_in(entry_id=final.entries[number].pk, by=registrar, at=FINAL)
    final.move(EventState.RUNNING)
    assert issue_codes(event_id=final.event.pk, by=registrar, at=FINAL) == 3
    codes = final.codes()
    assert sorted(codes) == ["E001", "E003", "E004"]
    assert len(set(codes.values())) == 3
    with pytest.raises(Refused, match="检录已截止"):
        check_in(entry_id=final.entries["E002"].pk, by=registrar, at=FINAL + timedelta(minutes=1))
    with pytest.raises(Refused, match="已编发"):
        issue_codes(event_id=final.event.pk, by=registrar, at=FINAL)


def test_codes_cannot_be_issued_before_somebody_is_there():
    final = eve(students=1).welder
    final.move(EventState.RUNNING)
    with pytest.raises(Refused, match="还没有人检录"):
        issue_codes(event_id=final.event.pk, by=final[Role.REGISTRAR], at=FINAL)


def test_neither_the_record_nor_the_order_of_rows_joins_codes_to_entries():
    final = eve(students=8).welder
    registrar = final[Role.REGISTRAR]
    for entry in final.entries.values():
        check_in(entry_id=entry.pk, by=registrar, at=FINAL)
    final.move(EventState.RUNNING)
    with chance.seeded("one"):
        issue_codes(event_id=final.event.pk, by=registrar, at=FINAL)
    rows = list(BlindCode.objects.order_by("id").values_list("code", "entry__number"))
    assert rows == sorted(rows)
    assert [number for _, number in rows] != sorted(final.entries)
    facts = str(Record.objects.get(verb="checkin.issue_codes").facts)
    told = [*final.codes().values(), *final.entries, *Person.objects.values_list("name", flat=True)]
    assert [word for word in told if word in facts] == []


def test_too_few_present_raise_a_decision_and_never_pass_in_silence():
    minimum = "minimums: {present: {at: 检录, at_least: 3, effect: [不设奖, 照常]}}"
    written = "minimums: {final: {at: 决赛名单, at_least: 3, effect: [不设奖, 取消, 照常]}}"
    made = eve(students=3, files={**FILES, "notice.yaml": FILES["notice.yaml"].replace(written, minimum)})
    marking(made.welder, absent=("E002",))
    raised = Decision.objects.filter(division__slug="student").values_list("kind", "subject", "message", "options")
    assert list(raised) == [
        ("minimum", "minimum:present:student", "学生组检录时 2 人（队），少于 3 人（队）。", ["不设奖", "照常"])
    ]
