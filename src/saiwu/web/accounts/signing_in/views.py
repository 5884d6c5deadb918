"""Signing in: login and password, then the second factor where the account has one; signing out."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from saiwu.accounts import actions
from saiwu.audit.frame import NotFound, Refused
from saiwu.web import address, clock, sitting
from saiwu.web.accounts.pages import page
from saiwu.web.accounts.signing_in.forms import Code, SignIn
from saiwu.web.choices import newly_chosen


@never_cache
@sensitive_post_parameters()
def sign_in(request: HttpRequest) -> HttpResponse:
    """Login and password. Who is signed in already goes on to his desks."""
    if request.method == "GET" and (back := newly_chosen(request)) is not None:
        return back
    if request.method == "GET" and sitting.account_of(request) is not None:
        return HttpResponseRedirect(_next(request))
    form = SignIn(request.POST) if request.method == "POST" else SignIn()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        now = clock.now()
        try:
            account = actions.check_login(
                login=given["login"], password=given["password"], address=address.of(request), at=now
            )
            if account.second_factor_sealed is not None:
                sitting.ask_for_code(request, account)
                return HttpResponseRedirect(f"{reverse('sign-in-code')}?{urlencode({'next': _next(request)})}")
            sitting.begin(request, actions.sign_in(account_id=account.pk, moment=datetime.now(UTC), at=now))
            return HttpResponseRedirect(_next(request))
        except Refused as refused:
            form.take_back(refused)
    return page(request, "accounts/signing_in/page.html", form=form, next=_next(request))


@never_cache
@sensitive_post_parameters()
def code(request: HttpRequest) -> HttpResponse:
    """The second factor. Who has not shown his password a short while ago starts over."""
    if request.method == "GET" and (back := newly_chosen(request)) is not None:
        return back
    account_id = sitting.waiting_for_code(request)
    if account_id is None:
        return HttpResponseRedirect(reverse("sign-in"))
    form = Code(request.POST) if request.method == "POST" else Code()
    if request.method == "POST" and form.is_valid():
        moment = datetime.now(UTC)
        try:
            account = actions.sign_in(
                account_id=account_id, code=form.cleaned_data["code"], moment=moment, at=clock.now()
            )
            sitting.forget_code(request)
            sitting.begin(request, account)
            return HttpResponseRedirect(_next(request))
        except NotFound:  # deactivated since
            return HttpResponseRedirect(reverse("sign-in"))
        except Refused as refused:
            form.take_back(refused)
    return page(request, "accounts/signing_in/code.html", form=form, next=_next(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    sitting.end(request)
    return HttpResponseRedirect(reverse("sign-in"))


def _next(request: HttpRequest) -> str:
    """Where he wanted to go: only within this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if safe else reverse("desks")
