"""One entry with everything: members, findings, history; photos, documents and numbers; withdrawing it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from saiwu.audit.frame import Refused
from saiwu.competitions.queries import events_of
from saiwu.documents.photos import fitted
from saiwu.entries import actions
from saiwu.entries.queries.evidence import paper_of, papers_of
from saiwu.entries.queries.of_unit import Contestant, OwnEntry, entry_of
from saiwu.entries.queries.review import Shown, Step, claim_of, photo_of
from saiwu.rules.findings import Verdict
from saiwu.rules.procedure import PROCEDURE, EventState
from saiwu.web.desk import Desk, desk
from saiwu.web.shared.facts import Fact, facts_of
from saiwu.web.shared.history import history_of
from saiwu.web.unit.desks import UNIT, place, tabs_of
from saiwu.web.unit.entry.forms import Withdraw
from saiwu.web.unit.entry.uploads import take
from saiwu.web.unit.findings import of_entry

_THUMBNAIL = (120, 156)


@dataclass(frozen=True, slots=True)
class Member:
    """A member as the page shows him. `wanted`: rules that a document may bear out; `number`: whole where it was asked."""

    one: Contestant
    facts: tuple[Fact, ...]
    papers: tuple[Shown, ...]
    number: str
    revealed: bool
    fault: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What was wrong with a file, and in whose field."""

    position: int
    kind: str
    message: str


@desk(UNIT, tabs=tabs_of)
def entry(request: HttpRequest, at: Desk, entry_id: int) -> HttpResponse:
    """The entry's page."""
    return _page(at, entry_of(at.unit.id, at.site.id, entry_id))


def _page(
    at: Desk, own: OwnEntry, *, revealed: tuple[int, str] | None = None, fault: Fault | None = None
) -> HttpResponse:
    claim = claim_of(own.event_id, own.id)
    papers = papers_of(at.unit.id, {one.person: one.position for one in own.members})
    facts = {one.position: facts_of(at.site, own.event, one) for one in claim.members}
    findings = of_entry(at.site, own)
    row = next(row for row in events_of(at.site) if row.slug == own.event)
    may = {verb.partition(".")[2]: _may(verb, own, row.state) for verb in _VERBS}
    members = [
        Member(
            one,
            facts.get(one.position, ()),
            papers.get(one.position, ()),
            revealed[1] if revealed and revealed[0] == one.position else one.number,
            bool(revealed and revealed[0] == one.position),
            fault.message if fault and fault.position == one.position else "",
        )
        for one in own.members
    ]
    rules = at.site.book.events[own.event]
    return at.page(
        "unit/entry/page.html",
        here="roster",
        status=409 if fault else 200,
        entry=own,
        members=members,
        findings=findings,
        wanted=[one for one in findings if one.verdict in (Verdict.EVIDENCE, Verdict.WAIVER)],
        history=history_of(replace(claim, history=tuple(_without_staff(one) for one in claim.history))),
        may=may,
        event_rules=rules,
        division_rules=rules.divisions[own.division],
        listed=row.listed,
    )


def _without_staff(one: Step) -> Step:
    """A step as the unit sees it: its own people by name, of the host and the office the role alone."""
    return one if one.role == UNIT else replace(one, by="")


_VERBS = ("entries.attach_photo", "entries.attach_evidence", "entries.resubmit", "entries.withdraw")


def _may(verb: str, own: OwnEntry, state: EventState) -> bool:
    step = PROCEDURE[verb]
    return own.state in step.starts and (not step.while_ or state in step.while_)


@require_POST
@desk(UNIT, tabs=tabs_of)
def upload_photo(request: HttpRequest, at: Desk, entry_id: int, position: int) -> HttpResponse:
    """A photo, new or instead of the old."""
    return _upload(request, at, entry_id, position, "photo", "照片已保存。")


@require_POST
@desk(UNIT, tabs=tabs_of)
def upload_evidence(request: HttpRequest, at: Desk, entry_id: int, position: int) -> HttpResponse:
    """A document for a member, and the rule that it bears out."""
    return _upload(request, at, entry_id, position, "evidence", "材料已保存。")


def _upload(request: HttpRequest, at: Desk, entry_id: int, position: int, kind: str, told: str) -> HttpResponse:
    own = entry_of(at.unit.id, at.site.id, entry_id)
    file = request.FILES.get("file")
    rules = {one.rule for one in of_entry(at.site, own)}
    rule = request.POST.get("rule", "")
    try:
        if file is None:
            raise Refused("请选择要上传的文件。", rule=kind, field="file")
        take(at, kind, own.id, position, rule if rule in rules else "", file)
    except Refused as refused:
        return _page(at, own, fault=Fault(position, kind, str(refused)))
    at.told(told)
    response = at.redirect("unit-entry", *place(at), own.id)
    response["Location"] += f"#m{position}"
    return response


@require_POST
@desk(UNIT, tabs=tabs_of)
def remove_paper(request: HttpRequest, at: Desk, entry_id: int, evidence_id: int) -> HttpResponse:
    """A document is taken back."""
    own = entry_of(at.unit.id, at.site.id, entry_id)
    actions.remove_evidence(entry_id=own.id, evidence_id=evidence_id, by=at.account, at=at.now)
    at.told("材料已移除。")
    return at.redirect("unit-entry", *place(at), own.id)


@desk(UNIT)
def photo(request: HttpRequest, at: Desk, entry_id: int, position: int) -> HttpResponse:
    """A member's photo; `?small` for lists."""
    own = entry_of(at.unit.id, at.site.id, entry_id)
    content = photo_of(own.event_id, own.id, position)
    if "small" in request.GET:
        content = fitted(content, width=_THUMBNAIL[0], height=_THUMBNAIL[1])
    return _private(content, "image/jpeg", f"{position}.jpg", inline=True)


@desk(UNIT)
def paper(request: HttpRequest, at: Desk, entry_id: int, evidence_id: int) -> HttpResponse:
    """A document: a picture is shown, a PDF is saved."""
    own = entry_of(at.unit.id, at.site.id, entry_id)
    found = paper_of(own.event_id, own.id, evidence_id)
    picture = found.media.startswith("image/")
    name = found.name if not picture else f"{found.name.rpartition('.')[0] or found.name}.jpg"
    return _private(found.content, found.media, name, inline=picture)


def _private(content: bytes, media: str, name: str, *, inline: bool) -> HttpResponse:
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "inline"
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@desk(UNIT, tabs=tabs_of)
def reveal(request: HttpRequest, at: Desk, entry_id: int, position: int) -> HttpResponse:
    """The whole ID number, once, on the same page; that it was shown goes on record."""
    own = entry_of(at.unit.id, at.site.id, entry_id)
    number = actions.reveal_number(entry_id=own.id, position=position, by=at.account, at=at.now)
    response = _page(at, own, revealed=(position, number))
    response["Cache-Control"] = "no-store"
    return response


@desk(UNIT, tabs=tabs_of)
def withdraw(request: HttpRequest, at: Desk, entry_id: int) -> HttpResponse:
    """Asks once, with the reason; then it is withdrawn."""
    own = entry_of(at.unit.id, at.site.id, entry_id)
    form = Withdraw(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(entry_id=own.id, reason=form.cleaned_data["reason"], by=at.account, at=at.now)
        except Refused as refused:
            if refused.rule == "state" and not own.live:
                return at.redirect("unit-entry", *place(at), own.id)
            form.take_back(refused)
        else:
            at.told(f"已撤回：{own.shown}。选手和名额已空出。")
            return at.redirect("unit-entry", *place(at), own.id)
    return at.page("unit/entry/withdraw.html", here="roster", entry=own, form=form)
