"""A rehearsal of a notice that ships, looked at by the commands with which strangers check a real one."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from saiwu.cli import main
from saiwu.rules.identity import read_identity
from saiwu.simulation.kinds import Trouble
from tests.simulation.conftest import Rehearsal

NOTICES = ("bayu-2025", "qinghe-2026", "qingshi-2026")
NOT_IN_BAYU = {
    Trouble.QUOTA_FULL,  # its only quota may be waived
    Trouble.DIVISION_CANCELLED,  # too few entries: the organiser lets the event go on
    Trouble.JUDGES_APART,  # it does not say how many judges mark a part
}


@pytest.fixture(params=NOTICES)
def any_of_them(request: pytest.FixtureRequest, rehearsed: Callable[[str], Rehearsal]) -> Rehearsal:
    """Each notice that ships in turn."""
    return rehearsed(request.param)


def test_the_founding_competition_has_its_size(bayu: Rehearsal) -> None:
    found = bayu.summary
    assert 850 <= found["people"] <= 1000
    assert 55 <= found["units"] <= 65
    assert 460 <= found["finalists"] <= 540
    assert set(found["events"].values()) == {"confirmed"}


def test_every_trouble_that_the_founding_notice_knows_happens(bayu: Rehearsal) -> None:
    happened = {Trouble(kind) for kind, times in bayu.summary["troubles"].items() if times}
    assert set(Trouble) - happened == NOT_IN_BAYU


def test_what_the_founding_notice_does_not_know_happens_elsewhere(rehearsed: Callable[[str], Rehearsal]) -> None:
    happened = rehearsed("qinghe-2026").summary["troubles"]
    assert {Trouble(kind) for kind in happened} >= NOT_IN_BAYU


def test_every_event_comes_to_its_end(any_of_them: Rehearsal) -> None:
    assert set(any_of_them.summary["events"].values()) <= {"confirmed", "cancelled"}
    assert Document(str(any_of_them.folder / "bulletin.docx")).paragraphs


def test_the_summary_is_printed_and_names_every_file(any_of_them: Rehearsal) -> None:
    files = any_of_them.files()
    assert any_of_them.stdout.encode() == files.pop("summary.json")
    digests = {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
    assert any_of_them.summary["files"] == digests


def test_the_trail_holds(any_of_them: Rehearsal, capsys: pytest.CaptureFixture[str]) -> None:
    trail = any_of_them.folder / "audit.jsonl"
    head = any_of_them.summary["audit"]["head"]
    assert main(["audit", "verify", str(trail), "--head", head]) == 0
    assert len(trail.read_text("utf-8").splitlines()) == any_of_them.summary["audit"]["records"]


def test_every_bundle_and_draw_verifies(any_of_them: Rehearsal, capsys: pytest.CaptureFixture[str]) -> None:
    bundles = sorted(any_of_them.folder.glob("events/*/*/bundle.json"))
    draws = sorted(any_of_them.folder.glob("draws/*.json"))
    assert bundles
    assert draws
    codes = {path: main(["results", "verify", str(path)]) for path in bundles}
    codes |= {path: main(["draw", "verify", str(path)]) for path in draws}
    assert codes == dict.fromkeys([*bundles, *draws], 0)


def test_an_altered_mark_in_a_bundle_is_found(any_of_them: Rehearsal, tmp_path: Path) -> None:
    """So that the test above could fail."""
    path = next(any_of_them.folder.glob("events/*/*/bundle.json"))
    bundle = json.loads(path.read_text("utf-8"))
    entry = next(one for one in bundle["entries"] if one["time_used_s"] is not None)
    component = next(iter(entry["components"].values()))
    component["mark"] = (component["mark"] or 0) + 1
    (tmp_path / "bundle.json").write_text(json.dumps(bundle, ensure_ascii=False), encoding="utf-8")
    assert main(["results", "verify", str(tmp_path / "bundle.json")]) == 1


def test_summary_tables_are_read_back_and_nobody_is_refused(
    any_of_them: Rehearsal, capsys: pytest.CaptureFixture[str]
) -> None:
    notice = any_of_them.summary["notice"]
    rows = 0
    for path in sorted(any_of_them.folder.glob("entries/*/summary.xlsx")):
        final = json.loads(next(any_of_them.folder.glob(f"events/{path.parent.name}/*/bundle.json")).read_text("utf-8"))
        day = final["rulebook"]["rules"]["stages"]["final"]
        on = str(day.get("on") or day.get("from"))[:10]
        assert main(["roster", "check", str(path), "--notice", notice, "--on", on, "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["summary"]["refused"] == 0
        rows += found["summary"]["rows"]
    assert rows > any_of_them.summary["finalists"]


def test_nobody_can_be_read_out_of_what_is_public(any_of_them: Rehearsal) -> None:
    """Names, ID numbers and phones of the tables stand neither in the trail nor in bundles and draws."""
    people = [person for path in any_of_them.folder.glob("entries/*/summary.xlsx") for person in _people(path)]
    assert people
    public = [any_of_them.folder / "audit.jsonl", *any_of_them.folder.glob("events/*/*/bundle.json")]
    for path in [*public, *any_of_them.folder.glob("draws/*.json")]:
        text = path.read_text("utf-8")
        assert [one for person in people for one in person if one in text] == []
        assert re.findall(r"5001[0-9]{13}[0-9X]", text) == []


def _people(path: Path) -> list[tuple[str, str, str]]:
    sheet = load_workbook(path, read_only=True).worksheets[0]
    rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    head = next(at for at, row in enumerate(rows) if "姓名" in row)
    columns = [rows[head].index(name) for name in ("姓名", "证件号码", "手机号")]
    return [(row[columns[0]], row[columns[1]], row[columns[2]]) for row in rows[head + 1 :] if row[columns[0]]]


def test_all_people_are_invented(bayu: Rehearsal) -> None:
    """ID numbers of regions that were never assigned, telephones of a range that nobody has."""
    people = [person for path in bayu.folder.glob("entries/*/summary.xlsx") for person in _people(path)]
    regions = {read_identity(number, on=date(2025, 12, 31)).number[:5] for _, number, _ in people}
    assert regions == {"50019"}
    assert {phone[:7] for _, _, phone in people} == {"1640000"}
    assert any("·" in name for name, _, _ in people)


def test_each_winner_has_a_certificate_with_his_name(bayu: Rehearsal) -> None:
    for path in sorted(bayu.folder.glob("events/*/*/bundle.json")):
        bundle: dict[str, Any] = json.loads(path.read_text("utf-8"))
        wanted = sum(len(one["members"]) for one in bundle["result"] if one["award"])
        unprintable = [
            number
            for number in bayu.summary["certificates"]["unprintable"]
            if f"-{bundle['event']}-{bundle['division']}-" in number
        ]
        printed = list((path.parent / "certificates").glob("*.pdf"))
        assert len(printed) + len(unprintable) == wanted
    first = bayu.folder / "events/iot/worker/certificates/2025-iot-worker-001.pdf"
    table = load_workbook(first.parent.parent / "results.xlsx").worksheets[0]
    rows = [[cell.value for cell in row] for row in table.iter_rows()]
    head = next(row for row in rows if "姓名" in row)
    winner = next(row for row in rows if row[head.index("名次")] == 1)
    assert str(winner[head.index("姓名")]) in PdfReader(first).pages[0].extract_text()


def test_a_final_was_moved_by_a_letter_of_the_organiser(bayu: Rehearsal) -> None:
    granted = [change for change in bayu.summary["changes"] if change["state"] == "granted"]
    assert [(one["kind"], bool(one["letter"]), one["version"]) for one in granted] == [("日期", True, 2)]
    moved = granted[0]
    bundle = next(bayu.folder.glob(f"events/{moved['event']}/*/bundle.json"))
    rules = json.loads(bundle.read_text("utf-8"))["rulebook"]["rules"]
    assert rules["stages"]["final"]["on"] == moved["values"]["stages.final.on"]
    assert moved["values"] != moved["before"]


def test_all_decisions_are_taken_by_whom_they_are_due_to(any_of_them: Rehearsal) -> None:
    for decision in any_of_them.summary["decisions"]:
        due = {"chief_judge"} if decision["kind"] in ("tie", "advance") else {"organiser", "committee"}
        assert decision["by_role"] in (due if len(decision["options"]) != 1 else {"system"})
        assert decision["by_role"] != "committee" or decision["letter"]


def test_no_prize_passes_the_cap(bayu: Rehearsal) -> None:
    """30 % of those who checked in, over all prizes, rounded down."""
    for path in sorted(bayu.folder.glob("events/*/*/bundle.json")):
        bundle = json.loads(path.read_text("utf-8"))
        present = sum(1 for one in bundle["entries"] if one["checked_in"] and one["state"] != "excluded")
        assert sum(bundle["awards"].values()) <= present * 3 // 10


def test_what_a_notice_leaves_out_is_said_to_be_laid_in(rehearsed: Callable[[str], Rehearsal]) -> None:
    small = rehearsed("qingshi-2026")
    assert small.summary["supplemented"] == ["registration", "entry", "eligibility", "quotas", "dates.registration"]
    assert "演练时补充" in small.stderr
    assert rehearsed("bayu-2025").summary["supplemented"] == []
