"""Numbers and hashes for records, in batches, by one sealer at a time; signed heads; export and check of the stored trail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from saiwu.audit import trail
from saiwu.audit.frame import writers_turn
from saiwu.audit.models import Head, Record, Seal

_BATCH = 1000
_LOCK = 0x5A1B
"""The advisory lock that lets one sealer work at a time on PostgreSQL; on SQLite it is the writers' file lock."""

Signer = Callable[[bytes], tuple[str, str]]
"""Message -> (public key, signature), both hex. The key is handed in: audit keeps none."""


def seal(*, at: datetime, sign: Signer) -> int:
    """Give all records that have none a number and a hash, and sign the new head. Returns how many were sealed.

    Records are taken in the order of their ids among those committed: one that commits late comes later in the chain.
    """
    sealed = 0
    while batch := _seal_batch():
        sealed += batch
    _sign_head(at, sign)
    return sealed


def _seal_batch() -> int:
    with writers_turn(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = Seal.objects.order_by("-n").values_list("n", "hash").first()
        n, previous = last or (0, trail.START)
        seals = []
        for row in Record.objects.filter(seal=None).order_by("id")[:_BATCH]:
            n += 1
            hashed = trail.hash_of(_line(row, n, previous))
            seals.append(Seal(n=n, record=row, previous=previous, hash=hashed))
            previous = hashed
        Seal.objects.bulk_create(seals)
        return len(seals)


def _sign_head(at: datetime, sign: Signer) -> None:
    last = Seal.objects.order_by("-n").values_list("n", "hash").first()
    if last is None:
        return
    n, hashed = last
    key, signature = sign(head_message(n, hashed))
    with writers_turn(), transaction.atomic():
        Head.objects.get_or_create(n=n, key=key, defaults={"hash": hashed, "at": at, "signature": signature})


def head_message(n: int, hashed: str) -> bytes:
    """What the signature of a head is over."""
    return f"saiwu-audit/1\n{n}\n{hashed}".encode()


def _line(row: Record, n: int, previous: str) -> dict[str, Any]:
    return {
        "n": n,
        "at": row.at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "actor": row.actor,
        "role": row.role,
        "verb": row.verb,
        "object": row.object,
        "facts": row.facts,
        "previous": previous,
    }


def lines() -> Iterator[dict[str, Any]]:
    """The sealed trail, record by record, as saiwu-audit/1. Memory does not grow with its length."""
    for row in Seal.objects.select_related("record").order_by("n").iterator(chunk_size=_BATCH):
        yield {**_line(row.record, row.n, row.previous), "hash": row.hash}


def check(head: str | None = None) -> trail.Check:
    """Follow the stored chain; a signed head that it does not reach, or a record that was taken away, breaks it too."""
    found = trail.check(lines(), head)
    if found.broken_at is not None:
        return found
    signed = Head.objects.order_by("-n").values_list("n", "hash").first()
    if signed is not None:
        n, hashed = signed
        if n > found.records:
            return trail.Check(
                found.records, found.head, found.records + 1, f"已签名的链首为第 {n} 条，其后的记录被截去"
            )
        if not Seal.objects.filter(n=n, hash=hashed).exists():
            return trail.Check(found.records, found.head, n, "与已签名的链首不符")
    return found


def unsealed() -> int:
    """How many records wait for their number. 1 SQL statement."""
    return Record.objects.filter(seal=None).count()
