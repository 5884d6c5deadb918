"""The one source of chance: secrets, codes, receipt numbers, nonces and keys.

In life it is the system's. A simulation hands a seed in, for its own thread of control only, so that the same seed gives
the same bytes; a seeded source is never used by the server.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol


class Source(Protocol):
    """Anything that gives bytes nobody can foretell (or, in a simulation, everybody with the seed)."""

    def token(self, size: int) -> bytes:
        """`size` fresh bytes."""
        ...


class _System:
    def token(self, size: int) -> bytes:
        return secrets.token_bytes(size)


class Seeded:
    """SHA-256 in counter mode over a seed: the same seed gives the same bytes on every machine."""

    def __init__(self, seed: str) -> None:
        self._key = hashlib.sha256(f"saiwu-simulation/1\n{seed}".encode()).digest()
        self._count = 0

    def token(self, size: int) -> bytes:
        """The next `size` bytes of the stream; each call starts a new block."""
        out = b""
        while len(out) < size:
            out += hashlib.sha256(self._key + self._count.to_bytes(8, "big")).digest()
            self._count += 1
        return out[:size]


_SYSTEM = _System()
_source: ContextVar[Source | None] = ContextVar("saiwu_chance", default=None)


def token(size: int) -> bytes:
    """`size` fresh bytes from the source in force."""
    return (_source.get() or _SYSTEM).token(size)


def below(limit: int) -> int:
    """A whole number, 0 <= n < limit, uniform."""
    width = (limit.bit_length() + 7) // 8 + 8
    return int.from_bytes(token(width), "big") % limit


# No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: read out over a telephone they are mistaken for each other.
_LETTERS = "ACDEFGHJKMNPQRTWXY34679"


def code(length: int) -> str:
    """A code of capital letters and figures that cannot be misread."""
    return "".join(_LETTERS[below(len(_LETTERS))] for _ in range(length))


def digits(length: int) -> str:
    """A number of that many figures, the first not 0."""
    return str(10 ** (length - 1) + below(9 * 10 ** (length - 1)))


@contextmanager
def seeded(seed: str) -> Iterator[Seeded]:
    """Within the block, chance comes from the seed."""
    source = Seeded(seed)
    mark = _source.set(source)
    try:
        yield source
    finally:
        _source.reset(mark)
