"""The verbs over competitions and events."""

from saiwu.competitions.actions.appointing import appoint, end_appointment
from saiwu.competitions.actions.changes import approve_change, ask_change, refuse_change
from saiwu.competitions.actions.decisions import take_decision
from saiwu.competitions.actions.events import open_registration, start, start_marking
from saiwu.competitions.actions.publishing import publish

__all__ = [
    "appoint",
    "approve_change",
    "ask_change",
    "end_appointment",
    "open_registration",
    "publish",
    "refuse_change",
    "start",
    "start_marking",
    "take_decision",
]
