"""Appointments over a competition: who holds which role, appointing somebody, ending it. Conflicts of interest stand
beside."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from saiwu.accounts.queries import account as account_of
from saiwu.accounts.queries import accounts
from saiwu.audit.frame import Refused
from saiwu.competitions.actions import appoint, end_appointment
from saiwu.competitions.queries.appointments import (
    WHOLE,
    Only,
    appointment,
    appointments,
    count_appointments,
)
from saiwu.competitions.queries.desks import over_event
from saiwu.entries.queries.interests import JUDGING, Interest, interest_of, interests
from saiwu.rules.procedure import Role
from saiwu.web.committee.appointments.forms import Appoint, Search
from saiwu.web.committee.desks import DECIDERS, tabs_of
from saiwu.web.desk import Desk, desk
from saiwu.web.shared.pages import Pages, page_number

MOST_FOUND = 20


@desk(*DECIDERS, tabs=tabs_of)
def index(request: HttpRequest, at: Desk) -> HttpResponse:
    """Appointments by event and role, those in force or those that are over."""
    only = _only(request, at)
    said = {"event": only.event, "role": only.role or "", "q": only.search, "ended": "1" if only.ended else ""}
    pages = Pages.of(page_number(request), count_appointments(at.site.id, only, at.now), said)
    found = interests(at.site.id, at.now)
    by_pair = {(one.event, one.account_id): one for one in found}
    rows = appointments(at.site.id, only, at.now, start=pages.start)
    return at.page(
        "committee/appointments/list.html",
        here="appointments",
        rows=[(row, by_pair.get((row.event, row.account_id)) if row.role in JUDGING else None) for row in rows],
        pages=pages,
        only=only,
        whole=WHOLE,
        roles=[role for role in Role if role in _ROLES],
        interests=found,
    )


_ROLES = frozenset(Role) - {Role.VISITOR, Role.SYSTEM, Role.UNIT}


def _only(request: HttpRequest, at: Desk) -> Only:
    event, role = request.GET.get("event", ""), request.GET.get("role", "")
    return Only(
        event=event if event == WHOLE or event in at.site.book.events else "",
        role=Role(role) if role in {one.value for one in _ROLES} else None,
        search=request.GET.get("q", "").strip()[:60],
        ended=request.GET.get("ended") == "1",
    )


@desk(*DECIDERS, tabs=tabs_of)
def search(request: HttpRequest, at: Desk) -> HttpResponse:
    """Find whom to appoint, by part of his name or login."""
    form = Search(request.GET if "q" in request.GET else None)
    found = accounts(search=form.cleaned_data["q"], count=MOST_FOUND) if form.is_bound and form.is_valid() else []
    return at.page(
        "committee/appointments/search.html",
        here="appointments",
        form=form,
        found=[one for one in found if one.is_active],
        asked=form.is_bound and form.is_valid(),
        most=MOST_FOUND,
    )


@desk(*DECIDERS, tabs=tabs_of)
def new(request: HttpRequest, at: Desk, account_id: int) -> HttpResponse:
    """Appoint one account. A judge with an interest in the event is appointed only by whoever says that he knows."""
    account = account_of(account_id)
    form = Appoint(at.site, request.POST if request.method == "POST" else None)
    interest: Interest | None = None
    if request.method == "POST" and form.is_valid():
        role, event = Role(form.cleaned_data["role"]), form.cleaned_data["event"]
        interest = _interest(at, role, event, account_id)
        if interest is not None and interest.there and not form.cleaned_data["sure"]:
            form.add_error("sure", "此人与本赛项有利益关系，见上。仍要聘任的，请勾选后再次聘任。")
        else:
            try:
                appoint(
                    competition_id=at.site.id,
                    account_id=account_id,
                    role=role,
                    event=event or None,
                    until=form.ends_at(at.site.book.zone),
                    by=at.account,
                    at=at.now,
                )
            except Refused as refused:
                form.take_back(refused)
            else:
                at.told(f"已聘任{account.name}为{role.chinese}。")
                return at.redirect("committee-appointments", at.site.slug)
    return at.page(
        "committee/appointments/new.html",
        here="appointments",
        person=account,
        form=form,
        interest=interest,
        known=bool(account.appointments) and any(one.unit for one in account.appointments),
    )


def _interest(at: Desk, role: Role, event: str, account_id: int) -> Interest | None:
    if role not in JUDGING or not event:
        return None
    place = over_event(at.account, at.site.slug, event, at.now)[1]
    return interest_of(at.site.id, place.id, event, account_id, at.now)


@desk(*DECIDERS, tabs=tabs_of)
def end(request: HttpRequest, at: Desk, appointment_id: int) -> HttpResponse:
    """End one appointment, asked once more."""
    row = appointment(at.site.id, appointment_id)
    if request.method == "POST":
        end_appointment(competition_id=at.site.id, appointment_id=row.id, by=at.account, at=at.now)
        at.told(f"已解除{row.name}的{row.role.chinese}聘任。")
        return at.redirect("committee-appointments", at.site.slug)
    return at.page("committee/appointments/end.html", here="appointments", row=row, ended=not row.in_force(at.now))
