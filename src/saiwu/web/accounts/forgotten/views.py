"""Forgotten: the office sees who asks, and hands over a new link. Nobody learns here who has an account."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from saiwu.accounts import actions
from saiwu.accounts.queries import locked_out
from saiwu.audit.frame import NotFound
from saiwu.web import address, clock
from saiwu.web.accounts.forgotten.forms import Forgotten
from saiwu.web.accounts.pages import page
from saiwu.web.choices import newly_chosen

_KIND, _MOST, _WITHIN = "reset", 30, timedelta(hours=1)
"""So many requests from one address in an hour: a whole school behind one has room, a program has not."""


@never_cache
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a new link."""
    if request.method == "GET" and (back := newly_chosen(request)) is not None:
        return back
    form = Forgotten(request.POST) if request.method == "POST" else Forgotten()
    asked = request.method == "POST" and form.is_valid()
    if asked:
        now, origin = clock.now(), address.of(request)
        if locked_out(_KIND, origin, most=_MOST, within=_WITHIN, at=now):
            form.add_error(None, "请求次数过多，请过一小时再试，或直接联系组委会办公室。")
            asked = False
        else:
            actions.note_failure(kind=_KIND, subject=origin, at=now)
            with suppress(NotFound):  # whether there is such an account is told to nobody
                actions.ask_reset(login=form.cleaned_data["login"], at=now)
    return page(request, "accounts/forgotten/page.html", form=form, asked=asked)
