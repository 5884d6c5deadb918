"""saiwu audit: export and verification, from a file and from the database, as others will call it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from saiwu.accounts.actions import add_account, found
from saiwu.accounts.models import Account
from saiwu.audit import trail
from saiwu.cli import audit
from saiwu.rules.canonical import canonical
from tests.world import IN_TIME


@pytest.fixture
def exported(db, capsys, tmp_path):
    office = Account.objects.get(pk=found(login="office", name="组委会甲", at=IN_TIME))
    for login in ("a", "b"):
        add_account(login=login, name="测", by=office, at=IN_TIME)
    assert audit.run(["export"]) == 0
    file = tmp_path / "audit.jsonl"
    file.write_text(capsys.readouterr().out, "utf-8")
    return file


def test_what_is_exported_is_the_format_line_by_line(exported):
    lines = [json.loads(line) for line in exported.read_text("utf-8").splitlines()]
    assert [(line["n"], line["verb"]) for line in lines] == [
        (1, "accounts.found"),
        (2, "accounts.add_account"),
        (3, "accounts.add_account"),
    ]
    assert {tuple(sorted(line)) for line in lines} == {tuple(sorted(trail.KEYS))}
    assert exported.read_bytes() == b"".join(canonical(line) + b"\n" for line in lines)


def test_a_file_in_order_prints_number_and_head(exported, capsys):
    last = json.loads(exported.read_text("utf-8").splitlines()[-1])
    assert audit.run(["verify", str(exported)]) == 0
    assert capsys.readouterr().out == f"记录 3 条\n链首 {last['hash']}\n"
    assert audit.run(["verify", str(exported), "--head", last["hash"]]) == 0


@pytest.mark.parametrize(
    ("spoil", "first_bad"),
    [
        (lambda lines: [lines[0], lines[1].replace("account:1", "account:9"), lines[2]], 2),
        (lambda lines: [lines[0], lines[2]], 2),
        (lambda lines: ["{", *lines[1:]], 1),
        (lambda lines: [lines[0], "[]", lines[2]], 2),
        (lambda lines: [lines[0], lines[1].replace('"facts":{}', '"facts":{"x":NaN}'), lines[2]], 2),
        (lambda lines: [lines[0], "[" * 100_000, lines[2]], 2),
    ],
)
def test_a_spoilt_file_names_its_first_bad_record(exported, capsys, spoil, first_bad):
    exported.write_text("\n".join(spoil(exported.read_text("utf-8").splitlines())), "utf-8")
    assert audit.run(["verify", str(exported)]) == 1
    assert f"第 {first_bad} 条有误" in capsys.readouterr().out


def test_a_cut_off_tail_is_seen_by_a_head_held_elsewhere(exported, capsys):
    lines = exported.read_text("utf-8").splitlines()
    exported.write_text("\n".join(lines[:2]), "utf-8")
    assert audit.run(["verify", str(exported)]) == 0
    assert audit.run(["verify", str(exported), "--head", json.loads(lines[2])["hash"]]) == 1


def test_a_stranger_with_one_page_of_plain_python_comes_to_the_same(exported):
    page = Path("docs/formats/verify_audit.py")
    head = json.loads(exported.read_text("utf-8").splitlines()[-1])["hash"]
    command = [sys.executable, "-I", str(page), str(exported)]
    done = subprocess.run([*command, head], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"记录 3 条\n链首 {head}\n")
    exported.write_text(exported.read_text("utf-8").replace('"actor":"account:1"', '"actor":"account:9"'), "utf-8")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "第 2 条有误\n")
    assert len(page.read_text("utf-8").splitlines()) <= 60


def test_a_file_that_is_not_there_is_one_chinese_message(exported, capsys):
    assert audit.run(["verify", "nowhere.jsonl"]) == 2
    assert capsys.readouterr().err.startswith("读不了 nowhere.jsonl")


def test_the_database_is_verified_without_a_file(exported, capsys):
    assert audit.run(["verify"]) == 0
    assert capsys.readouterr().out.startswith("记录 3 条\n")
