"""Rules about one person: the verdict, the fact that decided, and the clause it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saiwu.rules.eligibility import (
    NONE,
    ContestantFacts,
    EventFacts,
    Honour,
    belongs,
    full_years,
    judge,
)
from saiwu.rules.eligibility.facts import Fit
from saiwu.rules.findings import Finding, Verdict
from saiwu.rules.rulebook.eligibility import (
    AgeTerm,
    AnyOfTerm,
    DeclarationTerm,
    FactsTerm,
    PastWinnerTerm,
    PlaceTerm,
    ProofTerm,
    SkillTerm,
    StudentTerm,
    WorkerTerm,
)
from saiwu.rules.rulebook.terms import META, Meta, Source
from saiwu.rules.rulebook.values import Level, Relative

FINAL = date(2025, 10, 18)
EVENT = EventFacts(
    event="iot",
    division="worker",
    division_name="职工组",
    occupation="物联网安装调试员",
    related_occupations=("电工",),
    majors=("物联网应用技术",),
    region="重庆市",
    registering_on=date(2025, 9, 1),
)


def verdict(term, **facts):
    """Verdict and fact of the only rule."""
    (finding,) = judge(ContestantFacts(**facts), {term.id or term.rule: term}, EVENT)
    assert finding.clause == term.clause
    return finding.verdict.value, finding.fact


AGE = AgeTerm(clause="五.1b", minimum=16, retirement="达龄前一日", on=FINAL)


@pytest.mark.parametrize(
    ("born", "sex", "former", "expected"),
    [
        (date(2009, 10, 18), "男", None, ("ok", "born")),  # turns sixteen that very day
        (date(2009, 10, 19), "男", None, ("refused", "born")),  # one day late
        (date(1965, 12, 31), "男", None, ("ok", "born")),  # retires in March 2026
        (date(1965, 4, 1), "男", None, ("refused", "born")),  # retired in May 2025
        (date(1965, 8, 18), "男", None, ("refused", "born")),  # reaches the age that very day
        (date(1965, 8, 19), "男", None, ("ok", "born")),  # reaches it the day after
        (date(1972, 6, 1), "女", None, ("evidence", "former_retirement")),  # 50 or 55? it matters
        (date(1972, 6, 1), "女", "55", ("ok", "born")),
        (date(1972, 6, 1), "女", "50", ("refused", "born")),
        (date(1985, 6, 1), "女", None, ("ok", "born")),  # either way in time: nobody need ask
        (date(1960, 6, 1), "女", None, ("refused", "born")),  # either way too late
        (date(1964, 6, 1), None, None, ("refused", "born")),
        (date(1968, 6, 1), None, None, ("evidence", "sex")),
        (None, "男", None, ("evidence", "born")),
    ],
)
def test_age_is_judged_on_the_day_that_the_rulebook_names(born, sex, former, expected):
    assert verdict(AGE, born=born, sex=sex, former_retirement=former) == expected


@pytest.mark.parametrize(
    ("term", "born", "expected"),
    [
        (AgeTerm(minimum=16, on=None), date(2000, 1, 1), "evidence"),  # the day is 待定
        (AgeTerm(minimum=16, on=Relative("提交")), date(2009, 9, 1), "ok"),
        (AgeTerm(minimum=16, on=Relative("提交")), date(2009, 9, 2), "refused"),
        (AgeTerm(maximum=25, on=FINAL), date(1999, 10, 19), "ok"),  # 26 only tomorrow
        (AgeTerm(maximum=25, on=FINAL), date(1999, 10, 18), "refused"),
        (AgeTerm(born_from=date(2000, 7, 1), born_to=date(2009, 6, 30)), date(2000, 7, 1), "ok"),
        (AgeTerm(born_from=date(2000, 7, 1), born_to=date(2009, 6, 30)), date(2000, 6, 30), "refused"),
        (AgeTerm(born_from=date(2000, 7, 1), born_to=date(2009, 6, 30)), date(2009, 6, 30), "ok"),
        (AgeTerm(born_from=date(2000, 7, 1), born_to=date(2009, 6, 30)), date(2009, 7, 1), "refused"),
        (AgeTerm(retirement="达龄当日", on=FINAL), date(1965, 8, 18), "ok"),
        (AgeTerm(retirement="达龄当月", on=FINAL), date(1965, 8, 1), "ok"),
        (AgeTerm(retirement="达龄当月", on=FINAL), date(1965, 7, 31), "refused"),
    ],
)
def test_bounds_are_included_and_the_day_may_be_that_of_registering(term, born, expected):
    assert verdict(term, born=born, sex="男")[0] == expected


@given(st.dates(date(1900, 1, 1), date(2025, 1, 1)), st.dates(date(2025, 1, 2), date(2100, 1, 1)))
def test_a_year_is_completed_on_the_birthday_and_not_a_day_before(born, on):
    years = full_years(born, on=on)
    try:
        birthday = born.replace(year=born.year + years)
        following = born.replace(year=born.year + years + 1)
    except ValueError:  # born on 29 February: completed on the 28th
        return
    assert birthday <= on < following


def test_who_is_born_on_29_february_completes_a_year_on_the_28th():
    assert [full_years(date(2008, 2, 29), on=date(2026, 2, day)) for day in (27, 28)] == [17, 18]
    assert [full_years(date(2008, 2, 29), on=date(2024, 2, day)) for day in (28, 29)] == [15, 16]


@given(st.dates(date(1950, 1, 1), date(2015, 1, 1)), st.sampled_from(["50", "55", None]), st.sampled_from("男女"))
def test_the_births_that_a_rule_allows_have_no_gap(born, former, sex):
    """Between two births in order lies none that is not: the roster's quick way rests on it."""
    known = {"sex": sex, "former_retirement": former}
    if verdict(AGE, born=born, **known)[0] != "ok":
        return
    middle = date(2000, 1, 1)
    between = born + (middle - born) / 2
    assert verdict(AGE, born=between, **known)[0] == "ok"


@pytest.mark.parametrize(
    ("grounds", "facts", "expected"),
    [
        (["工作", "学习", "居住"], {"place": ("居住",)}, ("ok", "place")),
        (["工作", "学习", "居住"], {"place": ()}, ("refused", "place")),
        (["工作", "学习", "居住"], {"place": ("户籍",)}, ("refused", "place")),
        (["工作", "学习", "居住"], {}, ("evidence", "place")),
        (["社保12个月"], {"place": ("社保",), "months": {"社保": 12}}, ("ok", "place")),
        (["社保12个月"], {"place": ("社保",), "months": {"社保": 11}}, ("refused", "place")),
        (["社保12个月"], {"place": ("社保",)}, ("evidence", "months")),
        (["社保12个月"], {"months": {"社保": 14}}, ("ok", "place")),
        (["工作", "社保12个月"], {"place": ("社保", "工作")}, ("ok", "place")),
    ],
)
def test_one_ground_in_the_region_is_enough(grounds, facts, expected):
    assert verdict(PlaceTerm(clause="五.1a", any_of=grounds), **facts) == expected


STUDENT = StudentTerm(clause="五.1d", full_time=True, enrolled=True, in_region=True, major="相关专业")
WHOLE = {"full_time": True, "enrolled": True, "in_region": True, "major": "物联网应用技术"}


@pytest.mark.parametrize(
    ("term", "changed", "expected"),
    [
        (STUDENT, {}, ("ok", "status")),
        (STUDENT, {"full_time": False}, ("refused", "full_time")),
        (STUDENT, {"full_time": None}, ("evidence", "full_time")),
        (STUDENT, {"enrolled": False}, ("refused", "enrolled")),
        (STUDENT, {"in_region": False, "major": None}, ("refused", "in_region")),  # the worst counts
        (STUDENT, {"major": "会计"}, ("evidence", "major")),  # goes to a person
        (STUDENT, {"major": NONE}, ("refused", "major")),
        (STUDENT.model_copy(update={"major": "不限"}), {"major": None}, ("ok", "status")),
        (StudentTerm(enrolled=date(2025, 7, 1)), {"enrolled": date(2025, 7, 1)}, ("ok", "status")),
        (StudentTerm(enrolled=date(2025, 7, 1)), {"enrolled": date(2025, 7, 2)}, ("refused", "enrolled")),
        (StudentTerm(enrolled=date(2025, 7, 1)), {"enrolled": True}, ("evidence", "enrolled")),
    ],
)
def test_a_student_meets_all_that_the_rule_gives(term, changed, expected):
    assert verdict(term, **{**WHOLE, **changed}) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"post": "在职", "months": {"单位": 6}, "in_region": True}, ("ok", "post")),
        ({"post": "在编", "months": {"单位": 5}, "in_region": True}, ("refused", "months")),
        ({"post": "从业", "months": {"单位": 6}, "in_region": True}, ("refused", "post")),
        ({"post": None, "months": {"单位": 6}, "in_region": True}, ("evidence", "post")),
        ({"post": "在职", "in_region": True}, ("evidence", "months")),
        ({"post": "在职", "months": {"单位": 6}, "in_region": False}, ("refused", "in_region")),
    ],
)
def test_a_worker_has_the_post_the_months_and_the_unit(facts, expected):
    term = WorkerTerm(clause="三.3", post=["在职", "在编"], months=6, in_region=True)
    assert verdict(term, **facts) == expected


SKILL = SkillTerm(
    clause="五.1e",
    level="四级",
    years=5,
    years_in=["本职业", "相关职业"],
    binding="原则上",
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"level": Level.FOUR, "level_in": "物联网安装调试员"}, ("ok", "level")),
        ({"level": Level.ONE, "level_in": "本职业"}, ("ok", "level")),
        ({"level": Level.FOUR}, ("ok", "level")),
        ({"level": Level.FIVE, "years": 5}, ("ok", "years")),
        ({"level": NONE, "years": 5, "years_in": ("电工",)}, ("ok", "years")),
        ({"level": NONE, "years": 4}, ("waiver", "level")),
        ({"level": Level.FIVE, "years": 4}, ("waiver", "level")),
        ({"level": Level.FOUR, "level_in": "电工", "years": 4}, ("waiver", "level")),  # related: listed, and not enough
        ({"level": Level.FOUR, "level_in": "焊工", "years": 4}, ("evidence", "level_in")),  # a person decides
        ({"level": Level.FOUR, "level_in": "焊工", "years": 5}, ("ok", "years")),
        ({"level": Level.FOUR, "level_in": "", "years": 4}, ("evidence", "level_in")),
        ({"level": NONE, "years": 6, "years_in": ("焊工",)}, ("evidence", "years_in")),
        ({"level": None, "years": 4}, ("evidence", "level")),
        ({"level": NONE}, ("evidence", "years")),
    ],
)
def test_the_level_or_the_years_and_without_both_a_waiver_where_the_rule_is_in_principle(facts, expected):
    assert verdict(SKILL, **facts) == expected


def test_a_level_alone_is_refused_where_the_rule_is_strict():
    term = SkillTerm(clause="三.4", level="三级", level_in=["本职业", "相关职业"])
    assert verdict(term, level=Level.FOUR, level_in="本职业") == ("refused", "level")
    assert verdict(term, level=Level.THREE, level_in="相关职业") == ("ok", "level")


@pytest.mark.parametrize(
    ("term", "honours", "expected"),
    [
        (PastWinnerTerm(honours=["技术能手"]), (), "ok"),
        (PastWinnerTerm(honours=["技术能手"]), None, "evidence"),
        (PastWinnerTerm(honours=["技术能手"]), (Honour("技术能手"),), "refused"),
        (PastWinnerTerm(honours=["技术能手"]), (Honour("劳动模范"),), "ok"),
        (PastWinnerTerm(honours=["技术能手"], since=date(2023, 1, 1)), (Honour("技术能手"),), "evidence"),
        (
            PastWinnerTerm(honours=["技术能手"], since=date(2023, 1, 1)),
            (Honour("技术能手", date(2022, 12, 31)),),
            "ok",
        ),
        (
            PastWinnerTerm(honours=["技术能手"], since=date(2023, 1, 1)),
            (Honour("技术能手", date(2023, 1, 1)),),
            "refused",
        ),
        (PastWinnerTerm(honours=["一等奖"], same_event=True), (Honour("一等奖", None, "bamboo"),), "ok"),
        (PastWinnerTerm(honours=["一等奖"], same_event=True), (Honour("一等奖", None, "iot"),), "refused"),
        (PastWinnerTerm(honours=["一等奖"], same_event=True), (Honour("一等奖"),), "evidence"),
    ],
)
def test_past_winners_stay_out_as_the_rule_says(term, honours, expected):
    assert verdict(term, honours=honours)[0] == expected


def test_own_facts_and_built_in_ones_are_asked_alike():
    term = FactsTerm(clause="三.3", must_be={"front_line": ["是"], "unit_kind": ["企业"]})
    assert verdict(term, own={"front_line": "是"}, unit_kind="企业") == ("ok", "front_line")
    assert verdict(term, own={"front_line": "否"}, unit_kind=None) == ("refused", "front_line")
    assert verdict(term, own={"front_line": "是"}) == ("evidence", "unit_kind")


def test_documents_and_signatures_are_missed_by_name():
    papers = ProofTerm(clause="三.10", proof=["身份证明", "在职（在校）证明"])
    assert verdict(papers, proof=("身份证明", "在职(在校)证明")) == ("ok", "proof")
    (finding,) = judge(ContestantFacts(proof=("身份证明",)), {"papers": papers}, EVENT)
    assert (finding.verdict, finding.message) == (Verdict.EVIDENCE, "缺少证明材料：在职（在校）证明。")
    conduct = DeclarationTerm(clause="五.1c", signed_by="参赛单位")
    assert verdict(conduct, signed=("参赛单位",)) == ("ok", "signed")
    assert verdict(conduct, signed=("选手",)) == ("refused", "signed")
    assert verdict(conduct) == ("evidence", "signed")


def test_a_rule_that_holds_waits_for_the_documents_it_asks_for():
    term = SkillTerm(clause="五.1e", level="四级", proof=["等级证书"])
    assert verdict(term, level=Level.FOUR) == ("evidence", "proof")
    assert verdict(term, level=Level.FOUR, proof=("等级证书",)) == ("ok", "level")


def test_of_any_of_the_best_verdict_counts():
    term = AnyOfTerm(
        clause="三.5",
        rules={
            "licence": FactsTerm(must_be={"licence": ["是"]}),
            "years": SkillTerm(years=2),
        },
    )
    assert verdict(term, own={"licence": "否"}, years=2) == ("ok", "years")
    assert verdict(term, own={"licence": "是"}, years=0)[0] == "ok"
    assert verdict(term, own={"licence": "否"}, years=1)[0] == "refused"
    assert verdict(term, own={"licence": "否"})[0] == "evidence"


def test_whom_a_rule_does_not_concern_gets_no_finding_and_an_unknown_fact_is_asked():
    term = SkillTerm(clause="五.1e", level="四级", **{"for": {"status": ["在职", "教师"]}})
    assert judge(ContestantFacts(status="学生"), {"skill": term}, EVENT) == []
    (finding,) = judge(ContestantFacts(), {"skill": term}, EVENT)
    assert (finding.verdict, finding.fact, finding.clause) == (Verdict.EVIDENCE, "status", "五.1e")


@pytest.mark.parametrize(
    ("condition", "facts", "fit"),
    [
        ({}, {}, Fit(True)),
        ({"status": ["学生"]}, {"status": "学生"}, Fit(True)),
        ({"status": ["学生"]}, {"status": "在职"}, Fit(False, "status")),
        ({"status": ["学生"]}, {}, Fit(None, "status")),
        (
            {"sex": ["女"], "status": ["学生"]},
            {"status": "在职"},
            Fit(False, "status"),
        ),  # a misfit outweighs the unknown
        ({"division": ["职工组"]}, {}, Fit(True)),
        ({"division": ["worker"]}, {}, Fit(True)),
        ({"tag": ["室外"]}, {}, Fit(False, "tag")),
        ({"minor": ["是"]}, {"born": date(2007, 9, 2)}, Fit(True)),  # eighteen the day after registering
        ({"minor": ["是"]}, {"born": date(2007, 9, 1)}, Fit(False, "minor")),
        ({"minor": ["是"]}, {}, Fit(None, "minor")),
    ],
)
def test_a_condition_fits_when_each_fact_has_one_of_its_answers(condition, facts, fit):
    assert belongs(ContestantFacts(**facts), condition, EVENT) == fit


def test_what_is_still_pending_in_a_rule_is_no_verdict_yet():
    term = AgeTerm.model_validate({META: Meta(key="age", pending=frozenset({"maximum"})), "minimum": 16, "on": FINAL})
    assert verdict(term, born=date(2000, 1, 1), sex="男")[0] == "evidence"
    assert verdict(term, born=date(2012, 1, 1), sex="男")[0] == "refused"  # that much is certain


def test_a_finding_names_the_clause_or_says_why_it_is_assumed():
    assumed = AgeTerm.model_validate({META: Meta(key="age", source=Source((), "通知未写")), "minimum": 16, "on": FINAL})
    (finding,) = judge(ContestantFacts(born=FINAL - timedelta(days=1)), {"age": assumed}, EVENT)
    assert finding == Finding(
        "age", Verdict.REFUSED, "born", "截至2025年10月18日为0周岁，未满16周岁。", None, "通知未写", None, ()
    )


@given(st.permutations(["a", "b", "c"]))
def test_the_order_of_the_rules_changes_no_verdict(order):
    terms = {
        "a": AgeTerm(minimum=16, on=FINAL),
        "b": PlaceTerm(any_of=["工作"]),
        "c": FactsTerm(must_be={"status": ["在职"]}),
    }
    facts = ContestantFacts(born=date(2012, 1, 1), sex="男", place=("工作",))
    found = {finding.rule: finding for finding in judge(facts, {key: terms[key] for key in order}, EVENT)}
    assert found == {finding.rule: finding for finding in judge(facts, terms, EVENT)}


def test_facts_are_frozen():
    facts = ContestantFacts(status="学生")
    assert replace(facts, status="在职").status == "在职"
    assert facts.status == "学生"
