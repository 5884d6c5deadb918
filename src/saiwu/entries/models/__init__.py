"""Rows of entries, by noun."""

from saiwu.entries.models.claims import Claim, Conflict, Preregistration, Side
from saiwu.entries.models.registrations import Entry, Evidence, Instructor, Member, QuotaPlace, Review, SideUse, Waiver

__all__ = [
    "Claim",
    "Conflict",
    "Entry",
    "Evidence",
    "Instructor",
    "Member",
    "Preregistration",
    "QuotaPlace",
    "Review",
    "Side",
    "SideUse",
    "Waiver",
]
