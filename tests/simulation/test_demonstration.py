"""The demonstration on its morning: where each event stands, and what is left to do for everybody who can sign in."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from saiwu.rules.rulebook import Rulebook, load
from saiwu.simulation.agenda import Agenda, Story
from saiwu.simulation.clock import Clock
from saiwu.simulation.demonstration.morning import Morning, Standing, morning_of
from saiwu.simulation.demonstration.moved import CannotMove, by_days, by_years, moved
from saiwu.web import clock
from tests.built import built
from tests.world import NOTICES

CHINA = timezone(timedelta(hours=8))
Ask = Callable[[str], list[tuple[Any, ...]]]


def _book(notice: str) -> Rulebook:
    book = load(NOTICES / notice).book
    assert book is not None
    return book


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """Rows of the demonstration's database."""
    with closing(sqlite3.connect(f"file:{built() / 'saiwu.sqlite3'}?mode=ro", uri=True)) as database:
        yield lambda question: database.execute(question).fetchall()


EVENTS = "saiwu_event JOIN saiwu_competition ON saiwu_competition.id = competition_id"


def test_two_events_are_over_two_marked_two_reviewed_two_open_and_other_competitions_before_and_beside(
    ask: Ask,
) -> None:
    found = {
        (competition, event): state
        for competition, event, state in ask(
            f"SELECT saiwu_competition.slug, saiwu_event.slug, saiwu_event.state FROM {EVENTS}"
        )
    }
    assert found == {
        ("bayu-2025", "uav-delivery"): "confirmed",
        ("bayu-2025", "digital-solutions"): "public_notice",
        ("bayu-2025", "digital-twin"): "marking",
        ("bayu-2025", "desktop-cloud"): "marking",
        ("bayu-2025", "iot"): "reviewing",
        ("bayu-2025", "ai-trainer"): "reviewing",
        ("bayu-2025", "electronics"): "registering",
        ("bayu-2025", "ai-image"): "registering",
        ("qinghe-2025", "warehouse"): "confirmed",
        ("qinghe-2025", "tractor-repair"): "confirmed",
        ("qinghe-2025", "bamboo"): "confirmed",
        ("qingshi-2025", "forklift"): "running",
    }


def test_nothing_has_happened_after_the_morning(ask: Ask) -> None:
    [(latest,)] = ask("SELECT max(at) FROM saiwu_record")
    assert latest <= "2025-10-19 00:30:00"


def test_the_competition_that_is_over_has_its_bulletin_and_others_have_none(ask: Ask) -> None:
    issued = "SELECT slug FROM saiwu_bulletin JOIN saiwu_competition ON saiwu_competition.id = competition_id"
    assert ask(issued) == [("qinghe-2025",)]


OPEN = {
    "a decision of the organiser": "SELECT 1 FROM saiwu_decision WHERE state = 'asked' AND may_take = 'organiser'",
    "a change": "SELECT 1 FROM saiwu_change_request WHERE state = 'asked'",
    "a waiver": "SELECT 1 FROM saiwu_waiver WHERE state = 'asked'",
    "a conflict": "SELECT 1 FROM saiwu_conflict WHERE settled_at IS NULL",
    "a draw that waits for its public input": "SELECT 1 FROM saiwu_draw WHERE state = 'committed'",
    "somebody who has not checked in": (
        "SELECT 1 FROM saiwu_entry JOIN saiwu_event ON saiwu_event.id = event_id"
        " WHERE saiwu_event.state = 'running' AND saiwu_entry.state = 'finalist'"
    ),
    "a judge who has handed in": "SELECT 1 FROM saiwu_hand_in",
}
"""What → the rows that there must be."""


@pytest.mark.parametrize("what", OPEN)
def test_something_is_open(what: str, ask: Ask) -> None:
    assert ask(OPEN[what]) != []


def test_forms_wait_for_review_and_places_are_short_in_events_that_are_not_held_yet(ask: Ask) -> None:
    rows = ask(
        "SELECT DISTINCT saiwu_event.slug, saiwu_entry.state FROM saiwu_entry JOIN saiwu_event ON saiwu_event.id = event_id"
        " WHERE saiwu_event.state IN ('reviewing', 'registering')"
    )
    states = {state for _, state in rows}
    assert {"submitted", "returned", "accepted", "waiting"} <= states
    assert {event for event, state in rows if state == "submitted"} == {"iot", "ai-trainer", "electronics", "ai-image"}


def test_the_unit_has_a_form_to_mend_and_somebody_who_waits_for_it(ask: Ask) -> None:
    people = {one["part"]: one for one in json.loads((built() / "demo-sign-ins.json").read_text("utf-8"))}
    login = people["unit"]["login"]
    unit = (
        "SELECT saiwu_unit.name FROM saiwu_unit JOIN saiwu_appointment USING (scope_id)"
        f" JOIN saiwu_account ON saiwu_account.id = account_id WHERE login = '{login}'"
    )
    [(name,)] = ask(unit)
    returned = (
        "SELECT count(*) FROM saiwu_entry JOIN saiwu_event ON saiwu_event.id = event_id JOIN saiwu_unit"
        f" ON saiwu_unit.id = unit_id WHERE saiwu_unit.name = '{name}' AND saiwu_entry.state = 'returned'"
        " AND saiwu_event.state IN ('reviewing', 'registering')"
    )
    waiting = (
        "SELECT count(*) FROM saiwu_preregistration JOIN saiwu_event ON saiwu_event.id = event_id WHERE"
        f" unit_name = '{name}' AND saiwu_preregistration.state = 'preregistered' AND saiwu_event.state = 'registering'"
    )
    assert (ask(returned)[0][0] > 0, ask(waiting)[0][0] > 0) == (True, True)


def test_every_role_can_be_signed_in_as_and_nobody_else_has_a_password(ask: Ask) -> None:
    people = json.loads((built() / "demo-sign-ins.json").read_text("utf-8"))
    roles = {"参赛单位", "承办单位", "检录加密人员", "裁判员", "裁判长", "监督", "仲裁", "组委会办公室", "主办单位"}
    assert {one["role"] for one in people} == roles
    given = ask("SELECT login FROM saiwu_account WHERE password NOT LIKE '!%' ORDER BY login")
    assert [login for (login,) in given] == sorted(one["login"] for one in people)
    hashers = ask("SELECT DISTINCT substr(password, 1, 6) FROM saiwu_account WHERE password NOT LIKE '!%'")
    assert hashers == [("argon2",)]


# ---- what it is made of


def test_the_morning_follows_the_day_of_most_finals() -> None:
    assert morning_of(Clock(_book("bayu-2025"))) == Morning(
        datetime(2025, 10, 19, 8, 30, tzinfo=_book("bayu-2025").zone),
        {
            Standing.OVER: ("uav-delivery", "digital-solutions"),
            Standing.MARKING: ("desktop-cloud", "digital-twin"),
            Standing.REVIEWING: ("iot", "ai-trainer"),
            Standing.REGISTERING: ("electronics", "ai-image"),
        },
    )


def test_a_notice_is_moved_with_its_sentences() -> None:
    before, after = _book("qinghe-2026"), moved(_book("qinghe-2026"), by_years(-1))
    assert (after.id, after.head.number) == ("qinghe-2025", "清人社发〔2025〕7号")
    assert (after.head.issued, after.head.to) == (date(2025, 1, 20), date(2025, 6, 30))
    year = (("2026", "2025"), ("2025年9月1日", "2024年9月1日"), ("2023年1月1日", "2022年1月1日"))
    for clause in ("落款", "文号"):
        assert after.sentence(clause) == before.sentence(clause).replace(*year[0])
    assert after.sentence("三.6") == before.sentence("三.6").replace(*year[2])
    assert year[1][1] in after.sentence("三.2")


def test_a_notice_is_moved_by_days_with_its_year() -> None:
    small = moved(_book("qingshi-2026"), by_days((date(2025, 10, 19) - date(2026, 5, 1)).days))
    assert small.id == "qingshi-2025"
    assert small.sentence("一") == "青石县总工会定于2025年10月19日举办叉车技能比武，只比操作，取前三名。"
    assert small.events["forklift"].stages["final"].on == date(2025, 10, 19)


def test_a_notice_that_does_not_hold_any_more_is_not_moved() -> None:
    with pytest.raises(CannotMove):
        moved(_book("qinghe-2026"), lambda day: date(2026, 1, 1) if day.month == 6 else day)


def test_the_29th_of_february_becomes_the_28th() -> None:
    assert by_years(-1)(date(2024, 2, 29)) == date(2023, 2, 28)


def test_stories_stop_at_an_instant_and_what_is_due_then_still_happens() -> None:
    start = datetime(2025, 10, 18, 8, 0, tzinfo=CHINA)
    agenda, seen = Agenda(start), []

    def story() -> Story:
        for hours in (1, 2, 3):
            seen.append((yield start + timedelta(hours=hours)))

    agenda.add(story())
    agenda.run(until=start + timedelta(hours=2))
    assert seen == [start + timedelta(hours=1), start + timedelta(hours=2)]


# ---- its clock


def test_the_clock_goes_on_from_the_instant_that_the_environment_names(settings: Any) -> None:
    settings.DEMO_AT = "2025-10-19T08:30:00+08:00"
    real = datetime.now(CHINA) - timedelta(minutes=10)
    settings.DEMO_CLOCK = f"2025-10-19T11:00:00+08:00@{real.isoformat()}"
    gone = clock.now() - datetime(2025, 10, 19, 11, 10, tzinfo=CHINA)
    assert timedelta(0) <= gone < timedelta(seconds=5)


def test_without_it_the_clock_stands_still(settings: Any) -> None:
    settings.DEMO_AT, settings.DEMO_CLOCK = "2025-10-19T08:30:00+08:00", ""
    assert clock.now() == datetime(2025, 10, 19, 8, 30, tzinfo=CHINA)


def test_a_real_installation_goes_by_the_real_clock(settings: Any) -> None:
    settings.DEMO_AT, settings.DEMO_CLOCK = "", ""
    assert abs(clock.now() - datetime.now(CHINA)) < timedelta(seconds=5)


def test_the_folder_tells_a_demonstration_from_one_of_another_version_and_from_something_else(tmp_path: Path) -> None:
    from saiwu.cli.demonstration import FORMAT, Found, found

    kinds = {}
    for name, mark in (
        ("of today", f"2025-10-19T08:30:00+08:00\n{FORMAT}\n"),
        ("older", "2025-11-12T09:00:00+08:00\n"),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "demo").write_text(mark)
        kinds[name] = found(tmp_path / name)
    (tmp_path / "mine").mkdir()
    kinds["empty"] = found(tmp_path / "mine")
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    kinds["mine"], kinds["nothing"] = found(tmp_path / "mine"), found(tmp_path / "nothing")
    assert kinds == {
        "of today": Found.BUILT,
        "older": Found.OTHER_VERSION,
        "empty": Found.NOTHING,
        "mine": Found.SOMETHING_ELSE,
        "nothing": Found.NOTHING,
    }
