"""The old workbook format (.xls): which cells of its first sheet hold formulas, and how far its cells reach.

An .xls is a compound file (MS-CFB): sectors chained by a table, with a directory of streams. Its stream `Workbook` is a
row of records (MS-XLS). Only what these two questions need is read here; the cells themselves are python-calamine's
work.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_FREE = 0xFFFFFFFA
"""Sector numbers from here on are marks (end of chain, free), not sectors."""

_FORMULA, _BOUND_SHEET, _BEGIN, _END = 0x0006, 0x0085, 0x0809, 0x000A
_CELLS = frozenset({_FORMULA, 0x0203, 0x0204, 0x0205, 0x00BD, 0x00D6, 0x00FD, 0x027E})
"""Records that hold a value.

formula, number, label, truth or error, several numbers, rich text, shared text, number.
"""


class BrokenCompound(ValueError):  # noqa: N818
    """Not a whole compound file with a workbook in it."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Formula cells (row from 1, column from 0), and the last row and column (from 0, -1: none) that hold a value."""

    formulas: frozenset[tuple[int, int]]
    last_row: int
    last_column: int


def first_sheet_extent(content: bytes) -> Extent:
    """Of the first worksheet. Raises BrokenCompound."""
    try:
        return _extent(_workbook_stream(content))
    except (struct.error, IndexError) as error:
        raise BrokenCompound("the file ends early") from error


def _workbook_stream(content: bytes) -> bytes:
    sector_shift, mini_shift = struct.unpack_from("<HH", content, 30)
    if not 7 <= sector_shift <= 12 or not 4 <= mini_shift <= sector_shift:
        raise BrokenCompound("impossible sector size")
    size = 1 << sector_shift
    directory_start, cutoff, mini_start = (struct.unpack_from("<L", content, at)[0] for at in (48, 56, 60))
    table = _sector_table(content, size)
    directory = _chain(content, table, directory_start, size, size)
    root: tuple[int, int] | None = None
    found: tuple[int, int] | None = None
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
        kind = directory[at + 66]
        start, stream_size = struct.unpack_from("<LL", directory, at + 116)
        if kind == 5:
            root = (start, stream_size)
        elif kind == 2 and name in ("Workbook", "Book") and found is None:
            found = (start, stream_size)
    if found is None or root is None:
        raise BrokenCompound("no workbook in it")
    start, stream_size = found
    if stream_size >= cutoff:
        return _chain(content, table, start, size, size)[:stream_size]
    mini_table_bytes = _chain(content, table, mini_start, size, size)
    mini_table = struct.unpack(f"<{len(mini_table_bytes) // 4}L", mini_table_bytes)
    ministream = _chain(content, table, root[0], size, size)
    return _chain(ministream, mini_table, start, 1 << mini_shift, 0)[:stream_size]


def _sector_table(content: bytes, size: int) -> tuple[int, ...]:
    """The next sector of each sector, out of the sectors that the header and its continuation list."""
    listed = [sector for sector in struct.unpack_from("<109L", content, 76) if sector < _FREE]
    following, _ = struct.unpack_from("<LL", content, 68)
    seen: set[int] = set()
    while following < _FREE and following not in seen:
        seen.add(following)
        *more, following = struct.unpack_from(f"<{size // 4}L", content, size * (following + 1))
        listed.extend(sector for sector in more if sector < _FREE)
    if len(listed) > len(content) // size + 1:
        raise BrokenCompound("more sectors listed than there are")
    entries: list[int] = []
    for sector in listed:
        entries.extend(struct.unpack_from(f"<{size // 4}L", content, size * (sector + 1)))
    return tuple(entries)


def _chain(content: bytes, table: tuple[int, ...], start: int, size: int, offset: int) -> bytes:
    """The bytes of a chain of sectors, the first of which begins at `offset`. A circle is broken where it closes."""
    parts: list[bytes] = []
    sector = start
    while sector < _FREE:
        if sector >= len(table) or len(parts) > len(table):
            raise BrokenCompound("a chain that leads nowhere")
        parts.append(content[offset + sector * size : offset + (sector + 1) * size])
        sector = table[sector]
    return b"".join(parts)


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of each record from there on."""
    place = start
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield kind, place + 4, length
        place += 4 + length


def _extent(stream: bytes) -> Extent:
    first = next(
        (
            struct.unpack_from("<L", stream, place)[0]
            for kind, place, length in _records(stream, 0)
            if kind == _BOUND_SHEET and length > 6 and stream[place + 5] == 0
        ),
        None,
    )
    if first is None:
        raise BrokenCompound("no worksheet in it")
    formulas: set[tuple[int, int]] = set()
    last_row = last_column = -1
    depth = 0
    for kind, place, length in _records(stream, first):
        if kind == _BEGIN:
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                break
        elif depth == 1 and kind in _CELLS and length >= 4:
            row, column = struct.unpack_from("<HH", stream, place)
            last_row, last_column = max(last_row, row), max(last_column, column)
            if kind == _FORMULA:
                formulas.add((row + 1, column))
    return Extent(frozenset(formulas), last_row, last_column)
