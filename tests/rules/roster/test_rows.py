"""One row of a roster: what each column may say, and at which cell a finding stands."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from saiwu.rules.roster import HEADS, NoHead, check
from tests.rules.people import credit_code, identity_of
from tests.rules.roster.tables import (
    IOT,
    ON,
    TRAINER,
    bayu,
    cells,
    findings,
    judged,
    shipped,
    student,
    verdicts,
    worker,
)

OK: list[tuple[str, str, str | None]] = []


def row_findings(row):
    (found,) = findings(judged([row]))
    return found


def test_rows_in_order_have_no_findings():
    document = judged([worker(1), student(2)])
    assert document == {
        "rows": [
            {"row": 2, "name": "张三", "verdict": "ok", "findings": []},
            {"row": 3, "name": "李四", "verdict": "ok", "findings": []},
        ],
        "entries": [
            {
                "event": "iot",
                "division": "worker",
                "unit": credit_code(1),
                "team": None,
                "rows": [2],
                "verdict": "ok",
                "findings": [],
            },
            {
                "event": "iot",
                "division": "student",
                "unit": credit_code(1002),
                "team": None,
                "rows": [3],
                "verdict": "ok",
                "findings": [],
            },
        ],
        "not_checked": ["conduct", "student.full_time", "student.enrolled"],
        "summary": {"rows": 2, "ok": 2, "evidence": 0, "waiver": 0, "refused": 0},
    }


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"证件号码": ""}, [("identity", "evidence", "H2"), ("age", "evidence", "H2")]),
        ({"证件号码": identity_of(date(1990, 1, 1))[:-1] + "?"}, [("identity", "refused", "H2")]),
        ({"证件号码": 5.001901990010113e17}, [("identity", "refused", "H2")]),
        ({"证件号码": date(1990, 1, 1)}, [("identity", "refused", "H2")]),
        ({"证件号码": " " + identity_of(date(1990, 1, 1)).lower()}, OK),
        ({"性别": "女"}, [("identity", "refused", "G2")]),
        ({"性别": "F"}, [("cell", "refused", "G2")]),
        ({"性别": ""}, OK),
        ({"手机号": 16400000001.0}, OK),
        ({"手机号": "16400000001.0"}, [("phone", "refused", "I2")]),
        ({"手机号": "１６４ ００００ ０００１"}, OK),
        ({"手机号": ""}, OK),
        ({"统一社会信用代码": credit_code(1)[:-1] + "?"}, [("unit_code", "refused", "D2")]),
        ({"统一社会信用代码": 9.15001e17}, [("unit_code", "refused", "D2")]),
        ({"统一社会信用代码": ""}, OK),
        ({"统一社会信用代码": "无", "手机号": "无", "队名": "无", "组别": "无"}, OK),
        ({"参赛单位": "", "统一社会信用代码": ""}, [("quotas.unit", "evidence", "C2")]),
        ({"姓名": ""}, [("cell", "evidence", "F2")]),
        ({"姓名": "=HYPERLINK(1)"}, [("cell", "refused", "F2")]),
        ({"姓名": 123.0}, [("cell", "refused", "F2")]),
        ({"姓名": "阿·娜"}, OK),
        ({"赛项": "iot"}, OK),
        ({"赛项": " 物联网安装 调试员"}, OK),
        ({"赛项": "物联网"}, [("event", "refused", "A2")]),
        ({"赛项": ""}, [("event", "evidence", "A2")]),
        ({"组别": "worker"}, OK),
        ({"组别": ""}, OK),
        ({"组别": "学生组"}, [("division", "refused", "J2")]),
        ({"组别": "教师组"}, [("division", "refused", "B2")]),
        ({"人员类别": "职工"}, OK),
        ({"人员类别": "教师"}, OK),
        ({"人员类别": "工人"}, [("cell", "refused", "J2")]),
        ({"人员类别": "其他"}, [("division", "refused", "J2")]),
        (
            {"人员类别": ""},
            [
                ("division", "evidence", "J2"),
                ("student", "evidence", "J2"),
                ("skill", "evidence", "J2"),
            ],
        ),
    ],
)
def test_a_workers_row(changes, found):
    assert row_findings(worker(**changes)) == found


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("重庆", OK),
        ("渝北区", OK),
        ("工作：渝北区", OK),
        ("工作地 : 渝北区", OK),
        ("居住:重庆市江北区", OK),
        ("四川省成都市；居住：重庆市江北区", OK),
        ("工作：四川省成都市；居住：广安", [("place", "refused", "K2")]),
        ("四川省成都市", [("place", "refused", "K2")]),
        ("四川省成都市重庆路", [("place", "refused", "K2")]),
        ("朝阳区", [("place", "evidence", "K2")]),
        ("工作：四川省成都市；居住：朝阳区", [("place", "evidence", "K2")]),
        ("", [("place", "evidence", "K2")]),
        ("无", [("place", "refused", "K2")]),
    ],
)
def test_where_somebody_works_studies_or_lives(place, found):
    assert row_findings(worker(居住或工作学习地=place)) == found


@pytest.mark.parametrize(
    ("school", "place", "found"),
    [
        ("重庆大学 物联网工程", "重庆市", OK),
        ("重庆大学/物联网工程", "重庆市", OK),
        ("成都大学 物联网工程", "居住：重庆市", [("student", "refused", "L2")]),
        ("成都大学 物联网工程", "重庆市", [("student", "refused", "L2")]),
        ("成都大学重庆校区 物联网工程", "学习：重庆市永川区", OK),  # one that holds is enough
        ("西南大学 物联网工程", "学习：重庆市北碚区", OK),
        ("西南大学 物联网工程", "学习：四川省成都市；居住：重庆市", [("student", "refused", "L2")]),
        ("西南大学 物联网工程", "居住：重庆市北碚区", [("student", "evidence", "L2")]),
        ("四川美术学院 数字媒体", "居住：重庆市", OK),
        ("", "居住：重庆市", [("student", "evidence", "L2")]),
        ("无", "居住：重庆市", [("student", "refused", "L2")]),
    ],
)
def test_where_a_student_goes_to_school(school, place, found):
    assert row_findings(student(学校专业=school, 居住或工作学习地=place)) == found


@pytest.mark.parametrize(
    ("level", "occupation", "years", "found"),
    [
        ("四级", IOT, "", OK),
        ("中级工", IOT, "", OK),
        ("四级/中级工", IOT, "", OK),
        ("四级（中级工）", IOT, "", OK),
        ("四级 中级工", IOT, "", OK),
        ("国家职业资格四级", IOT, "", OK),
        ("一级/高级技师", IOT, "", OK),
        ("技师", IOT, "", OK),
        ("四级以上", IOT, "5", [("cell", "refused", "M2")]),
        ("4", IOT, "", OK),
        (4.0, IOT, "", OK),
        ("高级技师", IOT, "", OK),
        ("五级", IOT, "5", OK),
        ("五级", IOT, 5.0, OK),
        ("无", "", "5年", OK),
        ("无", "", "4.5", [("skill", "waiver", "M2")]),
        ("无", "", "无", [("skill", "waiver", "M2")]),
        ("无", "", "", [("skill", "evidence", "O2")]),
        ("", "", "4", [("skill", "evidence", "M2")]),
        ("", "", "5", OK),
        ("四级", "", "4", [("skill", "evidence", "N2")]),
        ("四级", "焊工", "4", [("skill", "evidence", "N2")]),
        ("四级", "焊工", "5", OK),
        ("四级/高级工", IOT, "5", [("cell", "refused", "M2")]),
        ("很高", IOT, "1", [("cell", "refused", "M2")]),
        ("无", "", "很久", [("cell", "refused", "O2")]),
        (datetime(2025, 4, 1), IOT, "5", [("cell", "refused", "M2")]),  # noqa: DTZ001 - what a spreadsheet makes of 4/1
    ],
)
def test_the_skill_of_a_worker(level, occupation, years, found):
    assert row_findings(worker(技能等级=level, 等级证书职业=occupation, 从业年限=years)) == found


@pytest.mark.parametrize(
    ("born", "sex", "former", "found"),
    [
        (date(2009, 10, 23), "男", "", OK),
        (date(2009, 10, 24), "男", "", [("age", "refused", "H2")]),
        (date(1965, 8, 24), "男", "60", OK),
        (date(1965, 8, 23), "男", "", [("age", "refused", "H2")]),
        (date(1972, 6, 1), "女", "", [("age", "evidence", "P2")]),
        (date(1972, 6, 1), "女", "55周岁", OK),
        (date(1972, 6, 1), "女", 50.0, [("age", "refused", "H2")]),
        (date(1972, 6, 1), "女", "五十", [("cell", "refused", "P2")]),
    ],
)
def test_the_age_of_a_worker(born, sex, former, found):
    assert row_findings(worker(证件号码=identity_of(born, sex), 性别=sex, 原退休年龄=former)) == found


def test_findings_carry_clause_or_assumption_and_say_how_to_mend():
    document = judged([worker(居住或工作学习地="成都"), worker(2, 证件号码="5001")])
    assert [row["findings"] for row in document["rows"]] == [
        [
            {
                "rule": "place",
                "clause": "五.1a",
                "assumed": None,
                "verdict": "refused",
                "message": "不在重庆市，须在重庆市工作、学习、居住之一。",
                "cell": "K2",
            }
        ],
        [
            {
                "rule": "identity",
                "clause": None,
                "assumed": None,
                "verdict": "refused",
                "message": "居民身份证号码应为18位，现为4位，请对照原件重填。",
                "cell": "H3",
            }
        ],
    ]


def test_all_lists_what_is_in_order_too():
    document = judged([worker()], everything=True)
    assert findings(document) == [
        [
            ("identity", "ok", "H2"),
            ("unit_code", "ok", "D2"),
            ("phone", "ok", "I2"),
            ("division", "ok", "J2"),
            ("place", "ok", "K2"),
            ("age", "ok", "H2"),
            ("skill", "ok", "M2"),
            ("entered_by", "ok", None),
            ("one_event", "ok", "H2"),
            ("not_instructor", "ok", "H2"),
            ("quotas.unit", "ok", "C2"),
        ]
    ]
    assert document["rows"][0]["verdict"] == "ok"


def test_two_columns_are_enough_and_what_is_missing_has_no_cell():
    heads = ("证件号码", "姓名")
    report = check(cells([worker()], heads), book=bayu(), on=ON)
    document = report.document(everything=False)
    assert findings(document) == [[("event", "evidence", None)]]
    assert document["entries"][0]["event"] is None


def test_the_head_is_the_first_row_with_both_names_and_rows_keep_their_numbers():
    table = [["参赛信息汇总表"], [], ["", *HEADS], ["", *cells([worker()])[1]], [" "] * 5, ["", *cells([worker(2)])[1]]]
    report = check(table, book=bayu(), on=ON)
    assert [row.number for row in report.rows] == [4, 6]
    table[3][8] = "x"
    (broken,) = [row for row in check(table, book=bayu(), on=ON).document(everything=False)["rows"] if row["findings"]]
    assert (broken["row"], broken["findings"][0]["cell"]) == (4, "I4")


def test_heads_are_compared_without_spaces_and_other_columns_do_not_matter():
    table = [["序号", "姓 名", "证件\n号码", "备注", "赛　项"], [1.0, "张三", "5001", "", TRAINER]]
    document = check(table, book=bayu(), on=ON).document(everything=False)
    assert findings(document)[0][0] == ("identity", "refused", "C2")
    assert document["entries"][0]["event"] == "ai-trainer"


def test_a_row_number_alone_is_an_empty_row():
    table = [["序号", "姓名", "证件号码"], [1.0, "", ""], [2.0, " ", "\u3000"]]
    assert check(table, book=bayu(), on=ON).document(everything=False)["rows"] == []


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ([], "没有找到表头：须有一行同时写有“姓名”和“证件号码”。"),
        ([["姓名"], ["证件号码"]], "没有找到表头：须有一行同时写有“姓名”和“证件号码”。"),
        ([["姓名", "证件号码", "姓 名"]], "第1行表头里“姓名”出现了两次，请只保留一列。"),
    ],
)
def test_a_sheet_without_a_head_is_no_roster(table, message):
    with pytest.raises(NoHead) as refused:
        check(table, book=bayu(), on=ON)
    assert str(refused.value) == message


def test_a_formula_and_a_merged_cell_are_refused_at_the_cell_whatever_result_was_saved():
    rows = cells([worker(1), worker(2)])
    report = check(rows, book=bayu(), on=ON, formulas={(2, 5), (1, 0), (3, 40)}, merged=[(2, 2, 3, 2)])
    document = report.document(everything=False)
    assert findings(document) == [[("cell", "refused", "F2")], [("cell", "refused", "C3")]]
    assert [row["name"] for row in document["rows"]] == ["", "张三"]


def test_dates_in_the_future_are_seen_from_the_day_of_handing_in():
    row = student(证件号码=identity_of(date(2008, 9, 2), "女"))
    assert verdicts(judged([row], on=date(2008, 9, 1))) == ["refused"]
    assert verdicts(judged([row], on=date(2025, 9, 1))) == ["ok"]


def test_the_day_of_handing_in_counts_where_the_rulebook_says_so_and_nowhere_else():
    row = worker(赛项="农业机械修理", 居住或工作学习地="清禾市", 证件号码=identity_of(date(2008, 3, 31)))
    book = shipped("qinghe-2026")
    rules = [
        [(one["rule"], one["verdict"]) for one in judged([row], book=book, on=day)["rows"][0]["findings"]]
        for day in (date(2026, 3, 30), date(2026, 3, 31))
    ]
    assert [("age", "refused") in found for found in rules] == [True, False]
    late = judged([worker(证件号码=identity_of(date(2009, 10, 23)))], on=date(2030, 1, 1))
    assert verdicts(late) == ["ok"]  # sixteen on the final's day, whenever the form came in


def test_what_no_column_tells_is_named_for_the_whole_notice():
    assert judged([], book=shipped("qinghe-2026"))["not_checked"] == [
        "place.any_of",
        "past_winner",
        "guardian",
        "papers",
        "student.full_time",
        "student.enrolled",
        "quotas.district",
        "worker",  # of the workers: its post and months have no column
        "front_line",
        "worker.post",  # of the teachers: where the unit lies is told
        "licence_or_years.licence",
    ]


def test_a_ground_that_no_column_tells_keeps_a_place_from_being_refused():
    row = worker(赛项="农业机械修理", 居住或工作学习地="工作：四川省成都市")
    found = judged([row], book=shipped("qinghe-2026"))["rows"][0]["findings"]
    assert [(one["rule"], one["verdict"]) for one in found if one["rule"] == "place"] == [("place", "evidence")]


@pytest.mark.parametrize(
    ("changes", "cell"), [({"组别": "教师组"}, "B2"), ({"人员类别": "学生", "学校专业": "重庆虚构学院"}, "J2")]
)
def test_who_is_refused_by_a_division_sees_the_sentence_that_makes_divisions(changes, cell):
    (found,) = [one for one in judged([worker(**changes)])["rows"][0]["findings"] if one["rule"] == "division"]
    assert (found["verdict"], found["clause"], found["assumed"], found["cell"]) == ("refused", "五.2a", None, cell)
