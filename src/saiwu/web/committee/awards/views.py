"""Unit awards: what the notice sets, what was given, and deciding on the points table of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from saiwu.audit.frame import NotFound, Refused
from saiwu.results.actions import decide_unit_awards
from saiwu.results.queries.of_competition import unfinished
from saiwu.results.queries.unit_awards import Given, Table, bulletin_issued, decider_of, given, table_of
from saiwu.rules.awards import prize_name
from saiwu.rules.procedure import Role
from saiwu.rules.rulebook.afterwards import UnitAward as Term
from saiwu.web.committee.awards.forms import Decide
from saiwu.web.committee.desks import DECIDERS, may_settle, needs_letter, tabs_of
from saiwu.web.desk import Desk, desk


@dataclass(frozen=True, slots=True)
class Award:
    """An award of the notice: whose decision, its lists with its grades (an empty grade without), what was given."""

    key: str
    term: Term
    decider: Role
    lists: tuple[tuple[str, str, str], ...]
    given: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table. `made`: how the points came about; `low`: below the minimum, so out of it."""

    name: str
    rank: int | None
    points: int | None
    made: str
    proposed: str | None
    contested: bool
    taken: bool
    chosen: bool
    low: bool = False


@desk(*DECIDERS, tabs=tabs_of)
def index(request: HttpRequest, at: Desk) -> HttpResponse:
    """Every unit award of the notice with what was given."""
    all_given = given(at.site.id)
    waiting = unfinished(at.site)
    awards = [
        Award(
            key,
            term,
            decider_of(term),
            tuple(
                (among, grade, _grade(term, grade)) for among in term.among for grade in (tuple(term.prizes) or ("",))
            ),
            tuple(one for one in all_given if one.award == key),
        )
        for key, term in at.site.book.unit_awards.items()
    ]
    issued = bulletin_issued(at.site.id)
    return at.page(
        "committee/awards/index.html",
        here="awards",
        awards=awards,
        total=len(all_given),
        waiting=waiting,
        issued=issued,
        may=not waiting and not issued,
    )


def _grade(term: Term, grade: str) -> str:
    return prize_name(grade, term.prizes[grade]) if grade else ""


@desk(*DECIDERS, tabs=tabs_of)
def decide(request: HttpRequest, at: Desk) -> HttpResponse:
    """The table of one list (`award`, `among`, `prize` in the address), decided in two steps: who, then sure."""
    award, term, among, grade = _asked(request, at)
    table = table_of(at.site.id, award, among, grade)
    waiting, issued = unfinished(at.site), bulletin_issued(at.site.id)
    may = may_settle(at, table.decider) and not waiting and not issued and table.left != 0
    free = [name for name in _listed(table) if name not in table.taken]
    form: Decide | None = None
    if may:
        proposed = [line.name for line in table.proposal.ranked if line.proposed and line.name not in table.taken]
        form = Decide(
            request.POST if request.method == "POST" else None,
            listed=free if _listed(table) else (),
            letter=needs_letter(at, table.decider),
            initial={"recipients": proposed[: table.left]},
        )
    shown: dict[str, Any] = {
        "key": award,
        "term": term,
        "among": among,
        "grade": grade,
        "grade_name": _grade(term, grade),
        "table": table,
        "form": form,
    }
    if request.method == "POST" and form is not None and form.is_valid() and "back" not in request.POST:
        chosen = form.chosen()
        if "sure" not in request.POST:
            return at.page("committee/awards/sure.html", here="awards", chosen=chosen, **shown)
        try:
            decide_unit_awards(
                competition_id=at.site.id,
                award=award,
                recipients=chosen,
                among=among,
                prize=grade,
                reason=form.cleaned_data["reason"],
                letter=form.cleaned_data.get("letter", ""),
                by=at.account,
                at=at.now,
            )
        except Refused as refused:
            form.take_back(refused, {"recipients": "recipients" if "recipients" in form.fields else "names"})
        else:
            at.told(f"已评定{term.name or award} {len(chosen)} 个。")
            return at.redirect("committee-awards", at.site.slug)
    return at.page(
        "committee/awards/decide.html",
        here="awards",
        lines=_lines(table, form["recipients"].value() or () if form and "recipients" in form.fields else ()),
        waiting=waiting,
        issued=issued,
        **shown,
    )


def _asked(request: HttpRequest, at: Desk) -> tuple[str, Term, str, str]:
    """Award, list and grade of the address; the first of each where it names none. Raises NotFound for unknown ones."""
    awards = at.site.book.unit_awards
    award = request.GET.get("award") or next(iter(awards), "")
    term = awards.get(award)
    if term is None:
        raise NotFound(f"unit award {award}")
    among = request.GET.get("among") or next(iter(term.among), "")
    grade = request.GET.get("prize") or next(iter(term.prizes), "")
    if among not in term.among or (grade and grade not in term.prizes):
        raise NotFound(f"list of unit award {award}")
    return award, term, among, grade


def _listed(table: Table) -> list[str]:
    """Who may be chosen: the table's lines; where people score criteria, those below the minimum too."""
    low = table.proposal.not_considered if table.term.criteria else ()
    return [*(line.name for line in table.proposal.ranked), *low]


def _lines(table: Table, chosen: Sequence[str]) -> list[Line]:
    lines = [
        Line(
            one.name,
            one.rank,
            one.points,
            "，".join(f"{fact} {points}" for fact, points in one.points_by.items()),
            one.proposed,
            one.contested,
            one.name in table.taken,
            one.name in chosen,
        )
        for one in table.proposal.ranked
    ]
    low = [
        Line(name, None, None, "", None, contested=False, taken=name in table.taken, chosen=name in chosen, low=True)
        for name in table.proposal.not_considered
    ]
    return lines + low
