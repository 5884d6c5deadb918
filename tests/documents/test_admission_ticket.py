"""Admission tickets: four on a page, the same bytes each time, nothing in the code but the entry's number."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader

from saiwu.documents import admission_ticket, qr
from saiwu.documents.admission_ticket import AdmissionTicket
from saiwu.documents.fonts import MissingGlyphs

TICKET = AdmissionTicket(
    competition="示例技能大赛",
    event="示例赛项",
    division="职工组",
    unit="两江云帆智能科技有限公司",
    name="冉启航",
    number="EQDNDH",
    when="2025年10月23日",
    venue="示例学院",
    bring=("请带身份证。",),
)


@pytest.mark.parametrize(("tickets", "pages"), [(1, 1), (4, 1), (5, 2)])
def test_four_tickets_stand_on_a_page_and_print_the_same_bytes_again(tickets, pages):
    made = admission_ticket.render([TICKET] * tickets, made_on=date(2025, 10, 18))
    assert made == admission_ticket.render([TICKET] * tickets, made_on=date(2025, 10, 18))
    assert len(PdfReader(io.BytesIO(made)).pages) == pages


def test_the_code_holds_the_number_of_the_entry_and_nothing_of_the_person():
    assert admission_ticket._sheet(TICKET)["qr"] == qr.svg("EQDNDH")


def test_a_name_that_no_font_has_is_told_before_anything_is_printed():
    strange = AdmissionTicket(**{**{key: getattr(TICKET, key) for key in TICKET.__slots__}, "name": "冉\U000323b0"})
    with pytest.raises(MissingGlyphs, match="姓名"):
        admission_ticket.render([strange], made_on=date(2025, 10, 18))
