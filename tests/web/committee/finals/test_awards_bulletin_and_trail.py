"""After the finals: unit awards decided, the bulletin, draws, the trail; and how many statements the lists take."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest

from saiwu.audit import sealing, trail
from saiwu.audit.models import Record
from saiwu.checkin.models import Draw
from saiwu.competitions.models import Event
from saiwu.privacy import keys
from saiwu.results.models import Bulletin, Certificate, ResultList, UnitAward
from tests.web.committee.finals.course import (
    AWARD,
    HOME,
    LETTER,
    confirmed,
    counted,
    finish,
)
from tests.web.committee.reading import title, words
from tests.web.play import EVENT, at

pytestmark = pytest.mark.django_db


# ---- unit awards


def test_unit_awards_wait_for_all_events(office, shown):
    confirmed(shown)
    page = words(office.get(AWARD))
    assert "全部赛项确认成绩后才能评定。还没有确认：" in page
    assert "示例学院乙" in page
    assert 'name="recipients"' not in office.get(AWARD).content.decode()


def test_the_office_records_unit_awards_with_the_letter_after_seeing_them_once_more(office, shown):
    finish(shown)
    page = office.get(AWARD).content.decode()
    assert page.count("checked") == 10  # ten units entered, ten may be given: the table proposes all
    chosen = {"recipients": ["示例学院乙", "示例公司丙"], "reason": "按会议纪要"}
    assert "由主办单位评定。代为登记的，请填写其来文文号。" in words(office.post(AWARD, chosen))
    chosen["letter"] = LETTER
    sure = office.post(AWARD, chosen)
    assert title(sure) == "给 2 个评定优秀组织奖"
    assert "示例学院乙示例公司丙" in words(sure)
    assert UnitAward.objects.count() == 0
    again = office.post(AWARD, chosen | {"back": "1"}).content.decode()
    assert (again.count("checked"), "按会议纪要</textarea>" in again) == (2, True)
    assert office.post(AWARD, chosen | {"sure": "1"}).headers["Location"] == f"{HOME}awards/"
    rows = UnitAward.objects.order_by("id").values_list("award", "among", "recipient", "letter")
    assert list(rows) == [("organisation", "参赛单位", name, LETTER) for name in chosen["recipients"]]
    listed = office.get(f"{HOME}awards/")
    assert title(listed) == "已评定 2 个单位奖"
    assert "示例学院乙参赛单位" in words(listed)
    assert "已获此奖" in words(office.get(AWARD))
    twice = words(office.post(AWARD, chosen | {"sure": "1"}))
    assert "已不在可以评定的名单里" in twice
    assert UnitAward.objects.count() == 2


def test_the_organiser_decides_unit_awards_in_his_own_name(sign, shown):
    finish(shown)
    organiser = sign("organiser")
    assert "来文文号" not in words(organiser.get(AWARD))
    answer = organiser.post(AWARD, {"recipients": ["示例学院乙"], "reason": "", "sure": "1"})
    assert "请填写理由。" in words(answer)
    organiser.post(AWARD, {"recipients": ["示例学院乙"], "reason": "择优", "sure": "1"})
    assert UnitAward.objects.get().by_id == shown.world.account("organiser").pk


@pytest.mark.parametrize(
    "query", ["?award=nothing", "?award=organisation&among=企业", "?award=organisation&prize=first"]
)
def test_an_award_or_list_that_the_notice_does_not_have_is_not_there(office, query):
    assert office.get(f"{HOME}awards/decide/{query}").status_code == 404


# ---- bulletin


def test_the_bulletin_says_what_it_waits_for(office, shown):
    page = office.get(f"{HOME}bulletin/")
    assert title(page) == "通报还等 8 个赛项"
    assert "物联网安装调试员公示中" in words(page)
    office.post(f"{HOME}bulletin/", {"sure": "1"})
    office.post(f"{HOME}bulletin/", {"draft": "1"})
    assert Bulletin.objects.count() == 0


def test_the_bulletin_is_read_as_a_draft_and_issued_after_one_more_question(office, shown):
    finish(shown)
    where, said = f"{HOME}bulletin/", {"number": "渝经信发〔2025〕88号", "note": "此件公开发布"}
    assert "还没有评定：优秀组织奖、特别贡献奖。" in words(office.get(where))
    draft = office.post(where, said | {"draft": "1"})
    assert zipfile.is_zipfile(io.BytesIO(draft.content))
    assert "通报只发布一次" in words(office.post(where, said))
    assert said["note"] in office.post(where, said | {"back": "1"}).content.decode()
    assert Bulletin.objects.count() == 0
    assert office.post(where, said | {"sure": "1"}).headers["Location"] == where
    issued = Bulletin.objects.get()
    assert (issued.number, issued.docx_sha256) == (said["number"], hashlib.sha256(draft.content).hexdigest())
    page = office.get(where)
    assert title(page) == "通报已发布"
    assert "/c/bayu-2025/bulletin.docx" in page.content.decode()
    office.post(where, said | {"number": "另一个", "sure": "1"})
    assert Bulletin.objects.get().number == said["number"]


# ---- draws


def test_all_draws_stand_with_their_state_and_their_public_record(sign, shown):
    page = sign("supervisor").get(f"{HOME}draws/")
    assert title(page) == "1 项抽签已完成"
    assert "物联网安装调试员学生组20已抽签" in words(page)
    assert f"/c/bayu-2025/events/iot/draws/{shown.draw}/transcript.json" in page.content.decode()


# ---- the trail


def test_the_trail_shows_the_newest_first_with_who_and_what(office, shown):
    page = words(office.get(f"{HOME}audit/", {"verb": "results.publish"}))
    host = shown.world.account("host")
    assert f"公示成绩待封存2025年10月24日15:30event:{shown.event}{host.name}account:{host.pk}承办单位lists" in page
    assert "没有找到" in words(office.get(f"{HOME}audit/", {"object": "event:0"}))
    assert "公示成绩待封存" in words(office.get(f"{HOME}audit/", {"object": f" Event：{shown.event}"}))


def test_older_records_follow_page_by_page(office, shown):
    ids = list(Record.objects.filter(competition="bayu-2025").order_by("-id").values_list("id", flat=True))
    assert len(ids) > 50
    first = office.get(f"{HOME}audit/").content.decode()
    assert f"?before={ids[49]}" in first
    assert "回到最新" not in first
    older = office.get(f"{HOME}audit/", {"before": ids[49]}).content.decode()
    assert "回到最新" in older
    for nonsense in ("x", "9" * 40, "-1"):
        assert office.get(f"{HOME}audit/", {"before": nonsense}).status_code == 200


def test_the_head_is_shown_to_be_kept_and_the_file_is_checked_against_it(sign, shown):
    supervisor = sign("supervisor")
    assert "还没有封存。" in words(supervisor.get(f"{HOME}audit/"))
    many = sealing.seal(at=at(11, 3), sign=keys.sign)
    page = words(supervisor.get(f"{HOME}audit/head/"))
    answer = supervisor.get(f"{HOME}audit/audit.jsonl")
    lines = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
    newest = lines[-1]["hash"]
    assert trail.check(lines, newest) == trail.Check(many, newest)
    assert f"第{many}条{newest}" in page
    assert keys.current().public() in page


def test_the_trail_has_no_name_or_number_of_a_contestant(office, issued):
    sealing.seal(at=at(11, 3), sign=keys.sign)
    told = b"".join(office.get(f"{HOME}audit/audit.jsonl").streaming_content).decode()
    told += office.get(f"{HOME}audit/").content.decode()
    assert [word for word in (*(one.member.person.name for one in issued), "500190", "1640000") if word in told] == []


# ---- statements


@pytest.mark.parametrize("many", [1, 3])
def test_lists_take_the_same_statements_however_many_rows(sign, issued, many):
    ids = [one.pk for one in issued[:many]]
    assert len(ids) == many
    office = sign("committee")
    Certificate.objects.exclude(pk__in=ids).delete()
    statements = {
        page: counted(office, HOME + page) for page in ("results/", "certificates/", f"certificates/{EVENT}/")
    }
    statements["audit/"] = counted(
        office, f"{HOME}audit/?verb=events.open_registration" if many == 1 else f"{HOME}audit/"
    )
    statements["draws/"] = counted(office, f"{HOME}draws/")
    assert statements == {"results/": 15, "certificates/": 14, f"certificates/{EVENT}/": 23, "audit/": 12, "draws/": 10}


def test_draws_results_and_awards_take_the_same_statements_for_one_row_and_for_three(office, shown):
    finish(shown)
    give = {"reason": "择优", "letter": LETTER, "sure": "1"}
    office.post(AWARD, give | {"recipients": ["示例学院乙"]})
    pages = ("results/", "draws/", "awards/", "bulletin/")
    drawn = Draw.objects.count()

    def statements() -> dict[str, int]:
        return {page: counted(office, HOME + page) for page in pages}

    few = statements()
    office.post(AWARD, give | {"recipients": ["示例公司丙", "示例学院丁"]})
    for other in Event.objects.exclude(pk=shown.event)[:2]:
        # Copies under other events: how a list or a draw came about is none of these pages' business.
        for row in (Draw.objects.first(), ResultList.objects.first()):
            row.pk, row.event, row.division = None, other, None
            row.save(force_insert=True)
    assert (UnitAward.objects.count(), Draw.objects.count()) == (3, drawn + 2)
    assert statements() == few
