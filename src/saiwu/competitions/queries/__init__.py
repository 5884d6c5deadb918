"""What anybody may read of a competition: its notice, events, dates and approved changes."""

from saiwu.competitions.queries.changes import Change, Value, changes_of
from saiwu.competitions.queries.desks import Seat, seats_of
from saiwu.competitions.queries.events import EventPage, EventRow, event_of, events_of
from saiwu.competitions.queries.planned import Planned
from saiwu.competitions.queries.site import Site, only_site, site_of, sites

__all__ = [
    "Change",
    "EventPage",
    "EventRow",
    "Planned",
    "Seat",
    "Site",
    "Value",
    "changes_of",
    "event_of",
    "events_of",
    "only_site",
    "seats_of",
    "site_of",
    "sites",
]
