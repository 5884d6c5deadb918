"""Eligibility (参赛资格): one function a kind of rule, facts in, findings out. `judge` asks all rules of a division."""

from saiwu.rules.eligibility.division import division_finding, in_division
from saiwu.rules.eligibility.facts import (
    FACT_NAMES,
    NONE,
    Competing,
    ContestantFacts,
    EventFacts,
    Fit,
    Honour,
    OtherEntry,
    belongs,
    chinese,
    full_years,
)
from saiwu.rules.eligibility.judging import judge, judge_rule
from saiwu.rules.eligibility.others import instructor_clash, not_instructed
from saiwu.rules.eligibility.stated import stated

__all__ = [
    "FACT_NAMES",
    "NONE",
    "Competing",
    "ContestantFacts",
    "EventFacts",
    "Fit",
    "Honour",
    "OtherEntry",
    "belongs",
    "chinese",
    "division_finding",
    "full_years",
    "in_division",
    "instructor_clash",
    "judge",
    "judge_rule",
    "not_instructed",
    "stated",
]
