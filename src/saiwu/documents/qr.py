"""QR codes (ISO/IEC 18004) as SVG and PNG. The same content gives the same picture."""

from __future__ import annotations

import io
import re
from typing import cast

import zxingcpp
from PIL import Image

QUIET_ZONE = 4
"""Modules of white round the code, as the standard asks."""

_PATH = re.compile(r'width="(\d+)".*?<path d="([^"]+)"', re.DOTALL)


def svg(content: str) -> str:
    """The code with its quiet zone, black on white whatever the page; one module is one unit.

    Raises ValueError where the content is empty or too long for a QR code (about 2,300 bytes).
    """
    drawn = _PATH.search(_barcode(content).to_svg(add_quiet_zones=True))
    if drawn is None:
        raise ValueError("the QR library drew a picture of an unknown shape")
    size, path = drawn.groups()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{path}"/></svg>'
    )


def png(content: str, *, pixels_per_module: int = 10) -> bytes:
    """The same as PNG, black and white, without dates; raises ValueError as `svg` does."""
    modules = _barcode(content).to_image(scale=1, add_quiet_zones=True)
    height, width = modules.shape  # It lends its pixels as a buffer, which its stubs do not say: hence the cast.
    image = Image.frombytes("L", (width, height), bytes(memoryview(cast("bytes", modules))))
    grown = image.resize((width * pixels_per_module, height * pixels_per_module), Image.Resampling.NEAREST)
    out = io.BytesIO()
    grown.convert("1").save(out, "PNG", optimize=True)
    return out.getvalue()


def _barcode(content: str) -> zxingcpp.Barcode:
    if not content:
        raise ValueError("a QR code needs a content")
    # Level M mends 15 % of damage: a certificate gets a crease, a poster a drop of rain.
    return zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
