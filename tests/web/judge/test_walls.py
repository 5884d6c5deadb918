"""No page or answer of this door holds a contestant's name, unit or number: by bytes, whatever the state."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from saiwu.accounts.models import Unit
from saiwu.competitions.models import Decision
from saiwu.marking.actions import MarkRow, correct, enter, penalise
from saiwu.marking.models import Mark
from saiwu.people.models import Person
from saiwu.rules.procedure import EventState, Role
from saiwu.web.desk import DESK_ROLES
from saiwu.web.judge.urls import urlpatterns
from tests.checkin.rows import FINAL

LATER = FINAL + timedelta(hours=5)
STATES = [EventState.RUNNING, EventState.MARKING, EventState.SEALED, EventState.PUBLIC_NOTICE, EventState.CONFIRMED]


@pytest.fixture
def played(made, final, codes) -> dict[str, object]:
    """Marks, a correction, a penalty and a tie; returns what the addresses ask for."""
    event = final.event.pk
    rows = [MarkRow(code, part, 40_000) for code in codes for part in ("theory", "practical/m1", "用时")]
    enter(event_id=event, marks=rows, by=final[Role.JUDGE], at=LATER)
    chief = final[Role.CHIEF_JUDGE]
    old = Mark.objects.order_by("id").first()
    correct(event_id=event, mark_id=old.pk, value=41_000, reason="复核", by=chief, at=LATER)
    penalise(event_id=event, code=codes[0], penalty="misuse", reason="未断电", by=chief, at=LATER)
    tie = Decision.objects.create(
        event=final.event,
        kind="tie",
        subject="x",
        concerns=codes,
        message="总分相同",
        may_take=Role.CHIEF_JUDGE,
        raised_at=LATER,
    )
    return {"code": codes[0], "mark_id": Mark.objects.latest("id").pk, "decision_id": tie.pk}


def addresses(made, things, role):
    """Every address of the door that this role may open."""
    for pattern in urlpatterns:
        if role in getattr(pattern.callback, DESK_ROLES):
            asks = {key: things[key] for key in pattern.pattern.converters if key in things}
            yield reverse(pattern.name, kwargs={"slug": made.competition.slug, "event": "welder", **asks})


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("role", "least"), [(Role.JUDGE, 4), (Role.CHIEF_JUDGE, 10)])
def test_no_byte_of_the_door_tells_whose_a_code_is(made, final, sits, played, role, least, state):
    final.move(state)
    known = [
        *Person.objects.values_list("name", flat=True),
        *Person.objects.values_list("key", flat=True),
        *Unit.objects.values_list("name", flat=True),
        *(f"welder-{number}-1" for number in final.entries),
        *final.entries,
    ]
    assert len(known) == 3 + 3 + 3 + 3 + 3
    client = sits(final[role])
    asked = list(addresses(made, played, role))
    assert len(asked) >= least
    told: list[tuple[str, str]] = []
    for address in asked:
        for answer in (client.get(address), client.post(address, {}), client.post(address, {"part": "theory"})):
            assert answer.status_code in (200, 302, 404, 409), (address, answer.status_code)
            told += [(address, word) for word in known if word.encode() in answer.content]
    assert told == []
