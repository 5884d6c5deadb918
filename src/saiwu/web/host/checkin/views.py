"""Check-in at the door: find by name or number, compare with papers and photo, one button."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from saiwu.audit.frame import Refused
from saiwu.checkin import actions
from saiwu.checkin.queries import Arrival, Door, arrivals, count_arrivals
from saiwu.entries.actions import reveal_number
from saiwu.entries.queries.of_event import standing
from saiwu.results.queries.progress import progress
from saiwu.rules.procedure import EntryState, EventState
from saiwu.web.desk import Desk, desk
from saiwu.web.forms import Form
from saiwu.web.host.desks import REGISTRAR, place, tabs_of
from saiwu.web.host.meters import part_of
from saiwu.web.shared.pages import COUNT, Pages, page_number

_OPEN = frozenset({EventState.LISTED, EventState.RUNNING})


@desk(REGISTRAR, tabs=tabs_of)
def checkin(request: HttpRequest, at: Desk) -> HttpResponse:
    """Who is to come, who is here; check somebody in. A scanner types the number and Enter into the field."""
    form = Form(request.POST if request.method == "POST" else None)
    revealed: tuple[int, int, str] | None = None
    if request.method == "POST" and form.is_valid():
        entry_id = _number(request.POST.get("entry", ""))
        try:
            if "position" in request.POST:
                position = _number(request.POST["position"])
                number = reveal_number(entry_id=entry_id, position=position, by=at.account, at=at.now)
                revealed = (entry_id, position, number)
            else:
                actions.check_in(entry_id=entry_id, by=at.account, at=at.now)
                at.told(f"已检录：{request.POST.get('shown', '')[:80]}。")
                return at.redirect("host-checkin", *place(at))
        except Refused as refused:
            form.take_back(refused)
    said = request.POST if request.method == "POST" else request.GET
    search = said.get("q", "").strip()[:60]
    asked = said.get("door", "")
    door = Door(asked) if asked in list(Door) else Door.ALL if search else Door.ABSENT
    query = {"q": search, "door": asked if asked in list(Door) else ""}
    pages = Pages.of(page_number(request), count_arrivals(at.event.id, door, search=search), query)
    rows = arrivals(at.event.id, door, search=search, start=pages.start, count=COUNT)
    rules = at.site.book.events[at.event.slug]
    divisions = [one for one in standing(at.event.id) if not one.cancelled]
    here = sum(one.by_state[EntryState.CHECKED_IN] for one in divisions)
    absent = sum(one.by_state[EntryState.FINALIST] for one in divisions)
    return at.page(
        "host/checkin/page.html",
        here="checkin",
        form=form,
        rows=[(row, rules.division_name(row.division)) for row in rows],
        pages=pages,
        search=search,
        door=door,
        meters=[
            part_of(
                rules.division_name(one.division),
                one.by_state[EntryState.CHECKED_IN],
                one.by_state[EntryState.CHECKED_IN] + one.by_state[EntryState.FINALIST],
                one.measure,
            )
            for one in divisions
        ],
        came=here,
        absent=absent,
        may=at.event.state in _OPEN and not progress(at.event.id).codes,
        revealed=revealed,
        revealed_id=revealed[0] if revealed else 0,
        alone=_alone(rows),
    )


def _alone(rows: tuple[Arrival, ...]) -> bool:
    return len(rows) == 1


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
