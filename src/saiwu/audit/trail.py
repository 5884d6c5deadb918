"""The format saiwu-audit/1, without a database: hash of a record, and the check of a chain of lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from saiwu.rules.canonical import sha256

START = "0" * 64
KEYS = ("n", "at", "actor", "role", "verb", "object", "facts", "previous", "hash")


def hash_of(record: Mapping[str, Any]) -> str:
    """SHA-256 of the record without its own hash."""
    return sha256({key: value for key, value in record.items() if key != "hash"})


def _hash_or_none(record: Mapping[str, Any]) -> str | None:
    """The hash, or None of what has none (a number that is none, text that is no text): a stranger's file may hold it."""
    try:
        return hash_of(record)
    except (ValueError, RecursionError):
        return None


@dataclass(frozen=True, slots=True)
class Check:
    """What a check found: how many records hold, the head, and where it broke (n of the first bad record) and why."""

    records: int
    head: str
    broken_at: int | None = None
    why: str | None = None


def check(records: Iterable[Mapping[str, Any]], head: str | None = None) -> Check:
    """Follow the chain. With `head`, the record with that hash must be among those that hold."""
    previous, count, seen_head = START, 0, head in (None, START)
    for record in records:
        n = count + 1
        if set(record) != set(KEYS):
            return Check(count, previous, n, "字段不全或多余")
        if record["n"] != n or isinstance(record["n"], bool):
            return Check(count, previous, n, f"编号应为 {n}，实为 {record['n']}")
        if record["previous"] != previous:
            return Check(count, previous, n, "与前一条记录衔接不上")
        if _hash_or_none(record) != record["hash"]:
            return Check(count, previous, n, "内容与哈希不符")
        previous, count = record["hash"], n
        seen_head = seen_head or previous == head
    if not seen_head:
        return Check(count, previous, count + 1, "日志到不了所给的链首哈希，末尾可能被截去")
    return Check(count, previous)
