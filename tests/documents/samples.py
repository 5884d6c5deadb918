"""One set of values for each document, all invented; run as a program it prints the digest of each document's bytes."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, date, datetime, timedelta

from PIL import Image, ImageDraw

from saiwu.documents import (
    award_certificate,
    bulletin,
    ics,
    photos,
    qr,
    registration_form,
    result_table,
    ridge,
    summary_table,
)
from saiwu.documents.origin import Origin

COMPETITION = "“某某工匠”杯某某市第一届职业技能竞赛"
ORIGIN = Origin("某经信发〔2025〕32号", "技高行天下 能强走世界", "某某处 张老师 000-00000000", "演示数据")
BODIES = ("某某市经济和信息化委员会", "某某市总工会", "某某市人力资源和社会保障局")


def photo(width: int = 600, height: int = 840, *, kind: str = "JPEG", **options: object) -> bytes:
    """A drawn face on a light ground."""
    image = Image.new("RGB", (width, height), "#dfefff")
    ImageDraw.Draw(image).ellipse((width // 3, height // 6, width * 2 // 3, height // 2), fill="#caa68f")
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


MEMBER = registration_form.FormMember(
    name="阿依古丽·买买提",
    sex="女",
    born=date(1990, 1, 1),
    id_number="50019019900101002X",
    phone="16400001234",
    ethnicity="维吾尔族",
    education="大专",
    category="职工",
    basis="工作：某某市某某区",
    occupation="物联网安装调试员",
    level="四级/中级工",
    level_number="Y000150000000225400000001",
    years="6",
    email="a@example.com",
    photo=photo(),
)
FORM = registration_form.RegistrationForm(
    competition=COMPETITION,
    event="数字孪生应用技术员",
    division="职工组",
    unit="某某智能制造有限责任公司",
    made_on=date(2025, 9, 20),
    members=(MEMBER,),
    unit_code="91500000MA5U000000",
    district="某某区",
    instructors=(registration_form.FormInstructor("李四", "某某大学", "16400001235"),),
    declarations=(registration_form.Declaration("参赛选手在一个竞赛中只能报名一个赛项。", "甲.3"),),
    attachment="附件2",
    origin=ORIGIN,
    number="2503 1726",
)
SUMMARY_ROW = summary_table.SummaryRow(
    event="数字孪生应用技术员",
    division="职工组",
    unit="某某智能制造有限责任公司",
    unit_code="91500000MA5U000000",
    team="",
    name="张三",
    sex="男",
    id_number="500190199001010011",
    phone="16400001234",
    category="职工",
    basis="工作：某某市某某区",
    level="四级/中级工",
    level_occupation="电工",
    years="6",
    instructors="李四、王五",
    instructor_ids="500190198001010012、500190198001010039",
)
SUMMARY = summary_table.SummaryTable(
    competition=COMPETITION,
    made_on=date(2025, 9, 20),
    rows=(SUMMARY_ROW,),
    events=("数字孪生应用技术员", "人工智能训练师"),
    divisions=("学生组", "职工组"),
    attachment="附件3",
    origin=ORIGIN,
)
RESULTS = result_table.ResultTable(
    competition=COMPETITION,
    event="数字孪生应用技术员",
    division="学生组",
    components=("理论知识", "技能操作"),
    rows=(
        result_table.ResultRow(
            1, (87500, 91333), 90183, code="R017", prize="一等奖", level="二级/技师", reason="总分高于第 2 名 1.550 分"
        ),
        result_table.ResultRow(2, (80000, 92333), 88633, code="R002"),
        result_table.ResultRow(None, (None, None), None, code="R009", state="缺考"),
    ),
    made_on=date(2025, 10, 20),
    origin=ORIGIN,
)
CERTIFICATE = award_certificate.AwardCertificate(
    number="SC1-2025-03-S-005",
    names=("张三", "阿依古丽·买买提"),
    competition=COMPETITION,
    prize="三等奖",
    hosts=BODIES,
    issued_on=date(2025, 11, 14),
    check_url="https://saiwu.example/certificates/SC1-2025-03-S-005",
    unit="某某职业技术学院",
    event="数字孪生应用技术员",
    division="学生组",
    instructors=("李四",),
    origin=ORIGIN,
)
BULLETIN = bulletin.Bulletin(
    head=BODIES,
    title=f"关于{COMPETITION}获奖情况的通报",
    addressees="各区县，有关单位：",
    paragraphs=("一、总体情况", *bulletin.usual_paragraphs(COMPETITION, ORIGIN, events=2, winners=3, unit_awards=1)),
    events=(
        bulletin.EventWinners(
            "数字孪生应用技术员",
            (
                bulletin.DivisionWinners(
                    "学生组",
                    (
                        bulletin.Winner(("张三",), "某某职业技术学院", "一等奖", ("李四",)),
                        bulletin.Winner(("王五",), "某某职业技术学院", "二等奖"),
                    ),
                ),
                bulletin.DivisionWinners("职工组", (bulletin.Winner(("赵六", "孙七"), "某某公司", "一等奖"),)),
            ),
        ),
        bulletin.EventWinners("电子设备装接工", (), "本赛项经主办单位同意取消。"),
    ),
    signed_by=BODIES,
    issued_on=date(2025, 11, 14),
    number="某经信发〔2025〕88号",
    unit_awards=(bulletin.UnitAward("优秀组织奖", ("某某区经济和信息化委员会",)),),
    note="（此件公开发布）",
)
CALENDAR = ics.Calendar(
    "某某市第一届职业技能竞赛",
    (
        ics.CalendarEntry(
            uid="final.dt@saiwu.example",
            summary="数字孪生应用技术员 决赛",
            start=date(2025, 10, 18),
            end=date(2025, 10, 19),
            changed_at=datetime(2025, 9, 1, 9, 0, tzinfo=UTC),
            location="某某职业技术学院",
            remind=(timedelta(days=1),),
        ),
    ),
)

DOCUMENTS = {
    "registration_form.pdf": lambda: registration_form.render(FORM),
    "registration_form.docx": lambda: registration_form.render_docx(FORM),
    "summary_table.xlsx": lambda: summary_table.render(SUMMARY),
    "result_table.xlsx": lambda: result_table.render(RESULTS),
    "award_certificate.pdf": lambda: award_certificate.render(CERTIFICATE),
    "award_certificates.pdf": lambda: award_certificate.render_together((CERTIFICATE, CERTIFICATE)),
    "bulletin.docx": lambda: bulletin.render(BULLETIN),
    "calendar.ics": lambda: ics.render(CALENDAR),
    "qr.svg": lambda: qr.svg("https://saiwu.example/").encode(),
    "qr.png": lambda: qr.png("https://saiwu.example/"),
    "ridge.svg": lambda: ridge.svg(ridge.Ridge(420, 60, days=(date(2025, 10, 18),))).encode(),
    "photo.jpg": lambda: photos.accept(photo()).content,
}


if __name__ == "__main__":
    for name, make in DOCUMENTS.items():
        print(name, hashlib.sha256(make()).hexdigest())
