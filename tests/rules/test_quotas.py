"""Quotas and minimums: under which key an entry is counted, when it is beyond, what falls short."""

from __future__ import annotations

import pytest

from saiwu.rules.eligibility import ContestantFacts, EventFacts
from saiwu.rules.findings import Verdict
from saiwu.rules.quotas import EntryFacts, QuotaKey, Shortfall, beyond, claims, short_of, short_of_quota
from saiwu.rules.rulebook.quotas import Minimum, Quota

EVENT = EventFacts(event="iot", division="worker", division_name="职工组")
WORKER = ContestantFacts(status="在职")


def entry(**facts):
    return EntryFacts(
        **{
            "event": EVENT,
            "members": (WORKER,),
            "unit": "U1",
            "unit_names": ("虚构一公司",),
            "persons": ("p1",),
            **facts,
        }
    )


@pytest.mark.parametrize(
    ("term", "facts", "key", "amount"),
    [
        (Quota(per="参赛单位", at_most=2), {}, QuotaKey("q", ("iot", "worker"), "U1"), 1),
        (Quota(per="参赛单位", at_most=2, within="赛项"), {}, QuotaKey("q", ("iot",), "U1"), 1),
        (
            Quota(per="参赛单位", at_most=9, within="竞赛", counts="人"),
            {"members": (WORKER,) * 3},
            QuotaKey("q", (), "U1"),
            3,
        ),
        (Quota(per="赛项", at_most=40, within="赛项"), {}, QuotaKey("q", ("iot",), ""), 1),
        (Quota(per="区县", at_most=6, within="赛项"), {"district": "渝北区"}, QuotaKey("q", ("iot",), "渝北区"), 1),
        (Quota(per="院校", at_most=6), {"school": "虚构学院"}, QuotaKey("q", ("iot", "worker"), "虚构学院"), 1),
        (Quota(per="参赛单位", at_most=1, named=["虚构一公司"]), {}, QuotaKey("q", ("iot", "worker"), "U1"), 1),
    ],
)
def test_each_quota_has_its_key(term, facts, key, amount):
    (claim,), missing = claims({"q": term}, entry(**facts))
    assert (claim.key, claim.amount, claim.limit, missing) == (key, amount, term.at_most, [])


def test_persons_and_instructors_are_counted_one_by_one():
    quotas = {
        "person": Quota(per="选手", at_most=1, within="竞赛", counts="赛项"),
        "teacher": Quota(per="指导教师", at_most=2),
    }
    found, missing = claims(quotas, entry(persons=("p1", "p2"), instructors=("t1", "t1", "t2")))
    assert [(str(claim.key.subject), claim.event) for claim in found] == [
        ("p1", "iot"),
        ("p2", "iot"),
        ("t1", None),
        ("t2", None),
    ]
    assert missing == []


def test_quotas_that_do_not_concern_an_entry_take_no_place():
    quotas = {
        "others": Quota(per="参赛单位", at_most=1, named=["虚构二公司"]),
        "students": Quota(per="赛项", at_most=1, **{"for": {"status": ["学生"]}}),
        "list": Quota(per="参赛单位", at_most=1, stage="final"),
        "least": Quota(per="参赛单位", at_least=1),
    }
    assert claims(quotas, entry()) == ([], [])


def test_who_cannot_be_counted_is_asked():
    quotas = {
        "unit": Quota(clause="五.2c", per="参赛单位", at_most=2),
        "for": Quota(per="赛项", at_most=1, **{"for": {"sex": ["女"]}}),
    }
    found, missing = claims(quotas, entry(unit=""))
    assert (found, [(finding.rule, finding.verdict, finding.fact, finding.clause) for finding in missing]) == (
        [],
        [("quotas.unit", Verdict.EVIDENCE, "unit", "五.2c"), ("quotas.for", Verdict.EVIDENCE, "sex", None)],
    )


@pytest.mark.parametrize(
    ("binding", "taken", "granted", "expected"),
    [
        ("严格", 1, 0, None),
        ("严格", 2, 0, Verdict.REFUSED),
        ("原则上", 2, 0, Verdict.WAIVER),
        ("原则上", 2, 1, None),  # a waiver adds one place
        ("原则上", 3, 1, Verdict.WAIVER),
    ],
)
def test_beyond_the_limit_is_refused_or_waits_for_a_waiver(binding, taken, granted, expected):
    term = Quota(clause="五.2c", per="参赛单位", at_most=2, binding=binding, waived_by="主办单位")
    (claim,), _ = claims({"unit": term}, entry())
    finding = beyond(claim, taken=taken, granted=granted)
    assert (finding and finding.verdict) == expected
    if finding is not None:
        assert (finding.rule, finding.clause, finding.waived_by) == (
            "quotas.unit",
            "五.2c",
            "主办单位" if expected is Verdict.WAIVER else None,
        )


def test_a_shortfall_has_one_effect_or_several_options():
    several = Minimum(clause="五.2b", at="报名截止", at_least=50, effect=["延长", "取消"])
    assert short_of("start", several, counted=49) == Shortfall(
        "start", 49, 50, ("延长", "取消"), "五.2b", None, "报名截止时为49队（人），不足50队（人）"
    )
    assert short_of("start", several, counted=50) is None
    one = short_of("final", Minimum(at="检录", at_least=3, effect=["不设奖"]), counted=2)
    assert one is not None
    assert one.needs_decision is False


def test_units_below_what_a_quota_asks_at_least_are_named():
    term = Quota(per="参赛单位", named=["甲", "乙"], at_least=1)
    assert short_of_quota("home", term, counts={"乙": 1}, subjects=["甲", "乙"]) == ["甲"]
