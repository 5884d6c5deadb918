"""The judge's page: marks by blind code, each confirmation once, changes with a reason."""

from __future__ import annotations

import re

import pytest

from saiwu.marking.models import Mark
from saiwu.rules.procedure import EventState, Role

JSON = {"Accept": "application/json"}


@pytest.fixture
def give(door, codes):
    """Confirm a part of the first code; returns the answer."""

    def confirm(client, part="theory", value="87.5", code=0, headers=None, **more):
        return client.post(f"{door}codes/{codes[code]}/", {"part": part, "value": value, **more}, headers=headers or {})

    return confirm


def marks() -> list[tuple[str, str, int]]:
    return list(Mark.objects.order_by("id").values_list("part", "by__login", "value"))


def text(answer) -> str:
    return answer.content.decode()


def test_a_confirmed_part_is_saved_and_the_next_one_opens(judge, codes, door, give):
    before = judge.get(f"{door}codes/{codes[0]}/")
    assert re.findall(r'is-open" id="part-(\d)"', text(before)) == ["1"]
    answer = give(judge)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{door}codes/{codes[0]}/")
    assert marks() == [("theory", "welder-judge", 87_500)]
    after = text(judge.get(answer.headers["Location"]))
    assert f"已保存：{codes[0]} 的理论知识 87.5" in after
    assert re.findall(r'is-open" id="part-(\d)"', after) == ["2"]


@pytest.mark.parametrize(
    ("part", "value", "message"),
    [
        ("theory", "", "请填写理论知识。"),
        ("theory", "100.001", "理论知识须在 0 至 100 分之间"),
        ("practical/m1", "50.5", "技能操作/模块一须在 0 至 50 分之间"),
        ("theory", "-1", "不是分数，应为 0 至 100 分，至多 3 位小数"),
        ("theory", "八十", "不是分数"),
        ("theory", "87.5555", "小数位数过多"),
        ("用时", "1:75", "不是用时，应为分钟数，如 85；或时:分:秒，如 1:25:00"),
        ("用时", "100:00:00", "不是用时"),
    ],
)
def test_what_is_no_mark_is_told_beside_the_field_and_what_was_written_stays(judge, codes, give, part, value, message):
    answer = give(judge, part, value)
    assert answer.status_code == 409
    assert message in text(answer)
    assert f'name="value" value="{value}"' in text(answer)
    assert marks() == []


@pytest.mark.parametrize(
    ("value", "seconds"), [("85", 5_100), ("85.5", 5_130), ("1:25:00", 5_100), ("1：25：00", 5_100), ("0:59", 3_540)]
)
def test_time_used_is_written_in_minutes_or_by_the_clock(judge, codes, give, value, seconds):
    assert give(judge, "用时", value).status_code == 302
    assert marks() == [("用时", "welder-judge", seconds)]


def test_the_same_confirmation_sent_twice_makes_one_mark(judge, codes, give):
    first, again = (give(judge, headers=JSON).json() for _ in range(2))
    assert first == again == {"saved": True, "mark": Mark.objects.get().pk, "value": "87.5"}
    assert give(judge).status_code == 302
    assert marks() == [("theory", "welder-judge", 87_500)]


def test_another_value_without_a_reason_is_no_mark_and_asks_for_one(judge, codes, give):
    give(judge)
    answer = give(judge, value="90", headers=JSON)
    assert (answer.status_code, answer.json()) == (
        409,
        {
            "saved": False,
            "message": "这一项您已评 87.5。要改，请写明理由。",
            "field": "reason",
            "mark": Mark.objects.get().pk,
        },
    )
    plain = give(judge, value="90", mark=Mark.objects.get().pk, reason="")
    assert "更正评分须写明理由。" in text(plain)
    assert marks() == [("theory", "welder-judge", 87_500)]


def test_a_change_is_a_correction_with_its_reason_and_sent_twice_it_is_one(judge, codes, give):
    give(judge)
    first = Mark.objects.get().pk
    answers = [give(judge, value="78.5", mark=first, reason="看错一位", headers=JSON).json() for _ in range(2)]
    new = Mark.objects.get(replaces=first)
    assert answers == [{"saved": True, "mark": new.pk, "value": "78.5"}] * 2
    assert (new.value, new.reason) == (78_500, "看错一位")
    assert Mark.objects.count() == 2


def test_a_page_of_another_judge_saves_nothing(judge, second, codes, door, give):
    own = re.search(r'name="judge" value="(\w+)"', text(judge.get(f"{door}codes/{codes[0]}/")))[1]
    answer = give(second, headers=JSON, judge=own)
    assert (answer.status_code, answer.json()["message"]) == (
        409,
        "这一页是另一位裁判打开的，请用他的账号登录后再保存。",
    )
    assert marks() == []
    assert give(judge, judge=own).status_code == 302


def test_a_judge_sees_of_others_only_that_a_seat_is_taken(judge, second, codes, door, give):
    give(second, "practical/m1", "41.125")
    page = text(judge.get(f"{door}codes/{codes[0]}/"))
    assert "已由其他裁判评完" in page
    assert "41.125" not in page
    assert "41.125" not in text(judge.get(f"{door}sheets/"))
    answer = give(judge, "practical/m1", "40", headers=JSON)
    assert answer.json()["message"] == f"{codes[0]} 的技能操作/模块一已由1名裁判录入，不再接受。"


@pytest.mark.parametrize("state", [EventState.RUNNING, EventState.SEALED, EventState.CONFIRMED])
def test_outside_marking_there_is_nothing_to_edit(judge, final, codes, door, give, state):
    give(judge)
    final.move(state)
    page = text(judge.get(f"{door}codes/{codes[0]}/"))
    assert "data-mark " not in page
    assert "data-change" not in page.split("</header>")[1].split('<div class="sw-judge__sheet"')[1]
    assert "不能录入评分" in give(judge, "practical/m1", "40", headers=JSON).json()["message"]


def test_after_the_lock_a_judge_is_thanked(judge, final, codes, door, give):
    give(judge)
    final.move(EventState.SEALED)
    page = text(judge.get(door))
    assert "评分已锁定，谢谢您" in page
    assert "您评了 1 项" in page
    assert "<form" not in page


def test_before_marking_a_judge_is_told_what_and_when(judge, made, door):
    page = text(judge.get(door))
    assert "评分还没有开始" in page
    assert "5月1日" in page
    assert "2 名裁判各评一次，平均，相差不超过 10 分" in page


def test_a_code_or_part_that_there_is_not_does_not_exist(judge, codes, door, give):
    assert judge.get(f"{door}codes/ZZZZZ/").status_code == 404
    assert give(judge, "practical", "1").status_code == 404
    assert give(judge, "交卷时间", "11:25:00").status_code == 404  # the ranking does not compare it


@pytest.mark.parametrize("role", [Role.HOST, Role.REGISTRAR, Role.SUPERVISOR, Role.CHIEF_JUDGE])
def test_who_is_no_judge_has_no_sheet(sits, final, codes, door, role):
    client = sits(final[role])
    assert client.get(f"{door}codes/{codes[0]}/").status_code == 404
    assert client.get(f"{door}sheets/").status_code == 404
    assert client.get(f"{door}hand-in/").status_code == 404


def test_a_judge_of_another_event_finds_no_door_here(sits, made, codes, door):
    assert sits(made.rigger[Role.JUDGE]).get(door).status_code == 404


def test_all_sheets_stand_in_one_answer_for_the_page_that_goes_on_without_a_network(judge, codes, door):
    found = re.findall(r'<div class="sw-judge__sheet" data-code="(\w+)"', text(judge.get(f"{door}sheets/")))
    assert found == codes
