"""Adding people, and mending what was returned: the form, then what the rules say of it, then handing in.

Nothing is stored before the submit: the answers travel from the form to the check page in hidden fields, files with the
submit itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from saiwu.audit.frame import Refused
from saiwu.competitions.queries import events_of
from saiwu.entries import actions
from saiwu.entries.actions.registering import HandedIn
from saiwu.entries.queries.handing_in import (
    Asked,
    Outlook,
    asked_of,
    entered_already,
    openings_of,
    outlook,
    places_of,
)
from saiwu.entries.queries.of_unit import (
    OwnEntry,
    Preregistered,
    entries_of,
    entry_of,
    preregistered,
)
from saiwu.rules.findings import Verdict, worst
from saiwu.rules.procedure import EntryState
from saiwu.rules.rulebook.eligibility import DeclarationTerm
from saiwu.web.desk import Desk, desk
from saiwu.web.shared.findings import shown_of
from saiwu.web.shared.quotes import Quote
from saiwu.web.unit.desks import UNIT, place, tabs_of
from saiwu.web.unit.entering.forms import RETIREMENT, Known
from saiwu.web.unit.entering.whole import EntryForm
from saiwu.web.unit.entry.uploads import take_files

FILL, CHECK, EDIT, SUBMIT = "fill", "check", "edit", "submit"


@desk(UNIT, tabs=tabs_of)
def choose(request: HttpRequest, at: Desk) -> HttpResponse:
    """Which event and division: the open ones first, of the others why not; and who waits for the unit."""
    openings = openings_of(at.site, events_of(at.site), at.now)
    places = places_of(at.site, at.unit.id)
    rows = [(one, places.get((one.row.slug, one.division), ())) for one in openings]
    may = {(one.row.slug, one.division) for one in openings if not one.closed}
    waiting = [
        one for one in preregistered(at.unit.id, at.site.id) if not one.entered and (one.event, one.division) in may
    ]
    return at.page(
        "unit/entering/choose.html",
        here="roster",
        open=[row for row in rows if not row[0].closed],
        closed=[row for row in rows if row[0].closed],
        waiting=[(one, at.site.book.events[one.event]) for one in waiting],
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """What the form is about. `entry`: the returned one that is mended."""

    at: Desk
    asked: Asked
    known: tuple[Known, ...]
    entry: OwnEntry | None = None

    @property
    def address(self) -> str:
        """Where form and check page send to."""
        if self.entry is not None:
            return reverse("unit-mend", args=[*place(self.at), self.entry.id])
        return reverse("unit-enter", args=[*place(self.at), self.asked.event, self.asked.division])

    @property
    def values(self) -> dict[str, Any]:
        """What both pages show."""
        book = self.at.site.book
        return {
            "asked": self.asked,
            "event_rules": book.events[self.asked.event],
            "address": self.address,
            "entry": self.entry,
            "reason": self.entry.told[-1].reason if self.entry and self.entry.told else "",
            "places": places_of(self.at.site, self.at.unit.id).get((self.asked.event, self.asked.division), ()),
        }


@desk(UNIT, tabs=tabs_of)
def enter(request: HttpRequest, at: Desk, in_event: str, division: str) -> HttpResponse:
    """Adding an entry to a division. `?from=`: a pre-registration whose answers fill the first place."""
    asked = asked_of(at.site, in_event, division, at.now)
    waiting = preregistered(at.unit.id, at.site.id)
    known = (*map(_of_preregistration, waiting), *_of_entries(at))
    page = _Page(at, asked, known)
    if request.method == "POST":
        return _answer(request, page)
    closed = _closed(at, asked)
    if closed:
        return at.page("unit/entering/closed.html", here="roster", closed=closed, **page.values)
    chosen = next((one for one in waiting if str(one.id) == request.GET.get("from")), None)
    if "from" in request.GET and chosen is None:
        raise Http404
    first = [_of_preregistration(chosen)] if chosen else []
    return _fill(page, EntryForm(asked, known=known, members=first, school=_school(at)))


@desk(UNIT, tabs=tabs_of)
def mend(request: HttpRequest, at: Desk, entry_id: int) -> HttpResponse:
    """The form of a returned entry, filled with what is there, the host's reason on top."""
    entry = entry_of(at.unit.id, at.site.id, entry_id)
    asked = asked_of(at.site, entry.event, entry.division, at.now)
    page = _Page(at, asked, _of_entries(at), entry)
    if request.method == "POST":
        return _answer(request, page)
    if entry.state is not EntryState.RETURNED:
        return at.redirect("unit-entry", *place(at), entry.id)
    members = [Known(one.person, one.name, one.number, one.phone, one.role, one.facts) for one in entry.members]
    teachers = [Known(one.person, one.name, one.number, "", "", {}) for one in entry.instructors]
    form = EntryForm(
        asked, known=page.known, members=members, instructors=teachers, team_name=entry.team, school=_school(at)
    )
    return _fill(page, form)


def _school(at: Desk) -> str:
    return at.unit.name if at.unit.kind == "院校" else ""


def _closed(at: Desk, asked: Asked) -> str:
    rows = [row for row in events_of(at.site) if row.slug == asked.event]
    return next((one.closed for one in openings_of(at.site, rows, at.now) if one.division == asked.division), "")


def _of_preregistration(one: Preregistered) -> Known:
    return Known(one.person, one.name, one.number, one.phone, "选手", one.answers)


def _of_entries(at: Desk) -> tuple[Known, ...]:
    found = []
    for entry in entries_of(at.unit.id, at.site.id):
        found += [Known(one.person, one.name, one.number, one.phone, one.role, one.facts) for one in entry.members]
        found += [Known(one.person, one.name, one.number, "", "", {}) for one in entry.instructors]
    return tuple(found)


def _answer(request: HttpRequest, page: _Page) -> HttpResponse:
    form = EntryForm(page.asked, request.POST, known=page.known)
    do = request.POST.get("do", CHECK)
    if not form.is_valid():
        return _fill(page, form)
    if do == EDIT:
        return _fill(page, form)
    try:
        found = _outlook(page, form)
    except Refused as refused:
        form.take_back(refused)
        return _fill(page, form)
    if do == SUBMIT and worst(found.findings) is not Verdict.REFUSED:
        return _submit(request, page, form, found)
    return _check(page, form, found)


def _outlook(page: _Page, form: EntryForm) -> Outlook:
    return outlook(
        site=page.at.site,
        event=page.asked.event,
        division=page.asked.division,
        unit_id=page.at.unit.id,
        members=form.statements(),
        instructors=form.teachers(),
        team_name=form.team_name,
        at=page.at.now,
        again=page.entry is not None,
    )


def _submit(request: HttpRequest, page: _Page, form: EntryForm, found: Outlook) -> HttpResponse:
    at = page.at
    same = _same(page, form)
    if same is not None:
        at.told("这份报名刚才已经提交。")
        return at.redirect("unit-entry", *place(at), same)
    try:
        done = _hand_in(page, form, "declared" in request.POST)
    except Refused as refused:
        same = _same(page, form)
        if same is not None:
            return at.redirect("unit-entry", *place(at), same)
        return _check(page, form, found, refused)
    who = form.team_name or "、".join(one.name for one in found.people)
    waits = done.state is EntryState.WAITING
    at.told(f"已提交：{who}，现在是“{done.state.chinese}”。" + ("名额已满，等豁免决定。" if waits else ""))
    take_files(request, at, done.entry_id)
    return at.redirect("unit-entry", *place(at), done.entry_id)


def _same(page: _Page, form: EntryForm) -> int | None:
    """The entry that these people make already, so that a form sent twice is harmless."""
    if page.entry is not None:
        return page.entry.id if page.entry.state is not EntryState.RETURNED else None
    return entered_already(
        unit_id=page.at.unit.id, event_id=page.asked.event_id, members=form.statements(), at=page.at.now
    )


def _hand_in(page: _Page, form: EntryForm, declared: bool) -> HandedIn:
    given: dict[str, Any] = {
        "members": form.statements(),
        "instructors": form.teachers(),
        "team_name": form.team_name,
        "declared": declared,
        "by": page.at.account,
        "at": page.at.now,
    }
    if page.entry is not None:
        return actions.resubmit(entry_id=page.entry.id, **given)
    return actions.register(
        event_id=page.asked.event_id, division=page.asked.division, unit_id=page.at.unit.id, **given
    )


def _fill(page: _Page, form: EntryForm) -> HttpResponse:
    return page.at.page("unit/entering/fill.html", here="roster", form=form, **page.values)


def _check(page: _Page, form: EntryForm, found: Outlook, refused: Refused | None = None) -> HttpResponse:
    several = len(found.people) > 1
    findings = [("", finding) for finding in found.whole]
    findings += [(one.name if several else "", finding) for one in found.people for finding in one.findings]
    if refused is not None:
        findings += [("", finding) for finding in refused.findings if ("", finding) not in findings]
    shown = shown_of(page.at.site, page.asked.event, page.asked.division, findings)
    verdict = worst(finding for _, finding in findings)
    values = page.values
    full = [one for one in values["places"] if not one.left] if page.entry is None else []
    return page.at.page(
        "unit/entering/check.html",
        here="roster",
        form=form,
        people=[(place, one) for place, one in enumerate(found.people, start=1)],
        findings=shown,
        verdict=verdict,
        evidence=[one for one in shown if one.verdict is Verdict.EVIDENCE],
        refused=refused,
        declarations=_declarations(page),
        retirement=form.retirement or any(finding.fact == RETIREMENT for _, finding in findings),
        full=full,
        **values,
    )


def _declarations(page: _Page) -> tuple[Quote, ...]:
    """What the unit signs for, in the notice's words."""
    text = page.at.site.book.text
    terms = page.asked.rules.eligibility.values()
    return tuple(
        Quote(term.clause, text[term.clause])
        for term in terms
        if isinstance(term, DeclarationTerm) and term.clause and term.clause in text and term.signed_by == "参赛单位"
    )
