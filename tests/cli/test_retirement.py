"""`saiwu retirement`, as programs and people call it."""

from __future__ import annotations

import json

import pytest

from saiwu.cli import main


@pytest.mark.parametrize(
    ("arguments", "document"),
    [
        (["1970-05", "--category", "male"], {"age": {"years": 61, "months": 5}, "month": "2031-10"}),
        (["1970-05", "--category", "female55"], {"age": {"years": 55, "months": 2}, "month": "2025-07"}),
        (["1984-11", "--category", "female50"], {"age": {"years": 55, "months": 0}, "month": "2039-11"}),
    ],
)
def test_programs_get_age_and_month(capsys, arguments, document):
    assert main(["retirement", *arguments, "--json"]) == 0
    out, err = capsys.readouterr()
    assert (json.loads(out), out[-1], err) == (document, "\n", "")


def test_people_get_one_chinese_line(capsys):
    assert main(["retirement", "1965-12", "--category", "male"]) == 0
    assert capsys.readouterr().out == "男，1965年12月出生：法定退休年龄60周岁3个月，2026年3月达到。\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["1970-13", "--category", "male"],
        ["1970-5", "--category", "male"],
        ["1970-00", "--category", "male"],
        ["５月", "--category", "male"],
        ["1970-05", "--category", "women"],
        ["1970-05"],
        [],
    ],
)
def test_a_wrong_month_or_category_is_wrong_use(capsys, arguments):
    with pytest.raises(SystemExit) as end:
        main(["retirement", *arguments])
    out, err = capsys.readouterr()
    assert (end.value.code, out, err.count("\n")) == (2, "", 1)
