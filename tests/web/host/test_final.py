"""The final in the host's door: who sees which page, check-in, draws, codes, marks, second look, unsealing, results."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable

import pytest
from django.test import Client

from saiwu.audit.models import Record
from saiwu.checkin.actions import check_in, issue_codes
from saiwu.checkin.models import BlindCode, Draw
from saiwu.competitions.actions import start, start_marking, take_decision
from saiwu.competitions.models import ChangeRequest, Decision
from saiwu.entries.models import Entry
from saiwu.marking.actions import MarkRow, enter, lock
from saiwu.marking.models import Mark, SecondLook
from saiwu.results.models import ResultList, Unsealing
from saiwu.rules.procedure import EntryState, EventState
from tests.web.host.conftest import HOME
from tests.web.play import NAMES, Played, Stage, at, play
from tests.web.sign_in import signed_in

pytestmark = pytest.mark.django_db
PEOPLE = 4
SECRET = "four plain words here"


@pytest.fixture
def final(clock_at) -> Played:
    """The list of four finalists is public, on the morning of the final."""
    clock_at(at(10, 23, 8))
    return play(Stage.LISTED, PEOPLE)


@pytest.fixture
def marking(final, clock_at) -> Played:
    """All but one checked in, codes are issued, marking has begun."""
    world = final.world
    for entry in Entry.objects.order_by("id")[: PEOPLE - 1]:
        check_in(entry_id=entry.pk, by=world.account("registrar"), at=at(10, 23, 8))
    start(event_id=final.event, by=world.account("host"), at=at(10, 23, 9))
    issue_codes(event_id=final.event, by=world.account("registrar"), at=at(10, 23, 9))
    start_marking(event_id=final.event, by=world.account("chief_judge"), at=at(10, 23, 12))
    clock_at(at(10, 23, 13))
    return final


@pytest.fixture
def sealed(marking, clock_at) -> Played:
    """Everything is marked and locked."""
    world = marking.world
    codes = BlindCode.objects.order_by("code").values_list("code", flat=True)
    rows = [
        MarkRow(code, part, 1000 * (70 + 5 * place))
        for place, code in enumerate(codes)
        for part in ("theory", "practical")
    ]
    enter(event_id=marking.event, marks=rows, by=world.account("judge"), at=at(10, 23, 14))
    lock(event_id=marking.event, by=world.account("chief_judge"), at=at(10, 23, 15))
    clock_at(at(10, 23, 16))
    return marking


def as_(played: Played, role: str) -> Client:
    return signed_in(Client(), played.world.account(role))


def said(answer) -> str:
    body = re.sub(r"<head>.*?</head>", "", answer.content.decode(), flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))


PAGES = {
    "": "host registrar supervisor",
    "review/": "host",
    "entries/": "host",
    "finalists/": "host",
    "checkin/": "registrar",
    "draws/": "host registrar supervisor",
    "codes/": "registrar",
    "marks/": "host",
    "results/": "host registrar supervisor",
    "results/second-look/": "supervisor",
    "results/unsealing/": "registrar",
    "changes/": "host",
    "changes/ask/?kind=取消": "host",
    "documents/": "host",
    "steps/publish/": "host",
}
ROLES = ("host", "registrar", "supervisor", "judge", "chief_judge", "organiser", "arbiter", "unit1")


def test_each_sees_what_is_his_and_nobody_else_anything(sealed):
    opened = {path: {role for role in ROLES if as_(sealed, role).get(HOME + path).status_code == 200} for path in PAGES}
    assert opened == {path: set(whose.split()) for path, whose in PAGES.items()}


def test_no_page_shows_a_name_beside_a_code_before_unsealing_but_the_registrars_slips(sealed):
    """Names and codes are both in the database by now."""
    codes = list(BlindCode.objects.values_list("code", flat=True))
    paths = [*PAGES, "marks/?part=practical&show=all", f"review/{Entry.objects.first().pk}/", "checkin/?door=all"]
    both, names, coded = set(), set(), set()
    for role in ("host", "registrar", "supervisor"):
        for path in paths:
            answer = as_(sealed, role).get(HOME + path)
            text = answer.content.decode() if answer.status_code == 200 else ""
            has_name, has_code = any(name in text for name in NAMES[:PEOPLE]), any(code in text for code in codes)
            both |= {(role, path)} if has_name and has_code else set()
            names |= {path} if has_name else set()
            coded |= {path} if has_code else set()
    assert both == set()
    assert {"checkin/?door=all", "finalists/", "entries/"} <= names
    assert coded == {"marks/?part=practical&show=all", "results/second-look/"}
    slips = as_(sealed, "registrar").post(f"{HOME}codes/slips/").content.decode()
    assert [code for code in codes if code not in slips] == []
    assert [name for name in NAMES[: PEOPLE - 1] if name not in slips] == []
    assert Record.objects.get(verb="checkin.print_codes").facts == {"codes": PEOPLE - 1}
    for role in ("host", "supervisor", "judge", "chief_judge", "organiser"):
        assert as_(sealed, role).post(f"{HOME}codes/slips/").status_code == 404


@pytest.mark.parametrize("path", ["results/student/", "results/student/table.xlsx", "results/student/bundle.json"])
def test_lists_are_not_there_before_unsealing(sealed, path):
    assert as_(sealed, "host").get(HOME + path).status_code == 404


def test_a_number_is_scanned_and_whoever_it_names_checks_in_once(final):
    registrar, one = as_(final, "registrar"), Entry.objects.order_by("id").first()
    page = registrar.get(f"{HOME}checkin/", {"q": one.number.lower()})
    assert "冉启航" in said(page)
    assert page.content.decode().count("sw-arrival__say") == 1
    registrar.post(f"{HOME}checkin/", {"entry": one.pk, "shown": "冉启航"})
    assert Entry.objects.get(pk=one.pk).state == EntryState.CHECKED_IN
    again = registrar.post(f"{HOME}checkin/", {"entry": one.pk, "shown": "冉启航"})
    assert "现在是“已检录”，不能检录。" in said(again)
    assert "还有 3 队（人）未到" in said(registrar.get(f"{HOME}checkin/"))


@pytest.mark.parametrize("many", [1, 3])
def test_the_door_takes_the_same_statements_however_many_come(clock_at, many, django_assert_num_queries):
    clock_at(at(10, 23, 8))
    registrar = as_(play(Stage.LISTED, many), "registrar")
    registrar.get(f"{HOME}checkin/")
    with django_assert_num_queries(21):
        page = registrar.get(f"{HOME}checkin/")
    assert page.content.decode().count("sw-arrival__say") == many


def test_a_draw_goes_step_by_step_each_by_whose_step_it_is(final):
    registrar, supervisor, host = (as_(final, role) for role in ("registrar", "supervisor", "host"))
    frozen = {"division": "student", "purpose": "决赛 工位抽签", "among": "final_list", "stations": "2"}
    host.post(f"{HOME}draws/", frozen)
    assert Draw.objects.count() == 0
    registrar.post(f"{HOME}draws/", frozen)
    again = registrar.post(f"{HOME}draws/", frozen)
    assert "这项抽签已经建立。" in said(again)
    draw = Draw.objects.get()
    steps = [
        (supervisor, "commit", {}, 404),
        (registrar, "commit", {}, 302),
        (registrar, "fix", {f"draw-{draw.pk}-public_input": "1", f"draw-{draw.pk}-source": "现场"}, 404),
        (supervisor, "fix", {f"draw-{draw.pk}-public_input": ""}, 200),
        (supervisor, "fix", {f"draw-{draw.pk}-public_input": "3871.22", f"draw-{draw.pk}-source": "收盘指数"}, 302),
        (host, "make", {}, 404),
        (registrar, "make", {}, 302),
        (registrar, "make", {}, 200),
    ]
    assert [client.post(f"{HOME}draws/{draw.pk}/{step}/", given).status_code for client, step, given, _ in steps] == [
        status for *_, status in steps
    ]
    draw.refresh_from_db()
    assert (draw.state, draw.public_input, draw.public_input_source) == ("made", "3871.22", "收盘指数")


def test_codes_are_issued_after_what_follows_was_said(final):
    world, registrar = final.world, as_(final, "registrar")
    check_in(entry_id=Entry.objects.order_by("id").first().pk, by=world.account("registrar"), at=at(10, 23, 8))
    assert "开赛后才能编发加密号。" in said(registrar.get(f"{HOME}codes/"))
    as_(final, "host").post(f"{HOME}steps/start/")
    assert "还有 3 队（人）未到，编发后不再检录" in said(registrar.get(f"{HOME}codes/"))
    registrar.post(f"{HOME}codes/")
    assert BlindCode.objects.count() == 1
    assert "已编发，一队（人）一号，不能再编。" in said(registrar.post(f"{HOME}codes/"))
    assert "现在不检录" in said(registrar.get(f"{HOME}checkin/"))


def test_marks_go_in_row_by_row_and_what_does_not_says_why(marking):
    host, codes = as_(marking, "host"), list(BlindCode.objects.order_by("code").values_list("code", flat=True))
    assert "还差 9 个评分" in said(host.get(f"{HOME}marks/"))
    page = host.post(
        f"{HOME}marks/",
        {
            "part": "theory",
            f"mark-{codes[0]}": "88.5",
            f"mark-{codes[1]}": "101",
            f"mark-{codes[2]}": "八十",
            "mark-XXXXX": "60",
        },
    )
    words = said(page)
    assert "已录入 1 个，还有 3 个没有录入，见下。" in words
    assert f"{codes[1]}：理论知识须在 0 至 100 分之间，请核对。" in words
    assert f"{codes[2]}：请填分数，至多三位小数，如 87.5。" in words
    assert "本赛项没有加密号“XXXXX”，请核对。" in words
    assert 'value="101"' in page.content.decode()
    assert [(mark.code, mark.part, mark.value) for mark in Mark.objects.all()] == [(codes[0], "theory", 88500)]
    host.post(f"{HOME}marks/", {"part": "用时", f"mark-{codes[0]}": "1:23:45"})
    assert Mark.objects.get(part="用时").value == 5025


def test_a_mark_is_corrected_with_its_reason_by_whom_entered_it(marking):
    host, code = as_(marking, "host"), BlindCode.objects.order_by("code").first().code
    host.post(f"{HOME}marks/", {"part": "theory", f"mark-{code}": "88"})
    mark = Mark.objects.get()
    path = f"{HOME}marks/{mark.pk}/"
    assert "请填写理由。" in said(host.post(path, {"value": "86"}))
    host.post(path, {"value": "86", "reason": "看错一行"})
    new = Mark.objects.get(replaces=mark)
    assert (new.value, new.reason) == (86000, "看错一行")
    assert host.get(path).status_code == 404
    [judged] = enter(
        event_id=marking.event,
        marks=[MarkRow(code, "practical", 80_000)],
        by=marking.world.account("judge"),
        at=at(10, 23, 14),
    )
    assert host.get(f"{HOME}marks/{judged.mark_id}/").status_code == 404
    assert "80.000" not in said(host.get(f"{HOME}marks/?part=practical&show=all"))


def test_a_second_look_is_of_codes_drawn_at_random_and_may_send_back(sealed):
    supervisor = as_(sealed, "supervisor")
    page = supervisor.get(f"{HOME}results/second-look/").content.decode()
    [sample] = set(re.findall(r'name="sample" value="([^"]+)"', page))
    codes = sample.split(" ")
    assert len(set(codes)) == 3
    assert "请勾选复核过的加密号。" in said(supervisor.post(f"{HOME}results/second-look/", {"sample": sample}))
    supervisor.post(f"{HOME}results/second-look/", {"sample": sample, "codes": codes[:2], "remark": "一致"})
    assert [(look.codes, look.remark) for look in SecondLook.objects.all()] == [(sorted(codes[:2]), "一致")]
    supervisor.post(f"{HOME}results/second-look/", {"sample": sample, "back-reason": "技能操作抄错"})
    assert sealed.world.event("iot").state == EventState.MARKING


def _look(played: Played) -> None:
    codes = list(BlindCode.objects.values_list("code", flat=True))
    as_(played, "supervisor").post(f"{HOME}results/second-look/", {"sample": " ".join(codes), "codes": codes})


def test_unsealing_wants_a_supervisor_who_proves_himself_at_the_registrars_screen(sealed):
    registrar, supervisor = as_(sealed, "registrar"), sealed.world.account("supervisor")
    assert "评分锁定并经监督抽检复核后，才能解密。" in said(registrar.get(f"{HOME}results/unsealing/"))
    _look(sealed)
    for account in (supervisor, sealed.world.account("judge"), sealed.world.account("registrar")):
        account.set_password(SECRET)
        account.save()
    registrar = as_(sealed, "registrar")
    tried = {
        login: said(registrar.post(f"{HOME}results/unsealing/", {"login": login, "password": password}))
        for login, password in (("supervisor", "wrong"), ("judge", SECRET), ("registrar", SECRET))
    }
    assert "登录名或密码不对" in tried["supervisor"]
    assert "见证人须是本赛项的监督。" in tried["judge"]
    assert "解密须由两人在场" in tried["registrar"]
    assert Unsealing.objects.count() == 0
    registrar.post(f"{HOME}results/unsealing/", {"login": "supervisor", "password": SECRET})
    unsealing = Unsealing.objects.get()
    assert (unsealing.by.login, unsealing.witness.login) == ("registrar", "supervisor")


@pytest.fixture
def unsealed(sealed) -> Played:
    """Looked at and joined back."""
    _look(sealed)
    supervisor = sealed.world.account("supervisor")
    supervisor.set_password(SECRET)
    supervisor.save()
    as_(sealed, "registrar").post(f"{HOME}results/unsealing/", {"login": "supervisor", "password": SECRET})
    return sealed


def test_results_are_computed_read_and_published_by_the_host(unsealed, decide: Callable[[], None]):
    host = as_(unsealed, "host")
    assert "还没有计算成绩" in said(host.post(f"{HOME}steps/publish/"))
    host.post(f"{HOME}results/compute/")
    words = said(host.get(f"{HOME}results/"))
    assert "等裁定" in words
    assert "轮到您 由锁定的评分和已作出的裁定算出名次和奖项。" in words
    decide()
    assert "又作出了裁定，重新计算才能公示" in said(host.get(f"{HOME}results/"))
    host.post(f"{HOME}results/compute/")
    preview = said(host.get(f"{HOME}results/student/"))
    assert [name in preview for name in NAMES[:PEOPLE]] == [True, True, True, False]
    assert "总分高于第 2 名" in preview
    assert host.get(f"{HOME}results/student/table.xlsx").content[:2] == b"PK"
    assert json.loads(host.get(f"{HOME}results/student/bundle.json").content)["format"] == "saiwu-result/1"
    host.post(f"{HOME}steps/publish/")
    assert unsealed.world.event("iot").state == EventState.PUBLIC_NOTICE
    assert "现在是“公示中”" in said(host.post(f"{HOME}steps/publish/"))
    assert ResultList.objects.filter(published_at__isnull=False).count() == 1


@pytest.fixture
def decide(unsealed, clock_at) -> Callable[[], None]:
    """The organiser decides what waits; an hour later."""

    def take() -> None:
        for decision in Decision.objects.filter(state="asked"):
            take_decision(
                decision_id=decision.pk,
                choice="从低到高减" if decision.kind == "over_cap" else "照常",
                reason="按规定",
                by=unsealed.world.account("organiser"),
                at=at(10, 23, 17),
            )
        clock_at(at(10, 23, 18))

    return take


def test_a_change_is_asked_for_by_kind_with_the_keys_that_go_with_it(final):
    host = as_(final, "host")
    page = host.get(f"{HOME}changes/ask/", {"kind": "日期"}).content.decode()
    assert re.findall(r'name="(stages[^"]+|dates[^"]+|name)"', page) == [
        "stages.final.on",
        "stages.final.from",
        "stages.final.to",
    ]
    assert host.get(f"{HOME}changes/ask/", {"kind": "合并"}).status_code == 302
    wrong = host.post(f"{HOME}changes/ask/", {"kind": "日期", "stages.final.on": "下个月", "reason": "检修"})
    assert wrong.status_code == 200
    host.post(f"{HOME}changes/ask/", {"kind": "日期", "stages.final.on": "2025-10-25", "reason": "检修"})
    change = ChangeRequest.objects.get(event=final.event)
    assert (change.kind, change.values, change.reason, change.state) == (
        "日期",
        {"stages.final.on": "2025-10-25"},
        "检修",
        "asked",
    )
    assert "10月23日 → 10月25日（周六）" in said(host.get(f"{HOME}changes/"))


def test_the_summary_table_and_the_form_are_made_by_post_and_go_on_record(final):
    host, one = as_(final, "host"), Entry.objects.order_by("id").first()
    assert host.get(f"{HOME}entries/summary.xlsx").status_code == 405
    assert host.post(f"{HOME}entries/summary.xlsx").content[:2] == b"PK"
    assert host.post(f"{HOME}entries/{one.pk}/form/").content[:5] == b"%PDF-"
    made = Record.objects.filter(verb__startswith="entries.print").order_by("id").values_list("verb", "role")
    assert list(made) == [("entries.print_event_summary", "host"), ("entries.print_form", "host")]
