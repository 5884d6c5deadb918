"""Draws, step by step: the registrar freezes, commits and draws, the supervisor fixes the public input."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from saiwu.audit.frame import NotFound, Refused
from saiwu.checkin import actions
from saiwu.checkin.actions import Among
from saiwu.checkin.queries import PublicDraw, draw_of, draws_of
from saiwu.rules.procedure import DrawState, EventState
from saiwu.web.desk import Desk, desk
from saiwu.web.forms import Form
from saiwu.web.host.desks import HOST, REGISTRAR, SUPERVISOR, place, tabs_of
from saiwu.web.host.draws.forms import Fix, Freeze

_OPEN = frozenset({EventState.LISTED, EventState.RUNNING})


@desk(HOST, REGISTRAR, SUPERVISOR, tabs=tabs_of)
def draws(request: HttpRequest, at: Desk) -> HttpResponse:
    """All draws of the event with the step that comes next; the registrar freezes another list."""
    form = Freeze(_divisions(at), request.POST if request.method == "POST" else None)
    if request.method == "POST" and at.has(REGISTRAR) and form.is_valid():
        given = form.cleaned_data
        try:
            actions.freeze(
                event_id=at.event.id,
                division=given.get("division") or None,
                purpose=given["purpose"],
                among=Among(given["among"]),
                stations=given["stations"],
                by=at.account,
                at=at.now,
            )
        except Refused as refused:
            form.take_back(refused)
        else:
            at.told("名单已冻结并公布。下一步：公布承诺。")
            return at.redirect("host-draws", *place(at))
    return _page(at, form, None, 0)


@require_POST
@desk(REGISTRAR, tabs=tabs_of)
def commit(request: HttpRequest, at: Desk, draw_id: int) -> HttpResponse:
    """Take a secret and publish its commitment."""
    return _step(request, at, draw_id, actions.commit, "承诺已公布。下一步：监督确定公开输入。")


@require_POST
@desk(SUPERVISOR, tabs=tabs_of)
def fix(request: HttpRequest, at: Desk, draw_id: int) -> HttpResponse:
    """Fix the public input."""
    chosen = draw_of(at.event.id, draw_id)
    form = Fix(request.POST, prefix=f"draw-{draw_id}")
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.fix(
                draw_id=chosen.id,
                public_input=given["public_input"],
                source=given["source"],
                by=at.account,
                at=at.now,
            )
        except Refused as refused:
            form.take_back(refused)
        else:
            at.told("公开输入已确定。下一步：检录加密人员抽签。")
            return at.redirect("host-draws", *place(at))
    return _page(at, Freeze(_divisions(at)), form, draw_id)


@require_POST
@desk(REGISTRAR, tabs=tabs_of)
def make(request: HttpRequest, at: Desk, draw_id: int) -> HttpResponse:
    """Draw, and publish the transcript."""
    return _step(request, at, draw_id, actions.make, "已抽签，全部记录已公布。")


def _step(request: HttpRequest, at: Desk, draw_id: int, verb: Callable[..., object], told: str) -> HttpResponse:
    """A step that asks for nothing but the button."""
    chosen = draw_of(at.event.id, draw_id)
    form = Form(request.POST)
    form.is_valid()
    try:
        verb(draw_id=chosen.id, by=at.account, at=at.now)
    except Refused as refused:
        form.take_back(refused)
        return _page(at, Freeze(_divisions(at)), form, draw_id)
    at.told(told)
    return at.redirect("host-draws", *place(at))


def _page(at: Desk, freeze: Freeze, bound: Form | None, draw_id: int) -> HttpResponse:
    open_ = at.event.state in _OPEN
    if bound is not None and not any(one.id == draw_id for one in draws_of(at.event.id)):
        raise NotFound(f"draw {draw_id}")
    rules = at.site.book.events[at.event.slug]
    shown = []
    for one in draws_of(at.event.id):
        form = bound if one.id == draw_id and isinstance(bound, Fix) else Fix(prefix=f"draw-{one.id}")
        shown.append((one, rules.division_name(one.division), form, _next(at, one) if open_ else ""))
    return at.page(
        "host/draws/page.html",
        here="draws",
        draws=shown,
        freeze=freeze,
        faulty=bound if bound is not None and bound.errors else None,
        may_freeze=open_ and at.has(REGISTRAR),
        open=open_,
        order=list(DrawState),
    )


def _next(at: Desk, one: PublicDraw) -> str:
    """The step that whoever sits there may take now: commit, fix, make; `wait`: somebody else's."""
    step, role = {
        DrawState.FROZEN: ("commit", REGISTRAR),
        DrawState.COMMITTED: ("fix", SUPERVISOR),
        DrawState.FIXED: ("make", REGISTRAR),
        DrawState.MADE: ("", HOST),
    }[one.state]
    return step if at.has(role) or not step else f"wait-{step}"


def _divisions(at: Desk) -> list[tuple[str, str]]:
    return [(key, one.name or key) for key, one in at.site.book.events[at.event.slug].divisions.items()]
