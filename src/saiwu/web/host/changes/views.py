"""Changes that the host asks for, and decisions that were raised in the event."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from saiwu.audit.frame import Refused
from saiwu.competitions.actions import ask_change
from saiwu.competitions.actions.changes import KEYS
from saiwu.competitions.queries.asked import asked_changes, decisions_of
from saiwu.rules import procedure
from saiwu.web.desk import Desk, desk
from saiwu.web.host.changes.forms import Change
from saiwu.web.host.desks import HOST, place, tabs_of


@desk(HOST, tabs=tabs_of)
def changes(request: HttpRequest, at: Desk) -> HttpResponse:
    """What was asked for and decided; the way to ask for more."""
    rules = at.site.book.events[at.event.slug]
    return at.page(
        "host/changes/page.html",
        here="changes",
        kinds=_kinds(at),
        changes=asked_changes(at.event.id),
        decisions=[(one, rules.division_name(one.division)) for one in decisions_of(at.event.id)],
        may_ask=at.event.state.value in procedure.step("changes.ask").starts,
        chapter=at.site.book.changes,
    )


@desk(HOST, tabs=tabs_of)
def ask(request: HttpRequest, at: Desk) -> HttpResponse:
    """Ask for a change of one kind: first the kind, then what goes with it."""
    kind = request.POST.get("kind", "") or request.GET.get("kind", "")
    if kind not in _kinds(at):
        return at.redirect("host-changes", *place(at))
    form = Change(kind, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_change(
                event_id=at.event.id,
                kind=kind,
                values=form.values(),
                reason=form.cleaned_data["reason"],
                by=at.account,
                at=at.now,
            )
        except Refused as refused:
            form.take_back(refused)
        else:
            at.told(f"已提出变更申请：{kind}。主办单位同意后生效。")
            return at.redirect("host-changes", *place(at))
    return at.page("host/changes/ask.html", here="changes", kind=kind, form=form, chapter=at.site.book.changes)


def _kinds(at: Desk) -> list[str]:
    """The kinds that the notice allows and that do not change the whole rulebook."""
    chapter = at.site.book.changes
    return [kind for kind in chapter.allowed if kind in KEYS] if chapter else []
