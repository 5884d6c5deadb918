"""What winners and the public get at the end: numbered certificates, and one bulletin over all events."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import pytest

from saiwu.audit.frame import Refused
from saiwu.audit.models import Record
from saiwu.competitions.models import Decision, Moment
from saiwu.documents import award_certificate, bulletin
from saiwu.people.models import Person
from saiwu.results.actions import compute, confirm, issue_bulletin, issue_certificates, publish
from saiwu.results.documents import bulletin_from_json, certificates_of
from saiwu.results.models import Bulletin, Certificate, UnitAward
from saiwu.results.numbering import numbers, series
from saiwu.rules.procedure import EventState, Open, Role
from tests.checkin.rows import FILES, FINAL, eve, unsealed

pytestmark = pytest.mark.django_db
LATER = FINAL + timedelta(hours=10)
IN_JUNE = FINAL + timedelta(days=31)
FIVE = {f"E00{place}": (95 - 10 * place, 45 - 5 * place, 95 - 10 * place) for place in range(1, 6)}


def confirmed(made, final, given, absent=()):
    """Go on until the results are confirmed; whatever is asked is allowed."""
    unsealed(final, given, absent)
    compute(event_id=final.event.pk, by=final[Role.HOST], at=LATER)
    for decision in Decision.objects.filter(event=final.event, state=Open.ASKED):
        decision.choice, decision.state, decision.taken_by = "允许", Open.GRANTED, made.office[Role.ORGANISER]
        decision.taken_at, decision.reason, decision.taken_role = LATER, "按会议纪要", Role.ORGANISER
        decision.save()
    compute(event_id=final.event.pk, by=final[Role.HOST], at=LATER)
    publish(event_id=final.event.pk, by=final[Role.HOST], at=LATER)
    confirm(event_id=final.event.pk, by=made.office[Role.COMMITTEE], at=IN_JUNE)


def _issue(made, final, by=Role.COMMITTEE):
    who = made.office.get(by) or final[by]
    return issue_certificates(event_id=final.event.pk, by=who, at=IN_JUNE)


def _bulletin(made, by=Role.ORGANISER):
    return issue_bulletin(
        competition_id=made.competition.pk, number="青工发〔2026〕9号", by=made.office[by], at=IN_JUNE
    )


def test_certificates_are_numbered_in_the_order_of_ranks_and_each_has_a_code():
    made = eve(students=5, workers=3)
    final = made.welder
    confirmed(made, final, {**FIVE, "E006": (90, 45, 90), "E007": (80, 40, 80), "E008": (70, 35, 70)})
    assert _issue(made, final) == 6
    rows = Certificate.objects.order_by("number").values_list("number", "member__entry__number", "result__award")
    assert list(rows) == [
        ("2026-welder-student-001", "E001", "first"),
        ("2026-welder-student-002", "E002", "second"),
        ("2026-welder-student-003", "E003", "third"),
        ("2026-welder-worker-001", "E006", "first"),
        ("2026-welder-worker-002", "E007", "second"),
        ("2026-welder-worker-003", "E008", "third"),
    ]
    assert len(set(Certificate.objects.values_list("check_code", flat=True))) == 6
    record = Record.objects.get(verb="results.issue_certificates")
    assert record.facts == {
        "certificates": 6,
        "first": "2026-welder-student-001",
        "last": "2026-welder-worker-003",
    }
    with pytest.raises(Refused, match="证书已全部颁发"):
        _issue(made, final)


def test_each_member_of_a_team_gets_a_certificate_of_his_own():
    made = eve(teams=5)
    final = made.rigger
    confirmed(made, final, FIVE)
    assert _issue(made, final) == 6
    rows = Certificate.objects.order_by("number").values_list("number", "member__entry__number", "member__position")
    assert list(rows) == [
        (f"2026-rigger-open-{serial:03}", f"E00{(serial + 1) // 2}", 2 - serial % 2) for serial in range(1, 7)
    ]
    printed = certificates_of(final.event, check_address="https://saiwu.example/certificates/")
    names = dict(Person.objects.values_list("memberships__certificates__number", "name"))
    code = Certificate.objects.get(number="2026-rigger-open-001").check_code
    assert printed[0] == award_certificate.AwardCertificate(
        number="2026-rigger-open-001",
        names=(names["2026-rigger-open-001"],),
        competition="青石县2026年职业技能大赛",
        prize="一等奖",
        hosts=("青石县总工会",),
        issued_on=date(2026, 6, 1),
        check_url=f"https://saiwu.example/certificates/{code}/",
        unit="青石机械厂",
        event="起重工",
        division="",
        team="第1队",
        origin=printed[0].origin,
    )
    assert printed[0].origin.notice_number == "青工发〔2026〕3号"
    assert [len(one.names) for one in printed] == [1] * 6


def test_a_pattern_without_the_event_counts_on_through_the_competition():
    written = "certificates:\n"
    files = {
        **FILES,
        "notice.yaml": FILES["notice.yaml"].replace(written, written + "  number: '{short}{year}第{serial}号'\n"),
    }
    made = eve(students=5, teams=5, files=files)
    confirmed(made, made.welder, FIVE)
    confirmed(made, made.rigger, FIVE)
    _issue(made, made.welder)
    _issue(made, made.rigger)
    assert sorted(Certificate.objects.values_list("number", flat=True)) == [
        f"青石赛2026第{serial:03}号" for serial in range(1, 10)
    ]


def test_numbers_of_a_series_go_on_after_the_highest_given():
    welders = series("{year}-{event}-{division}-{serial}", short="", year=2026, event="welder", division="student")
    assert welders == "2026-welder-student-{serial}"
    fresh = numbers(welders, ["2026-welder-student-009", "2026-welder-worker-044", "x"])
    assert [next(fresh), next(fresh)] == ["2026-welder-student-010", "2026-welder-student-011"]
    assert next(numbers(welders, ["2026-welder-student-999"])) == "2026-welder-student-1000"
    assert series("奖", short="", year=1, event="", division="") == "奖-{serial}"


@pytest.mark.parametrize("role", [Role.HOST, Role.ORGANISER])
def test_only_the_committee_issues_certificates_and_only_of_confirmed_results(role):
    made = eve(students=5)
    with pytest.raises(Refused, match="现在是“名单已公布”，不能颁发证书"):
        _issue(made, made.welder)
    made.welder.move(EventState.CONFIRMED)
    with pytest.raises(Refused, match="“颁发证书”由组委会办公室办理"):
        _issue(made, made.welder, by=role)
    with pytest.raises(Refused, match="没有获奖选手"):
        _issue(made, made.welder)


def test_the_bulletin_waits_for_every_event():
    made = eve(students=5)
    with pytest.raises(Refused, match="还有 2 个赛项未确认成绩：焊工、起重工"):
        _bulletin(made)
    confirmed(made, made.welder, FIVE)
    with pytest.raises(Refused, match="还有 1 个赛项未确认成绩：起重工"):
        _bulletin(made)
    made.rigger.move(EventState.CANCELLED)
    _bulletin(made)
    with pytest.raises(Refused, match="通报已发布"):
        _bulletin(made)


def test_the_bulletin_names_all_winners_and_prints_the_same_again():
    made = eve(students=5, workers=3, teams=5)
    confirmed(made, made.welder, {**FIVE, "E006": (90, 45, 90), "E007": (80, 40, 80), "E008": (70, 35, 70)})
    confirmed(made, made.rigger, FIVE)
    UnitAward.objects.create(
        competition=made.competition,
        award="organisation",
        recipient="青石机械厂",
        by=made.office[Role.ORGANISER],
        at=IN_JUNE,
        reason="得分最高",
    )
    digest = _bulletin(made)
    kept = Bulletin.objects.get()
    values = bulletin_from_json(kept.values)
    assert digest == kept.docx_sha256 == hashlib.sha256(bulletin.render(values)).hexdigest()
    names = {}
    for number, event, name in Person.objects.order_by("memberships__position").values_list(
        "memberships__entry__number", "memberships__entry__event__slug", "name"
    ):
        names.setdefault((event, number), []).append(name)
    units = ("青石机械厂", "青石职业中学", "青石建筑公司")
    prizes = ("一等奖", "二等奖", "三等奖")

    def winners(event: str, *places: int) -> tuple[bulletin.Winner, ...]:
        return tuple(
            bulletin.Winner(tuple(names[event, f"E00{place}"]), units[(place - 1) % 3], prize)
            for place, prize in zip(places, prizes, strict=True)
        )

    assert values.events == (
        bulletin.EventWinners(
            "焊工",
            (
                bulletin.DivisionWinners("学生组", winners("welder", 1, 2, 3)),
                bulletin.DivisionWinners("职工组", winners("welder", 6, 7, 8)),
            ),
        ),
        bulletin.EventWinners("起重工", (bulletin.DivisionWinners("", winners("rigger", 1, 2, 3)),)),
    )
    assert values.unit_awards == (bulletin.UnitAward("优秀组织奖", ("青石机械厂",)),)
    assert (values.number, values.issued_on, values.head) == ("青工发〔2026〕9号", date(2026, 6, 1), ("青石县总工会",))
    assert "2个赛项共评出获奖选手（队）9个，获单位奖的单位1个" in values.paragraphs[0]
    assert set(Moment.objects.filter(name="通报").values_list("event__slug", "at")) == {
        ("welder", IN_JUNE),
        ("rigger", IN_JUNE),
    }
    record = Record.objects.get(verb="results.issue_bulletin")
    assert record.facts == {"number": "青工发〔2026〕9号", "sha256": digest}


def test_a_cancelled_event_stands_in_the_bulletin_as_cancelled():
    made = eve()
    made.welder.move(EventState.CANCELLED)
    made.rigger.move(EventState.CANCELLED)
    _bulletin(made)
    values = bulletin_from_json(Bulletin.objects.get().values)
    assert [(event.event, event.divisions, event.remark) for event in values.events] == [
        ("焊工", (), "本赛项经批准取消，未产生名次。"),
        ("起重工", (), "本赛项经批准取消，未产生名次。"),
    ]
