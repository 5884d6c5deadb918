"""The verbs over accounts and units."""

from saiwu.accounts.actions.accounts import add_account, found
from saiwu.accounts.actions.units import add_unit

__all__ = ["add_account", "add_unit", "found"]
