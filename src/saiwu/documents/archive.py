"""ZIP containers (DOCX, XLSX) with the same bytes wherever they are made.

The libraries write the hour of writing into the container, and zlib's output differs from build to build. So every file
is packed again: in a fixed order, dated 1980-01-01, and stored rather than deflated unless that would make it large.
"""

from __future__ import annotations

import io
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest day that ZIP knows
_CONTENT_TYPES = "[Content_Types].xml"
_LARGE = 4 * 1024 * 1024


def sealed(container: bytes) -> bytes:
    """The same members with fixed dates and order; up to 4 MB unpacked the bytes do not hang on zlib."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(container)) as source, zipfile.ZipFile(out, "w") as target:
        members = source.infolist()
        method = zipfile.ZIP_DEFLATED if sum(member.file_size for member in members) > _LARGE else zipfile.ZIP_STORED
        # Office reads any order, but its own files begin with the list of types.
        for name in sorted((member.filename for member in members), key=lambda name: (name != _CONTENT_TYPES, name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = method
            entry.create_system = 0  # Windows would write this number and Linux another one.
            target.writestr(entry, source.read(name))
    return out.getvalue()
