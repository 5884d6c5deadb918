"""A portrait of nobody: a head and shoulders in flat colours, of the size at which forms print it."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image, ImageDraw

from saiwu.simulation.people import Person

_SIZE = (354, 472)
_GROUNDS = ("#E8F1F8", "#F4F4F1", "#DCEBF7")
_COATS = ("#3F5B66", "#51606B", "#6B5B4B", "#43604F", "#5A4A63")
_HAIRS = ("#26221F", "#3A322C", "#4A443F")


def portrait(person: Person) -> bytes:
    """The picture as PNG; the last digits of the ID number choose its colours."""
    order = int(person.number[14:17])
    return _drawn(order % len(_GROUNDS), order % len(_COATS), order % len(_HAIRS), person.sex == "女")


@lru_cache(maxsize=64)
def _drawn(ground: int, coat: int, hair: int, long_hair: bool) -> bytes:
    image = Image.new("RGB", _SIZE, _GROUNDS[ground])
    draw = ImageDraw.Draw(image)
    if long_hair:
        draw.ellipse((97, 78, 257, 330), fill=_HAIRS[hair])
    draw.ellipse((37, 330, 317, 620), fill=_COATS[coat])
    draw.rectangle((152, 270, 202, 345), fill="#E3BC9B")
    draw.ellipse((112, 110, 242, 300), fill="#EBC8A9")
    draw.chord((108, 90, 246, 240), 180, 360, fill=_HAIRS[hair])
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
