"""A small final that is marked: two judges of one part, one of the others, and everybody signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from saiwu.accounts.models import Account
from saiwu.rules.procedure import Role
from tests.checkin.rows import FILES, FINAL, Eve, Final, appointed, eve, marking
from tests.web.sign_in import signed_in

JUDGING = "{judges: 2, combine: 平均, spread: 10, over_spread: 裁判长裁定}"
TWO_JUDGES = {
    **FILES,
    "notice.yaml": FILES["notice.yaml"].replace(
        "theory: {weight: 30%,", f"theory: {{name: 理论知识, judging: {JUDGING}, weight: 30%,"
    ),
}


@pytest.fixture
def made(db, clock_at) -> Eve:
    """Two students and a worker on the eve of a final in which two judges mark the theory."""
    clock_at(FINAL)
    return eve(students=2, workers=1, files=TWO_JUDGES)


@pytest.fixture
def final(made) -> Final:
    """The final, with a second judge."""
    made.welder.staff["second"] = appointed("welder-judge-two", Role.JUDGE, made.welder.event.scope)
    return made.welder


@pytest.fixture
def codes(final) -> list[str]:
    """Marking has begun: the codes, in their order."""
    return sorted(marking(final).values())


@pytest.fixture
def door(made) -> str:
    """The address of the judge's home."""
    return f"/judge/{made.competition.slug}/welder/"


@pytest.fixture
def sits() -> Callable[[Account], Client]:
    """A client signed in as that account."""
    return lambda account: signed_in(Client(), account)


@pytest.fixture
def judge(final, sits) -> Client:
    """The first judge."""
    return sits(final[Role.JUDGE])


@pytest.fixture
def second(final, sits) -> Client:
    """The second judge."""
    return sits(final["second"])


@pytest.fixture
def chief(final, sits) -> Client:
    """The chief judge."""
    return sits(final[Role.CHIEF_JUDGE])
