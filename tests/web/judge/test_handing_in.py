"""Handing in by name and time, and what outdates it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from saiwu.audit.models import Record
from saiwu.marking.actions import MarkRow, correct, enter
from saiwu.marking.models import HandIn, Mark
from saiwu.rules.procedure import Role
from tests.checkin.rows import FINAL

LATER = FINAL + timedelta(hours=5)
PRACTICAL = ("practical/m1", "practical/m2")


def fill(final, who, codes, parts) -> None:
    rows = [MarkRow(code, part, 40_000) for code in codes for part in parts]
    assert {one.message for one in enter(event_id=final.event.pk, marks=rows, by=final[who], at=LATER)} == {None}


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def all_his(final, codes):
    """The first judge has marked all, the second half of the theory, which takes two."""
    fill(final, Role.JUDGE, codes, ("theory", *PRACTICAL))
    fill(final, "second", codes[:1], ("theory",))


def test_who_is_done_hands_in_once_and_the_chief_judge_sees_when(judge, chief, final, all_his, door, clock_at):
    clock_at(LATER)
    assert "提交我的 9 项评分" in text(judge.get(f"{door}hand-in/"))
    for _ in range(2):
        assert judge.post(f"{door}hand-in/").headers["Location"] == door
    assert list(HandIn.objects.values_list("by", "at", "marks", "outdated_at")) == [
        (final[Role.JUDGE].pk, LATER, 9, None)
    ]
    assert Record.objects.get(verb="marking.hand_in").facts["marks"] == 9
    assert "您的评分已提交" in text(judge.get(door))
    page = text(chief.get(door))
    assert page.count("已提交") == 1
    assert "5月1日（周五）13:30" in page


def test_what_only_he_can_mark_keeps_a_judge_from_handing_in(second, all_his, codes, door):
    page = text(second.get(f"{door}hand-in/"))
    assert "还不能提交" in page
    assert f'<span class="sw-id">{codes[1]}</span> 理论知识' in page
    refused = text(second.post(f"{door}hand-in/"))
    assert f"您还有 2 项没有评：{codes[1]} 的理论知识、{codes[2]} 的理论知识。评完再提交。" in refused
    assert not HandIn.objects.exists()


def test_what_the_others_can_still_mark_is_left_to_them(judge, second, final, codes, door):
    fill(final, Role.JUDGE, codes, ("theory",))
    assert judge.post(f"{door}hand-in/").headers["Location"] == door  # the second can mark the practical
    fill(final, "second", codes, ("theory",))
    assert "您还有 6 项没有评" in text(second.post(f"{door}hand-in/"))  # now nobody else is left
    assert HandIn.objects.count() == 1


def test_who_has_marked_nothing_has_nothing_to_hand_in(judge, second, final, codes, door, sits):
    from tests.checkin.rows import appointed

    third = sits(appointed("third", Role.JUDGE, final.event.scope))
    assert "您还没有评分" in text(third.post(f"{door}hand-in/"))


def test_a_correction_outdates_what_was_handed_in(judge, final, all_his, door):
    judge.post(f"{door}hand-in/")
    mark = Mark.objects.filter(by=final[Role.JUDGE]).first()
    correct(event_id=final.event.pk, mark_id=mark.pk, value=1, reason="看错", by=final[Role.JUDGE], at=LATER)
    assert HandIn.objects.get().outdated_at == LATER
    assert "都评完了，可以提交" in text(judge.get(door))
    judge.post(f"{door}hand-in/")
    assert HandIn.objects.filter(outdated_at=None).count() == 1


def test_the_chief_judges_correction_leaves_what_judges_said_as_it_is(judge, final, all_his, door):
    judge.post(f"{door}hand-in/")
    mark = Mark.objects.filter(by=final[Role.JUDGE]).first()
    correct(event_id=final.event.pk, mark_id=mark.pk, value=1, reason="复核", by=final[Role.CHIEF_JUDGE], at=LATER)
    assert HandIn.objects.get().outdated_at is None
