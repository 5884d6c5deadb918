"""What the DOCX of this room share: faces with fallbacks, paragraphs, cells, fixed bytes.

Official documents are set in faces that are not free and cannot be shipped (方正小标宋, 仿宋, 楷体, 黑体). The file
names them, and names in its font table what to take instead where one is missing.
"""

from __future__ import annotations

import io
from datetime import datetime
from enum import Enum
from html import escape

import docx
from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from saiwu.documents import archive

LATIN = "Times New Roman"
RED = RGBColor(0xB1, 0x27, 0x1D)
_NO_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 (Word writes days without zones, and this one says nothing)
_UNUSED_PARTS = ("stylesWithEffects", "thumbnail", "customXml", "numbering")
_USED_STYLES = ("Normal", "DefaultParagraphFont", "TableNormal", "NoList", "TableGrid", "Footer", "Header")
_FONT_TABLE = "/word/fontTable.xml"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Face(Enum):
    """A face of official documents (GB/T 9704), with those to take where it is missing, best first."""

    TITLE = (
        "方正小标宋简体",
        "FZXiaoBiaoSong-B05S",
        "方正小标宋_GBK",
        "华文中宋",
        "STZhongsong",
        "宋体",
        "Noto Serif SC",
    )
    BODY = ("仿宋", "仿宋_GB2312", "FangSong", "华文仿宋", "STFangsong", "宋体", "Noto Serif SC")
    KAI = ("楷体", "楷体_GB2312", "KaiTi", "华文楷体", "STKaiti", "宋体", "Noto Serif SC")
    HEI = ("黑体", "SimHei", "华文黑体", "微软雅黑", "Noto Sans SC")
    SONG = ("宋体", "SimSun", "华文宋体", "Noto Serif SC")

    @property
    def first(self) -> str:
        """The face itself."""
        return str(self.value[0])


def new_document(*, title: str, subject: str) -> Document:
    """An empty A4 document, body in 仿宋 of 16 points."""
    document = docx.Document()
    normal = document.styles["Normal"]
    set_face(normal.element.get_or_add_rPr(), Face.BODY)
    normal.font.size = Pt(16)
    properties = document.core_properties
    properties.title, properties.subject, properties.author, properties.comments = title, subject, "", ""
    properties.last_modified_by = ""
    properties.created = properties.modified = _NO_DAY
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    _name_fallbacks(document)
    _drop_unused(document)
    return document


def content(document: Document) -> bytes:
    """The file, the same for the same document."""
    out = io.BytesIO()
    document.save(out)
    return archive.sealed(out.getvalue())


def set_face(properties: BaseOxmlElement, face: Face) -> None:
    """Set the face of the run properties (w:rPr) of a run or style: Chinese in it, Latin and figures in Times."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for attribute, name in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", face.first)):
        fonts.set(qn(f"w:{attribute}"), name)
    # Quotation marks are Chinese here: without the hint they are set in the Latin face, half as wide.
    fonts.set(qn("w:hint"), "eastAsia")


def add_run(
    paragraph: Paragraph,
    text: str,
    *,
    face: Face = Face.BODY,
    size: float = 16,
    bold: bool = False,
    colour: RGBColor | None = None,
) -> Run:
    """Text at the end of a paragraph; `size` in points."""
    run = paragraph.add_run(text)
    set_face(run._r.get_or_add_rPr(), face)
    run.font.size = Pt(size)
    if bold:
        run.bold = True
    if colour is not None:
        run.font.color.rgb = colour
    return run


def set_paragraph(
    paragraph: Paragraph,
    *,
    align: WD_ALIGN_PARAGRAPH | None = None,
    line: float | None = None,
    before: float = 0,
    after: float = 0,
) -> Paragraph:
    """Spacing in points; `line`: exact height of lines, None: as the text needs."""
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    if align is not None:
        shape.alignment = align
    if line is None:
        shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
    else:
        shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        shape.line_spacing = Pt(line)
    return paragraph


def set_indent(paragraph: Paragraph, *, first: int = 0, left: int = 0, right: int = 0) -> Paragraph:
    """Indents in hundredths of a character, as Word counts them: 200 is two characters at any size of letters."""
    properties = paragraph._p.get_or_add_pPr()
    indent = properties.get_or_add_ind()
    for name, hundredths in (("firstLineChars", first), ("leftChars", left), ("rightChars", right)):
        if hundredths:
            indent.set(qn(f"w:{name}"), str(hundredths))
            # The same in twentieths of a point for programs that do not count characters (16 points each).
            indent.set(qn(f"w:{name.removesuffix('Chars')}"), str(hundredths * 16 * 20 // 100))
    return paragraph


def add_field(paragraph: Paragraph, code: str, *, face: Face, size: float) -> None:
    """A field that Word fills in, such as PAGE."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("result", "1"), ("end", "")):
        run = add_run(paragraph, "1" if kind == "result" else "", face=face, size=size)
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif kind == "":
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {text} "
            run._r.append(instruction)


def add_rule(paragraph: Paragraph, *, colour: RGBColor, eighths: int) -> None:
    """A line under a paragraph; `eighths` of a point thick."""
    properties = paragraph._p.get_or_add_pPr()
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "6"), ("color", str(colour))):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def set_widths(table: Table, widths: tuple[float, ...]) -> None:
    """Fixed columns, in millimetres."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def set_cell_margins(table: Table, *, horizontal: Length, vertical: Length) -> None:
    """The room between the edges of every cell and its text."""
    margins = OxmlElement("w:tblCellMar")
    for side, room in (("top", vertical), ("left", horizontal), ("bottom", vertical), ("right", horizontal)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(room.twips))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def shade(cell: _Cell, colour: str) -> None:
    """The ground of a cell, in six hex digits."""
    ground = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        ground.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().insert_element_before(ground, "w:noWrap", "w:tcMar", "w:vAlign")


def keep_rows_whole(table: Table, *, repeat_head: bool) -> None:
    """No row on two pages; the first one again on every page."""
    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0 and repeat_head:
            properties.append(OxmlElement("w:tblHeader"))


def write_cell(
    cell: _Cell,
    text: str,
    *,
    face: Face = Face.BODY,
    size: float = 12,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    bold: bool = False,
    colour: RGBColor | None = None,
) -> Paragraph:
    """The text of a cell that has none yet, in the middle of its height."""
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = set_paragraph(cell.paragraphs[0], align=align)
    add_run(paragraph, text, face=face, size=size, bold=bold, colour=colour)
    set_mark(paragraph, size)
    return paragraph


def set_mark(paragraph: Paragraph, size: float) -> None:
    """The size of the mark that ends a paragraph: it makes the height of one that is empty."""
    properties = paragraph._p.get_or_add_pPr()
    mark = OxmlElement("w:rPr")
    letters = OxmlElement("w:sz")
    letters.set(qn("w:val"), str(int(size * 2)))
    mark.append(letters)
    properties.append(mark)


def _name_fallbacks(document: Document) -> None:
    """Write the font table: each face and what stands in for it."""
    fonts = []
    for face in Face:
        first, *others = face.value
        family = "modern" if face is Face.HEI else "roman"
        fonts.append(
            f'<w:font w:name="{escape(first)}"><w:altName w:val="{escape(",".join(others))}"/>'
            f'<w:charset w:val="86"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        )
    fonts.append(
        f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    )
    table = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="{_WORD}">{"".join(fonts)}</w:fonts>'
    )
    part = next(part for part in document.part.package.iter_parts() if part.partname == _FONT_TABLE)
    assert type(part) is Part
    part._blob = table.encode()


def _drop_unused(document: Document) -> None:
    """Leave out what the empty document of the library brings along and nothing here uses: nine tenths of its size."""
    for part in (document.part, document.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in _UNUSED_PARTS:
                del part.rels[key]
    styles = document.styles.element
    for style in list(styles.findall(qn("w:style"))):
        if style.get(qn("w:styleId")) not in _USED_STYLES:
            styles.remove(style)
