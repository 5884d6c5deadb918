"""The verbs of results, from unsealing to the bulletin."""

from saiwu.results.actions.bulletin import issue_bulletin
from saiwu.results.actions.certificates import issue_certificates
from saiwu.results.actions.lists import ComputedList, compute
from saiwu.results.actions.publication import confirm, publish
from saiwu.results.actions.unit_awards import decide_unit_awards
from saiwu.results.actions.unsealing import send_back, unseal

__all__ = [
    "ComputedList",
    "compute",
    "confirm",
    "decide_unit_awards",
    "issue_bulletin",
    "issue_certificates",
    "publish",
    "send_back",
    "unseal",
]
