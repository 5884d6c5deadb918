"""Conflicts of interest: whoever judges an event, and acts for a unit that enters people in it, or takes part himself.

An account says nothing of who employs its owner: only the units that it acts for are known, and the ID number where the
account carries its digest. Where neither is, nothing can be said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from saiwu.accounts.models import Account, Appointment
from saiwu.entries.models import Entry, Instructor, Member
from saiwu.rules.procedure import LIVE, Role

JUDGING = (Role.JUDGE, Role.CHIEF_JUDGE)


@dataclass(frozen=True, slots=True)
class Interest:
    """What an account has to do with those who compete in an event. `units`: for which it acts, that enter people there;
    `entries`: how many; `takes_part`, `instructs`: himself. `known`: whether anything can be said of him at all."""

    event: str
    account_id: int
    name: str
    units: tuple[str, ...]
    entries: int
    takes_part: bool
    instructs: bool
    known: bool

    @property
    def there(self) -> bool:
        """Whether there is a conflict."""
        return bool(self.units) or self.takes_part or self.instructs


def interests(competition_id: int, at: datetime) -> tuple[Interest, ...]:
    """Those who judge an event of the competition and have an interest there, by event. 4 SQL statements; 2 more where
    some account carries the digest of a number."""
    judging = Appointment.objects.filter(_in_force(at), role__in=JUDGING, scope__event__competition_id=competition_id)
    pairs = list(
        judging.order_by("scope__event__position", "account_id")
        .values_list("scope__event__id", "scope__event__slug", "account_id")
        .distinct()
    )
    return tuple(one for one in _of(competition_id, dict.fromkeys(pairs), at) if one.there)


def interest_of(competition_id: int, event_id: int, event: str, account_id: int, at: datetime) -> Interest:
    """What one account has to do with one event. 3 SQL statements; 2 more as `interests`."""
    [found] = _of(competition_id, [(event_id, event, account_id)], at)
    return found


def _of(competition_id: int, pairs: Iterable[tuple[int, str, int]], at: datetime) -> list[Interest]:
    pairs = list(pairs)
    accounts = Account.objects.in_bulk({account for _, _, account in pairs})
    acts_for: dict[int, set[int]] = {}
    clerks = Appointment.objects.filter(_in_force(at), role=Role.UNIT, account__in=accounts, scope__unit__isnull=False)
    for account_id, unit_id in clerks.values_list("account_id", "scope__unit__id"):
        acts_for.setdefault(account_id, set()).add(unit_id)
    entered: dict[tuple[int, int], tuple[str, int]] = {}
    rows = Entry.objects.filter(
        event__competition_id=competition_id,
        state__in=LIVE,
        unit__in={unit for units in acts_for.values() for unit in units},
    )
    counted = rows.values_list("event_id", "unit_id", "unit__name").annotate(many=Count("pk"))
    for event_id, unit_id, name, many in counted.order_by("unit__name"):
        entered[event_id, unit_id] = (name, many)
    digests = {account.number_digest for account in accounts.values() if account.number_digest}
    own = _themselves(competition_id, digests)
    return [_interest(pair, accounts, acts_for, entered, own) for pair in pairs if pair[2] in accounts]


def _themselves(competition_id: int, digests: set[str]) -> Mapping[str, set[tuple[int, str]]]:
    """By kind: which event, and whose digest. 2 SQL statements, none where no digest is known."""
    if not digests:
        return {"takes_part": set(), "instructs": set()}
    within = {
        "entry__event__competition_id": competition_id,
        "entry__state__in": LIVE,
        "person__number_digest__in": digests,
    }
    return {
        "takes_part": set(Member.objects.filter(**within).values_list("entry__event_id", "person__number_digest")),
        "instructs": set(Instructor.objects.filter(**within).values_list("entry__event_id", "person__number_digest")),
    }


def _interest(
    pair: tuple[int, str, int],
    accounts: Mapping[int, Account],
    acts_for: Mapping[int, set[int]],
    entered: Mapping[tuple[int, int], tuple[str, int]],
    own: Mapping[str, set[tuple[int, str]]],
) -> Interest:
    event_id, event, account_id = pair
    account = accounts[account_id]
    units = [entered[event_id, unit] for unit in sorted(acts_for.get(account_id, ())) if (event_id, unit) in entered]
    himself = (event_id, account.number_digest)
    return Interest(
        event=event,
        account_id=account_id,
        name=account.name,
        units=tuple(name for name, _ in units),
        entries=sum(many for _, many in units),
        takes_part=himself in own["takes_part"],
        instructs=himself in own["instructs"],
        known=bool(account.number_digest) or account_id in acts_for,
    )


def _in_force(at: datetime) -> Q:
    return Q(until__isnull=True) | Q(until__gt=at)
