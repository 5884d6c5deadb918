"""The rulebook language: the notice of a competition as typed, checked data."""

from saiwu.rules.rulebook.book import Chapters, Division, Event, Rulebook
from saiwu.rules.rulebook.faults import Fault
from saiwu.rules.rulebook.load import Loaded, NoRulebook, load, load_files

__all__ = ["Chapters", "Division", "Event", "Fault", "Loaded", "NoRulebook", "Rulebook", "load", "load_files"]
