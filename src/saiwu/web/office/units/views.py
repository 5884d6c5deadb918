"""Units: finding one, setting one up, correcting it, and who acts for it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from saiwu.accounts import actions
from saiwu.accounts.queries import account_of_login, clerks_of, count_units, unit, units
from saiwu.audit.frame import NotFound, Refused
from saiwu.web.desk import Desk, desk
from saiwu.web.office.accounts.forms import NewPerson
from saiwu.web.office.accounts.handing import hand_over
from saiwu.web.office.desks import OFFICE, search_of, tabs_of, take_back
from saiwu.web.office.units.forms import KnownPerson, UnitData
from saiwu.web.shared.pages import Pages, page_number


@desk(OFFICE, tabs=tabs_of)
def index(request: HttpRequest, at: Desk) -> HttpResponse:
    """Units by name, a page at a time, with who acts for each."""
    search = search_of(request)
    pages = Pages.of(page_number(request), count_units(search=search), {"q": search})
    rows = units(search=search, start=pages.start)
    clerks = clerks_of([row.id for row in rows], at.now)
    return at.page(
        "office/units/list.html",
        here="units",
        rows=[(row, clerks.get(row.id, ())) for row in rows],
        pages=pages,
        search=search,
    )


@desk(OFFICE, tabs=tabs_of)
def add(request: HttpRequest, at: Desk) -> HttpResponse:
    """Set up a unit; who acts for it comes next, on its page."""
    form = UnitData(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            unit_id = actions.add_unit(**form.cleaned_data, by=at.account, at=at.now)
        except Refused as refused:
            take_back(form, refused)
        else:
            at.told(f"已建单位“{form.cleaned_data['name']}”。接着给经办人开账号。")
            return at.redirect("office-unit", unit_id)
    return at.page("office/units/add.html", here="units", form=form)


@desk(OFFICE, tabs=tabs_of)
def one(request: HttpRequest, at: Desk, unit_id: int) -> HttpResponse:
    """A unit, and who acts for it."""
    return _page(at, unit_id)


@desk(OFFICE, tabs=tabs_of)
def correct(request: HttpRequest, at: Desk, unit_id: int) -> HttpResponse:
    """Correct what is on record of a unit."""
    row = unit(unit_id)
    before = {key: getattr(row, key) for key in UnitData.base_fields}
    form = UnitData(request.POST if request.method == "POST" else None, initial=before)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_unit(unit_id=unit_id, **form.cleaned_data, by=at.account, at=at.now)
        except Refused as refused:
            take_back(form, refused)
        else:
            at.told("已更正。名单、报名表和今后的证书都用新的内容，已发的证书不变。")
            return at.redirect("office-unit", unit_id)
    return at.page("office/units/correct.html", here="units", row=row, form=form)


@require_POST
@desk(OFFICE, tabs=tabs_of)
def new_clerk(request: HttpRequest, at: Desk, unit_id: int) -> HttpResponse:
    """Open an account for somebody of the unit, let it act for the unit, and show the link to hand over."""
    row = unit(unit_id)
    form = NewPerson(request.POST)
    if form.is_valid():
        try:
            account_id = actions.add_account(**form.cleaned_data, by=at.account, at=at.now)
        except Refused as refused:
            take_back(form, refused)
        else:
            actions.appoint_to_unit(unit_id=unit_id, account_id=account_id, by=at.account, at=at.now)
            return hand_over(at, account_id, here="units", unit=row)
    return _page(at, unit_id, new=form)


@require_POST
@desk(OFFICE, tabs=tabs_of)
def known_clerk(request: HttpRequest, at: Desk, unit_id: int) -> HttpResponse:
    """Let an account that is there act for the unit."""
    unit(unit_id)
    form = KnownPerson(request.POST)
    if form.is_valid():
        try:
            account = account_of_login(form.cleaned_data["known"])
            actions.appoint_to_unit(unit_id=unit_id, account_id=account.id, by=at.account, at=at.now)
        except NotFound:
            form.add_error("known", "没有这个登录名。核对后再填，或给此人新开账号。")
        except Refused as refused:
            form.take_back(refused, {"account": "known"})
        else:
            at.told(f"{account.name}现在是本单位的经办人。")
            return at.redirect("office-unit", unit_id)
    return _page(at, unit_id, known=form)


@desk(OFFICE, tabs=tabs_of)
def end(request: HttpRequest, at: Desk, unit_id: int, appointment_id: int) -> HttpResponse:
    """End that somebody acts for the unit, asked once more. A second click finds it ended."""
    row = unit(unit_id)
    clerks = clerks_of([unit_id], at.now).get(unit_id, ())
    clerk = next((one for one in clerks if one.appointment_id == appointment_id), None)
    if clerk is None:
        return at.redirect("office-unit", unit_id)
    if request.method == "POST":
        actions.end_unit_appointment(unit_id=unit_id, appointment_id=appointment_id, by=at.account, at=at.now)
        at.told(f"{clerk.name}不再是“{row.name}”的经办人。")
        return at.redirect("office-unit", unit_id)
    return at.page("office/units/end.html", here="units", row=row, clerk=clerk, last=len(clerks) == 1)


def _page(at: Desk, unit_id: int, *, new: NewPerson | None = None, known: KnownPerson | None = None) -> HttpResponse:
    return at.page(
        "office/units/page.html",
        here="units",
        row=unit(unit_id),
        clerks=clerks_of([unit_id], at.now).get(unit_id, ()),
        faulty=new or known,
        new=new or NewPerson(),
        known=known or KnownPerson(),
    )
