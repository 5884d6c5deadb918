"""One's own account: password, second factor, recovery codes, signing out."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters

from saiwu.accounts import actions
from saiwu.accounts import second_factor as codes
from saiwu.accounts.models import Account
from saiwu.accounts.queries import needs_second_factor
from saiwu.audit.frame import Refused
from saiwu.competitions.queries import seats_of, sites
from saiwu.documents import qr
from saiwu.privacy import fields
from saiwu.web import address, sitting
from saiwu.web.accounts.desks.views import doors
from saiwu.web.accounts.security.forms import ChangePassword, Enrol, Renew
from saiwu.web.desk import Desk, desk

_ISSUER = "Saiwu"


@desk()
def account(request: HttpRequest, at: Desk) -> HttpResponse:
    """Who I am here, and what I can do about it."""
    found = doors(seats_of(at.account, at.now), {site.slug: site for site in sites()})
    return at.page(
        "accounts/security/page.html",
        doors=found,
        has_second_factor=at.account.second_factor_sealed is not None,
        must=needs_second_factor(at.account, at.now),
        codes_left=len(at.account.recovery_digests),
    )


@sensitive_post_parameters()
@desk()
def password(request: HttpRequest, at: Desk) -> HttpResponse:
    """Change the password; other sessions end, this one goes on."""
    form = ChangePassword(request.POST) if request.method == "POST" else ChangePassword()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            changed = actions.change_password(account_id=at.account.pk, old=given["old"], new=given["new"], at=at.now)
        except Refused as refused:
            form.take_back(refused)
        else:
            sitting.stay(request, changed)
            at.told("密码已修改，别处的登录都已退出。")
            return at.redirect("account")
    return at.page("accounts/security/password.html", form=form)


@sensitive_post_parameters()
@desk()
def second_factor(request: HttpRequest, at: Desk) -> HttpResponse:
    """Set up an authenticator (or another one in its place): scan, type the code, keep the recovery codes."""
    secret = _unsealed(request.POST.get("sealed", ""), at.account) if request.method == "POST" else None
    form = Enrol(request.POST) if secret is not None else None
    if form is not None and secret is not None and form.is_valid():
        try:
            shown = actions.set_second_factor(
                account_id=at.account.pk,
                secret=secret,
                code=form.cleaned_data["code"],
                moment=datetime.now(UTC),
                at=at.now,
            )
        except Refused as refused:
            form.take_back(refused)
        else:
            return at.page("accounts/security/codes.html", codes=shown, fresh=True)
    secret = secret or codes.fresh_secret()
    if form is None:
        form = Enrol(initial={"sealed": _sealed(secret, at.account)})
    return at.page(
        "accounts/security/second_factor.html",
        form=form,
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        picture=qr.svg(codes.address_of(secret, at.account.login, _ISSUER)),
        replaces=at.account.second_factor_sealed is not None,
    )


@sensitive_post_parameters()
@desk()
def recovery_codes(request: HttpRequest, at: Desk) -> HttpResponse:
    """New recovery codes, after the password was typed once more."""
    form = Renew(request.POST) if request.method == "POST" else Renew()
    if request.method == "POST" and form.is_valid():
        try:
            actions.check_login(
                login=at.account.login,
                password=form.cleaned_data["password"],
                address=address.of(request),
                at=at.now,
            )
            shown = actions.renew_recovery_codes(account_id=at.account.pk, at=at.now)
        except Refused as refused:
            form.take_back(refused)
        else:
            return at.page("accounts/security/codes.html", codes=shown, fresh=False)
    return at.page("accounts/security/renew.html", form=form)


def _context(account: Account) -> str:
    return f"account:{account.pk}:enrolling"


def _sealed(secret: str, account: Account) -> str:
    return base64.b64encode(fields.seal(secret, _context(account))).decode("ascii")


def _unsealed(sealed: str, account: Account) -> str | None:
    """The secret that a form carried; None where it was altered, or made for somebody else: then it begins anew."""
    try:
        return fields.unseal(base64.b64decode(sealed, validate=True), _context(account))
    except (ValueError, binascii.Error):
        return None
