"""After the finals, in a real browser: results are confirmed, certificates issued and checked, the bulletin published."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, picture
from tests.browser.demonstration import sign_in
from tests.browser.finals_event import PASSWORD
from tests.browser.installation import served_from

pytestmark = pytest.mark.browser

AFTER = "2025-11-03T09:00:00+08:00"
HOME, PUBLIC = "/committee/bayu-2025/", "/c/bayu-2025/"
EVENT = "物联网安装调试员"
NUMBER = "渝经信发〔2025〕88号"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The installation on the Monday after the public notice."""
    with served_from("tests.browser.finals_event", tmp_path_factory.mktemp("finals"), AFTER) as served:
        yield served


def tab(page: Page, name: str) -> None:
    """Go to another page of the desk by its tab."""
    page.get_by_role("navigation", name="本页导航").get_by_role("link", name=name, exact=True).click()


def scanned(pdf: Path) -> str:
    """What a phone reads off a printed certificate."""
    subprocess.run(["pdftoppm", "-r", "100", "-png", "-singlefile", pdf, pdf.with_suffix("")], check=True)
    (code,) = zxingcpp.read_barcodes(Image.open(pdf.with_suffix(".png")))
    return str(code.text)


def test_results_are_confirmed_certificates_checked_by_anybody_and_the_bulletin_published(address, look, tmp_path):
    office = look("about:blank", DESK)
    sign_in(office, address, "office", PASSWORD)
    office.goto(f"{address}{HOME}")

    # The public notice is over: the office confirms, and the public page says so.
    tab(office, "成绩")
    expect(office.get_by_role("heading", level=1)).to_have_text("1 个赛项等您确认成绩")
    office.get_by_role("link", name=re.compile("^确认成绩…")).click()
    assert violations(office) == []
    office.get_by_role("button", name="确认成绩").click()
    expect(office.get_by_role("status")).to_contain_text("下一步：颁发证书")
    anybody = look(f"{address}{PUBLIC}results/iot/student/", PHONE)
    expect(anybody.locator("main")).to_contain_text("公示期已满，成绩已确认。")
    winner = anybody.locator(".sw-rank__who").first.inner_text()
    unit = anybody.locator(".sw-rank__unit").first.inner_text()

    # Certificates are issued, and one is printed.
    tab(office, "证书")
    office.get_by_role("link", name=re.compile("^颁发证书…")).click()
    office.get_by_role("button", name=re.compile("颁发 .* 份证书")).click()
    expect(office.get_by_role("status")).to_contain_text("每份都可以按编号或二维码查验")
    assert violations(office) == []
    picture(office, "committee-certificates")
    row = office.get_by_role("row").nth(1)
    expect(row).to_contain_text(winner)
    number = row.get_by_role("rowheader").inner_text()
    check = row.locator("[data-head=查验] a")
    with office.expect_download() as coming:
        row.get_by_role("link", name=f"PDF {winner}").click()
    printed = tmp_path / "certificate.pdf"
    coming.value.save_as(printed)

    # Whoever holds it scans it, and needs no account. (Debian: poppler-utils; without it the desk's own link is taken.)
    link = f"{address}{check.get_attribute('href')}"
    read = scanned(printed) if shutil.which("pdftoppm") else link
    assert read == link
    holder = look(read, PHONE)
    expect(holder.locator(".sw-notice.is-good")).to_contain_text("证书有效")
    certificate = holder.locator("main")
    for said in (winner, EVENT, number, unit):
        expect(certificate).to_contain_text(said)
    assert violations(holder) == []
    picture(holder, "certificate-scanned-360")
    holder.get_by_label("核验另一张证书").fill(f"{number}9")
    holder.get_by_role("button", name="核验").click()
    expect(holder.get_by_role("status")).to_contain_text(f"没有编号为 {number}9 的证书")
    assert look(f"{address}/certificates/{check.inner_text().split()[0][:-1]}/", PHONE).locator(".sw-cert").count() == 0

    # The organiser honours units, and publishes the bulletin after one more question.
    anybody.goto(f"{address}{PUBLIC}bulletin/")
    expect(anybody.locator(".sw-doc")).to_have_count(0)
    organiser = look("about:blank", DESK)
    sign_in(organiser, address, "organiser", PASSWORD)
    organiser.goto(f"{address}{HOME}awards/")
    organiser.get_by_role("link", name=re.compile("^评定：参赛单位….*优秀组织奖")).click()
    for box in organiser.get_by_role("checkbox").all()[1:]:
        box.uncheck()
    honoured = organiser.locator("label[for=f-recipients_0]").inner_text()
    organiser.get_by_label("理由").fill("按会议纪要")
    organiser.get_by_role("button", name="评定…").click()
    organiser.get_by_role("button", name="评定", exact=True).click()
    expect(organiser.get_by_role("heading", level=1)).to_have_text("已评定 1 个单位奖")
    tab(organiser, "通报")
    organiser.get_by_label("文号").fill(NUMBER)
    organiser.get_by_role("button", name="发布通报…").click()
    assert violations(organiser) == []
    organiser.get_by_role("button", name="返回修改").click()
    expect(organiser.get_by_label("文号")).to_have_value(NUMBER)
    organiser.get_by_role("button", name="发布通报…").click()
    organiser.get_by_role("button", name="发布通报", exact=True).click()
    expect(organiser.get_by_role("heading", level=1)).to_have_text("通报已发布")
    fingerprint = organiser.locator(".sw-hash").inner_text()

    # Everybody reads it, from the results on, and keeps the very file that was issued.
    anybody.goto(f"{address}{PUBLIC}results/")
    anybody.get_by_role("link", name="获奖情况的通报").click()
    expect(anybody.locator(".sw-doc__no")).to_have_text(NUMBER)
    first = anybody.get_by_role("row").filter(has_text=winner)
    expect(first).to_contain_text("一等奖")
    expect(first).to_contain_text(unit)
    expect(anybody.get_by_role("listitem").filter(has_text=honoured)).to_have_count(1)
    assert violations(anybody) == []
    picture(anybody, "bulletin-published-360")
    with anybody.expect_download() as coming:
        anybody.get_by_role("link", name="下载 DOCX").click()
    assert fingerprint == f"SHA-256 {hashlib.sha256(Path(coming.value.path()).read_bytes()).hexdigest()}"
