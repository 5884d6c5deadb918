"""After the finals: results confirmed, certificates issued, unit awards decided, the bulletin, draws and the trail."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from saiwu.accounts.models import Account
from saiwu.audit import sealing, trail
from saiwu.audit.models import Record
from saiwu.checkin.models import Draw
from saiwu.competitions.actions import appoint, approve_change, ask_change
from saiwu.competitions.models import Event
from saiwu.people.models import Person
from saiwu.privacy import keys
from saiwu.results.actions import confirm, issue_certificates
from saiwu.results.models import Bulletin, Certificate, ResultList, UnitAward
from saiwu.rules.procedure import Role
from tests.web.committee.reading import title, words
from tests.web.committee.scene import host_of
from tests.web.conftest import played_until
from tests.web.play import EVENT, MOVED, Played, Stage, at
from tests.web.sign_in import signed_in

pytestmark = pytest.mark.django_db
HOME = "/committee/bayu-2025/"
CONFIRM = f"{HOME}results/{EVENT}/confirm/"
OF_EVENT = f"{HOME}certificates/{EVENT}/"
AWARD = f"{HOME}awards/decide/?award=organisation&among=参赛单位"
LETTER = "渝经信函〔2025〕101号"


@pytest.fixture(scope="module")
def module_played(django_db_setup, django_db_blocker) -> Iterator[Played]:
    """Results of one event are under public notice, until the last second of 31 October; played once."""
    with played_until(Stage.PUBLIC_NOTICE, django_db_blocker) as played:
        yield played


@pytest.fixture
def shown(module_played, db, clock_at) -> Played:
    """The same, on the Monday after it; what a test writes is taken back."""
    clock_at(at(11, 3))
    return module_played


@pytest.fixture
def sign(shown) -> Callable[[str], Client]:
    """A client signed in as the account of that role; the supervisor is the competition's."""

    def client(role: str) -> Client:
        account = shown.world.account(role)
        if role == "supervisor":
            _over_competition(shown, account)
        return signed_in(Client(), account)

    return client


def _over_competition(shown: Played, account: Account) -> None:
    appoint(
        competition_id=shown.world.competition.pk,
        account_id=account.pk,
        role=Role.SUPERVISOR,
        event=None,
        by=shown.world.office,
        at=at(9, 1),
    )


@pytest.fixture
def office(sign) -> Client:
    """The office at its desk."""
    return sign("committee")


def confirmed(shown: Played) -> None:
    confirm(event_id=shown.event, by=shown.world.office, at=at(11, 3))


def finish(shown: Played) -> None:
    """The event is confirmed, the others are cancelled."""
    confirmed(shown)
    cancel_others(shown)


def cancel_others(shown: Played) -> None:
    for other in Event.objects.exclude(pk=shown.event).order_by("id"):
        if other.slug != MOVED:
            host_of(shown.world, other.slug)
        host, organiser = shown.world.account("host"), shown.world.account("organiser")
        asked = ask_change(event_id=other.pk, kind="取消", values={}, reason="场地不具备条件", by=host, at=at(11, 3))
        approve_change(change_id=asked, by=organiser, at=at(11, 3))


def counted(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


# ---- who may


PAGES = {
    "results/": {"committee", "organiser", "arbiter"},
    "draws/": {"committee", "organiser", "arbiter", "supervisor"},
    "certificates/": {"committee", "organiser"},
    f"certificates/{EVENT}/": {"committee", "organiser"},
    "awards/": {"committee", "organiser"},
    "awards/decide/": {"committee", "organiser"},
    "bulletin/": {"committee", "organiser"},
    "audit/": {"committee", "organiser", "supervisor"},
    "audit/head/": {"committee", "organiser", "supervisor"},
    "audit/audit.jsonl": {"committee", "organiser", "supervisor"},
    f"results/{EVENT}/confirm/": {"committee"},
    f"certificates/{EVENT}/issue/": {"committee"},
}


def test_every_page_is_open_to_its_roles_and_does_not_exist_for_others(sign):
    clients = {role: sign(role) for role in ("committee", "organiser", "arbiter", "supervisor", "host", "unit1")}
    found = {
        page: {role for role, client in clients.items() if client.get(HOME + page).status_code == 200} for page in PAGES
    }
    assert found == PAGES


def test_tabs_are_those_of_the_role(sign):
    page = sign("arbiter").get(f"{HOME}results/").content.decode()
    assert [name in page for name in ("/draws/", "/results/", "/certificates/", "/audit/")] == [
        True,
        True,
        False,
        False,
    ]


# ---- home


def test_home_leads_the_office_from_the_end_of_the_notice_through_the_certificates_to_the_bulletin(office, sign, shown):
    def first() -> tuple[str, str]:
        body = office.get(HOME).content.decode()
        found = re.search(r'<h2>([^<]*)</h2>.*?sw-todo__act" href="([^"]*)"', body, re.DOTALL)
        return (found[1], found[2]) if found else ("", "")

    assert first() == ("物联网安装调试员：确认成绩", CONFIRM)
    assert title(office.get(HOME)) == "1 件事等您办理"
    assert "确认成绩" not in words(sign("organiser").get(HOME))
    office.post(CONFIRM)
    assert first() == ("物联网安装调试员：颁发证书", f"{OF_EVENT}issue/")
    office.post(f"{OF_EVENT}issue/")
    assert "颁发证书" not in words(office.get(HOME))
    cancel_others(shown)
    assert first() == ("发布通报", f"{HOME}bulletin/")


# ---- results


def test_results_show_since_when_and_until_when_and_wait_for_the_office(office):
    page = office.get(f"{HOME}results/")
    assert title(page) == "1 个赛项等您确认成绩"
    assert "10月24日15:3010月31日24:00已期满确认成绩…" in words(page)
    assert f"/c/bayu-2025/results/{EVENT}/student/" in page.content.decode()


def test_results_are_confirmed_with_what_follows_said_first(office, shown):
    assert "确认后不能收回" in words(office.get(CONFIRM))
    assert office.post(CONFIRM).headers["Location"] == f"{HOME}results/"
    assert Event.objects.get(pk=shown.event).state == "confirmed"
    assert "下一步：颁发证书。" in words(office.get(f"{HOME}results/"))
    assert "现在是“已确认”，不能确认成绩。" in words(office.post(CONFIRM))


def test_before_the_last_second_of_the_public_notice_nobody_confirms(office, shown, clock_at):
    clock_at(at(10, 31, 23, 59).replace(second=59))
    assert title(office.get(f"{HOME}results/")) == "1 个赛项正在公示"
    assert "确认成绩</button>" not in office.get(CONFIRM).content.decode()
    assert "公示到2025年10月31日23:59:59为止，期满后才能确认成绩。" in words(office.post(CONFIRM))
    assert Event.objects.get(pk=shown.event).state == "public_notice"


def test_the_organiser_and_the_arbiter_only_read_results(sign):
    for role in ("organiser", "arbiter"):
        assert "等组委会办公室" in words(sign(role).get(f"{HOME}results/"))


# ---- certificates


def test_certificates_wait_for_results(office):
    assert "还没有可以颁发的证书" in words(office.get(f"{HOME}certificates/"))
    assert "成绩确认后才能颁发证书。" in words(office.get(f"{OF_EVENT}issue/"))
    assert "不能颁发证书" in words(office.post(f"{OF_EVENT}issue/"))
    assert Certificate.objects.count() == 0


def test_certificates_are_issued_once_with_their_number_said_first(office, shown):
    confirmed(shown)
    assert title(office.get(f"{HOME}certificates/")) == "1 个赛项的证书等您颁发"
    asked = office.get(f"{OF_EVENT}issue/")
    done = office.post(f"{OF_EVENT}issue/")
    many = Certificate.objects.count()
    assert many > 0
    assert f"颁发{many}份证书" in words(asked)
    assert done.headers["Location"] == OF_EVENT
    page = office.get(OF_EVENT)
    assert title(page) == f"物联网安装调试员：{many} 份证书"
    assert f"已颁发{many}份证书，每份都可以按编号或二维码查验。" in words(page)
    assert "本赛项的证书已全部颁发。" in words(office.post(f"{OF_EVENT}issue/"))
    assert Certificate.objects.count() == many


@pytest.fixture
def issued(shown) -> list[Certificate]:
    """The certificates of the event, in the order of their numbers."""
    confirmed(shown)
    issue_certificates(event_id=shown.event, by=shown.world.office, at=at(11, 3))
    return list(Certificate.objects.select_related("member__person").order_by("number"))


def test_a_certificate_is_found_by_name_and_by_number(office, issued):
    first, last = issued[0], issued[-1]
    for search in (first.member.person.name, first.number):
        page = office.get(OF_EVENT, {"q": search}).content.decode()
        assert [one.number in page for one in (first, last)] == [True, False]
        assert f"/certificates/{first.check_code}/" in page
    assert "没有找到" in words(office.get(OF_EVENT, {"q": "没有这个人"}))


def test_a_certificate_is_a_file_without_a_name_in_its_name(office, issued):
    answer = office.get(f"{HOME}certificates/{issued[0].pk}.pdf")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="certificate-bayu-2025-{issued[0].pk}.pdf"'
    assert answer.content.startswith(b"%PDF")
    assert office.get(f"{HOME}certificates/{issued[-1].pk + 1}.pdf").status_code == 404
    assert office.get(f"/committee/elsewhere/certificates/{issued[0].pk}.pdf").status_code == 404


def test_a_name_that_the_fonts_lack_is_said_and_left_out_of_the_pack(office, issued):
    person = issued[0].member.person
    Person.objects.filter(pk=person.pk).update(name="冉\U000323af")
    assert f"1份证书打印不出来{issued[0].number}：" in words(office.get(OF_EVENT))
    refused = office.get(f"{HOME}certificates/{issued[0].pk}.pdf")
    assert refused.status_code == 409
    assert "有字体打印不出的字：\U000323af（U+323AF）" in words(refused)
    packed = _unpacked(office.get(f"{OF_EVENT}certificates.zip"))
    assert list(packed) == ["不能打印的证书.txt", *(f"{one.number}.pdf" for one in issued[1:])]
    assert issued[0].number in packed["不能打印的证书.txt"].decode("utf-8-sig")


def test_all_certificates_of_an_event_come_in_one_file_made_while_it_is_sent(office, issued):
    answer = office.get(f"{OF_EVENT}certificates.zip")
    assert answer.streaming
    assert answer.headers["Content-Disposition"] == 'attachment; filename="certificates-bayu-2025-iot-1.zip"'
    packed = _unpacked(answer)
    assert list(packed) == [f"{one.number}.pdf" for one in issued]
    assert packed[f"{issued[0].number}.pdf"] == office.get(f"{HOME}certificates/{issued[0].pk}.pdf").content
    assert office.get(f"{OF_EVENT}certificates.zip?page=2").status_code == 404


def _unpacked(answer) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


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
