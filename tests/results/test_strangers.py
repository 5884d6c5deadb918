"""What leaves the database can be checked by a stranger: with the project's command, and with one page of plain Python."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from saiwu.checkin.actions import Among, check_in, commit, fix, freeze, make
from saiwu.checkin.models import Draw
from saiwu.cli import main
from saiwu.competitions.actions import take_decision
from saiwu.competitions.models import Decision
from saiwu.marking.actions import lock, penalise
from saiwu.marking.models import SecondLook
from saiwu.results.actions import compute, unseal
from saiwu.results.models import ResultList
from saiwu.rules.procedure import Role
from tests.checkin.rows import FINAL, eve, mark, marking

pytestmark = pytest.mark.django_db
FORMATS = Path(__file__).parents[2] / "docs" / "formats"
LATER = FINAL + timedelta(hours=10)


def _by_hand(script: str, document: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", FORMATS / script, document], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def bundle(tmp_path) -> Path:
    """A list with a tie that was decided, a penalty, times, somebody void and somebody absent."""
    final = eve(teams=6).rigger
    codes = marking(final, absent=("E006",))
    given = {"E001": (90, 45, 80, 50), "E002": (90, 45, 80, 50), "E003": (70, 35, 70, 40), "E004": (60, 30, 60, 30)}
    mark(final, codes, given)
    event, chief = final.event.pk, final[Role.CHIEF_JUDGE]
    for number, penalty, times in (("E003", "misuse", 3), ("E005", "cheating", 1)):
        penalise(event_id=event, code=codes[number], penalty=penalty, times=times, reason="如记录", by=chief, at=LATER)
    lock(event_id=event, by=chief, at=LATER)
    SecondLook.objects.create(event=final.event, codes=[], by=final[Role.SUPERVISOR], at=LATER)
    unseal(event_id=event, witness=final[Role.SUPERVISOR], by=final[Role.REGISTRAR], at=LATER)
    compute(event_id=event, by=final[Role.HOST], at=LATER)
    tie = Decision.objects.get(kind="tie")
    take_decision(decision_id=tie.pk, choice=tie.concerns, reason="比工艺", by=chief, at=LATER)
    (done,) = compute(event_id=event, by=final[Role.HOST], at=LATER + timedelta(hours=1))
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(ResultList.objects.get(pk=done.list_id).bundle, ensure_ascii=False), "utf-8")
    return path


def test_a_bundle_out_of_the_database_holds_for_a_stranger(bundle, capsys):
    assert _by_hand("verify_result.py", bundle)[0] == 0
    assert main(["results", "verify", str(bundle)]) == 0
    assert capsys.readouterr().out == "相符\n"


def test_a_bundle_that_was_touched_does_not(bundle, capsys):
    document = json.loads(bundle.read_text("utf-8"))
    touched = next(row for row in document["result"] if row["rank"] == 1)
    touched["total"] += 1
    bundle.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    assert _by_hand("verify_result.py", bundle)[0] == 1
    assert main(["results", "verify", str(bundle)]) == 1
    assert f"result.{touched['code']}.total" in capsys.readouterr().out


def test_a_draw_out_of_the_database_holds_for_a_stranger(tmp_path, capsys):
    final = eve(students=4).welder
    registrar = final[Role.REGISTRAR]
    for entry in final.entries.values():
        check_in(entry_id=entry.pk, by=registrar, at=FINAL)
    draw = freeze(
        event_id=final.event.pk,
        division="student",
        purpose="焊工 决赛 工位抽签",
        among=Among.CHECKED_IN,
        stations=3,
        by=registrar,
        at=FINAL,
    )
    commit(draw_id=draw, by=registrar, at=FINAL)
    fix(draw_id=draw, public_input="七 三 九", source="现场报数", by=final[Role.SUPERVISOR], at=FINAL)
    make(draw_id=draw, by=registrar, at=FINAL)
    path = tmp_path / "draw.json"
    path.write_text(json.dumps(Draw.objects.get().transcript, ensure_ascii=False), "utf-8")
    assert _by_hand("verify_draw.py", path)[0] == 0
    assert main(["draw", "verify", str(path)]) == 0
    assert capsys.readouterr().out == "相符\n"
