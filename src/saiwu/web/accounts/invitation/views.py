"""An invitation: the link that the office hands over, by which somebody sets his password.

The token leaves the address at once, so that it stands in no history, log or referrer.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from saiwu.accounts import actions
from saiwu.accounts.queries import invited
from saiwu.audit.frame import NotFound, Refused
from saiwu.web import clock, sitting
from saiwu.web.accounts.invitation.forms import NewPassword
from saiwu.web.accounts.pages import page
from saiwu.web.choices import newly_chosen

_KEPT = "invitation"


@never_cache
def arrive(request: HttpRequest, account_id: int, token: str) -> HttpResponse:
    """Somebody opens the link."""
    try:
        invited(account_id, token)
    except NotFound:
        return page(request, "accounts/invitation/over.html", status=404)
    sitting.end(request)
    request.session[_KEPT] = [account_id, token]
    return HttpResponseRedirect(reverse("invitation-password"))


@never_cache
@sensitive_post_parameters()
def set_password(request: HttpRequest) -> HttpResponse:
    """He sets his password, and is signed in."""
    if request.method == "GET" and (back := newly_chosen(request)) is not None:
        return back
    account_id, token = request.session.get(_KEPT, (0, ""))
    try:
        account = invited(account_id, token)
    except NotFound:
        return page(request, "accounts/invitation/over.html", status=404)
    form = NewPassword(request.POST) if request.method == "POST" else NewPassword()
    if request.method == "POST" and form.is_valid():
        now = clock.now()
        try:
            actions.accept_invitation(account_id=account_id, token=token, password=form.cleaned_data["new"], at=now)
        except Refused as refused:
            form.take_back(refused)
        else:
            del request.session[_KEPT]
            if account.second_factor_sealed is not None:
                messages.success(request, "密码已设好，请用新密码登录。")
                return HttpResponseRedirect(reverse("sign-in"))
            sitting.begin(request, actions.sign_in(account_id=account_id, moment=datetime.now(UTC), at=now))
            messages.success(request, "密码已设好，您已登录。")
            return HttpResponseRedirect(reverse("desks"))
    return page(request, "accounts/invitation/page.html", form=form, invited=account)
