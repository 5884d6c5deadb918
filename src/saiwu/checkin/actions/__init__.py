"""The verbs of the final's morning: check-in, draws, blind codes."""

from saiwu.checkin.actions.arrival import check_in
from saiwu.checkin.actions.codes import Slip, issue_codes, print_codes
from saiwu.checkin.actions.draws import Among, commit, fix, freeze, make

__all__ = ["Among", "Slip", "check_in", "commit", "fix", "freeze", "issue_codes", "make", "print_codes"]
