"""Rules that look at other entries: one event a person, and contestants who instruct, both ways round."""

from __future__ import annotations

import pytest

from saiwu.rules.eligibility import (
    Competing,
    ContestantFacts,
    EventFacts,
    OtherEntry,
    in_division,
    judge,
    not_instructed,
    stated,
)
from saiwu.rules.findings import Verdict
from saiwu.rules.rulebook.book import Division
from saiwu.rules.rulebook.eligibility import NotInstructorTerm, OneEventTerm
from saiwu.rules.rulebook.values import NotAllowed

IOT, AI = EventFacts(event="iot"), EventFacts(event="ai-trainer")


def verdict(term, facts, event=IOT):
    (finding,) = judge(facts, {"rule": term}, event)
    return finding.verdict.value


@pytest.mark.parametrize(
    ("within", "others", "expected"),
    [
        ("竞赛", (), "ok"),
        ("竞赛", None, "evidence"),
        ("竞赛", (OtherEntry("ai-trainer"),), "refused"),
        ("竞赛", (OtherEntry("iot"),), "refused"),
        ("竞赛", (OtherEntry("last-year", frozenset({"系列"})),), "ok"),
        ("系列", (OtherEntry("last-year", frozenset({"系列"})),), "refused"),
        ("年度", (OtherEntry("spring", frozenset({"年度", "系列"})),), "refused"),
        ("年度", (OtherEntry("last-year", frozenset({"系列"})),), "ok"),
    ],
)
def test_one_live_entry_within_what_the_rule_names(within, others, expected):
    term = OneEventTerm(clause="五.1f", within=within)
    assert verdict(term, ContestantFacts(other_events=others)) == expected


RULE = {"for": {"status": ["在职", "教师"]}, "whom": {"status": ["学生"]}}
WORKER, STUDENT = ContestantFacts(status="在职"), ContestantFacts(status="学生")


@pytest.mark.parametrize(
    ("within", "instructor", "contestant", "where", "clash"),
    [
        ("赛项", "在职", "学生", IOT, Verdict.REFUSED),
        ("赛项", "在职", "学生", AI, Verdict.OK),
        ("竞赛", "在职", "学生", AI, Verdict.REFUSED),
        ("赛项", "在职", "在职", IOT, Verdict.OK),
        ("赛项", "教师", None, IOT, Verdict.EVIDENCE),
    ],
)
def test_a_worker_who_competes_may_not_instruct_a_student_whichever_comes_second(
    within, instructor, contestant, where, clash
):
    term = NotInstructorTerm(clause="五.1g", within=within, **RULE)
    teacher, pupil = ContestantFacts(status=instructor), ContestantFacts(status=contestant)
    (first,) = judge(
        ContestantFacts(status=instructor, instructs=(Competing(pupil, where),)), {"not_instructor": term}, IOT
    )
    second = not_instructed(ContestantFacts(status=contestant, instructed_by=(Competing(teacher, IOT),)), term, where)
    assert (first.verdict, second.verdict if second else Verdict.OK) == (clash, clash)


def test_a_student_may_instruct_and_who_instructs_nobody_is_in_order():
    term = NotInstructorTerm(clause="五.1g", **RULE)
    assert judge(ContestantFacts(status="学生", instructs=(Competing(STUDENT, IOT),)), {"n": term}, IOT) == []
    assert verdict(term, ContestantFacts(status="在职", instructs=())) == "ok"
    assert verdict(term, WORKER) == "evidence"


@pytest.mark.parametrize(
    ("status", "expected"), [("学生", Verdict.OK), ("在职", Verdict.REFUSED), (None, Verdict.EVIDENCE)]
)
def test_a_division_takes_those_whom_it_is_for(status, expected):
    division = Division.model_validate({"clause": "五.2a", "name": "学生组", "for": {"status": ["学生"]}})
    finding = in_division(ContestantFacts(status=status), division, IOT)
    assert (finding.rule, finding.verdict, finding.clause, finding.fact) == ("division", expected, "五.2a", "status")


def test_cases_state_facts_as_text():
    facts = stated(
        {
            "born": "2009-10-23",
            "level": "无",
            "years": "2.5",
            "months": {"社保": "14"},
            "signed": "是",
            "other_events": ["ai-trainer"],
            "instructs": [{"event": "iot", "status": "学生"}],
            "front_line": "是",
        },
        event=IOT,
    )
    assert (facts.level, float(facts.years or 0), facts.months, facts.signed, facts.own) == (
        "无",
        2.5,
        {"社保": 14},
        ("是",),
        {"front_line": "是"},
    )
    assert (facts.other_events, facts.instructs) == ((OtherEntry("ai-trainer"),), (Competing(STUDENT, IOT),))


def test_a_fact_that_a_case_misspells_is_refused_with_what_is_allowed():
    with pytest.raises(NotAllowed) as refused:
        stated({"status": "学员"}, event=IOT)
    assert str(refused.value) == "“学员”不合规定，允许：学生、在职、教师、其他"
