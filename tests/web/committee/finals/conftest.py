"""Results of one event are under public notice; people of the committee's door are signed in after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from saiwu.accounts.models import Account
from saiwu.competitions.actions import appoint
from saiwu.results.actions import issue_certificates
from saiwu.results.models import Certificate
from saiwu.rules.procedure import Role
from tests.web.committee.finals.course import confirmed
from tests.web.conftest import played_until
from tests.web.play import Played, Stage, at
from tests.web.sign_in import signed_in


@pytest.fixture(scope="module")
def module_played(django_db_setup, django_db_blocker) -> Iterator[Played]:
    """Results of one event are under public notice, until the last second of 31 October; played once."""
    with played_until(Stage.PUBLIC_NOTICE, django_db_blocker) as played:
        yield played


@pytest.fixture
def shown(module_played, db, clock_at) -> Played:
    """The same, on the Monday after it; what a test writes is taken back."""
    clock_at(at(11, 3))
    return module_played


@pytest.fixture
def sign(shown) -> Callable[[str], Client]:
    """A client signed in as the account of that role; the supervisor is the competition's."""

    def client(role: str) -> Client:
        account = shown.world.account(role)
        if role == "supervisor":
            _over_competition(shown, account)
        return signed_in(Client(), account)

    return client


def _over_competition(shown: Played, account: Account) -> None:
    appoint(
        competition_id=shown.world.competition.pk,
        account_id=account.pk,
        role=Role.SUPERVISOR,
        event=None,
        by=shown.world.office,
        at=at(9, 1),
    )


@pytest.fixture
def office(sign) -> Client:
    """The office at its desk."""
    return sign("committee")


@pytest.fixture
def issued(shown) -> list[Certificate]:
    """The certificates of the event, in the order of their numbers."""
    confirmed(shown)
    issue_certificates(event_id=shown.event, by=shown.world.office, at=at(11, 3))
    return list(Certificate.objects.select_related("member__person").order_by("number"))
