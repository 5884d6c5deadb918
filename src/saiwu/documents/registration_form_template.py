"""Makes templates/registration_form.docx, which `registration_form.render_docx` fills.

The template is kept as a file so that an office can change its looks in Word; whoever changes it here writes it anew:
`python -m saiwu.documents.registration_form_template`. The marks in double braces and {%tr ... %} are docxtpl's.
"""

from __future__ import annotations

from pathlib import Path

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Mm, RGBColor
from docx.table import Table, _Row

from saiwu.documents.word import (
    Face,
    add_field,
    add_run,
    content,
    new_document,
    set_cell_margins,
    set_mark,
    set_paragraph,
    set_widths,
    shade,
    write_cell,
)

PATH = Path(__file__).parent / "templates" / "registration_form.docx"
_CENTRE, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_LABEL_COLOUR = RGBColor(0x46, 0x54, 0x52)
_DAY = "　　　　年　　月　　日"

_ENTRY_WIDTHS = (24.0, 90.0, 22.0, 34.0)
_MEMBER_WIDTHS = (24.0, 44.5, 22.0, 44.5, 35.0)
_INSTRUCTOR_WIDTHS = (24.0, 34.0, 72.0, 40.0)


def build() -> bytes:
    """The template as DOCX; the same bytes every time."""
    document = new_document(title="选手报名表", subject="")
    section = document.sections[0]
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(16)
    section.footer_distance = Mm(9)
    _head(document)
    _entry(document)
    _gap(document)
    _members(document)
    _gap(document)
    _instructors(document)
    _gap(document)
    _signatures(document)
    _foot(document)
    return content(document)


def _head(document: Document) -> None:
    top = set_paragraph(document.add_paragraph())
    # A right tab at the edge of the text: what stands before it is left, what stands after it right.
    top.paragraph_format.tab_stops.add_tab_stop(Mm(170), WD_TAB_ALIGNMENT.RIGHT)
    add_run(
        top,
        "{{ attachment }}\t{% if number %}报名编号 {{ number }}　{% endif %}{{ made_on }}",
        face=Face.HEI,
        size=9.5,
    )
    add_run(
        set_paragraph(document.add_paragraph(), align=_CENTRE, before=6), "{{ competition }}", face=Face.SONG, size=14
    )
    add_run(
        set_paragraph(document.add_paragraph(), align=_CENTRE, before=2, after=8),
        "选手报名表",
        face=Face.TITLE,
        size=22,
    )


def _gap(document: Document) -> None:
    """Between two tables, which Word would else make one of."""
    set_mark(set_paragraph(document.add_paragraph(), line=8), 8)


def _table(document: Document, rows: int, widths: tuple[float, ...]) -> Table:
    table: Table = document.add_table(rows=rows, cols=len(widths), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    set_widths(table, widths)
    set_cell_margins(table, horizontal=Mm(1.6), vertical=Mm(0.8))
    return table


def _keep_whole(row: _Row) -> None:
    """This row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _keep_together(row: _Row) -> None:
    """This row on one page, and on that of the next one."""
    _keep_whole(row)
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _label(table: Table, row: int, column: int, text: str) -> None:
    cell = table.cell(row, column)
    lines = text.split("\n")
    write_cell(cell, lines[0], face=Face.HEI, size=9.5, align=_CENTRE, colour=_LABEL_COLOUR)
    for line in lines[1:]:
        paragraph = set_paragraph(cell.add_paragraph(), align=_CENTRE)
        add_run(paragraph, line, face=Face.HEI, size=9.5, colour=_LABEL_COLOUR)


def _value(table: Table, row: int, column: int, text: str, *, until: int | None = None, size: float = 10.5) -> None:
    cell = table.cell(row, column)
    if until is not None:
        cell = cell.merge(table.cell(row, until))
    write_cell(cell, text, face=Face.SONG, size=size)


def _entry(document: Document) -> None:
    table = _table(document, 3, _ENTRY_WIDTHS)
    fields = (
        ("赛项", "{{ event }}", "组别", "{{ division }}"),
        ("参赛单位", "{{ unit }}", "所在区县", "{{ district }}"),
        ("统一社会\n信用代码", "{{ unit_code }}", "{% if is_team %}队名{% endif %}", "{{ team }}"),
    )
    for row, (left, left_value, right, right_value) in enumerate(fields):
        _label(table, row, 0, left)
        _value(table, row, 1, left_value)
        _label(table, row, 2, right)
        _value(table, row, 3, right_value)


def _loop(table: Table, row: int, mark: str) -> None:
    """A row that docxtpl takes for itself: it begins or ends what is repeated."""
    cells = table.rows[row].cells
    write_cell(cells[0].merge(cells[-1]), mark, size=9)


def _members(document: Document) -> None:
    table = _table(document, 13, _MEMBER_WIDTHS)
    _loop(table, 0, "{%tr for member in members %}")
    heading = table.cell(1, 0).merge(table.cell(1, 4))
    write_cell(heading, "{{ member.heading }}", face=Face.HEI, size=9.5)
    shade(heading, "E4EFED")
    pairs = (
        ("姓名", "name", "性别", "sex"),
        ("出生年月", "born", "民族", "ethnicity"),
        ("证件类型", "id_kind", "学历", "education"),
        ("证件号码", "id_number", "", ""),
        ("手机号", "phone", "人员类别", "category"),
    )
    for row, (left, left_name, right, right_name) in enumerate(pairs, start=2):
        _label(table, row, 0, left)
        size = 12 if left_name == "name" else 10.5
        _value(table, row, 1, f"{{{{ member.{left_name} }}}}", until=None if right else 3, size=size)
        if right:
            _label(table, row, 2, right)
            _value(table, row, 3, f"{{{{ member.{right_name} }}}}")
    photo = table.cell(2, 4).merge(table.cell(6, 4))
    write_cell(
        photo,
        "{% if member.photo %}{{ member.photo }}{% else %}照　片{% endif %}",
        face=Face.HEI,
        size=9,
        align=_CENTRE,
        colour=_LABEL_COLOUR,
    )
    for row, (label, name) in enumerate(
        (("电子邮箱", "email"), ("居住或工作\n学习地", "basis"), ("学校及专业", "school")), start=7
    ):
        _label(table, row, 0, label)
        _value(table, row, 1, f"{{{{ member.{name} }}}}", until=4)
    for row, (left, left_name, right, right_name) in enumerate(
        (
            ("从事职业\n（工种）", "occupation", "从业年限", "years"),
            ("职业资格或\n技能等级", "level", "证书编号", "level_number"),
        ),
        start=10,
    ):
        _label(table, row, 0, left)
        _value(table, row, 1, f"{{{{ member.{left_name} }}}}")
        _label(table, row, 2, right)
        _value(table, row, 3, f"{{{{ member.{right_name} }}}}", until=4)
    _loop(table, 12, "{%tr endfor %}")
    for repeated in table.rows[1:11]:
        _keep_together(repeated)
    _keep_whole(table.rows[11])


def _instructors(document: Document) -> None:
    table = _table(document, 4, _INSTRUCTOR_WIDTHS)
    for column, text in enumerate(("指导教师", "姓名", "单位", "联系电话")):
        _label(table, 0, column, text)
    _loop(table, 1, "{%tr for one in instructors %}")
    _label(table, 2, 0, "{{ loop.index }}")
    for column, name in enumerate(("name", "unit", "phone"), start=1):
        _value(table, 2, column, f"{{{{ one.{name} }}}}")
    _loop(table, 3, "{%tr endfor %}")
    for kept in (table.rows[0], table.rows[2]):
        _keep_together(kept)


def _signatures(document: Document) -> None:
    table = _table(document, 3, _ENTRY_WIDTHS)
    _label(table, 0, 0, "本人声明")
    said = table.cell(0, 1).merge(table.cell(0, 3))
    write_cell(said, "{%p for one in declarations %}", face=Face.SONG, size=10)
    for text in (
        "{{ one.sentence }}{% if one.clause %}（{{ one.clause }}）{% endif %}",
        "{%p endfor %}",
        "以上所填内容和所附材料真实、准确。",
    ):
        add_run(set_paragraph(said.add_paragraph()), text, face=Face.SONG, size=10)
    signed = set_paragraph(said.add_paragraph(), align=_RIGHT, before=12)
    add_run(signed, f"选手签名：　　　　　　{_DAY}", face=Face.SONG, size=10)
    for row, label in ((1, "推荐单位\n意见"), (2, "组委会\n审核意见")):
        _label(table, row, 0, label)
        room = table.cell(row, 1).merge(table.cell(row, 3))
        set_mark(set_paragraph(room.paragraphs[0], line=34), 10.5)
        for text in ("（盖章）　　　　　", _DAY):
            paragraph = set_paragraph(room.add_paragraph(), align=_RIGHT, before=4)
            add_run(paragraph, text, face=Face.SONG, size=10.5)
    for kept in table.rows[:2]:
        _keep_together(kept)
    _keep_whole(table.rows[2])


def _foot(document: Document) -> None:
    footer = document.sections[0].footer
    footer.is_linked_to_previous = False
    paragraph = set_paragraph(footer.paragraphs[0])
    paragraph.style = document.styles["Normal"]  # The style of footers has tabs of its own.
    add_run(paragraph, "{{ origin }}", face=Face.HEI, size=7.5)
    paragraph = set_paragraph(footer.add_paragraph())
    paragraph.style = document.styles["Normal"]
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(170), WD_TAB_ALIGNMENT.RIGHT)
    add_run(paragraph, "{{ competition }}\t第 ", face=Face.HEI, size=8)
    add_field(paragraph, "PAGE", face=Face.HEI, size=8)
    add_run(paragraph, " 页", face=Face.HEI, size=8)


if __name__ == "__main__":
    PATH.write_bytes(build())
