"""Questions about the trail that need no appointment; and the trail of a competition, for who sits over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, QuerySet, Value
from django.db.models.functions import Concat

from saiwu.audit import sealing
from saiwu.audit.models import Head, Record
from saiwu.rules.canonical import canonical

COUNT = 50
"""Records of a page."""


def newest() -> int:
    """Number of the newest record as written, 0 where there is none. Every verb leaves one: while it is the same, what
    a page shows has not changed. 1 SQL statement."""
    return Record.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def newest_at() -> datetime | None:
    """The latest instant of any record; None where there is none. 1 SQL statement."""
    latest: datetime | None = Record.objects.aggregate(latest=Max("at"))["latest"]
    return latest


@dataclass(frozen=True, slots=True)
class Only:
    """Which records to show: all that have this verb, object and actor; empty: whichever."""

    verb: str = ""
    object: str = ""
    actor: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A record. `id`: in the order in which they were written; `n`: its place in the chain, None until it is sealed."""

    id: int
    n: int | None
    at: datetime
    actor: str
    role: str
    verb: str
    object: str
    facts: Mapping[str, Any]

    @property
    def account_id(self) -> int | None:
        """The account that acted; None of a visitor or the system."""
        kind, _, key = self.actor.partition(":")
        return int(key) if kind == "account" and key.isdigit() else None


@dataclass(frozen=True, slots=True)
class SignedHead:
    """The newest signed head of the chain of the whole installation."""

    n: int
    hash: str
    at: datetime
    key: str
    signature: str


def records(competition: str, only: Only, *, before: int | None = None, count: int = COUNT) -> tuple[Kept, ...]:
    """Records of a competition (its slug), the newest first; `before`: those written before that id. 1 SQL statement."""
    rows = matching(competition, only, before=before).select_related("seal")
    return tuple(_kept(row) for row in rows[:count])


def matching(competition: str, only: Only, *, before: int | None = None) -> QuerySet[Record]:
    """The rows of `records`, read off an index whatever is asked for."""
    rows = Record.objects.order_by("-id")
    if only.object:
        # An object has few records and a competition has most: SQLite, without statistics, would take the index of the
        # competition, so its name is asked for in a way that no index answers.
        rows = rows.alias(of=Concat("competition", Value(""))).filter(object=only.object, of=competition)
    else:
        rows = rows.filter(competition=competition)
    if only.verb:
        rows = rows.filter(verb=only.verb)
    if only.actor:
        rows = rows.filter(actor=only.actor)
    return rows if before is None else rows.filter(pk__lt=before)


def _kept(row: Record) -> Kept:
    seal = getattr(row, "seal", None)
    return Kept(row.pk, seal.n if seal else None, row.at, row.actor, row.role, row.verb, row.object, row.facts)


def head() -> SignedHead | None:
    """The newest signed head; None before anything was sealed. 1 SQL statement."""
    row = Head.objects.order_by("-n", "-id").first()
    return None if row is None else SignedHead(row.n, row.hash, row.at, row.key, row.signature)


def export() -> Iterator[bytes]:
    """The sealed trail of the installation as lines of JSON (saiwu-audit/1), as it is read: whoever holds a head checks
    all of it. Memory does not grow with its length."""
    for line in sealing.lines():
        yield canonical(line) + b"\n"
