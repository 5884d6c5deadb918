"""Draws: frozen, committed, fixed, made, in this order and on record; anybody can verify what came of it."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from saiwu.audit.frame import Refused
from saiwu.audit.models import Record
from saiwu.checkin.actions import Among, check_in, commit, fix, freeze, make
from saiwu.checkin.models import Draw, Place
from saiwu.entries.models import Entry
from saiwu.people.models import Person
from saiwu.rules import draws
from saiwu.rules.procedure import DrawState, EntryState, Role
from tests.checkin.rows import FINAL, eve

pytestmark = pytest.mark.django_db

PURPOSE = "焊工 决赛 工位抽签"


def _freeze(final, division="student", among=Among.FINAL_LIST, stations=2, purpose=PURPOSE):
    return freeze(
        event_id=final.event.pk,
        division=division,
        purpose=purpose,
        among=among,
        stations=stations,
        by=final[Role.REGISTRAR],
        at=FINAL,
    )


def _through(final, draw_id):
    commit(draw_id=draw_id, by=final[Role.REGISTRAR], at=FINAL + timedelta(minutes=1))
    fix(
        draw_id=draw_id,
        public_input="上证指数 3871.22",
        source="上海证券交易所2026年4月30日收盘",
        by=final[Role.SUPERVISOR],
        at=FINAL + timedelta(minutes=2),
    )
    make(draw_id=draw_id, by=final[Role.REGISTRAR], at=FINAL + timedelta(minutes=3))


def test_a_draw_goes_through_its_steps_and_everybody_can_verify_it():
    final = eve(students=5, workers=1).welder
    draw_id = _freeze(final)
    assert Draw.objects.get().codes == ["E001", "E002", "E003", "E004", "E005"]
    _through(final, draw_id)
    draw = Draw.objects.get()
    assert draw.state == DrawState.MADE
    assert draws.verify(draw.transcript) is None
    assert draw.transcript["committed_at"] == "2026-05-01T08:31:00+08:00"
    assert draw.commitment == hashlib.sha256(bytes.fromhex(draw.transcript["secret"])).hexdigest()
    places = list(Place.objects.order_by("position").values_list("position", "entry__number", "session", "station"))
    assert places == [
        (place["position"], place["code"], place["session"], place["station"]) for place in draw.transcript["order"]
    ]
    assert [place[2:] for place in places] == [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1)]
    verbs = list(Record.objects.order_by("id").values_list("verb", "object"))
    assert verbs == [(f"draws.{step}", f"draw:{draw_id}") for step in ("freeze", "commit", "fix", "make")]


def test_until_it_is_made_the_secret_stands_nowhere_in_the_clear():
    final = eve(students=2).welder
    draw_id = _freeze(final)
    _through(final, draw_id)
    secret = Draw.objects.get().transcript["secret"]
    sealed = bytes(Draw.objects.get().secret_sealed)
    assert secret.encode() not in sealed
    assert bytes.fromhex(secret) not in sealed
    assert [record.verb for record in Record.objects.all() if secret in str(record.facts)] == []


@pytest.mark.parametrize("step", ["fix", "make", "make after commit", "commit twice"])
def test_no_step_is_possible_before_the_one_before_it(step):
    final = eve(students=2).welder
    draw_id = _freeze(final)
    registrar, supervisor = final[Role.REGISTRAR], final[Role.SUPERVISOR]
    if step in ("make after commit", "commit twice"):
        commit(draw_id=draw_id, by=registrar, at=FINAL)
    steps = {
        "fix": lambda: fix(draw_id=draw_id, public_input="1", source="2", by=supervisor, at=FINAL),
        "commit twice": lambda: commit(draw_id=draw_id, by=registrar, at=FINAL),
    }
    with pytest.raises(Refused, match=r"现在是“(名单已冻结|承诺已公布)”"):
        steps.get(step, lambda: make(draw_id=draw_id, by=registrar, at=FINAL))()


def test_who_holds_the_secret_does_not_name_the_public_input():
    final = eve(students=2).welder
    draw_id = _freeze(final)
    commit(draw_id=draw_id, by=final[Role.REGISTRAR], at=FINAL)
    with pytest.raises(Refused, match="由监督办理"):
        fix(draw_id=draw_id, public_input="1", source="2", by=final[Role.REGISTRAR], at=FINAL)
    for public_input, source, field in (("", "某报", "public_input"), ("123", " ", "source")):
        with pytest.raises(Refused) as refusal:
            fix(draw_id=draw_id, public_input=public_input, source=source, by=final[Role.SUPERVISOR], at=FINAL)
        assert refusal.value.field == field


def test_lots_are_drawn_among_those_present_where_that_is_wanted():
    final = eve(students=3).welder
    with pytest.raises(Refused, match="还没有检录的"):
        _freeze(final, among=Among.CHECKED_IN)
    check_in(entry_id=final.entries["E002"].pk, by=final[Role.REGISTRAR], at=FINAL)
    _freeze(final, among=Among.CHECKED_IN)
    assert Draw.objects.get().codes == ["E002"]


def test_one_draw_a_purpose_and_another_purpose_draws_again():
    final = eve(students=2, workers=1).welder
    _through(final, _freeze(final, division=None))
    with pytest.raises(Refused, match="这项抽签已经建立"):
        _freeze(final)
    _through(final, _freeze(final, stations=None, purpose="焊工 理论 顺序"))
    assert Place.objects.filter(entry__number="E001").count() == 2
    assert list(Place.objects.filter(draw__stations=None).values_list("session", "station")) == [(None, None)] * 2


def test_who_withdrew_after_the_list_was_frozen_stays_in_the_transcript_without_a_place():
    final = eve(students=3).welder
    draw_id = _freeze(final)
    Entry.objects.filter(number="E002").update(state=EntryState.WITHDRAWN)
    _through(final, draw_id)
    assert sorted(place["code"] for place in Draw.objects.get().transcript["order"]) == ["E001", "E002", "E003"]
    assert sorted(Place.objects.values_list("entry__number", flat=True)) == ["E001", "E003"]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"purpose": " "}, "purpose"), ({"stations": 0}, "stations"), ({"division": "teacher"}, "division")],
)
def test_a_draw_that_cannot_be_is_refused_at_its_field(change, field):
    final = eve(students=2).welder
    with pytest.raises(Refused) as refusal:
        _freeze(final, **change)
    assert refusal.value.field == field
    assert not Draw.objects.exists()


def test_no_record_of_a_draw_names_anybody():
    final = eve(students=4).welder
    _through(final, _freeze(final))
    told = " ".join(str(record.facts) for record in Record.objects.all())
    assert [name for name in Person.objects.values_list("name", flat=True) if name in told] == []
