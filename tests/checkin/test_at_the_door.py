"""What the registrar sees at the door: who is to come, who is here, found by name, unit or number."""

from __future__ import annotations

import pytest

from saiwu.audit.frame import Refused
from saiwu.checkin.actions import check_in, issue_codes, print_codes
from saiwu.checkin.models import BlindCode
from saiwu.checkin.queries import Door, arrivals, count_arrivals
from saiwu.competitions.actions import start
from saiwu.entries.models import Entry
from tests.web.play import Stage, at, play
from tests.world import number

pytestmark = pytest.mark.django_db


def test_who_checked_in_moves_from_those_who_are_to_come_to_those_who_are_here(django_assert_num_queries):
    played = play(Stage.LISTED, 3)
    registrar, first = played.world.account("registrar"), Entry.objects.order_by("id").first()
    check_in(entry_id=first.pk, by=registrar, at=at(10, 23, 8))
    with django_assert_num_queries(4):
        here = arrivals(played.event, Door.HERE)
    absent = arrivals(played.event, Door.ABSENT)
    assert [(one.shown, one.at, one.by) for one in here] == [("冉启航", at(10, 23, 8), "测检录加密人员")]
    assert sorted((one.shown, one.at) for one in absent) == [("周子涵", None), ("彭诗雅", None)]
    assert count_arrivals(played.event, Door.ALL) == 3
    [guest] = here[0].people
    assert (guest.name, guest.number, guest.has_photo) == ("冉启航", number(1)[-4:], False)


@pytest.mark.parametrize(("search", "found"), [("启航", 1), ("示例学院", 2), ("没有", 0)])
def test_somebody_is_found_by_part_of_a_name_or_unit(search, found):
    played = play(Stage.LISTED, 3)
    assert count_arrivals(played.event, Door.ALL, search=search) == found


def test_slips_are_printed_once_there_are_codes_with_the_seat_that_was_drawn(django_assert_num_queries):
    played = play(Stage.DRAWN, 2)
    world, registrar = played.world, played.world.account("registrar")
    with pytest.raises(Refused, match="不能打印加密号条"):
        print_codes(event_id=played.event, by=registrar, at=at(10, 22, 18))
    for entry in Entry.objects.all():
        check_in(entry_id=entry.pk, by=registrar, at=at(10, 23, 8))
    start(event_id=played.event, by=world.account("host"), at=at(10, 23, 9))
    with pytest.raises(Refused, match="还没有编发加密号"):
        print_codes(event_id=played.event, by=registrar, at=at(10, 23, 9))
    issue_codes(event_id=played.event, by=registrar, at=at(10, 23, 9))
    slips = print_codes(event_id=played.event, by=registrar, at=at(10, 23, 9))
    codes = dict(BlindCode.objects.values_list("entry__number", "code"))
    assert {slip.number: slip.code for slip in slips} == codes
    assert sorted(slip.names for slip in slips) == [("冉启航",), ("周子涵",)]
    assert sorted(seat for slip in slips for seat in slip.seats) == ["第 1 场 1 号工位", "第 1 场 2 号工位"]
    with pytest.raises(Refused, match="检录加密人员"):
        print_codes(event_id=played.event, by=world.account("host"), at=at(10, 23, 9))
