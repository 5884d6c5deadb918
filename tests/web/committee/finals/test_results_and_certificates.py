"""After the finals: who may, the office's home, results confirmed, certificates issued."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from saiwu.competitions.models import Event
from saiwu.people.models import Person
from saiwu.results.models import Certificate
from tests.web.committee.finals.course import (
    CONFIRM,
    HOME,
    OF_EVENT,
    cancel_others,
    confirmed,
)
from tests.web.committee.reading import title, words
from tests.web.play import EVENT, at

pytestmark = pytest.mark.django_db


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
