"""Publishing a notice in the browser: a ZIP is checked, all its faults told in one pass, and just that is published."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from saiwu.competitions.models import Competition, RulebookVersion
from saiwu.competitions.rulebooks import digest_of
from tests.web.committee.reading import title, words
from tests.world import files_of

HOME = "/office/notices/"
PAGE = f"{HOME}publish/"
SMALL = "qingshi-2026"


class _InGbk(zipfile.ZipInfo):
    """A name as Windows writes it, without saying so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def packed(files: dict[str, str | bytes], *, info: type[zipfile.ZipInfo] = zipfile.ZipInfo) -> bytes:
    """A ZIP of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(info(name), text, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def upload(client, content: bytes, *, name: str = "规则.zip", slug: str = ""):
    return client.post(PAGE, {"archive": SimpleUploadedFile(name, content), "slug": slug})


def inside(folder: str, files: dict[str, str]) -> dict[str, str | bytes]:
    return {f"{folder}/{name}": text for name, text in files.items()}


def carried(response) -> str:
    found = re.search(r'name="checked" value="([^"]+)"', response.content.decode())
    assert found
    return found[1]


def rows(response) -> list[list[str]]:
    body = response.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in body.split("</tr>")[:-1]]
    return [[re.sub(r"<[^>]+>", "", cell) for cell in row] for row in cells]


def test_a_folder_without_fault_is_explained_and_published_as_it_was_checked(new_office):
    files = files_of(SMALL)
    checked = upload(new_office, packed(inside("county-2026", files)))
    assert title(checked) == "没有错误，可以发布"
    page = words(checked)
    assert "将要发布竞赛标识county-2026规则版本1赛项1个组别1个文件4个SHA-256" + digest_of(files) in page
    assert "赛项：叉车司机（forklift）日程（相对日期已算出）：决赛：2026年5月1日" in page
    assert not Competition.objects.exists()

    for _ in range(2):  # a second click is harmless
        assert new_office.post(PAGE, {"checked": carried(checked)}).headers["Location"] == HOME
    version = RulebookVersion.objects.get()
    assert (version.competition.slug, version.version, version.files) == ("county-2026", 1, files)
    told = words(new_office.get(HOME))
    assert "通知已发布，公众页面已打开。接着聘任各赛项的承办单位。" in told
    assert f"第1版现行2025年9月3日10:00{digest_of(files)}" in told


def test_one_that_ships_is_checked_under_the_id_that_was_typed(new_office):
    checked = new_office.post(PAGE, {"notice": SMALL, "slug": "first-steps"})
    assert "竞赛标识first-steps" in words(checked)
    new_office.post(PAGE, {"checked": carried(checked)})
    pages = ("", "events/", "events/forklift/", "calendar/", "notice/", "results/")
    assert [new_office.get(f"/c/first-steps/{page}").status_code for page in pages] == [200] * len(pages)
    assert new_office.get("/committee/first-steps/").status_code == 200


def test_all_faults_are_told_in_one_pass_with_file_line_and_key(new_office):
    files = dict(files_of(SMALL))
    files["notice.yaml"] = files["notice.yaml"].replace("version: 1", "version: 一", 1)
    files["events/forklift.yaml"] += "\nnonsense: 1\n"
    page = upload(
        new_office, packed({**inside("x-1", files), "x-1/notice.pdf": b"%PDF", "x-1/a.txt": "国".encode("gbk")})
    )
    found = rows(page)
    assert title(page) == f"{len(found)} 处要改"
    lines = files["events/forklift.yaml"].rstrip("\n").count("\n") + 1
    assert [one[:3] for one in found if one[0] != "notice.yaml"] == [
        ["a.txt", "1", "整个文件"],
        ["events/forklift.yaml", str(lines), "nonsense"],
        ["notice.pdf", "1", "整个文件"],
    ]
    assert [one[2] for one in found if one[0] == "notice.yaml"] == ["version"]
    assert "checked" not in page.content.decode().partition("<main")[2].replace("checked.html", "")


def test_a_case_that_fails_holds_up_publishing(new_office):
    files = dict(files_of(SMALL))
    files["cases.yaml"] = re.sub(r"first: 1", "first: 2", files["cases.yaml"], count=1)
    assert files["cases.yaml"] != files_of(SMALL)["cases.yaml"]
    page = upload(new_office, packed(files), slug="county")
    assert [one[0] for one in rows(page)] == ["cases.yaml"]


def test_what_publishing_needs_and_is_not_there_is_named(new_office):
    files = dict(files_of(SMALL))
    files["notice.yaml"] = re.sub(r"(?m)^name: .*$", "name: 待定", files["notice.yaml"], count=1)
    page = upload(new_office, packed(files), slug="county")
    assert title(page) == "没有错误，但还不能发布"
    assert "发布前还缺名称" in words(page)
    assert "待定1处，可以先发布，以后按变更补上" in words(page)


def test_names_in_gbk_and_what_a_mac_lays_beside_are_read(new_office):
    files = {**inside("规则文件", files_of(SMALL)), "规则文件/说明.txt": "给同事看的"}
    checked = upload(new_office, packed(files, info=_InGbk), slug="county")
    assert title(checked) == "没有错误，可以发布"
    mac = {**inside("county", files_of(SMALL)), "__MACOSX/county/._notice.yaml": b"\0", "county/.DS_Store": b"\0"}
    assert "文件4个" in words(upload(new_office, packed(mac)))


@pytest.mark.parametrize(("name", "told"), [
    ("../notice.yaml", "路径指向文件夹以外，请在规则文件夹上重新压缩"),
    ("/etc/passwd.txt", "路径指向文件夹以外，请在规则文件夹上重新压缩"),
    ("events/../../x.yaml", "路径指向文件夹以外，请在规则文件夹上重新压缩"),
    ("c:/x.yaml", "路径指向文件夹以外，请在规则文件夹上重新压缩"),
    ("run.exe", "不是规则文件，允许：.csv、.json、.md、.txt、.yaml、.yml"),
])  # fmt: skip
def test_a_path_that_leads_out_or_a_file_of_another_kind_is_refused(new_office, name, told):
    page = upload(new_office, packed({**files_of(SMALL), name: "x: 1"}), slug="county")
    assert [name, "1", "整个文件", told] in rows(page)


BOMB = packed({"notice.yaml": b"#" * (5 * 1024 * 1024)})


@pytest.mark.parametrize(("content", "told"), [
    (b"nonsense", "打不开这个文件。请用 ZIP 格式重新压缩，不设密码。"),
    (b"", "文件是空的，请重新压缩。"),
    (b"PK" + b"\0" * (2 * 1024 * 1024), "文件超过 2 MB。只压缩规则文件夹，再上传。"),
    (packed({f"{n}.txt": "x" for n in range(61)}), "有 61 个文件，至多 60 个。只压缩规则文件夹，再上传。"),
    (BOMB, "解压后超过 4 MB。只压缩规则文件夹，再上传。"),
])  # fmt: skip
def test_what_is_no_folder_of_rules_is_told_beside_the_field(new_office, content, told):
    page = upload(new_office, content, slug="county")
    assert f'<a href="#f-archive">{told}</a>' in page.content.decode()


@pytest.mark.parametrize(("slug", "told"), [
    ("", "文件夹名“规则”不能用在网址里。请填写标识：小写字母开头，由 a-z、0-9、_、- 组成。"),
    ("2026", "请填写标识：小写字母开头，由 a-z、0-9、_、- 组成。"),
    ("bayu-2025", "“bayu-2025”已经发布过。更正走变更申请；另一场竞赛请换一个标识。"),
])  # fmt: skip
def test_an_id_that_cannot_be_is_told_beside_its_field(office, slug, told):
    page = upload(office, packed(files_of(SMALL)), slug=slug)
    assert f'<a href="#f-slug">{told}</a>' in page.content.decode()


def test_only_what_was_checked_by_oneself_is_published(new_office):
    from django.core import signing

    from saiwu.web.office.publishing import views

    for checked in ("nonsense", signing.dumps({"slug": "x", "files": {}, "by": 0}, salt=views._SALT, compress=True)):
        assert new_office.post(PAGE, {"checked": checked}).status_code == 409
    assert not Competition.objects.exists()


def test_the_published_are_listed_with_their_versions_and_how_they_are_corrected(office):
    page = words(office.get(HOME))
    assert "日期、地点、名称的更正由承办单位提出变更申请，主办单位同意后自动成为下一版。" in page
    assert "第1版现行2025年6月6日09:00" in page
