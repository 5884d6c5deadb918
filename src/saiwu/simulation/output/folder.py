"""The folder that is being written, and the digest of every file in it."""

from __future__ import annotations

import hashlib
from pathlib import Path


class Folder:
    """Writes files below a folder; paths are relative, with /."""

    def __init__(self, root: Path) -> None:
        """`root` is there and empty."""
        self._root = root
        self._digests: dict[str, str] = {}

    def write(self, path: str, content: bytes) -> None:
        """Write one file. ValueError where it is written already."""
        if path in self._digests:
            raise ValueError(f"{path} is written twice")
        self._digests[path] = hashlib.sha256(content).hexdigest()
        target = self._root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    def digests(self) -> dict[str, str]:
        """SHA-256 by path, in the order of paths."""
        return dict(sorted(self._digests.items()))


def file_name(text: str) -> str:
    """A number or id as a file may be called."""
    return "".join("-" if letter in '/\\:*?"<>|' or letter.isspace() else letter for letter in text)
