"""What is on record of the unit, who acts for it, and whom to ask to change it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from saiwu.web.desk import Desk, desk
from saiwu.web.unit.desks import UNIT, tabs_of


@desk(UNIT, tabs=tabs_of)
def profile(request: HttpRequest, at: Desk) -> HttpResponse:
    """The unit as the office set it up."""
    return at.page("unit/profile/page.html", here="profile", contact=at.site.book.chapters.contact)
