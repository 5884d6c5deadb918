"""What becomes of an entry, and what goes wrong: the kinds, each counted in the summary where it happened."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """What becomes of an entry that is planned."""

    ACCEPTED = "accepted"
    EVIDENCE = "evidence"
    MENDED = "mended"
    SKILL_GRANTED = "skill_granted"
    PLACE_GRANTED = "place_granted"
    WITHDRAWN_LATE = "withdrawn_late"
    ABSENT = "absent"
    NEVER_MENDED = "never_mended"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    SKILL_REFUSED = "skill_refused"
    PLACE_REFUSED = "place_refused"


LOST = frozenset(
    {Outcome.NEVER_MENDED, Outcome.REJECTED, Outcome.WITHDRAWN, Outcome.SKILL_REFUSED, Outcome.PLACE_REFUSED}
)
"""Those that never come onto the list of finalists."""
BEYOND_QUOTA = frozenset({Outcome.PLACE_GRANTED, Outcome.PLACE_REFUSED})


class Trouble(StrEnum):
    """Each kind is counted in the summary where it happened."""

    SUBMITTED_TWICE = "submitted_twice"
    PREREGISTERED_TWICE = "preregistered_twice"
    ENTERED_BY_TWO_UNITS = "entered_by_two_units"
    NUMBER_MISTYPED = "number_mistyped"
    OVER_AGE = "over_age"
    UNDER_AGE = "under_age"
    OUTSIDE_REGION = "outside_region"
    WRONG_DIVISION = "wrong_division"
    NOT_SIGNED = "not_signed"
    TOO_LATE = "too_late"
    TEAM_TOO_SMALL = "team_too_small"
    QUOTA_FULL = "quota_full"
    WAITS_FOR_A_PLACE = "waits_for_a_place"
    PLACE_GRANTED = "place_granted"
    PLACE_REFUSED = "place_refused"
    SKILL_WAIVER_GRANTED = "skill_waiver_granted"
    SKILL_WAIVER_REFUSED = "skill_waiver_refused"
    INSTRUCTOR_COMPETES = "instructor_competes"
    CONTESTANT_INSTRUCTS = "contestant_instructs"
    EVIDENCE_SHOWN = "evidence_shown"
    RETURNED_AND_MENDED = "returned_and_mended"
    RETURNED_NEVER_MENDED = "returned_never_mended"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    UNIT_WITHDRAWN = "unit_withdrawn"
    WITHDRAWN_AFTER_LIST = "withdrawn_after_list"
    BELOW_MINIMUM_AT_CLOSING = "below_minimum_at_closing"
    BELOW_MINIMUM_IN_FINAL = "below_minimum_in_final"
    DIVISION_CANCELLED = "division_cancelled"
    FINAL_MOVED = "final_moved"
    CHANGE_REFUSED = "change_refused"
    ABSENT = "absent"
    LEFT_THE_HALL = "left_the_hall"
    WARNED = "warned"
    POINTS_TAKEN = "points_taken"
    PART_ZERO = "part_zero"
    RESULT_VOID = "result_void"
    EXCLUDED = "excluded"
    MARK_CORRECTED = "mark_corrected"
    JUDGES_APART = "judges_apart"
    LOCK_REFUSED = "lock_refused"
    SENT_BACK = "sent_back"
    TIE_AT_BORDER = "tie_at_border"
    OVER_CAP = "over_cap"
    NAME_UNPRINTABLE = "name_unprintable"
