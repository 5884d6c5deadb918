"""Accounts: finding one, opening one, handing over its link, and what is hard to undo, each on a page of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from saiwu.accounts import actions
from saiwu.accounts.queries import (
    Which,
    account,
    account_counts,
    accounts,
    count_accounts,
    units,
)
from saiwu.audit.frame import Refused
from saiwu.web.desk import Desk, desk
from saiwu.web.office.accounts.forms import NewAccount
from saiwu.web.office.accounts.handing import hand_over
from saiwu.web.office.desks import OFFICE, held_by, search_of, tabs_of, take_back
from saiwu.web.shared.pages import Pages, page_number

KINDS = {Which.RESET: "等密码链接", Which.NO_PASSWORD: "还没设密码", Which.DEACTIVATED: "已停用"}


@desk(OFFICE, tabs=tabs_of)
def index(request: HttpRequest, at: Desk) -> HttpResponse:
    """Accounts, those who wait for a link first, a page at a time."""
    search, asked = search_of(request), request.GET.get("only", "")
    only = Which(asked) if asked in list(Which) else None
    said = {"q": search, "only": only.value if only else ""}
    pages = Pages.of(page_number(request), count_accounts(search=search, only=only), said)
    rows = accounts(search=search, only=only, start=pages.start)
    held = held_by(rows, at.now)
    counts = account_counts()
    return at.page(
        "office/accounts/list.html",
        here="accounts",
        rows=[(row, [one for one in held.get(row.id, ()) if one.in_force]) for row in rows],
        pages=pages,
        search=search,
        only=only,
        every=counts.every,
        kinds=[(one, KINDS[one], counts.of[one]) for one in Which],
    )


@desk(OFFICE, tabs=tabs_of)
def add(request: HttpRequest, at: Desk) -> HttpResponse:
    """Open an account (for a unit, where one is named), and show the link to hand over."""
    form = NewAccount(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["unit"]
        unit = form.one_of(units(search=wanted)) if wanted else None
        if unit is not None or not wanted:
            try:
                account_id = actions.add_account(
                    login=form.cleaned_data["login"], name=form.cleaned_data["name"], by=at.account, at=at.now
                )
            except Refused as refused:
                take_back(form, refused)
            else:
                if unit is not None:
                    actions.appoint_to_unit(unit_id=unit.id, account_id=account_id, by=at.account, at=at.now)
                return hand_over(at, account_id, here="accounts", unit=unit)
    return at.page("office/accounts/add.html", here="accounts", form=form)


@desk(OFFICE, tabs=tabs_of)
def one(request: HttpRequest, at: Desk, account_id: int) -> HttpResponse:
    """An account: its state, what it holds, and what can be done about it."""
    row = account(account_id)
    held = held_by([row], at.now).get(row.id, ())
    return at.page(
        "office/accounts/page.html",
        here="accounts",
        person=row,
        held=[one for one in held if one.in_force],
        over=[one for one in held if not one.in_force],
        own=row.id == at.account.pk,
    )


@require_POST
@desk(OFFICE, tabs=tabs_of)
def link(request: HttpRequest, at: Desk, account_id: int) -> HttpResponse:
    """A new link; for oneself it would only end one's own session, so one's own password is changed elsewhere."""
    row = account(account_id)
    if row.id == at.account.pk:
        return at.redirect("password")
    return hand_over(at, row.id, here="accounts")


@desk(OFFICE, tabs=tabs_of)
def second_factor(request: HttpRequest, at: Desk, account_id: int) -> HttpResponse:
    """Drop somebody's second factor, asked once more."""
    row = account(account_id)
    if request.method == "POST" and row.has_second_factor:
        actions.drop_second_factor(account_id=row.id, by=at.account, at=at.now)
        at.told(f"已取消{row.name}的两步验证，此人已从各处退出。")
    if request.method == "POST" or not row.has_second_factor:
        return at.redirect("office-account", row.id)
    return at.page("office/accounts/second_factor.html", here="accounts", person=row)


@desk(OFFICE, tabs=tabs_of)
def deactivate(request: HttpRequest, at: Desk, account_id: int) -> HttpResponse:
    """Deactivate an account, asked once more."""
    row = account(account_id)
    if request.method == "POST" and row.is_active:
        actions.deactivate(account_id=row.id, by=at.account, at=at.now)
        at.told(f"已停用{row.name}的账号。")
    if request.method == "POST" or not row.is_active:
        return at.redirect("office-account", row.id)
    held = [one for one in held_by([row], at.now).get(row.id, ()) if one.in_force]
    return at.page("office/accounts/deactivate.html", here="accounts", person=row, held=held)


@require_POST
@desk(OFFICE, tabs=tabs_of)
def reactivate(request: HttpRequest, at: Desk, account_id: int) -> HttpResponse:
    """Take a deactivated account into use again."""
    row = account(account_id)
    if not row.is_active:
        actions.reactivate(account_id=row.id, by=at.account, at=at.now)
        at.told(f"已恢复{row.name}的账号，密码和职责照旧。")
    return at.redirect("office-account", row.id)
