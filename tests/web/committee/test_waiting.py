"""Waivers, decisions, change requests and conflicts: each on a page of its own, settled there by whoever may."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saiwu.competitions.models import ChangeRequest, Decision
from saiwu.entries.actions import attach_evidence
from saiwu.entries.models import Conflict, Entry, Waiver
from saiwu.rules.procedure import EventState
from tests.web.committee.reading import title, words
from tests.web.committee.scene import change_of, conflict_of, decision_of, waiver_of
from tests.web.play import at
from tests.web.unit.conftest import picture
from tests.world import IN_TIME

HOME = "/committee/bayu-2025/"
LETTER = "渝经信函〔2025〕101号"


def counted(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


# ---- waivers


def test_a_waiver_shows_the_rule_its_sentence_the_grounds_and_what_the_entry_states(office, waiting):
    page = words(office.get(f"{HOME}waivers/{waiting.waiver}/"))
    assert "李思远：名额" in page
    assert "同一单位选派选手原则上不得超过2人（队）" in page
    assert "承办单位的理由市赛选拔第三名，择优测承办单位" in page
    assert "证件****" in page
    assert "500190" not in page


def test_the_office_records_a_waiver_with_the_number_of_the_letter_only(office, waiting):
    where = f"{HOME}waivers/{waiting.waiver}/"
    told = office.post(where, {"grant": "1", "reason": "择优"})
    assert "由主办单位决定。代为登记的，请填写其来文文号。" in words(told)
    assert "择优</textarea>" in told.content.decode()
    assert office.post(where, {"grant": "1", "reason": "择优", "letter": LETTER}).headers["Location"] == where
    waiver = Waiver.objects.get(pk=waiting.waiver)
    assert (waiver.state, waiver.letter, waiver.entry.state) == ("granted", LETTER, "submitted")
    page = words(office.get(where))
    assert "已同意豁免，承办单位可以继续审核。" in page
    assert LETTER in page
    assert "同意豁免</button>" not in office.get(where).content.decode()


def test_the_organiser_refuses_a_waiver_in_his_own_name(organiser, waiting):
    where = f"{HOME}waivers/{waiting.waiver}/"
    assert "来文文号" not in words(organiser.get(where))
    organiser.post(where, {"refuse": "1", "reason": "名额已满"})
    waiver = Waiver.objects.get(pk=waiting.waiver)
    assert (waiver.state, waiver.settled_role, Entry.objects.get(pk=waiver.entry_id).state) == (
        "refused",
        "organiser",
        "waiting",
    )


def test_a_second_click_on_a_settled_waiver_changes_nothing(organiser, waiting):
    where = f"{HOME}waivers/{waiting.waiver}/"
    organiser.post(where, {"refuse": "1", "reason": "名额已满"})
    organiser.post(where, {"grant": "1", "reason": "再想想"})
    assert Waiver.objects.get(pk=waiting.waiver).reason == "名额已满"


@pytest.mark.parametrize("role", ["arbiter", "host", "unit1"])
def test_what_an_entry_states_is_not_for_others(as_role, waiting, role):
    for page in ("waivers/", f"waivers/{waiting.waiver}/", f"waivers/{waiting.waiver}/photo/1/", "conflicts/"):
        assert as_role(role).get(HOME + page).status_code == 404


def test_the_material_of_the_entry_opens_for_who_decides_over_its_waiver_and_for_no_other_waiver(office, waiting):
    waiver = Waiver.objects.get(pk=waiting.waiver)
    clerk = waiting.world.account("unit1")
    paper = attach_evidence(
        entry_id=waiver.entry_id, position=1, rule="", name="获奖证书", content=picture(), by=clerk, at=IN_TIME
    )
    where = f"{HOME}waivers/{waiting.waiver}/"
    assert f"evidence/{paper}/" in office.get(where).content.decode()
    shown = office.get(f"{where}evidence/{paper}/")
    assert (shown.status_code, shown["Content-Type"], shown.content[:3]) == (200, "image/jpeg", b"\xff\xd8\xff")
    another = waiver_of(waiting.world, 2, 21)
    assert office.get(f"{HOME}waivers/{another}/evidence/{paper}/").status_code == 404


# ---- decisions


def test_a_decision_is_taken_with_a_reason_a_date_and_a_letter(office, waiting, clock_at):
    decision = decision_of(waiting.world)
    clock_at(at(10, 17, 10))
    where = f"{HOME}decisions/{decision}/"
    page = words(office.get(where))
    assert "每个组别初始参赛选手原则上不少于50人（队）" in page
    assert "报名截止延到您填写的日期" in page
    told = words(office.post(where, {"choice": "延长", "reason": "再动员", "letter": LETTER}))
    assert "请填写延长到哪一天，如2025-10-20。" in told
    done = office.post(where, {"choice": "延长", "until": "2025-10-20", "reason": "再动员", "letter": LETTER})
    assert done.headers["Location"] == where
    row = Decision.objects.get(pk=decision)
    assert (row.choice, row.state, row.letter) == ("延长", "granted", LETTER)
    assert waiting.world.event("iot").state == EventState.REGISTERING
    assert "延长" in words(office.get(where))


def test_a_tie_is_the_chief_judges_and_can_only_be_read(office, waiting):
    event = waiting.world.event("iot")
    tie = Decision.objects.create(
        event=event,
        kind="tie",
        subject="tie:student:1",
        concerns=["A1", "B2"],
        message="第 1 名同分。",
        may_take="chief_judge",
        raised_at=at(10, 23),
    )
    where = f"{HOME}decisions/{tie.pk}/"
    page = words(office.get(where))
    assert "由裁判长裁定，这里只能查看。" in page
    office.post(where, {"codes": "A1、B2", "reason": "看着办"})
    assert Decision.objects.get(pk=tie.pk).state == "asked"


def test_the_arbiter_reads_decisions_and_takes_none(as_role, waiting, clock_at):
    decision = decision_of(waiting.world)
    clock_at(at(10, 17, 10))
    arbiter = as_role("arbiter")
    assert "这里只能查看" in words(arbiter.get(f"{HOME}decisions/{decision}/"))
    arbiter.post(f"{HOME}decisions/{decision}/", {"choice": "照常", "reason": "好"})
    assert Decision.objects.get(pk=decision).state == "asked"


# ---- changes


def test_an_approved_change_is_public_at_once(office, client, waiting):
    where = f"{HOME}changes/{waiting.change}/"
    page = words(office.get(where))
    assert "决赛日期2025年10月30日（周四）→2025年10月31日（周五）" in page
    assert "不得随意调整竞赛项目" in page
    told = words(office.post(where, {"approve": "1"}))
    assert "代为登记的，请填写其来文文号。" in told
    office.post(where, {"approve": "1", "letter": LETTER})
    assert ChangeRequest.objects.get(pk=waiting.change).state == "granted"
    assert "原定10月30日→10月31日（周五）" in words(client.get("/c/bayu-2025/events/ai-image/"))
    assert "第2版" in words(office.get(where))


def test_a_refused_change_needs_a_reason(organiser, waiting):
    where = f"{HOME}changes/{waiting.change}/"
    assert "请写明不同意的理由，承办单位会看到。" in words(organiser.post(where, {"refuse": "1"}))
    organiser.post(where, {"refuse": "1", "remark": "原日期不变"})
    assert ChangeRequest.objects.get(pk=waiting.change).state == "refused"


# ---- conflicts


def test_the_office_may_know_whom_a_conflict_is_about_and_settles_it(office, waiting):
    where = f"{HOME}conflicts/{waiting.conflict}/"
    page = words(office.get(where))
    assert "谁冉启航****" in page
    assert "现有报名物联网安装调试员又报了人工智能训练师经由扫码预报名" in page
    assert "参赛选手在一个竞赛中只能报名一个赛项" in page
    assert "请选择处理结果。" in words(office.post(where, {}))
    assert office.post(where, {"outcome": "kept"}).headers["Location"] == f"{HOME}conflicts/"
    assert Conflict.objects.get(pk=waiting.conflict).settled_at is not None
    assert "已处理本人保留原来的报名" in words(office.get(f"{HOME}conflicts/"))


def test_the_organiser_reads_conflicts_and_settles_none(organiser, waiting):
    organiser.post(f"{HOME}conflicts/{waiting.conflict}/", {"outcome": "kept"})
    assert Conflict.objects.get(pk=waiting.conflict).settled_at is None


# ---- lists


@pytest.mark.parametrize(("page", "statements"), [("waivers/", 13), ("changes/", 11), ("conflicts/", 14)])
def test_a_list_asks_the_same_number_of_statements_for_one_row_and_for_three(office, waiting, page, statements):
    few = counted(office, HOME + page)
    for unit, first in ((2, 21), (3, 41)):
        waiver_of(waiting.world, unit, first)
        conflict_of(waiting.world, first)
    change_of(waiting.world, "2025-10-28")
    change_of(waiting.world, "2025-10-29")
    assert (few, counted(office, HOME + page)) == (statements, statements)


def test_the_list_of_decisions_asks_the_same_number_of_statements_for_one_row_and_for_three(office, waiting):
    def raised(number: int) -> None:
        Decision.objects.create(
            event=waiting.world.event("iot"),
            kind="border",
            subject=f"border:{number}",
            options=["都取"],
            concerns=["A1"],
            message="并列。",
            may_take="organiser",
            raised_at=at(10, 23),
        )

    raised(1)
    few = counted(office, f"{HOME}decisions/")
    raised(2)
    raised(3)
    assert (few, counted(office, f"{HOME}decisions/")) == (11, 11)


def test_lists_with_nothing_say_what_would_stand_there(office, waiting):
    Waiver.objects.all().delete()
    ChangeRequest.objects.all().delete()
    Conflict.objects.all().delete()
    assert [title(office.get(f"{HOME}{page}/")) for page in ("waivers", "changes", "conflicts", "decisions")] == [
        "豁免",
        "变更",
        "冲突",
        "裁定事项",
    ]
    assert "还没有豁免申请" in words(office.get(f"{HOME}waivers/"))


def test_a_long_list_is_shown_fifty_at_a_time(office, waiting):
    row = Conflict.objects.get(pk=waiting.conflict)
    Conflict.objects.bulk_create(
        Conflict(
            competition_id=row.competition_id,
            event_id=row.event_id,
            number_digest=row.number_digest,
            rule=row.rule,
            actor=row.actor,
            at=row.at,
        )
        for _ in range(50)
    )
    first = office.get(f"{HOME}conflicts/").content.decode()
    last = office.get(f"{HOME}conflicts/?page=2").content.decode()
    beyond = office.get(f"{HOME}conflicts/?page=99").content.decode()
    assert [page.count("sw-fold-title") for page in (first, last, beyond)] == [50, 1, 1]
    assert "第1—50行，共51行" in words(office.get(f"{HOME}conflicts/"))


def test_an_effect_that_cannot_be_carried_out_yet_is_shown_with_its_reason_and_cannot_be_chosen(organiser, waiting):
    where = f"{HOME}decisions/{decision_of(waiting.world)}/"
    page = organiser.get(where).content.decode()
    shut = re.findall(r'<input[^>]*value="([^"]*)"[^>]* disabled', page)
    assert shut == ["合并"]
    assert "现在还不能办理" in page
    assert "请选择其他处理办法" in words(organiser.post(where, {"choice": "合并", "reason": "人数不足"}))
