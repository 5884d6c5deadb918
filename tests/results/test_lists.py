"""Lists: computed from locked marks, decided where no program may, published whole, confirmed in time."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from saiwu.audit.frame import Refused
from saiwu.audit.models import Record
from saiwu.competitions.actions import take_decision
from saiwu.competitions.models import Decision, Moment
from saiwu.documents import result_table
from saiwu.entries.models import Entry
from saiwu.marking.actions import lock, penalise
from saiwu.marking.models import SecondLook
from saiwu.people.models import Person
from saiwu.results.actions import compute, confirm, publish
from saiwu.results.actions.unsealing import unseal
from saiwu.results.documents import table_of
from saiwu.results.models import Result, ResultList
from saiwu.rules import bundle
from saiwu.rules.canonical import sha256
from saiwu.rules.procedure import EntryState, EventState, Open, Role
from tests.checkin.rows import FILES, FINAL, eve, mark, marking, sealed, unsealed

pytestmark = pytest.mark.django_db
LATER = FINAL + timedelta(hours=10)

FIVE = {
    "E001": (90, 45, 90),  # practical 90, total 90
    "E002": (80, 40, 80),  # 80
    "E003": (70, 35, 70),  # 70
    "E004": (60, 30, 60),  # 60
    "E005": (50, 25, 50),  # 50: practical failed
}


def _compute(final, at=LATER):
    return compute(event_id=final.event.pk, by=final[Role.HOST], at=at)


def _rows(list_id, *fields):
    rows = Result.objects.filter(result_list=list_id).order_by("entry__number")
    return {row[0]: row[1:] for row in rows.values_list("entry__number", *fields)}


def _take(final, choice, role=Role.CHIEF_JUDGE, at=LATER, **which):
    decision = Decision.objects.get(event=final.event, state=Open.ASKED, **which)
    by = final.staff.get(role)
    take_decision(decision_id=decision.pk, choice=choice, reason="按会议纪要", by=by, at=at)


def test_a_list_holds_total_rank_prize_and_what_each_member_gets():
    final = eve(students=5).welder
    codes = unsealed(final, FIVE)
    (done,) = _compute(final)
    assert (done.key, done.number, done.open_decisions) == ("student", 1, 0)
    assert _rows(done.list_id, "state", "total", "rank", "award", "pending") == {
        "E001": ("normal", 90_000, 1, "first", ""),
        "E002": ("normal", 80_000, 2, "second", ""),
        "E003": ("normal", 70_000, 3, "third", ""),
        "E004": ("normal", 60_000, 4, "", ""),
        "E005": ("normal", 50_000, 5, "", ""),
    }
    levels = {number: members[0]["level"] for number, (members,) in _rows(done.list_id, "members").items()}
    assert levels == {"E001": "二级", "E002": "二级", "E003": "三级", "E004": "三级", "E005": None}
    first = Result.objects.get(entry__number="E001")
    assert first.reason == "总分高于第 2 名 10.000 分"
    assert (first.code, first.components["practical"]["mark"]) == (codes["E001"], 90_000)
    record = Record.objects.get(verb="results.compute")
    row = ResultList.objects.get()
    assert record.facts == {"lists": [{"list": "student", "number": 1, "sha256": row.sha256}]}


def test_each_division_has_a_list_of_its_own():
    final = eve(students=2, workers=2).welder
    unsealed(final, {number: FIVE[number] for number in ("E001", "E002", "E003", "E004")})
    assert [(done.key, done.number) for done in _compute(final)] == [("student", 1), ("worker", 1)]
    ranks = Result.objects.order_by("entry__number").values_list("entry__number", "rank", "result_list__division__slug")
    assert list(ranks) == [("E001", 1, "student"), ("E002", 2, "student"), ("E003", 1, "worker"), ("E004", 2, "worker")]


def test_all_divisions_stand_in_one_list_where_the_rulebook_ranks_them_together():
    files = {**FILES, "notice.yaml": FILES["notice.yaml"].replace("ranking: {", "ranking: {list: 赛项, ")}
    final = eve(students=2, workers=2, files=files).welder
    unsealed(final, {number: FIVE[number] for number in ("E001", "E002", "E003", "E004")})
    (done,) = _compute(final)
    assert done.key == "*"
    assert _rows(done.list_id, "rank") == {"E001": (1,), "E002": (2,), "E003": (3,), "E004": (4,)}
    row = ResultList.objects.get()
    assert (row.division, row.bundle["division"]) == (None, None)
    assert bundle.recompute(row.bundle) == []


def test_the_bundle_is_signed_recomputes_and_names_nobody():
    final = eve(students=5).welder
    codes = unsealed(final, FIVE, absent=())
    _compute(final)
    row = ResultList.objects.get()
    assert bundle.recompute(row.bundle) == []
    assert bundle.signed_by_its_key(row.bundle)
    assert row.sha256 == sha256(row.bundle)
    assert sorted(entry["code"] for entry in row.bundle["entries"]) == sorted(codes.values())
    people = Person.objects.values_list("name", "key", "number_digest")
    hidden = [*(word for person in people for word in person), *final.entries, "青石机械厂", "青石职业中学"]
    assert len(hidden) == 22
    assert [word for word in hidden if word in str(row.bundle)] == []
    assert {entry["unit"] for entry in row.bundle["entries"]} != {None}
    assert len({entry["unit"] for entry in row.bundle["entries"]}) == 3


def test_absent_void_and_excluded_are_three_things():
    final = eve(students=5).welder
    codes = marking(final, absent=("E005",))
    mark(final, codes, {number: FIVE[number] for number in ("E001", "E002", "E003", "E004")})
    for number, penalty in (("E002", "late"), ("E003", "cheating"), ("E004", "fraud")):
        penalise(
            event_id=final.event.pk,
            code=codes[number],
            penalty=penalty,
            reason="事实如记录",
            by=final[Role.CHIEF_JUDGE],
            at=LATER,
        )
    lock(event_id=final.event.pk, by=final[Role.CHIEF_JUDGE], at=LATER)
    SecondLook.objects.create(event=final.event, codes=[], by=final[Role.SUPERVISOR], at=LATER)
    unseal(event_id=final.event.pk, witness=final[Role.SUPERVISOR], by=final[Role.REGISTRAR], at=LATER)
    (done,) = _compute(final)
    assert _rows(done.list_id, "state", "total", "rank", "award") == {
        "E001": ("normal", 90_000, 1, "first"),
        "E002": ("absent", None, None, ""),
        "E003": ("void", None, None, ""),
        "E004": ("excluded", None, None, ""),
        "E005": ("absent", None, None, ""),
    }
    entries = {entry["code"]: entry for entry in ResultList.objects.get().bundle["entries"]}
    there = {number: (entries[code]["state"], entries[code]["checked_in"]) for number, code in codes.items()}
    assert there == {
        "E001": ("normal", True),
        "E002": ("absent", True),
        "E003": ("void", True),
        "E004": ("excluded", True),
    }
    assert [entry["checked_in"] for code, entry in entries.items() if code not in codes.values()] == [False]


def test_who_withdrew_after_the_list_was_published_still_stands_on_it():
    final = eve(students=3).welder
    Entry.objects.filter(number__in=["E002", "E003"]).update(state=EntryState.WITHDRAWN)
    keys = {number: f"entry:{final.entries[number].pk}" for number in ("E002", "E003")}
    for number, days in (("E002", 9), ("E003", 1)):  # before the list was published, and after
        Record.objects.create(
            at=FINAL - timedelta(days=days),
            actor="account:1",
            role="unit",
            verb="entries.withdraw",
            object=keys[number],
        )
    final.entries = {"E001": final.entries["E001"]}
    unsealed(final, {"E001": FIVE["E001"]})
    (done,) = _compute(final)
    assert _rows(done.list_id, "state", "rank") == {"E001": ("normal", 1), "E003": ("absent", None)}


def test_a_tie_waits_for_the_chief_judge_and_is_computed_again():
    final = eve(students=5).welder
    codes = unsealed(final, {**FIVE, "E002": (90, 45, 90)})
    (first,) = _compute(final)
    assert first.open_decisions == 1
    assert _rows(first.list_id, "rank", "award", "pending")["E001"] == (1, "", "tie")
    decision = Decision.objects.get()
    tied = sorted([codes["E001"], codes["E002"]])
    assert (decision.kind, decision.concerns, decision.may_take, decision.clause, decision.division.slug) == (
        "tie",
        tied,
        Role.CHIEF_JUDGE,
        "一",
        "student",
    )
    with pytest.raises(Refused, match="还有 1 项裁定未作出，不能公示"):
        publish(event_id=final.event.pk, by=final[Role.HOST], at=LATER)
    _take(final, [codes["E002"], codes["E001"]], kind="tie")
    with pytest.raises(Refused, match="请重新计算成绩再公示"):
        publish(event_id=final.event.pk, by=final[Role.HOST], at=LATER)
    (second,) = _compute(final, at=LATER + timedelta(hours=1))
    assert (second.number, second.open_decisions) == (2, 0)
    ranks = _rows(second.list_id, "rank", "award")
    assert (ranks["E002"], ranks["E001"]) == ((1, "first"), (2, "second"))
    assert Result.objects.get(result_list=second.list_id, entry__number="E001").reason.endswith("列第 1 名之后")
    document = ResultList.objects.get(pk=second.list_id).bundle
    assert [(one["kind"], one["choice"], one["by_role"]) for one in document["decisions"]] == [
        ("tie", [codes["E002"], codes["E001"]], "chief_judge")
    ]
    assert bundle.recompute(document) == []
    publish(event_id=final.event.pk, by=final[Role.HOST], at=LATER + timedelta(hours=2))


def test_the_same_decision_is_not_raised_twice():
    final = eve(students=5).welder
    unsealed(final, {**FIVE, "E002": (90, 45, 90)})
    _compute(final)
    _compute(final, at=LATER + timedelta(minutes=1))
    assert Decision.objects.count() == 1
    assert sorted(ResultList.objects.values_list("number", flat=True)) == [1, 2]


def test_prizes_over_the_cap_wait_for_the_organiser():
    made = eve(students=4)  # 60 % of four are two prizes; the rulebook fixes three
    final = made.welder
    final.staff[Role.ORGANISER] = made.office[Role.ORGANISER]
    unsealed(final, {number: FIVE[number] for number in ("E001", "E002", "E003", "E004")})
    (first,) = _compute(final)
    assert _rows(first.list_id, "award", "pending") == {
        "E001": ("first", ""),
        "E002": ("second", ""),
        "E003": ("", "over_cap"),
        "E004": ("", ""),
    }
    decision = Decision.objects.get()
    assert (decision.subject, decision.options, decision.may_take) == (
        "over_cap:student",
        ["从低到高减", "允许"],
        Role.ORGANISER,
    )
    _take(final, "允许", role=Role.ORGANISER)
    (second,) = _compute(final, at=LATER + timedelta(hours=1))
    assert _rows(second.list_id, "award")["E003"] == ("third",)


@pytest.mark.parametrize(("choice", "award"), [("不设奖", ""), ("照常", "first")])
def test_too_few_may_be_ranked_without_prizes(choice, award):
    made = eve(students=2)
    final = made.welder
    Decision.objects.create(
        event=final.event,
        division=final.entries["E001"].division,
        kind="minimum",
        subject="minimum:final:student",
        options=["不设奖", "取消", "照常"],
        message="学生组决赛名单时 2 人（队），少于 3 人（队）。",
        may_take=Role.ORGANISER,
        raised_at=FINAL,
        state=Open.GRANTED,
        choice=choice,
        taken_by=made.office[Role.ORGANISER],
        taken_role=Role.ORGANISER,
        taken_at=FINAL,
        reason="按通知",
    )
    unsealed(final, {"E001": FIVE["E001"], "E002": FIVE["E002"]})
    (done,) = _compute(final)
    assert _rows(done.list_id, "rank", "award")["E001"] == (1, award)
    assert bundle.recompute(ResultList.objects.get().bundle) == []


def test_nothing_is_computed_before_unsealing_and_by_nobody_but_the_host():
    final = eve(students=2).welder
    sealed(final, {"E001": FIVE["E001"], "E002": FIVE["E002"]})
    with pytest.raises(Refused, match="还没有解密"):
        _compute(final)
    for role in (Role.JUDGE, Role.REGISTRAR, Role.CHIEF_JUDGE):
        with pytest.raises(Refused, match="“计算成绩”由承办单位办理"):
            compute(event_id=final.event.pk, by=final[role], at=LATER)
    assert not ResultList.objects.exists()


def test_nothing_is_published_before_it_is_computed():
    final = eve(students=1, workers=1).welder
    unsealed(final, {"E001": FIVE["E001"], "E002": FIVE["E002"]})
    with pytest.raises(Refused, match="还没有计算成绩（student、worker），不能公示"):
        publish(event_id=final.event.pk, by=final[Role.HOST], at=LATER)


def test_publishing_opens_the_public_notice_and_confirming_waits_for_its_end():
    made = eve(students=3)
    final = made.welder
    unsealed(final, {number: FIVE[number] for number in ("E001", "E002", "E003")})
    _compute(final)
    friday = datetime(2026, 5, 8, 17, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    Decision.objects.all().delete()
    Result.objects.update(pending="")
    publish(event_id=final.event.pk, by=final[Role.HOST], at=friday)
    assert final.state() == EventState.PUBLIC_NOTICE
    assert dict(Moment.objects.filter(name__in=["成绩公布", "公示"]).values_list("name", "at")) == {
        "成绩公布": friday,
        "公示": friday,
    }
    assert set(ResultList.objects.values_list("published_at", flat=True)) == {friday}
    # Five working days after Friday: Saturday the 9th is worked instead of a day of the May holiday, so Thursday.
    last = datetime(2026, 5, 14, 23, 59, 59, tzinfo=ZoneInfo("Asia/Shanghai"))
    for early in (friday, last, last + timedelta(milliseconds=900)):
        with pytest.raises(Refused, match="公示到2026年5月14日 23:59:59为止"):
            confirm(event_id=final.event.pk, by=made.office[Role.COMMITTEE], at=early)
    confirm(event_id=final.event.pk, by=made.office[Role.COMMITTEE], at=last + timedelta(seconds=1))
    assert final.state() == EventState.CONFIRMED
    assert set(ResultList.objects.values_list("confirmed_at", flat=True)) == {last + timedelta(seconds=1)}


@pytest.mark.parametrize("role", [Role.HOST, Role.CHIEF_JUDGE])
def test_only_the_committee_confirms(role):
    final = eve(students=1).welder
    final.move(EventState.PUBLIC_NOTICE)
    with pytest.raises(Refused, match="“确认成绩”由组委会办公室办理"):
        confirm(event_id=final.event.pk, by=final[role], at=LATER)


def test_the_printed_table_has_names_or_codes_never_both():
    final = eve(students=3).welder
    codes = unsealed(final, {number: FIVE[number] for number in ("E001", "E002", "E003")})
    (done,) = _compute(final)
    row = ResultList.objects.select_related("event__competition", "division").get(pk=done.list_id)
    blind = table_of(row, named=False, made_on=LATER.date())
    assert [line.code for line in blind.rows] == [codes["E001"], codes["E002"], codes["E003"]]
    assert [(line.names, line.unit) for line in blind.rows] == [((), "")] * 3
    named = table_of(row, named=True, made_on=LATER.date())
    names = dict(Person.objects.values_list("memberships__entry__number", "name"))
    assert [(line.names, line.code, line.marks) for line in named.rows] == [
        ((names["E001"],), "", (90_000, 90_000)),
        ((names["E002"],), "", (80_000, 80_000)),
        ((names["E003"],), "", (70_000, 70_000)),
    ]
    assert result_table.render(named) == result_table.render(named)
    assert (named.event, named.division, named.components) == ("焊工", "学生组", ("理论知识", "技能操作"))
