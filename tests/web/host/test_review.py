"""Review in the host's door: what stands in the queue, what a decision does, and what is shown to whom."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from saiwu.audit.models import Record
from saiwu.entries.actions import accept, attach_evidence, attach_photo
from saiwu.entries.models import Entry, Review, Waiver
from saiwu.rules.procedure import EntryState
from tests.documents.samples import photo
from tests.web.host.conftest import HOME
from tests.web.sign_in import signed_in
from tests.world import IN_TIME, number, student, worker

UNPROVED = {"level": None, "level_in": None, "years": None}
TOO_SHORT = {"level": "无", "level_in": None, "years": "3"}


def said(answer) -> str:
    """The words of a page."""
    body = re.sub(r"<head>.*?</head>", "", answer.content.decode(), flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))


def state_of(entry_id: int) -> str:
    return Entry.objects.get(pk=entry_id).state


def post(client: Client, entry_id: int, what: str, **fields):
    return client.post(f"{HOME}review/{entry_id}/{what}/", {"queue": "", **fields})


@pytest.mark.parametrize("many", [1, 3])
def test_the_desk_takes_the_same_statements_however_many_wait(host, enter, many, django_assert_num_queries):
    for serial in range(many):
        enter(student(serial + 1, f"测{'甲乙丙'[serial]}"), unit=serial + 1)
    host.get(f"{HOME}review/")
    with django_assert_num_queries(25):
        page = host.get(f"{HOME}review/")
    assert page.content.decode().count("sw-queue__item") == many
    host.get(f"{HOME}entries/")
    with django_assert_num_queries(13):
        page = host.get(f"{HOME}entries/")
    assert page.content.decode().count("sw-fold-title") == many


def test_accepting_asks_what_was_seen_and_goes_to_the_next(host, enter):
    first, second = enter(worker(1, "冉启航", **UNPROVED), division="worker"), enter(student(2, "陈予安"), unit=2)
    page = post(host, first, "accept")
    assert state_of(first) == EntryState.SUBMITTED
    assert "请写明从哪份材料认定" in said(page)
    after = post(host, first, "accept", **{"seen-skill": "劳动合同原件，满六年"})
    assert (after.status_code, after["Location"]) == (302, f"{HOME}review/{second}/#name")
    assert state_of(first) == EntryState.ACCEPTED
    record = Record.objects.get(verb="entries.accept")
    assert record.facts["evidence"] == {"skill": "劳动合同原件，满六年"}
    assert "审核通过：冉启航" in said(host.get(after["Location"]))


def test_a_finding_that_needs_a_waiver_bars_accepting_and_names_its_clause(host, enter):
    one = enter(worker(1, "李思远", **TOO_SHORT), division="worker")
    page = post(host, one, "accept")
    words = said(page)
    assert "还有 1 项未符合，不能通过。" in words
    assert "原则上 应从事本职业（工种）或相关职业（工种）工作5年以上" in words
    assert state_of(one) == EntryState.SUBMITTED


def test_returning_takes_ready_sentences_and_words_of_ones_own(host, enter):
    one = enter(worker(1, "冉启航", **UNPROVED), division="worker")
    assert "请写明要改什么，单位会看到。" in said(post(host, one, "return"))
    page = host.get(f"{HOME}review/{one}/").content.decode()
    [phrase] = re.findall(r'name="return-phrases" value="([^"]+)"', page)
    post(host, one, "return", **{"return-phrases": html.unescape(phrase), "return-reason": "并补一张近照。"})
    review = Review.objects.get(entry=one)
    assert (review.outcome, review.reason) == ("returned", f"{html.unescape(phrase)}\n并补一张近照。")


def test_rejecting_is_asked_once_more(host, enter):
    one = enter(student(1, "周子涵"))
    asked = post(host, one, "reject", **{"reject-reason": "不是在籍学生。"})
    assert "名额和人员随即放开" in said(asked)
    assert state_of(one) == EntryState.SUBMITTED
    post(host, one, "reject", **{"reject-reason": "不是在籍学生。", "sure": "1"})
    assert state_of(one) == EntryState.REJECTED


def test_a_waiver_is_asked_for_with_its_grounds_once(host, enter):
    one = enter(worker(1, "李思远", **TOO_SHORT), division="worker")
    assert "请填写理由和依据。" in said(post(host, one, "waiver", **{"waiver-rule": "skill"}))
    post(host, one, "waiver", **{"waiver-rule": "skill", "waiver-grounds": "市赛冠军。"})
    waiver = Waiver.objects.get()
    assert (waiver.entry_id, waiver.rule, waiver.grounds, waiver.may_settle) == (
        one,
        "skill",
        "市赛冠军。",
        "committee",
    )
    words = said(host.get(f"{HOME}review/{one}/"))
    assert "豁免待决定" in words
    assert "请求豁免…" not in words


def test_whoever_decides_second_is_told_and_goes_on(world, host, enter):
    first, second = enter(student(1, "陈予安")), enter(student(2, "蒋梦琪"), unit=2)
    accept(entry_id=first, by=world.account("host"), at=IN_TIME)
    after = post(host, first, "return", **{"return-reason": "照片不清楚。"})
    assert after["Location"] == f"{HOME}review/{second}/#name"
    assert "陈予安刚刚已由他人处理（审核通过），您的决定没有生效。" in said(host.get(after["Location"]))
    assert [review.outcome for review in Review.objects.all()] == ["accepted"]


def test_the_filter_is_kept_from_one_decision_to_the_next(host, enter):
    enter(student(1, "陈予安"))
    first, second = (enter(worker(n, name), unit=n, division="worker") for n, name in ((2, "唐铭泽"), (3, "向明轩")))
    after = host.post(f"{HOME}review/{first}/accept/", {"queue": "division=worker"})
    assert after["Location"] == f"{HOME}review/{second}/?division=worker#name"


def test_a_whole_id_number_is_shown_once_and_the_look_goes_on_record(host, enter):
    one = enter(student(1, "陈予安"))
    whole = number(1)
    assert whole not in host.get(f"{HOME}review/{one}/").content.decode()
    page = post(host, one, "number", position="1")
    assert whole in page.content.decode()
    assert [
        (record.verb, record.object, record.role) for record in Record.objects.filter(verb="entries.reveal_number")
    ] == [("entries.reveal_number", f"entry:{one}", "host")]
    assert whole not in host.get(f"{HOME}review/{one}/").content.decode()


def test_photos_and_documents_are_shown_to_the_events_people_alone(world, host, as_role, enter):
    one = enter(student(1, "陈予安"))
    unit = world.account("unit1")
    attach_photo(entry_id=one, position=1, image=photo(), by=unit, at=IN_TIME)
    paper = attach_evidence(
        entry_id=one, position=1, rule="student", name="学生证.pdf", content=b"%PDF-1.4\n%%EOF\n", by=unit, at=IN_TIME
    )
    picture, document = f"{HOME}entries/{one}/photo/1/", f"{HOME}entries/{one}/evidence/{paper}/"
    answer = host.get(picture)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200,
        "image/jpeg",
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    answer = host.get(document)
    assert answer.content == b"%PDF-1.4\n%%EOF\n"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "学生证.pdf" in said(host.get(f"{HOME}review/{one}/"))
    opened = {
        role: (as_role(role).get(picture).status_code, as_role(role).get(document).status_code)
        for role in ("registrar", "supervisor", "judge", "chief_judge", "organiser", "unit2")
    }
    assert opened == dict.fromkeys(opened, (404, 404)) | {"registrar": (200, 404)}
    other = f"/host/bayu-2025/ai-image/entries/{one}/photo/1/"
    assert signed_in(Client(), world.account("host")).get(other).status_code == 404
