"""The verbs of pre-registration, registration, review and the list of finalists."""

from saiwu.entries.actions.changing import change_preregistration, undo_preregistration, withdraw_preregistration
from saiwu.entries.actions.conflicts import settle_conflict
from saiwu.entries.actions.evidence import attach_evidence, remove_evidence
from saiwu.entries.actions.lists import close_registration, publish_final_list
from saiwu.entries.actions.photos import attach_photo
from saiwu.entries.actions.preregistering import preregister
from saiwu.entries.actions.printing import print_event_summary, print_form, print_tickets, print_unit_summary
from saiwu.entries.actions.registering import register, resubmit, withdraw
from saiwu.entries.actions.revealing import reveal_number
from saiwu.entries.actions.reviewing import accept, reject, return_for_correction
from saiwu.entries.actions.waivers import ask_waiver, grant_waiver, refuse_waiver

__all__ = [
    "accept",
    "ask_waiver",
    "attach_evidence",
    "attach_photo",
    "change_preregistration",
    "close_registration",
    "grant_waiver",
    "preregister",
    "print_event_summary",
    "print_form",
    "print_tickets",
    "print_unit_summary",
    "publish_final_list",
    "refuse_waiver",
    "register",
    "reject",
    "remove_evidence",
    "resubmit",
    "return_for_correction",
    "reveal_number",
    "settle_conflict",
    "undo_preregistration",
    "withdraw",
    "withdraw_preregistration",
]
