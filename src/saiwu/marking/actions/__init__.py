"""The verbs of marking, from the first mark to the second look. None of them learns or tells whose a code is."""

from saiwu.marking.actions.checking import check
from saiwu.marking.actions.handing_in import hand_in
from saiwu.marking.actions.lock import lock
from saiwu.marking.actions.marks import MarkOutcome, MarkRow, correct, enter
from saiwu.marking.actions.penalties import penalise

__all__ = ["MarkOutcome", "MarkRow", "check", "correct", "enter", "hand_in", "lock", "penalise"]
