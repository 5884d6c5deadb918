"""What holds of every roster, whoever is in it."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from saiwu.rules.findings import Verdict
from saiwu.rules.roster import HEADS, check
from tests.rules.people import credit_code, identity_of
from tests.rules.roster.tables import IOT, ON, bayu, cells, judged, shipped, student, verdicts, worker

PEOPLE = st.integers(1, 4)
ROWS = st.lists(
    st.builds(
        lambda kind, person, unit, bad: (worker if kind else student)(
            person,
            参赛单位=f"虚构{unit}公司",
            统一社会信用代码=credit_code(unit),
            **({"居住或工作学习地": "四川省成都市"} if bad else {}),
        ),
        st.booleans(),
        PEOPLE,
        st.integers(1, 2),
        st.booleans(),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(ROWS, ROWS)
def test_rows_that_are_added_below_change_nothing_above(above, below):
    assert judged(above + below)["rows"][: len(above)] == judged(above)["rows"]


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_no_person_and_no_place_is_held_twice(rows):
    document = judged(rows)
    held = [row for row, entry in zip(rows, document["entries"], strict=True) if entry["verdict"] in ("ok", "evidence")]
    people = [row["证件号码"] for row in held]
    assert len(people) == len(set(people))
    places = [(row["组别"], row["参赛单位"]) for row in held]
    assert all(places.count(place) <= 2 for place in places)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.randoms())
def test_the_order_of_the_columns_does_not_matter(rows, chance):
    heads = list(HEADS)
    chance.shuffle(heads)
    report = check(cells(rows, tuple(heads)), book=bayu(), on=ON)
    plain = judged(rows)
    assert [row.verdict.value for row in report.rows] == verdicts(plain)
    assert [
        [(finding.rule, finding.message) for finding, _ in row.findings if finding.verdict is not Verdict.OK]
        for row in report.rows
    ] == [[(one["rule"], one["message"]) for one in row["findings"]] for row in plain["rows"]]


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_looking_at_everything_changes_no_verdict(rows):
    whole, short = judged(rows, everything=True), judged(rows)
    assert verdicts(whole) == verdicts(short)
    assert [[one for one in row["findings"] if one["verdict"] != "ok"] for row in whole["rows"]] == [
        row["findings"] for row in short["rows"]
    ]
    assert [entry["verdict"] for entry in whole["entries"]] == [entry["verdict"] for entry in short["entries"]]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.dates(date(1940, 1, 1), date(2024, 1, 1)), max_size=12),
    st.sampled_from("男女"),
    st.sampled_from(["", "50", "55"]),
)
def test_the_quick_way_of_ages_says_what_the_rule_says(births, sex, former):
    """Rows share what the rule allows as an interval; each alone must get the same."""
    rows = [
        worker(number, 证件号码=identity_of(born, sex, number=number), 性别=sex, 原退休年龄=former)
        for number, born in enumerate(births, start=1)
    ]
    together = [[one for one in row["findings"] if one["rule"] == "age"] for row in judged(rows)["rows"]]
    alone = [[one for one in judged([row])["rows"][0]["findings"] if one["rule"] == "age"] for row in rows]
    assert [[(one["verdict"], one["message"]) for one in found] for found in together] == [
        [(one["verdict"], one["message"]) for one in found] for found in alone
    ]


CELLS = {
    "组别": ["职工组", "学生组", ""],
    "人员类别": ["在职", "学生", "教师", "其他", "", "工人"],
    "居住或工作学习地": [
        "重庆市",
        "工作：渝北区",
        "学习：北碚区",
        "成都",
        "居住：朝阳区",
        "",
        "无",
        "工作：成都；居住：重庆",
    ],
    "学校专业": ["重庆大学 软件", "西南大学 软件", "成都大学 软件", "", "无"],
    "技能等级": ["四级", "五级", "无", "", 3.0, "高手"],
    "等级证书职业": [IOT, "焊工", "", "无"],
    "从业年限": ["4", 5.0, "", "无", "2年6个月"],
    "原退休年龄": ["", "50", "55"],
    "性别": ["男", "女", ""],
    "证件号码": [
        "",
        "5001",
        5.0e17,
        *(identity_of(date(year, 6, 1), sex) for year in (1966, 1972, 2010) for sex in "男女"),
    ],
}
ANY_ROW = st.fixed_dictionaries({head: st.sampled_from(cells) for head, cells in CELLS.items()})
SHARED = {"one_event", "not_instructor", "quotas.unit"}


@settings(max_examples=150, deadline=None)
@given(st.lists(ANY_ROW, min_size=2, max_size=12), st.sampled_from(["bayu-2025", "qinghe-2026"]))
def test_rows_that_share_findings_get_what_each_would_get_alone(rows, slug):
    """What a row is told of itself does not hang on the other rows of the list."""
    event = {"bayu-2025": IOT, "qinghe-2026": "农业机械修理"}[slug]
    whole = [worker(number, **row, 赛项=event) for number, row in enumerate(rows, start=1)]
    book = shipped(slug)

    def told(document: dict[str, Any]) -> list[list[tuple[str, str, str, str | None]]]:
        return [
            [
                (one["rule"], one["verdict"], one["message"], one["cell"] and one["cell"][0])
                for one in row["findings"]
                if one["rule"] not in SHARED
            ]
            for row in document["rows"]
        ]

    assert told(judged(whole, book=book)) == [told(judged([row], book=book))[0] for row in whole]
