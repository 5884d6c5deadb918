"""Writes an .xls for the tests: a compound file (MS-CFB) with the few records (MS-XLS) that a sheet of cells needs."""

from __future__ import annotations

import struct

SECTOR = 512
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def label(row: int, column: int, text: str) -> bytes:
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def number(row: int, column: int, value: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def formula(row: int, column: int, value: float) -> bytes:
    tokens = b"\x1e\x01\x00"  # the whole number 1
    return record(0x0006, struct.pack("<HHHdHL", row, column, 0, value, 0, 0) + struct.pack("<H", len(tokens)) + tokens)


def workbook_stream(cells: list[bytes]) -> bytes:
    """Globals that name one sheet, and the sheet."""
    begin = struct.pack("<HHHHLL", 0x0600, 0x0005, 0, 0, 0, 0)
    name = "表".encode("utf-16-le")
    start = 4 + 16 + 4 + 8 + len(name) + 4
    bound = record(0x0085, struct.pack("<LBBBB", start, 0, 0, 1, 1) + name)
    head = record(0x0809, begin) + bound + record(0x000A, b"")
    assert len(head) == start
    sheet = struct.pack("<HHHHLL", 0x0600, 0x0010, 0, 0, 0, 0)
    return head + record(0x0809, sheet) + b"".join(cells) + record(0x000A, b"")


def compound(stream: bytes, name: str = "Workbook") -> bytes:
    """A compound file with one stream, in whole sectors beside the table and the directory."""
    padded = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    count = len(padded) // SECTOR
    table = [TABLE, END, *range(3, count + 2), END]
    assert len(table) <= SECTOR // 4
    table += [FREE] * (SECTOR // 4 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<LLLLLLLLL", 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<L", 0) + struct.pack("<L", FREE) * 108
    directory = b"".join(
        (text.encode("utf-16-le") + b"\0\0").ljust(64, b"\0")
        + struct.pack("<HBBLLL", (len(text) + 1) * 2 if text else 0, kind, 1, FREE, FREE, child)
        + bytes(36)
        + struct.pack("<LQ", start, size)
        for text, kind, child, start, size in (
            ("Root Entry", 5, 1, END, 0),
            (name, 2, FREE, 2, len(padded)),
            ("", 0, FREE, 0, 0),
            ("", 0, FREE, 0, 0),
        )
    )
    return header + struct.pack(f"<{len(table)}L", *table) + directory + padded
