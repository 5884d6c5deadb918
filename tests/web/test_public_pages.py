"""What the public sees of a competition at each stage, and what it does not see yet, or ever."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterator
from datetime import datetime

import pytest

from saiwu.checkin.models import BlindCode, Draw
from saiwu.checkin.queries import draws_of
from saiwu.competitions.queries import changes_of, event_of, events_of, site_of
from saiwu.entries.queries import claimed, finalists
from saiwu.results.models import Bulletin, Certificate, ResultList
from saiwu.results.queries import bundle_of, published, result_page, shown_until
from saiwu.rules import bundle, draws
from tests.web.conftest import played_until
from tests.web.play import NAMES, Played, Stage, at

HOME = "/c/bayu-2025/"
EVENT = f"{HOME}events/iot/"
FINALISTS, RESULTS = f"{EVENT}finalists/", f"{HOME}results/iot/student/"
BUNDLE, BULLETIN, DOCX = f"{RESULTS}bundle.json", f"{HOME}bulletin/", f"{HOME}bulletin.docx"
WHEN = {
    Stage.PUBLISHED: at(6, 7),
    Stage.REGISTERING: at(9, 26, 11),
    Stage.LISTED: at(10, 19),
    Stage.COMMITTED: at(10, 22, 12),
    Stage.DRAWN: at(10, 22, 18),
    Stage.SEALED: at(10, 23, 20),
    Stage.PUBLIC_NOTICE: at(10, 25, 11),
    Stage.BULLETIN: at(11, 20, 9, 41),
}


@pytest.fixture(scope="module", params=list(WHEN), ids=[stage.name.lower() for stage in WHEN])
def at_stage(request, django_db_setup, django_db_blocker) -> Iterator[tuple[Stage, Played]]:
    """The competition at one stage after the other."""
    with played_until(request.param, django_db_blocker) as played:
        yield request.param, played


@pytest.fixture
def stage(at_stage, db, clock_at) -> Stage:
    """The stage, its clock set."""
    clock_at(WHEN[at_stage[0]])
    return at_stage[0]


def _text(answer) -> str:
    """The words of a page, marks and white space taken out."""
    body = re.sub(r"<head>.*?</head>", "", answer.content.decode(), flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", body)))


def _status(client, path: str) -> int:
    return client.get(path).status_code


def _all_addresses(played: Played) -> list[str]:
    found = ["/", "/certificates/", HOME]
    found += [f"{HOME}{part}" for part in ("notice/", "calendar/", "calendar.ics", "events/", "results/", "bulletin/")]
    found += [f"{HOME}events/{slug}/" for slug in ("iot", "ai-image", "uav-delivery")]
    found += [EVENT + part for part in ("finalists/", "calendar.ics")]
    found += [f"{HOME}results/iot/", f"{HOME}results/ai-image/", RESULTS, BUNDLE, DOCX]
    if played.draw:
        found += [f"{EVENT}draws/{played.draw}/", f"{EVENT}draws/{played.draw}/transcript.json"]
    found += [f"/certificates/{code}/" for code in Certificate.objects.values_list("check_code", flat=True)]
    return found


def test_pages_open_one_after_the_other_as_the_competition_goes_on(client, stage, at_stage):
    draw = at_stage[1].draw
    opened = {
        "notice, events, calendar": {_status(client, HOME + part) for part in ("notice/", "events/", "calendar/")},
        "finalists": _status(client, FINALISTS),
        "draw": _status(client, f"{EVENT}draws/{draw or 1}/"),
        "transcript": _status(client, f"{EVENT}draws/{draw or 1}/transcript.json"),
        "results": _status(client, RESULTS),
        "bundle": _status(client, BUNDLE),
        "bulletin as a file": _status(client, DOCX),
    }
    assert opened == {
        "notice, events, calendar": {200},
        "finalists": 200 if stage >= Stage.LISTED else 404,
        "draw": 200 if stage >= Stage.COMMITTED else 404,
        "transcript": 200 if stage >= Stage.DRAWN else 404,
        "results": 200 if stage >= Stage.PUBLIC_NOTICE else 404,
        "bundle": 200 if stage >= Stage.PUBLIC_NOTICE else 404,
        "bulletin as a file": 200 if stage >= Stage.BULLETIN else 404,
    }


def test_before_there_is_anything_pages_say_what_will_be_there(client, stage):
    said = (
        "还没有成绩" in _text(client.get(f"{HOME}results/")),
        "还没有发布通报" in _text(client.get(BULLETIN)),
        _status(client, f"{HOME}results/iot/"),
    )
    published = stage >= Stage.PUBLIC_NOTICE
    assert said == (not published, stage < Stage.BULLETIN, 302 if published else 200)


def test_names_are_shown_only_once_a_list_is_public(client, stage, at_stage):
    """The names are in the database from registering on."""
    shown = {
        path
        for path in _all_addresses(at_stage[1])
        if path != DOCX
        for answer in [client.get(path)]
        if answer.status_code == 200 and any(name in answer.content.decode("utf-8", "ignore") for name in NAMES)
    }
    draw = f"{EVENT}draws/{at_stage[1].draw}/"
    expected = {FINALISTS} if stage >= Stage.LISTED else set()
    expected |= {draw} if stage >= Stage.COMMITTED else set()
    expected |= {RESULTS} if stage >= Stage.PUBLIC_NOTICE else set()
    if stage >= Stage.BULLETIN:
        codes = Certificate.objects.values_list("check_code", flat=True)
        expected |= {BULLETIN, *(f"/certificates/{code}/" for code in codes)}
    assert shown == expected


def test_no_page_ever_tells_a_number_a_telephone_or_a_birth(client, stage, at_stage):
    """What could leak: ID numbers 50019…, telephones 1640000…, births in 2004, and codes beside names."""
    leaks = re.compile(r"50019\d|1640000|2004-05-12|2004年5月|20040512")
    found = {
        path: match[0]
        for path in _all_addresses(at_stage[1])
        if (match := leaks.search(client.get(path).content.decode("utf-8", "ignore")))
    }
    assert found == {}
    codes = list(BlindCode.objects.values_list("code", flat=True))
    with_codes = [
        path
        for path in _all_addresses(at_stage[1])
        if any(code in client.get(path).content.decode("utf-8", "ignore") for code in codes)
    ]
    assert with_codes == ([BUNDLE] if stage >= Stage.PUBLIC_NOTICE else [])


def test_the_secret_of_a_draw_is_nowhere_before_it_is_made_and_in_the_transcript_after(client, stage, at_stage):
    draw = Draw.objects.filter(pk=at_stage[1].draw).first()
    if draw is None:
        assert stage < Stage.COMMITTED
        return
    page = client.get(f"{EVENT}draws/{draw.pk}/").content.decode()
    told = set(re.findall(r"\b[0-9a-f]{64}\b", page))
    if stage < Stage.DRAWN:
        assert told == {draw.list_sha256, draw.commitment}
        return
    transcript = json.loads(client.get(f"{EVENT}draws/{draw.pk}/transcript.json").content)
    assert draws.verify(transcript) is None
    assert told == {draw.list_sha256, draw.commitment, transcript["secret"]}


def test_states_and_countdowns_follow_the_clock(client, stage):
    words = _text(client.get(EVENT))
    state = {
        Stage.PUBLISHED: "未开始",
        Stage.REGISTERING: "报名中",
        Stage.LISTED: "名单已公布",
        Stage.COMMITTED: "名单已公布",
        Stage.DRAWN: "名单已公布",
        Stage.SEALED: "已锁分",
        Stage.PUBLIC_NOTICE: "公示中",
        Stage.BULLETIN: "已确认",
    }[stage]
    assert state in words
    left = re.search(r"距预报名截止 (\d+)天(\d+)小时", words)
    expected = {Stage.PUBLISHED: ("128", "15"), Stage.REGISTERING: ("17", "13")}
    assert (left.groups() if left else None) == expected.get(stage)


def test_a_moved_final_shows_what_stood_there_why_and_who_agreed(client, stage):
    home, page = _text(client.get(HOME)), _text(client.get(f"{HOME}events/ai-image/"))
    moved = "AI图像处理赛项决赛改期：10月30日 → 10月31日（周五）"
    played = stage > Stage.PUBLISHED
    # Given up in the end: then the list of events tells it, and no notice on top.
    assert (moved in home, "原定10月30日 改期，主办单位同意" in home) == (played and stage < Stage.BULLETIN, played)
    assert ("决赛日期：原定10月30日 → 10月31日（周五）" in page) == played
    if stage > Stage.PUBLISHED:
        assert "原因：因场地电力检修调整。主办单位9月12日同意。" in page
        assert "已报名的不需要重新报名。依据 七.二" in page


def test_the_notice_is_there_word_for_word_and_says_what_rests_on_each_sentence(client, stage, at_stage):
    book = at_stage[1].world.competition
    body = client.get(f"{HOME}notice/").content.decode()
    words = html.unescape(re.sub(r"<[^>]+>", "", body))
    text = site_of(book.slug).book.text
    assert [key for key, said in text.items() if re.sub(r"\s", "", said) not in re.sub(r"\s", "", words)] == []
    assert [key for key in text if f'id="c-{key}"' not in body] == []
    age = re.search(r'<li id="c-五\.1b">.*?</li>', body, re.DOTALL)
    assert "依据它的规则：参赛资格·年龄" in html.unescape(re.sub(r"<[^>]+>", "", age[0]))


def test_every_page_names_the_competition_and_whom_to_ask(client, stage, at_stage, settings):
    settings.DEMO = True
    for path in _all_addresses(at_stage[1]):
        answer = client.get(path)
        if answer.status_code in (200, 404) and "html" in answer.headers["Content-Type"]:
            words = _text(answer)
            assert "人工智能和工业互联网职业技能竞赛" in words, path
            for said in (
                "023-63899503",
                "渝经信发〔2025〕32号",
                "技高行天下 能强走世界",
                "演示数据：人员、变更与成绩均为虚构",
            ):
                assert said in words, (path, said)


def test_results_give_each_rank_its_reason_its_sum_and_its_clause(client, stage):
    if stage < Stage.PUBLIC_NOTICE:
        assert _status(client, RESULTS) == 404
        return
    body = client.get(RESULTS).content.decode()
    ranks = re.findall(r'<details class="sw-rank".*?</details>', body, re.DOTALL)
    said = [re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", rank))).strip() for rank in ranks]
    assert len(said) == 20
    assert said[0] == (
        "1 冉启航 示例学院乙 92.000 93.500 93.050 一等奖 总分高于第 2 名 1.550 分。 "
        "总分 = 92.000 × 30% + 93.500 × 70% 根据《重庆市职业技能竞赛管理和奖励补助办法》（渝高技办〔2021〕14号）有关规定，"
        "大赛按照竞赛项目分别设置 一等奖1名 、二等奖2名、三等奖3名 通知 六.一.1 晋升二级"
    )
    assert said[4].startswith("5 唐铭泽 示例学院丁 84.500 90.000 88.350 三等奖 与第 6 名总分相同，按“技能操作”排在前。")
    assert said[5].startswith(
        "6 何雨桐 示例学院丁 91.500 87.000 88.350 三等奖 总分相同，技能操作低于第 5 名 3.000 分。"
    )
    assert "处罚：违规操作设备" in said[19]
    assert "总分 =" not in said[19]


def test_the_bundle_of_a_published_list_computes_to_the_same_again(client, stage):
    if stage < Stage.PUBLIC_NOTICE:
        return
    document = json.loads(client.get(BUNDLE).content)
    assert bundle.recompute(document) == []
    row = ResultList.objects.get(published_at__isnull=False)
    assert document == row.bundle


def test_a_certificate_is_found_by_its_code_and_by_its_number(client, stage):
    if stage < Stage.BULLETIN:
        assert not Certificate.objects.exists()
        assert _status(client, "/certificates/ACDEFGHJKM/") == 404
        return
    certificate = Certificate.objects.select_related("member__person").order_by("number").first()
    page = f"/certificates/{certificate.check_code}/"
    words = _text(client.get(page))
    assert [said for said in (certificate.number, certificate.member.person.name, "一等奖") if said not in words] == []
    found = client.get("/certificates/", {"number": f" {certificate.number} "})
    assert (found.status_code, found.headers["Location"]) == (302, page)
    assert "没有编号为 2025-iot-student-999 的证书" in _text(
        client.get("/certificates/", {"number": "2025-iot-student-999"})
    )
    assert _status(client, "/certificates/?number=%00%00") == 200
    hostile = client.get("/certificates/", {"number": "<script>alert(1)</script>"})
    assert b"<script>" not in hostile.content


def test_the_bulletin_is_the_very_file_that_was_issued(client, stage):
    if stage < Stage.BULLETIN:
        return
    assert hashlib.sha256(client.get(DOCX).content).hexdigest() == Bulletin.objects.get().docx_sha256
    assert "渝经信发〔2025〕88号" in _text(client.get(BULLETIN))


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/",
        f"{HOME}nothing/",
        "/c/nobody-2025/",
        f"{HOME}events/nothing/",
        f"{HOME}events/iot/draws/999/",
        f"{HOME}events/ai-image/finalists/",
        f"{HOME}results/iot/worker/",
        f"{HOME}results/iot/*/",
        f"{HOME}results/nothing/",
        "/certificates/nothing/",
        "/certificates/%00/",
        f"{HOME}results/iot/%00/",
        f"{HOME}results/iot/%00/bundle.json",
    ],
)
def test_what_is_not_there_is_not_found_and_says_where_to_go(client, stage, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "没有找到这一页" in _text(answer)


def test_the_number_of_statements_of_a_page_does_not_grow_with_its_rows(stage, at_stage, django_assert_num_queries):
    played: Played = at_stage[1]
    with django_assert_num_queries(1):
        site = site_of("bayu-2025")
    for statements, ask in (
        (1, lambda: changes_of(site.id)),
        (4, lambda: events_of(site)),
        (4, lambda: event_of(site, "iot")),
        (1, lambda: claimed(site.id)),
        (1, lambda: draws_of(played.event)),
    ):
        with django_assert_num_queries(statements):
            ask()
    if stage >= Stage.LISTED:
        with django_assert_num_queries(3):
            assert len(finalists(played.event)) == len(NAMES)
    if stage >= Stage.PUBLIC_NOTICE:
        with django_assert_num_queries(2):
            lists = published(site.id)
        with django_assert_num_queries(3):
            assert len(result_page(lists[0]).rows) == len(NAMES)
        with django_assert_num_queries(1):
            bundle_of(played.event, "student")
        with django_assert_num_queries(3):
            assert isinstance(shown_until(played.event), datetime)
