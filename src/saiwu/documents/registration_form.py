"""The registration form 选手报名表: one entry (a person or a team) a form, as PDF to sign and as DOCX to correct.

The sentences that contestants sign for come from the notice; what a field may hold is judged elsewhere. Fields that are
empty stay empty lines, so the form can be printed and filled by hand.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

from saiwu.documents import archive, fonts, names, photos, typeset
from saiwu.documents.origin import NOWHERE, Origin
from saiwu.documents.text import chinese_date, chinese_month, cleaned, one_line

TEMPLATE = "registration_form"
PHOTO_WIDTH_MM, PHOTO_HEIGHT_MM = 30, 40
_PHOTO_PIXELS = (354, 472)  # 300 a dots an inch at that size


@dataclass(frozen=True, slots=True)
class FormMember:
    """One contestant of the form; text as it is to be printed, whole numbers of documents included.

    `basis`: what ties the person to the region (works, studies or lives there), with the place. `level`: the highest
    certificate held; `photo`: JPEG or PNG, None leaves its frame empty.
    """

    name: str = ""
    sex: str = ""
    born: date | None = None
    id_number: str = ""
    phone: str = ""
    id_kind: str = "居民身份证"
    ethnicity: str = ""
    education: str = ""
    category: str = ""
    basis: str = ""
    school: str = ""
    major: str = ""
    student_number: str = ""
    occupation: str = ""
    level: str = ""
    level_number: str = ""
    years: str = ""
    email: str = ""
    photo: bytes | None = None


@dataclass(frozen=True, slots=True)
class FormInstructor:
    """An instructor of the entry."""

    name: str = ""
    unit: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A sentence of the notice that is signed for, and the clause it stands in."""

    sentence: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class RegistrationForm:
    """`attachment`: what the notice calls the form; `number`: of the entry, to find it again; both may be empty.

    `made_on`: the day that the file says it was made on; it is printed beside the number.
    """

    competition: str
    event: str
    division: str
    unit: str
    made_on: date
    members: tuple[FormMember, ...]
    unit_code: str = ""
    district: str = ""
    team: str = ""
    instructors: tuple[FormInstructor, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    attachment: str = ""
    number: str = ""
    origin: Origin = NOWHERE


def render(values: RegistrationForm) -> bytes:
    """The form as PDF. Raises MissingGlyphs, or PhotoRefused where a photo is none."""
    values = cleaned(values)
    fonts.check(_texts(values))
    sheet = _sheet(values)
    for shown, member in zip(_members(sheet), values.members, strict=True):
        shown["photo"] = _photo_svg(member.photo) if member.photo is not None else ""
    return typeset.pdf(TEMPLATE, sheet, dated=values.made_on)


def render_docx(values: RegistrationForm) -> bytes:
    """The form as DOCX, for the unit to correct. Raises PhotoRefused where a photo is none."""
    values = cleaned(values)
    sheet = _sheet(values)
    document = DocxTemplate(io.BytesIO(_template()))
    for shown, member in zip(_members(sheet), values.members, strict=True):
        shown["photo"] = _photo_in_word(document, member.photo) if member.photo is not None else ""
    # Without autoescape a name with <, > or & would be swallowed silently.
    document.render(sheet, autoescape=True)
    for picture in document.docx.element.body.iter(qn("wp:inline")):
        for side in ("distT", "distB", "distL", "distR"):
            picture.set(side, "0")  # Not said, some programs put 3 mm round it, and a photo leaves its frame.
    out = io.BytesIO()
    document.save(out)
    return archive.sealed(out.getvalue())


def _sheet(values: RegistrationForm) -> dict[str, object]:
    """The form as both templates read it, photos not yet in it."""
    return {
        "attachment": one_line(values.attachment),
        "number": one_line(values.number),
        "origin": values.origin.line(),
        "made_on": chinese_date(values.made_on),
        "competition": one_line(values.competition),
        "event": one_line(values.event),
        "division": one_line(values.division),
        "unit": one_line(values.unit),
        "unit_code": one_line(values.unit_code),
        "district": one_line(values.district),
        "team": one_line(values.team),
        "is_team": len(values.members) > 1 or values.team != "",
        "members": [_member(number, member, values) for number, member in enumerate(values.members, start=1)],
        "instructors": [
            {"name": names.printed(one.name), "unit": one_line(one.unit), "phone": one_line(one.phone)}
            for one in values.instructors or (FormInstructor(),)
        ],
        "declarations": [
            {"sentence": one_line(one.sentence), "clause": one_line(one.clause)} for one in values.declarations
        ],
    }


def _members(sheet: dict[str, object]) -> list[dict[str, object]]:
    members = sheet["members"]
    assert isinstance(members, list)
    return members


def _member(number: int, member: FormMember, values: RegistrationForm) -> dict[str, object]:
    student_number = f"学号 {one_line(member.student_number)}" if member.student_number else ""
    return {
        "heading": f"选手{number}" if len(values.members) > 1 else "选手",
        "name": names.printed(member.name),
        "sex": one_line(member.sex),
        "born": chinese_month(member.born) if member.born else "",
        "ethnicity": one_line(member.ethnicity),
        "education": one_line(member.education),
        "id_kind": one_line(member.id_kind),
        "id_number": one_line(member.id_number),
        "phone": one_line(member.phone),
        "email": one_line(member.email),
        "category": one_line(member.category),
        "basis": one_line(member.basis),
        "school": "　".join(part for part in (one_line(member.school), one_line(member.major), student_number) if part),
        "occupation": one_line(member.occupation),
        "years": one_line(member.years),
        "level": one_line(member.level),
        "level_number": one_line(member.level_number),
    }


def _texts(values: RegistrationForm) -> Iterator[tuple[str, str]]:
    """Every text that is printed, with the Chinese name of its place."""
    for member in values.members:
        yield "姓名", member.name
        yield "性别", member.sex
        yield "民族", member.ethnicity
        yield "学历", member.education
        yield "证件类型", member.id_kind
        yield "证件号码", member.id_number
        yield "手机号", member.phone
        yield "电子邮箱", member.email
        yield "人员类别", member.category
        yield "居住或工作学习地", member.basis
        yield "学校专业", member.school + member.major
        yield "学号", member.student_number
        yield "从事职业", member.occupation
        yield "从业年限", member.years
        yield "技能等级", member.level
        yield "证书编号", member.level_number
    for instructor in values.instructors:
        yield "指导教师", instructor.name
        yield "指导教师单位", instructor.unit
        yield "指导教师电话", instructor.phone
    for declaration in values.declarations:
        yield "声明", declaration.sentence + declaration.clause
    yield "竞赛名称", values.competition
    yield "赛项", values.event
    yield "组别", values.division
    yield "参赛单位", values.unit
    yield "统一社会信用代码", values.unit_code
    yield "区县", values.district
    yield "队名", values.team
    yield "附件", values.attachment
    yield "报名编号", values.number
    yield from values.origin.texts()


def _photo_svg(photo: bytes) -> str:
    """typst takes values as text: the photo travels inside an SVG."""
    width, height = _PHOTO_PIXELS
    jpeg = base64.b64encode(photos.fitted(photo, width=width, height=height)).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{jpeg}"/></svg>'
    )


def _photo_in_word(document: DocxTemplate, photo: bytes) -> InlineImage:
    width, height = _PHOTO_PIXELS
    jpeg = photos.fitted(photo, width=width, height=height)
    return InlineImage(document, io.BytesIO(jpeg), width=Mm(PHOTO_WIDTH_MM), height=Mm(PHOTO_HEIGHT_MM))


@cache
def _template() -> bytes:
    return (Path(__file__).parent / "templates" / f"{TEMPLATE}.docx").read_bytes()
