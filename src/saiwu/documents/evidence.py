"""Documents that a unit shows for a person: pictures and PDF, made ready to be kept.

A picture comes out turned upright, as JPEG without EXIF (no place, no camera, no date), no larger than a page needs to be
read. A PDF is kept as it is: it is only told apart from other files by its first bytes and by how it ends.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image

from saiwu.documents.photos import PhotoRefused, PhotoRule, accept

JPEG, PDF = "image/jpeg", "application/pdf"
MOST_PIXELS_A_SIDE = 2000
MOST_BYTES_OF_A_PDF = 3 * 1024 * 1024
_PICTURE = PhotoRule(most_bytes=10 * 1024 * 1024, least_width=1, least_height=1)
_QUALITY = 85
_TAIL = 2048
"""The end mark of a PDF stands in its last bytes; some programs write a few of their own behind it."""


class EvidenceRefused(ValueError):  # noqa: N818
    """A document that cannot be kept; the message is Chinese and says how to mend it."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document made ready: its kind and its bytes."""

    media: str
    content: bytes


def ready(content: bytes) -> Document:
    """The document as it is kept. Raises EvidenceRefused."""
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    try:
        upright = accept(content, _PICTURE).content
    except PhotoRefused as refused:
        message = str(refused).replace("照片", "图片").replace("文件不是图片，", "文件不是图片或 PDF，")
        raise EvidenceRefused(message) from refused
    return Document(JPEG, _smaller(upright))


def _pdf(content: bytes) -> Document:
    if len(content) > MOST_BYTES_OF_A_PDF:
        size = f"{len(content) / 1024 / 1024:.1f} MB"
        raise EvidenceRefused(f"PDF 有 {size}，上限为 3 MB。请只留需要的几页，或改为拍照上传。")
    if b"%%EOF" not in content[-_TAIL:]:
        raise EvidenceRefused("PDF 文件不完整，可能没有传完。请打开原件确认能看到，再重新上传。")
    return Document(PDF, content)


def _smaller(jpeg: bytes) -> bytes:
    image = Image.open(io.BytesIO(jpeg))
    if max(image.size) <= MOST_PIXELS_A_SIDE:
        return jpeg
    image.thumbnail((MOST_PIXELS_A_SIDE, MOST_PIXELS_A_SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
