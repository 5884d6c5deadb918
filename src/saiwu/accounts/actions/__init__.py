"""The verbs over accounts and units."""

from saiwu.accounts.actions.accounts import add_account, found
from saiwu.accounts.actions.attempts import note_failure
from saiwu.accounts.actions.credentials import (
    accept_invitation,
    ask_reset,
    change_password,
    deactivate,
    drop_second_factor,
    invite,
    reactivate,
    renew_recovery_codes,
    set_second_factor,
)
from saiwu.accounts.actions.signing_in import check_login, prove, sign_in
from saiwu.accounts.actions.units import add_unit, appoint_to_unit, correct_unit, end_unit_appointment

__all__ = [
    "accept_invitation",
    "add_account",
    "add_unit",
    "appoint_to_unit",
    "ask_reset",
    "change_password",
    "check_login",
    "correct_unit",
    "deactivate",
    "drop_second_factor",
    "end_unit_appointment",
    "found",
    "invite",
    "note_failure",
    "prove",
    "reactivate",
    "renew_recovery_codes",
    "set_second_factor",
    "sign_in",
]
