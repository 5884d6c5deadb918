"""Marks of judges -> modules -> components -> total. Whole thousandths outside, exact fractions inside."""

from saiwu.rules.marking.entries import (
    STATES,
    ComponentMarks,
    EntryMarks,
    Exact,
    GivenPenalty,
    JudgeMark,
    MemberFacts,
    NotReady,
    PartMark,
    State,
)
from saiwu.rules.marking.judging import Combined, combine, judged, mark_of, team_mark
from saiwu.rules.marking.totals import (
    Scale,
    Scored,
    component_mark,
    key_of,
    part_key,
    scale_of,
    scored,
    stage_of,
    state_of,
)

__all__ = [
    "STATES",
    "Combined",
    "ComponentMarks",
    "EntryMarks",
    "Exact",
    "GivenPenalty",
    "JudgeMark",
    "MemberFacts",
    "NotReady",
    "PartMark",
    "Scale",
    "Scored",
    "State",
    "combine",
    "component_mark",
    "judged",
    "key_of",
    "mark_of",
    "part_key",
    "scale_of",
    "scored",
    "stage_of",
    "state_of",
    "team_mark",
]
