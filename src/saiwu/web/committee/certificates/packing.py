"""A ZIP that is made while it is sent: of many files only one is in memory."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest day that ZIP knows: the same files give the same bytes


class _Sink:
    """What the packer writes, until it is taken. It cannot be sought in, so sizes stand behind each file."""

    def __init__(self) -> None:
        self._held = bytearray()

    def write(self, part: bytes) -> int:
        self._held += part
        return len(part)

    def flush(self) -> None:
        """Nothing to do: what is held is taken by `take`."""

    def take(self) -> bytes:
        held = bytes(self._held)
        self._held.clear()
        return held


def packed(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The bytes of a ZIP of these (name, content), not compressed further. Names lose what no file system takes."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[call-overload]
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(_UNSAFE.sub("-", name), _EPOCH), content)
            yield sink.take()
    yield sink.take()
