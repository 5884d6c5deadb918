"""The rulebook language: the notice of a competition as typed, checked data."""

from saiwu.rules.rulebook.book import Chapters, Division, Event, Rulebook
from saiwu.rules.rulebook.bundles import from_merged, merged_division
from saiwu.rules.rulebook.days import Days, resolved
from saiwu.rules.rulebook.faults import Fault
from saiwu.rules.rulebook.load import Loaded, NoRulebook, load, load_files
from saiwu.rules.rulebook.readiness import missing_for

__all__ = [
    "Chapters",
    "Days",
    "Division",
    "Event",
    "Fault",
    "Loaded",
    "NoRulebook",
    "Rulebook",
    "from_merged",
    "load",
    "load_files",
    "merged_division",
    "missing_for",
    "resolved",
]
