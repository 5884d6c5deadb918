"""Traps that others fell into, and we first: each has a test, so that nobody steps back into it.

Here stand those that belong to no one room. Elsewhere: text that a template drops (tests/documents/test_registration_form.py),
a glyph that the font lacks (tests/documents/test_fonts.py), history that bulk writes forget (tests/test_house.py: only actions
write, and none without its record), ZIP bombs and formulas (tests/documents/test_sheets.py), writers that collide (tests/races/).
"""

from __future__ import annotations

import io
import os
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
import stdnum.cn.ric
import stdnum.cn.uscc
import stdnum.exceptions
import xlsxwriter
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from saiwu.documents.sheets import read_sheet
from saiwu.rules.identity import CREDIT_ALPHABET, NotValid, check_digit, read_credit_code, read_identity
from saiwu.rules.roster import check
from saiwu.rules.rulebook import load, load_files
from saiwu.rules.rulebook.calendar import WorkCalendar, knows
from saiwu.rules.rulebook.explain import explain
from saiwu.rules.rulebook.shapes import CHAPTERS, EVENT, NOTICE
from saiwu.rules.rulebook.terms import Term
from tests.world import NOTICES

ROOT = Path(__file__).parents[1]
TODAY = date(2025, 9, 1)


# ---- the database


@pytest.fixture
def on_sqlite(transactional_db):
    """The tests' own database, with the options of life."""
    if connection.vendor != "sqlite":
        pytest.fail("these are asked on SQLite: run them without SAIWU_DATABASE")
    connection.ensure_connection()


def test_sqlite_waits_its_turn_and_keeps_what_it_acknowledged(on_sqlite):
    def pragma(name: str) -> object:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA {name}")
            return cursor.fetchone()[0]

    full = 2
    found = {name: pragma(name) for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")}
    assert found == {"journal_mode": "wal", "synchronous": full, "busy_timeout": 20_000, "foreign_keys": 1}


def test_a_transaction_on_sqlite_begins_as_a_writer(on_sqlite):
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0, isolation_level=None)) as other:
        with transaction.atomic(), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")


def test_a_page_that_only_reads_never_waits_for_a_writer(on_sqlite):
    """With ATOMIC_REQUESTS every GET would begin as a writer, and wait its twenty seconds here."""
    assert settings.DATABASES["default"].get("ATOMIC_REQUESTS", False) is False
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        answer = Client().get("/certificates/", headers={"host": "localhost"})
        assert (answer.status_code, time.monotonic() - begun < 5) == (200, True)
        writer.execute("ROLLBACK")


def test_the_tests_database_is_a_file_since_one_in_memory_fails_under_threads(on_sqlite):
    assert Path(connection.settings_dict["NAME"]).is_file()


POOLED = """
import django, threading; django.setup()
from django.db import connection
pids, guard = [], threading.Lock()
def ask():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        with guard:
            pids.append(cursor.fetchone()[0])
    connection.close()
for _ in range(3):
    threads = [threading.Thread(target=ask) for _ in range(24)]
    [thread.start() for thread in threads], [thread.join() for thread in threads]
print(len(pids), len(set(pids)) <= 8)
"""


@pytest.mark.postgres
def test_postgresql_is_asked_through_a_pool_of_at_most_eight(cluster, tmp_path):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SAIWU_")}
    environment |= {
        "SAIWU_DATA": str(tmp_path),
        "SAIWU_DATABASE": cluster.create("pooled"),
        "DJANGO_SETTINGS_MODULE": "saiwu.conf.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", POOLED], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stdout == "72 True\n", done.stderr


def test_a_demonstration_below_the_default_folder_is_not_taken_for_the_installation_itself(tmp_path):
    """`make run` keeps its own at data/demo; all that asks for the settings from there must still work."""
    (tmp_path / "data" / "demo").mkdir(parents=True)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SAIWU_")}
    asked = "from saiwu.conf import settings; print(settings.DEMO, settings.DATA.name)"
    done = subprocess.run(
        [sys.executable, "-c", asked], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("False data\n", "")


def test_no_row_holds_a_decimal_or_a_float():
    """SQLite keeps decimals as floats: 0.1 + 0.2 would not be 0.3, and a rank would hang on it."""
    inexact = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("saiwu").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, (models.FloatField, models.DecimalField))
    ]
    assert inexact == []


def test_no_rule_of_a_notice_is_read_as_a_float():
    seen: set[type[Term]] = set()

    def walk(kind: object) -> None:
        if isinstance(kind, type) and issubclass(kind, Term) and kind not in seen:
            seen.add(kind)
            for info in kind.model_fields.values():
                assert "float" not in repr(info.annotation), (kind, info)
                for inner in re.findall(r"saiwu\.[\w.]+", repr(info.annotation)):
                    module, _, name = inner.rpartition(".")
                    walk(getattr(sys.modules.get(module), name, None))

    for shape in (NOTICE, EVENT, CHAPTERS):
        walk(shape.model)
    assert len(seen) > 30


# ---- numbers of people and units


@given(
    st.integers(0, 9),
    st.dates(date(1950, 1, 1), TODAY),
    st.integers(0, 999),
)
def test_a_region_that_a_table_does_not_know_is_no_reason_to_refuse(tail, born, order):
    """python-stdnum asks whether the region existed when the holder was born (and stumbles over some);
    but a number is given at registration, and keeps the code of that day."""
    body = f"50019{tail}{born:%Y%m%d}{order:03d}"
    number = body + check_digit(body)
    assert read_identity(number, on=TODAY).number == number
    with pytest.raises((KeyError, stdnum.exceptions.ValidationError)):
        stdnum.cn.ric.validate(number)
    assert stdnum.cn.ric.calc_check_digit(number) == number[-1]


@given(
    st.sampled_from("159"),
    st.sampled_from("123"),
    st.integers(100000, 659999),
    st.text(CREDIT_ALPHABET, min_size=9, max_size=9),
)
def test_credit_codes_are_held_to_another_program(authority, kind, region, organisation):
    code = f"{authority}{kind}{region}{organisation}"
    code += stdnum.cn.uscc.calc_check_digit(code)
    assert read_credit_code(code) == stdnum.cn.uscc.validate(code)
    wrong = code[:-1] + CREDIT_ALPHABET[(CREDIT_ALPHABET.index(code[-1]) + 1) % len(CREDIT_ALPHABET)]
    with pytest.raises(NotValid):
        read_credit_code(wrong)


def test_a_number_that_excel_made_of_an_id_number_is_refused_with_an_explanation_and_never_repaired():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["姓名", "证件号码", "赛项", "组别"])
        sheet.write_row(1, 0, ["测甲", 500190200405120017, "物联网安装调试员", "学生组"])
    rulebook = load(NOTICES / "bayu-2025").book
    report = check(read_sheet(file.getvalue(), "表.xlsx").rows, book=rulebook, on=TODAY)
    found = [one for one in report.document(everything=False)["rows"][0]["findings"] if one["rule"] == "identity"]
    assert [(one["verdict"], one["cell"]) for one in found] == [("refused", "B2")]
    assert found[0]["message"] == (
        "证件号码被Excel存成了数字：只保留15位有效数字，其余已经丢失，无法还原。"
        "请把这一列设为“文本”格式，再对照原件重填。"
    )


# ---- the calendar

LATER = 2099


def test_a_year_whose_holidays_nobody_has_published_goes_by_weekends():
    work = WorkCalendar()
    assert not knows(date(LATER, 10, 1))
    assert [work.is_working(date(LATER, 10, day)) for day in (1, 2, 3, 4, 5)] == [True, True, False, False, True]


def test_a_day_worked_out_by_weekends_alone_is_shown_as_such():
    def page(final: str) -> str:
        files = {
            "text.yaml": "一: 某县举办叉车技能比武。\n",
            "notice.yaml": "language: 1\nversion: 1\nname: 某县叉车技能比武\nclause: 一\n"
            "organisation: {organisers: [某县总工会]}\n",
            "events/forklift.yaml": f"name: 叉车\nclause: 一\ndivisions: {{open: {{}}}}\nstages: {{final: {{on: {final}}}}}\n"
            "dates: {registration: {to: 决赛前5个工作日}, briefing: {on: 报名截止前1日}, review: {on: 决赛前5日}}\n",
        }
        book = load_files("x", files).book
        assert book is not None
        return explain(book, "forklift").split("日程（相对日期已算出）：\n\n")[1].split("\n\n")[0]

    by_weekends = "（其中年份的节假日安排尚未公布，按周末推算）"
    assert page(f"{LATER}-10-12") == (
        f"- 报名：至 {LATER}年10月5日{by_weekends}\n"
        f"- 领队会：{LATER}年10月4日{by_weekends}\n"
        f"- 资格审核：{LATER}年10月7日\n"
        f"- 决赛：{LATER}年10月12日"
    )
    assert by_weekends not in page("2025-10-18")


# ---- what is locked

LOCKS = sorted(path.name for path in ROOT.glob("requirements*.lock"))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_every_package_by_hash_and_names_no_address(name):
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    pinned = [block for block in re.split(r"\n(?=[a-z0-9])", text) if re.match(r"[a-z0-9]", block)]
    assert len(pinned) > 20
    assert [block.split("\n")[0] for block in pinned if "==" not in block or "--hash=sha256:" not in block] == []


def test_the_lock_that_holds_addresses_is_not_kept():
    assert "uv.lock" in (ROOT / ".gitignore").read_text("utf-8").split()
    tracked = subprocess.run(["git", "ls-files", "uv.lock"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert tracked.stdout == ""
