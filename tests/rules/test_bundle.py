"""A result bundle: made, signed, read and computed again; whatever is changed in it shows, with its path."""

from __future__ import annotations

import contextlib
import copy
import json
import subprocess
import sys
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saiwu.rules.bundle import (
    RULES_VERSION,
    NotABundle,
    UnknownRules,
    build,
    public_key_of,
    recompute,
    sign,
    signed_by_its_key,
)
from saiwu.rules.canonical import NotCanonical, canonical, sha256
from saiwu.rules.decisions import Decision, Kind
from saiwu.rules.marking import ComponentMarks, EntryMarks, GivenPenalty, JudgeMark, NotReady, PartMark, State
from saiwu.rules.rulebook.bundles import merged_division
from tests.rules.lists import descending, entry, person, rulebook

KEY = bytes(range(32))
VERIFIER = Path(__file__).parents[2] / "docs" / "formats" / "verify_result.py"
CHAPTERS = """
certificate_kind: 职业技能等级
paper_level: 三级
components:
  theory: {weight: 30%, pass: 60, judging: {judges: 3, combine: 平均}}
  practical: {weight: 70%, full: 50, pass: 30, modules: {m1: {weight: 1/3, full: 20, name: 甲}, m2: {weight: 2/3,
    full: 30, name: 乙}}}
penalties:
  phone: {effect: 零分, part: 理论知识}
  unsafe: {effect: 扣分, points: 2.5, each: 是, cap: 6, part: 技能操作}
  late: {effect: 扣分, points: 1}
  gone: {effect: 弃权}
ranking: {decimals: 2, tie_break: [技能操作, 用时, 交卷时间, 裁判长]}
awards: {prizes: {first: 1, second: 2, third: 3, merit: 至上限}, cap: 30%}
certificates: {rows: [{passed: [技能操作], gives: 命题等级}, {rank: 1-6, prize: [有], gives: 命题等级+1}]}
"""
JUDGED = tuple(JudgeMark(f"J{n}", mark) for n, mark in enumerate((80_000, 81_000, 81_000)))


def entries() -> list[EntryMarks]:
    """Entries of every kind: modules, judges, penalties, ties, absent, void, excluded, not yet marked."""

    def one(code: str, theory: int | None, m1: int, m2: int, **others: Any) -> EntryMarks:
        modules = {"m1": PartMark(m1), "m2": PartMark(m2)}
        return EntryMarks(
            code,
            {"theory": ComponentMarks(theory), "practical": ComponentMarks(modules=modules)},
            unit="u1",
            **{"members": (person(f"{code}-1", "四级", 24),), **others},
        )

    return [
        one("A", 90_000, 19_000, 28_500, time_used_s=3600, handed_in_at=datetime(2026, 5, 1, 3, tzinfo=UTC)),
        one("B", 90_000, 19_000, 28_500, time_used_s=3600),
        one("C", 90_000, 19_000, 28_500, time_used_s=3600),
        one("D", 80_001, 15_000, 20_001, penalties=(GivenPenalty("unsafe", 2, "一", "未戴安全帽"),)),
        one("E", 70_000, 15_000, 20_000, penalties=(GivenPenalty("phone"), GivenPenalty("late", 3))),
        one("F", 70_000, 1_000, 500, penalties=(GivenPenalty("gone"),)),
        one("G", None, 1_000, 500),
        one("H", 1, 1, 1, state=State.VOID, members=()),
        one("I", 1, 1, 1, state=State.EXCLUDED),
        EntryMarks("J", state=State.ABSENT, checked_in=False),
        EntryMarks(
            "K",
            {
                "theory": ComponentMarks(80_667, JUDGED),
                "practical": ComponentMarks(modules={"m1": PartMark(10_000), "m2": PartMark(11_000)}),
            },
        ),
        *[one(f"L{n}", 60_000 - n, 15_000, 20_000) for n in range(9)],
    ]


def bundle(*decisions: Decision) -> dict[str, Any]:
    """A signed bundle, as it would be read from a file."""
    document, _ = build(merged_division(rulebook(CHAPTERS), "forklift", "open"), entries(), decisions)
    text: dict[str, Any] = json.loads(json.dumps(sign(document, KEY), ensure_ascii=False))
    return text


TIE = Decision(Kind.TIE, ("B", "C"), ("C", "B"), "裁判长", "2026-05-01T12:00:00+08:00", "比较模块乙")
CAP = Decision(Kind.OVER_CAP, (), "从低到高减", "主办单位", "2026-05-01T13:00:00+08:00", "不突破上限")
WHOLE = bundle(TIE, CAP)


def test_a_bundle_says_what_the_format_says():
    assert sorted(WHOLE) == [
        "awards", "competition", "decisions", "division", "entries", "event", "format", "result", "rulebook",
        "rulebook_sha256", "rules", "signature",
    ]  # fmt: skip
    assert [WHOLE[key] for key in ("format", "rules", "competition", "event", "division", "rulebook_sha256")] == [
        "saiwu-result/1",
        RULES_VERSION,
        "qingshi",
        "forklift",
        "open",
        sha256(WHOLE["rulebook"]),
    ]
    found = {row["code"]: row for row in WHOLE["entries"]}
    assert found["D"] == {
        "code": "D",
        "unit": "u1",
        "state": "normal",
        "listed": True,
        "checked_in": True,
        "time_used_s": None,
        "handed_in_at": None,
        "components": {
            "theory": {"mark": 80_001, "of": 100_000, "from": []},
            "practical": {
                "mark": 34_723,  # 50 x (1/3 x 15/20 + 2/3 x 20.001/30), half up
                "of": 50_000,
                "modules": {
                    "m1": {"mark": 15_000, "of": 20_000, "from": []},
                    "m2": {"mark": 20_001, "of": 30_000, "from": []},
                },
                "from": [],
            },
        },
        "penalties": [{"id": "unsafe", "times": 2, "clause": "一", "reason": "未戴安全帽"}],
        "members": [{"code": "D-1", "holds": "四级", "age": 24, "facts": {}}],
    }
    assert WHOLE["decisions"][0] == {
        "kind": "tie",
        "concerns": ["B", "C"],
        "choice": ["C", "B"],
        "by_role": "裁判长",
        "at": "2026-05-01T12:00:00+08:00",
        "reason": "比较模块乙",
    }
    assert WHOLE["result"][:3] == [
        {
            "code": code,
            "total": 93_500,
            "rank": rank,
            "award": award,
            "pending": None,
            "decided_by": decided_by,
            "members": [{"code": f"{code}-1", "level": "二级", "certificate": True, "promotion": True, "honours": []}],
        }
        for code, rank, award, decided_by in (
            ("A", 1, "first", None),
            ("C", 2, "second", "交卷时间"),
            ("B", 3, "second", "decision"),
        )
    ]


def test_a_bundle_computed_again_agrees():
    assert recompute(WHOLE) == []
    assert recompute(bundle()) == []  # open decisions included


def paths(document: Any) -> list[tuple[str, ...]]:
    """Where a value stands in the inputs and outputs: every path to a value that is neither mapping nor list."""
    if isinstance(document, dict):
        return [(key, *rest) for key, value in document.items() for rest in paths(value)]
    if isinstance(document, list):
        return [(str(at), *rest) for at, value in enumerate(document) for rest in paths(value)]
    return [()]


SCALARS = [path for path in paths(WHOLE) if path[0] != "rulebook"]


def changed(document: dict[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """A copy with another value there."""
    made = copy.deepcopy(document)
    at: Any = made
    for key in path[:-1]:
        at = at[int(key)] if isinstance(at, list) else at[key]
    key = path[-1]
    at[int(key) if isinstance(at, list) else key] = value
    return made


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(SCALARS),
    st.one_of(st.none(), st.integers(0, 99), st.sampled_from(["x", "first", "B"]), st.booleans()),
)
def test_whatever_is_changed_in_a_signed_bundle_shows(path, value):
    document = changed(WHOLE, path, value)
    if canonical(document) == canonical(WHOLE):
        return
    with contextlib.suppress(NotABundle, UnknownRules, NotReady):
        assert recompute(document) != []


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([path for path in SCALARS if path[0] in ("result", "awards")]), st.integers(0, 99))
def test_a_result_that_does_not_follow_shows_even_if_it_is_signed_again(path, value):
    document = sign(changed(WHOLE, path, value), KEY)
    assert recompute(document)[0].path.split(".")[0] in ("result", "awards")


def test_the_path_names_the_entry_and_both_values():
    document = sign(changed(WHOLE, ("result", "0", "total"), 93_510), KEY)
    assert [str(one) for one in recompute(document)] == ["result.A.total: 93510, 93500"]
    document = sign(changed(WHOLE, ("awards", "merit"), 1), KEY)
    assert [str(one) for one in recompute(document)] == ["awards.merit: 1, 0"]
    document = sign({**WHOLE, "result": WHOLE["result"][1:]}, KEY)
    assert [one.path for one in recompute(document)] == ["result.A"]
    document = sign({**WHOLE, "result": [WHOLE["result"][1], WHOLE["result"][0], *WHOLE["result"][2:]]}, KEY)
    assert [one.path for one in recompute(document)] == ["result"]


def test_a_mark_that_its_modules_or_judges_do_not_make_shows():
    at = [row["code"] for row in WHOLE["entries"]].index("D")
    document = sign(changed(WHOLE, ("entries", str(at), "components", "practical", "mark"), 34_724), KEY)
    assert [str(one) for one in recompute(document)] == ["entries.D.components.practical.mark: 34724, 34723"]


def test_judges_marks_count_exactly():
    document = changed(WHOLE, ("rules",), RULES_VERSION)
    (row,) = [row for row in document["result"] if row["code"] == "K"]
    # 0.3 x 242/3 + 0.7 x 100/50 x (50 x (1/3 x 1/2 + 2/3 x 11/30)) = 24.2 + 28.7777…
    assert row["total"] == 52_980


def test_an_unknown_version_of_the_rules_cannot_be_computed():
    with pytest.raises(UnknownRules, match=r"^不认识的规则版本“99”，本程序能重算的是：1$"):
        recompute({**WHOLE, "rules": "99"})


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("format",), "saiwu-result/2", "format：不是 saiwu-result/1"),
        (("entries",), None, "entries：应为列表"),
        (("entries", "0", "state"), "gone", "entries.A.state：应为 normal、absent、void、excluded"),
        (("entries", "0", "time_used_s"), 1.5, "entries.A.time_used_s：应为不小于 0 的整数或 null"),
        (("entries", "0", "handed_in_at"), "10:00", "entries.A.handed_in_at：应为带时区的时刻"),
        (
            ("entries", "0", "components", "theory", "mark"),
            -1,
            "entries.A.components.theory.mark：应为不小于 0 的整数或 null",
        ),
        (("entries", "0", "members", "0", "holds"), "九级", "entries.A.members.A-1.holds：不是技能等级"),
        (("entries", "1", "code"), "A", "entries：有两个相同的编号"),
        (("rulebook", "rules"), 3, "rulebook：不是合并后的规则文件"),
        (("result",), {}, "result：类型不对"),
    ],
)
def test_what_cannot_be_read_is_named(path, value, message):
    with pytest.raises(NotABundle) as error:
        recompute(changed(WHOLE, path, value))
    assert str(error.value) == message


def test_missing_and_unknown_keys_are_named():
    with pytest.raises(NotABundle, match=r"^signature：缺少$"):
        recompute({key: value for key, value in WHOLE.items() if key != "signature"})
    with pytest.raises(NotABundle, match=r"^note：格式里没有这一项$"):
        recompute({**WHOLE, "note": ""})


def test_a_signature_is_that_of_the_key_it_names():
    assert WHOLE["signature"]["key"] == public_key_of(KEY)
    assert signed_by_its_key(WHOLE)
    for signature in (None, {}, {**WHOLE["signature"], "value": "00"}, {**WHOLE["signature"], "algorithm": "RSA"}):
        assert not signed_by_its_key({**WHOLE, "signature": signature})
    assert not signed_by_its_key({**WHOLE, "competition": "other"})


def test_canonical_json_is_that_of_rfc_8785():
    assert canonical({"b": [1, True, None], "a": "e\N{COMBINING ACUTE ACCENT}\n\u0007/"}) == (
        '{"a":"\N{LATIN SMALL LETTER E WITH ACUTE}\\n\\u0007/","b":[1,true,null]}'.encode()
    )
    for wrong in (1.0, {1: 2}, {"\U0001f600": 1}, "\ud800", 2**60, {"é": 1, "e\N{COMBINING ACUTE ACCENT}": 2}):
        with pytest.raises(NotCanonical):
            canonical(wrong)


def test_a_list_of_all_divisions_carries_each_entrys_own():
    chapters = (
        "components: {practical: {}}\nranking: {list: 赛项}\nawards: {prizes: {first: 1}}\n"
        "certificates: {rows: [{for: {division: [职工组]}, honours: [能手]}]}\n"
    )
    book = rulebook(chapters, divisions="divisions: {student: {}, worker: {}}")
    made = [
        entry("A", "90", division="worker", members=(person("A-1"),)),
        entry("B", "80", division="student", members=(person("B-1"),)),
    ]
    document, result = build(merged_division(book, "forklift", None), made)
    assert (document["division"], document["entries"][0]["members"][0]["facts"]) == (None, {"division": "worker"})
    assert [row.best and row.best.honours for row in result.rows] == [("能手",), ()]
    assert recompute(sign(document, KEY)) == []


def test_a_time_that_is_no_whole_second_is_our_own_mistake():
    with pytest.raises(ValueError, match="whole number of seconds"):
        build(
            merged_division(rulebook(CHAPTERS), "forklift", "open"),
            [EntryMarks("A", time_used_s=Fraction(1, 2))],
        )


def verifier(tmp_path: Path, document: object) -> tuple[int, str]:
    """The published verifier in plain Python, run as a stranger would."""
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", VERIFIER, path], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_the_published_verifier_agrees_with_us(tmp_path):
    assert verifier(tmp_path, WHOLE) == (0, "相符\n")
    assert verifier(tmp_path, bundle()) == (0, "相符\n")
    plain, _ = build(
        merged_division(rulebook("components: {practical: {}}\nawards: 无\n"), "forklift", "open"), descending(3)
    )
    assert verifier(tmp_path, sign(plain, KEY)) == (0, "相符\n")


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("result", "0", "total"), 93_550, "A.total: published 93550, recomputed 93500\n"),
        (("result", "3", "rank"), 5, "L0.rank: published 5, recomputed 4\n"),
        (("result", "0", "total"), None, None),
        (("rulebook", "name"), "另一场", None),
    ],
)
def test_the_published_verifier_finds_what_does_not_follow(tmp_path, path, value, said):
    code, out = verifier(tmp_path, sign(changed(WHOLE, path, value), KEY))
    assert code == 1
    assert said is None or said in out


def test_the_published_verifier_checks_the_signature(tmp_path):
    code, out = verifier(tmp_path, {**WHOLE, "competition": "other"})
    assert (code, out) == (1, "signature: published True, recomputed False\n")


def test_the_published_verifier_is_short_and_needs_nothing():
    text = VERIFIER.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    assert all(name.strip(",") in sys.stdlib_module_names for name in ["hashlib,", "json,", "sys", "fractions"])
    assert [line for line in text.splitlines() if "import" in line.split()] == [
        "import hashlib, json, sys",
        "from fractions import Fraction as F",
    ]
