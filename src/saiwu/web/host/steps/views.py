"""A step of the event's life, each on a page of its own that says what follows before it is taken."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from saiwu.audit.frame import NotFound, Refused
from saiwu.web.desk import Desk, desk
from saiwu.web.forms import Form
from saiwu.web.host.desks import HOST, place, tabs_of
from saiwu.web.host.steps.steps import STEPS


@desk(HOST, tabs=tabs_of)
def step(request: HttpRequest, at: Desk, key: str) -> HttpResponse:
    """Say what follows; take the step. Taken twice, the second time says in which state the event is."""
    chosen = STEPS.get(key)
    if chosen is None:
        raise NotFound(key)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            chosen.do(event_id=at.event.id, by=at.account, at=at.now)
        except Refused as refused:
            form.take_back(refused)
        else:
            at.told(chosen.told)
            return at.redirect(chosen.then, *place(at))
    return at.page("host/steps/page.html", here="home", step=chosen, form=form, allowed=chosen.allowed(at))
