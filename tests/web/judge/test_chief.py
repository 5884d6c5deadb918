"""The chief judge: overview, corrections, penalties, decisions, the lock."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from saiwu.competitions.models import Decision
from saiwu.marking.actions import MarkRow, enter
from saiwu.marking.models import Mark, Penalty
from saiwu.rules.procedure import EventState, Role
from tests.checkin.rows import FINAL, marking

LATER = FINAL + timedelta(hours=5)


def text(answer) -> str:
    return answer.content.decode()


def said(page: str) -> str:
    """What stands in the main part, tags apart."""
    main = re.search(r"<main[^>]*>(.*)</main>", page, re.DOTALL)[1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


@pytest.fixture
def mark(final):
    """A mark in points by a judge."""

    def give(code, part, points, who=Role.JUDGE) -> int:
        rows = [MarkRow(code, part, round(points * 1000))]
        outcome = enter(event_id=final.event.pk, marks=rows, by=final[who], at=LATER)[0]
        assert outcome.message is None
        return outcome.mark_id

    return give


@pytest.fixture
def full(mark, codes):
    """Everything is marked, and judges agree."""
    for code in codes:
        for part in ("theory", "practical/m1", "practical/m2"):
            mark(code, part, 40)
        mark(code, "theory", 44, "second")


def test_the_chief_judge_starts_marking_after_being_asked(chief, judge, final, made, door):
    marking(final)
    final.move(EventState.RUNNING)
    assert "开始评分…" in text(chief.get(door))
    assert "已编发加密号 3 个。" in said(text(chief.get(f"{door}start/")))
    assert judge.get(f"{door}start/").status_code == 404
    for _ in range(2):
        assert chief.post(f"{door}start/").headers["Location"] == door
    assert final.state() == EventState.MARKING


def test_the_overview_says_who_is_missing_and_where_judges_differ_too_much(chief, codes, door, mark):
    mark(codes[0], "theory", 80)
    mark(codes[1], "theory", 80)
    mark(codes[1], "theory", 91, "second")
    mark(codes[2], "theory", 80)
    mark(codes[2], "theory", 85.5, "second")
    page = text(chief.get(f"{door}overview/"))
    cells = dict(re.findall(r'/overview/(\w+)/">.*?data-head="理论知识">(.*?)</td>', page, re.DOTALL))
    plain = {code: re.sub(r"<[^>]+>", "", cell) for code, cell in cells.items()}
    assert plain == {codes[0]: "缺 1 名", codes[1]: "相差 11", codes[2]: "82.75"}
    one = said(text(chief.get(f"{door}overview/{codes[1]}/")))
    assert "裁判长裁定：相差 11 分" in one


def test_any_mark_is_corrected_with_a_reason_and_the_old_one_stays_in_sight(chief, codes, door, mark):
    old = mark(codes[0], "theory", 80)
    form = f"{door}marks/{old}/"
    assert "评的是 80" in said(text(chief.get(form)))
    for wrong, message in (({"value": "81"}, "请填写更正的理由。"), ({"value": "101", "reason": "x"}, "0 至 100 分")):
        assert message in text(chief.post(form, wrong))
    for _ in range(2):
        answer = chief.post(form, {"value": "81", "reason": "按评分标准复核"})
        assert answer.headers["Location"] == f"{door}overview/{codes[0]}/"
    assert list(Mark.objects.order_by("id").values_list("value", "reason")) == [
        (80_000, ""),
        (81_000, "按评分标准复核"),
    ]
    assert "80 按评分标准复核。" in said(text(chief.get(f"{door}overview/{codes[0]}/")))


def test_a_judge_can_no_longer_change_what_the_chief_judge_corrected(chief, judge, codes, door, mark):
    chief.post(f"{door}marks/{mark(codes[0], 'theory', 80)}/", {"value": "81", "reason": "复核"})
    page = text(judge.get(f"{door}codes/{codes[0]}/"))
    assert "裁判长已更正" in page
    answer = judge.post(f"{door}codes/{codes[0]}/", {"part": "theory", "value": "90"})
    assert answer.status_code == 409
    assert Mark.objects.latest("id").value == 81_000


def test_a_penalty_is_shown_before_it_is_given(chief, codes, door):
    given = {"code": codes[0], "penalty": "misuse", "times": "2", "reason": "两次未断电"}
    page = text(chief.post(f"{door}penalties/new/", given))
    assert "违规操作设备：扣 10 分（技能操作），按次计，至多 20 分" in page
    assert "青石县总工会定于2026年5月1日" in page  # the sentence on which it rests
    assert not Penalty.objects.exists()
    answer = chief.post(f"{door}penalties/new/", {**given, "confirmed": "1"})
    assert answer.headers["Location"] == f"{door}penalties/"
    assert list(Penalty.objects.values_list("code", "penalty", "times", "reason")) == [
        (codes[0], "misuse", 2, "两次未断电")
    ]
    assert "这项处罚已经作出。" in text(chief.post(f"{door}penalties/new/", {**given, "confirmed": "1"}))
    assert Penalty.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"reason": ""}, "请填写事实。"),
        ({"penalty": "cheating", "times": "2"}, "只计一次"),
        ({"penalty": "shouting"}, "选择一个有效的选项"),
        ({"code": "ZZZZZ"}, "选择一个有效的选项"),
    ],
)
def test_a_penalty_that_is_not_in_order_is_told_beside_the_field(chief, codes, door, change, message):
    given = {"code": codes[0], "penalty": "misuse", "times": "1", "reason": "未断电", "confirmed": "1"}
    answer = chief.post(f"{door}penalties/new/", given | change)
    assert answer.status_code == 409
    assert message in text(answer)
    assert not Penalty.objects.exists()


def test_who_is_out_needs_no_marks_on_any_page(chief, judge, codes, door):
    given = {"code": codes[0], "penalty": "late", "times": "1", "reason": "迟到二十分钟", "confirmed": "1"}
    chief.post(f"{door}penalties/new/", given)
    assert codes[0] in said(text(chief.get(f"{door}penalties/")))
    assert "这一号不用再评" in text(judge.get(f"{door}codes/{codes[0]}/"))
    assert codes[0] not in said(text(chief.get(f"{door}overview/?show=left")))
    assert codes[0] not in said(text(chief.get(f"{door}lock/")))


def test_the_lock_lists_what_is_missing_with_the_way_there(chief, final, codes, door, mark):
    page = text(chief.get(f"{door}lock/"))
    assert page.count(f'/overview/{codes[0]}/">') == 3
    refused = text(chief.post(f"{door}lock/"))
    assert "处未评" in refused
    assert final.state() == EventState.MARKING


def test_marks_are_locked_after_one_question_also_where_judges_have_not_handed_in(
    chief, judge, final, codes, door, full
):
    page = said(text(chief.get(f"{door}lock/")))
    assert "锁定 12 项评分" in page
    assert "2 名裁判还没有提交" in page
    for _ in range(2):
        assert chief.post(f"{door}lock/").headers["Location"] == door
    assert final.state() == EventState.SEALED
    assert judge.get(f"{door}lock/").status_code == 404
    assert "更正…" not in text(chief.get(f"{door}overview/{codes[0]}/"))


@pytest.fixture
def tie(final, codes) -> Decision:
    """Three codes that no rule can order."""
    return Decision.objects.create(
        event=final.event,
        kind="tie",
        subject="tie:x",
        concerns=codes,
        message="总分相同，请裁定先后。",
        clause="一",
        may_take=Role.CHIEF_JUDGE,
        raised_at=LATER,
    )


def test_tied_codes_are_put_in_order_by_buttons_that_need_no_script(chief, codes, door, tie):
    page = f"{door}decisions/{tie.pk}/"
    one, two, three = codes
    assert "等您裁定" in text(chief.get(door))
    moved = text(chief.post(page, {"order": codes, "move": f"up:{three}", "reason": "操作更规范"}))
    assert re.findall(r'name="order" value="(\w+)"', moved) == [one, three, two]
    assert "操作更规范" in moved
    assert not Decision.objects.get().choice
    assert "请填写理由。" in text(chief.post(page, {"order": [one, three, two], "reason": ""}))
    answer = chief.post(page, {"order": [one, three, two], "reason": "操作更规范"})
    assert answer.headers["Location"] == f"{door}decisions/"
    assert (Decision.objects.get().choice, Decision.objects.get().reason) == ([one, three, two], "操作更规范")
    assert f"{one}、{three}、{two}" in text(chief.get(page))


def test_a_decision_of_somebody_else_does_not_exist_here(chief, judge, codes, door, tie):
    Decision.objects.update(may_take="organiser")
    assert chief.get(f"{door}decisions/{tie.pk}/").status_code == 404
    assert judge.get(f"{door}decisions/").status_code == 404


@pytest.mark.parametrize("path", ["overview/", "penalties/", "penalties/new/", "lock/", "decisions/"])
def test_what_is_the_chief_judges_does_not_exist_for_judges(judge, codes, door, path):
    assert judge.get(f"{door}{path}").status_code == 404
    assert (
        judge.post(f"{door}{path}", {"code": codes[0], "penalty": "fraud", "reason": "x", "confirmed": "1"}).status_code
        == 404
    )
    assert not Penalty.objects.exists()
