"""The bulletin 通报: the one document that names all winners, as DOCX in the shape of a red-head document.

Page, letters and order follow GB/T 9704-2012: red head, number, title, addressees, body, list of attachments, signing
bodies, date. Each event is an attachment of its own with a table a division; the last attachment is the unit awards.
The office completes and stamps it; faces that are missing are replaced as `word.Face` says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import _Footer
from docx.shared import Mm

from saiwu.documents import names
from saiwu.documents.origin import Origin
from saiwu.documents.text import chinese_date, cleaned, one_line
from saiwu.documents.word import (
    RED,
    Face,
    add_field,
    add_rule,
    add_run,
    content,
    keep_rows_whole,
    new_document,
    set_cell_margins,
    set_indent,
    set_paragraph,
    set_widths,
    write_cell,
)

_LINE = 28.95  # points: 22 lines on the 225 mm of a page
_TEXT_WIDTH_MM = 156.0
_POINTS_A_MM = 72 / 25.4
_FIRST_LEVEL = re.compile(r"[一二三四五六七八九十]+、")
_SECOND_LEVEL = re.compile(r"（[一二三四五六七八九十]+）")
_THIRD_LEVEL = re.compile(r"\d+[.．]")
_CENTRE, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT


@dataclass(frozen=True, slots=True)
class Winner:
    """A row: who (a name a member), of which unit, with which prize (its Chinese name)."""

    names: tuple[str, ...]
    unit: str
    prize: str
    instructors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DivisionWinners:
    """The winners of a division, in their order; `division` empty where the event has none."""

    division: str
    winners: tuple[Winner, ...]


@dataclass(frozen=True, slots=True)
class EventWinners:
    """An attachment: one event. `remark`: a sentence under its title, such as that it was held without prizes."""

    event: str
    divisions: tuple[DivisionWinners, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class UnitAward:
    """A unit award and who got it, in their order."""

    name: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What the bulletin says.

    `head`: the bodies of the red head; `signed_by`: those at the end. `number` empty: the office writes it in by hand.
    `paragraphs`: the body; 一、, （一） and 1. at the start make a heading of that level. `note`: as 此件公开发布.
    `contact`: whom to ask, as a sentence in brackets.
    """

    head: tuple[str, ...]
    title: str
    addressees: str
    paragraphs: tuple[str, ...]
    events: tuple[EventWinners, ...]
    signed_by: tuple[str, ...]
    issued_on: date
    number: str = ""
    unit_awards: tuple[UnitAward, ...] = ()
    note: str = ""
    contact: str = ""


def usual_paragraphs(
    competition: str, origin: Origin, *, events: int, winners: int, unit_awards: int
) -> tuple[str, ...]:
    """The body that such bulletins commonly have, for the office to change.

    `events`: those that were held; `winners`: entries with a prize; `unit_awards`: units that got one.
    """
    number, theme = one_line(origin.notice_number), one_line(origin.theme)
    basis = f"按照竞赛通知（{number}）安排，" if number else ""
    spirit = f"以“{theme}”为主题的" if theme else ""
    units = f"，获单位奖的单位{unit_awards}个" if unit_awards else ""
    return (
        f"{basis}{spirit}{one_line(competition)}各赛项决赛已全部结束。"
        f"经裁判评判、成绩复核和公示，{events}个赛项共评出获奖选手（队）{winners}个{units}。"
        "现将获奖情况通报如下（名单见附件）。",
        "希望获奖单位和个人珍惜荣誉、再接再厉，带动更多劳动者学技能、练本领。各有关单位要做好获奖选手的激励和成果转化，持续推进高技能人才队伍建设。",
    )


def attachments(values: Bulletin) -> tuple[str, ...]:
    """The titles of the attachments in their order: event number n is attachment n, unit awards come last."""
    titles = [f"{one_line(event.event)}赛项获奖名单" for event in values.events]
    return (*titles, "单位奖获奖名单") if values.unit_awards else tuple(titles)


def places(values: Bulletin) -> dict[tuple[int, int, int], tuple[int, int]]:
    """Where each winner stands: (event, division, winner), counted from 0, to (attachment, row), counted from 1."""
    found = {}
    for event_at, event in enumerate(values.events):
        row = 0
        for division_at, division in enumerate(event.divisions):
            for winner_at in range(len(division.winners)):
                row += 1
                found[event_at, division_at, winner_at] = (event_at + 1, row)
    return found


def render(values: Bulletin) -> bytes:
    """The bulletin as DOCX."""
    values = cleaned(values)
    document = new_document(title=one_line(values.title), subject=one_line(values.number))
    _set_page(document)
    _red_head(document, values)
    _body(document, values)
    titles = attachments(values)
    for number, event in enumerate(values.events, start=1):
        _event(document, number, len(titles), titles[number - 1], event)
    if values.unit_awards:
        _unit_awards(document, len(titles), titles[-1], values.unit_awards)
    return content(document)


def _set_page(document: Document) -> None:
    """Margins, pages of 22 lines of 28 characters, and numbers of pages outside: right on odd, left on even."""
    section = document.sections[0]
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    # 28 characters of 16 points are a little wider than 156 mm: each gives up a quarter of a point (in twentieths).
    # A character grid would say the same, but only Word keeps it.
    narrower = OxmlElement("w:spacing")
    narrower.set(qn("w:val"), "-5")
    document.styles["Normal"].element.get_or_add_rPr().insert_element_before(narrower, "w:w", "w:kern", "w:sz")
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _page_number(footer: _Footer, align: WD_ALIGN_PARAGRAPH) -> None:
    footer.is_linked_to_previous = False
    paragraph = set_paragraph(footer.paragraphs[0], align=align)
    side = {"right": 100} if align == WD_ALIGN_PARAGRAPH.RIGHT else {"left": 100}
    set_indent(paragraph, **side)
    add_run(paragraph, "— ", face=Face.SONG, size=14)
    add_field(paragraph, "PAGE", face=Face.SONG, size=14)
    add_run(paragraph, " —", face=Face.SONG, size=14)


def _red_head(document: Document, values: Bulletin) -> None:
    """The bodies in red (several: one under the other, with 文件 beside them), the number, the red line."""
    bodies = [one_line(body) for body in values.head]
    if len(bodies) == 1:
        text = f"{bodies[0]}文件"
        size = min(48.0, _TEXT_WIDTH_MM * _POINTS_A_MM / len(text) - 0.5)
        paragraph = set_paragraph(document.add_paragraph(), align=_CENTRE)
        add_run(paragraph, text, face=Face.TITLE, size=int(size * 2) / 2, colour=RED)
    elif bodies:
        beside, paper = 120.0, 34.0
        longest = max(len(body) for body in bodies)
        size = min(30.0, beside * _POINTS_A_MM / longest - 0.5)
        table = document.add_table(rows=len(bodies), cols=2)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        set_widths(table, (beside, paper))
        set_cell_margins(table, horizontal=Mm(1), vertical=Mm(0))
        for row, body in zip(table.rows, bodies, strict=True):
            # Names of unequal length are set to the same width, as in every joint document.
            write_cell(
                row.cells[0],
                body,
                face=Face.TITLE,
                size=int(size * 2) / 2,
                colour=RED,
                align=WD_ALIGN_PARAGRAPH.DISTRIBUTE,
            )
        word = table.cell(0, 1).merge(table.cell(len(bodies) - 1, 1))
        write_cell(word, "文件", face=Face.TITLE, size=44, colour=RED, align=_CENTRE)
    number = set_paragraph(document.add_paragraph(), align=_CENTRE, line=_LINE, before=_LINE, after=0)
    add_run(number, one_line(values.number))
    add_rule(number, colour=RED, eighths=18)


def _body(document: Document, values: Bulletin) -> None:
    set_paragraph(document.add_paragraph(), line=_LINE)
    title = set_paragraph(document.add_paragraph(), align=_CENTRE, line=36, before=8, after=_LINE)
    add_run(title, one_line(values.title), face=Face.TITLE, size=22)
    if values.addressees:
        add_run(set_paragraph(document.add_paragraph(), align=_LEFT, line=_LINE), one_line(values.addressees))
    for text in values.paragraphs:
        _paragraph(document, one_line(text))
    titles = attachments(values)
    if titles:
        set_paragraph(document.add_paragraph(), line=_LINE)
    for number, text in enumerate(titles, start=1):
        paragraph = set_paragraph(document.add_paragraph(), align=_LEFT, line=_LINE)
        lead = "附件：" if number == 1 else ""
        counted = f"{number}. {text}" if len(titles) > 1 else text
        # The numbers stand one under the other: the first line after 附件：, the others as far in.
        set_indent(paragraph, left=200 if number == 1 else 500)
        add_run(paragraph, lead + counted)
    _signatures(document, values)
    for text in (values.contact, values.note):
        if text:
            _paragraph(document, one_line(text))


def _paragraph(document: Document, text: str) -> None:
    """A paragraph of the body, indented by two; its beginning says whether it is a heading."""
    paragraph = set_paragraph(document.add_paragraph(), align=WD_ALIGN_PARAGRAPH.JUSTIFY, line=_LINE)
    set_indent(paragraph, first=200)
    if _FIRST_LEVEL.match(text):
        add_run(paragraph, text, face=Face.HEI)
    elif _SECOND_LEVEL.match(text):
        # What follows the first full stop is text again.
        heading, stop, rest = text.partition("。")
        add_run(paragraph, heading + stop, face=Face.KAI)
        add_run(paragraph, rest)
    elif _THIRD_LEVEL.match(text):
        heading, stop, rest = text.partition("。")
        add_run(paragraph, heading + stop, bold=True)
        add_run(paragraph, rest)
    else:
        add_run(paragraph, text)


def _signatures(document: Document, values: Bulletin) -> None:
    """The bodies, two a line where they are several, and the date: together on one page, room for seals above."""
    bodies = [one_line(body) for body in values.signed_by]
    for _ in range(2):
        set_paragraph(document.add_paragraph(), line=_LINE).paragraph_format.keep_with_next = True
    if len(bodies) > 1:
        table = document.add_table(rows=(len(bodies) + 1) // 2, cols=2)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        set_widths(table, (_TEXT_WIDTH_MM / 2, _TEXT_WIDTH_MM / 2))
        set_cell_margins(table, horizontal=Mm(0.5), vertical=Mm(1.5))
        if len(bodies) % 2:
            table.cell(len(table.rows) - 1, 0).merge(table.cell(len(table.rows) - 1, 1))
        for number, body in enumerate(bodies):
            size = min(16.0, _TEXT_WIDTH_MM / 2 * _POINTS_A_MM / len(body) - 0.5)
            cell = table.cell(number // 2, number % 2)
            paragraph = write_cell(cell, body, size=int(size * 2) / 2, align=_CENTRE)
            paragraph.paragraph_format.keep_with_next = True
        keep_rows_whole(table, repeat_head=False)
        day = set_paragraph(document.add_paragraph(), align=WD_ALIGN_PARAGRAPH.RIGHT, line=_LINE, before=6)
        set_indent(day, right=400)
        add_run(day, chinese_date(values.issued_on))
    else:
        day_text = chinese_date(values.issued_on)
        for text in (*bodies, day_text):
            paragraph = set_paragraph(document.add_paragraph(), align=WD_ALIGN_PARAGRAPH.RIGHT, line=_LINE)
            # The shorter of the two lines stands in the middle above or below the longer one.
            longer = max(len(body) for body in (*bodies, day_text))
            set_indent(paragraph, right=400 + (longer - len(text)) * 50)
            add_run(paragraph, text)
            paragraph.paragraph_format.keep_with_next = text != day_text
    set_paragraph(document.add_paragraph(), line=_LINE)


def _begin_attachment(document: Document, number: int, of: int, title: str) -> None:
    """On a new page: 附件n, and the title in the middle."""
    label = set_paragraph(document.add_paragraph(), align=_LEFT, line=_LINE)
    label.paragraph_format.page_break_before = True
    add_run(label, f"附件{number}" if of > 1 else "附件", face=Face.HEI)
    heading = set_paragraph(document.add_paragraph(), align=_CENTRE, line=34, before=10, after=12)
    heading.paragraph_format.keep_with_next = True
    add_run(heading, title, face=Face.TITLE, size=22)


def _event(document: Document, number: int, of: int, title: str, event: EventWinners) -> None:
    _begin_attachment(document, number, of, title)
    if event.remark:
        _paragraph(document, one_line(event.remark))
    taught = any(winner.instructors for division in event.divisions for winner in division.winners)
    serial = 0
    for division in event.divisions:
        if division.division:
            heading = set_paragraph(document.add_paragraph(), align=_LEFT, line=_LINE, before=6, after=3)
            heading.paragraph_format.keep_with_next = True
            add_run(heading, one_line(division.division), face=Face.HEI)
        if division.winners:
            _winners(document, division.winners, first=serial + 1, taught=taught)
        elif not event.remark:
            _paragraph(document, "无获奖选手。")
        serial += len(division.winners)


def _winners(document: Document, winners: tuple[Winner, ...], *, first: int, taught: bool) -> None:
    heads = ("序号", "姓名", "单位", "奖项", *(("指导教师",) if taught else ()))
    widths = (14.0, 37.0, 55.0, 22.0, 28.0) if taught else (14.0, 46.0, 72.0, 24.0)
    rows = [
        (
            str(serial),
            names.listed(winner.names),
            one_line(winner.unit),
            one_line(winner.prize),
            *((names.listed(winner.instructors),) if taught else ()),
        )
        for serial, winner in enumerate(winners, start=first)
    ]
    _table(document, heads, widths, rows, centred=(0, 3))


def _unit_awards(document: Document, number: int, title: str, awards: tuple[UnitAward, ...]) -> None:
    _begin_attachment(document, number, number, title)
    for award in awards:
        heading = set_paragraph(document.add_paragraph(), align=_LEFT, line=_LINE, before=6, after=3)
        heading.paragraph_format.keep_with_next = True
        add_run(heading, f"{one_line(award.name)}（{len(award.units)}个）", face=Face.HEI)
        rows = [(str(serial), one_line(unit)) for serial, unit in enumerate(award.units, start=1)]
        _table(document, ("序号", "单位"), (14.0, 142.0), rows, centred=(0,))


def _table(
    document: Document,
    heads: tuple[str, ...],
    widths: tuple[float, ...],
    rows: Sequence[tuple[str, ...]],
    *,
    centred: tuple[int, ...],
) -> None:
    table = document.add_table(rows=1 + len(rows), cols=len(heads), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    set_widths(table, widths)
    set_cell_margins(table, horizontal=Mm(1.6), vertical=Mm(1.3))
    grid = [table.rows[at].cells for at in range(1 + len(rows))]
    for cell, head in zip(grid[0], heads, strict=True):
        write_cell(cell, head, face=Face.HEI, align=_CENTRE)
    for cells, row in zip(grid[1:], rows, strict=True):
        for at, (cell, text) in enumerate(zip(cells, row, strict=True)):
            write_cell(cell, text, align=_CENTRE if at in centred else _LEFT)
    keep_rows_whole(table, repeat_head=True)
