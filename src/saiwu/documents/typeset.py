"""PDF by typst: a template of this room, values as JSON, and fixed bytes.

A template reads `json(bytes(sys.inputs.values))`. Names come in as data, so markup in them is printed, never run.
It sees the files beside it and the two fonts that ship, nothing of the machine.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

import typst

from saiwu.documents import fonts

TEMPLATES = Path(__file__).parent / "templates"
_STANDARD: Final = "a-2b"  # PDF/A: what is handed out may be read, and checked, many years later.
_PPI = 216.0  # three pixels a point
_NO_TIME = 0  # No template asks for today; were one to, it would get this instant on every machine.

_compilers = threading.local()


def pdf(template: str, values: Mapping[str, object], *, dated: date) -> bytes:
    """The document that `templates/<template>.typ` makes of JSON values; some ms a page once the fonts are read.

    `dated` is the day that the file says it was made on (PDF/A asks for one); nothing of it is printed.
    Raises typst.TypstError where the template and the values do not fit each other: our mistake, never the user's.
    """
    compiled = _compiler(template).compile(
        format="pdf", sys_inputs=inputs(values, dated=dated), timestamp=_NO_TIME, pdf_standards=_STANDARD
    )
    if not isinstance(compiled, bytes):
        raise TypeError("typst gives a PDF as bytes")
    return compiled


def png(template: str, values: Mapping[str, object], *, dated: date) -> bytes:
    """The same as a picture of its one page, three pixels a point: what a phone keeps."""
    compiled = _compiler(template).compile(
        format="png", ppi=_PPI, sys_inputs=inputs(values, dated=dated), timestamp=_NO_TIME
    )
    if not isinstance(compiled, bytes):
        raise TypeError("typst gives one page as bytes")
    return compiled


def inputs(values: Mapping[str, object], *, dated: date) -> dict[str, str]:
    """Values as the template reads them, with `dated` as year, month, day."""
    day = {"year": dated.year, "month": dated.month, "day": dated.day}
    return {"values": json.dumps({**values, "dated": day}, ensure_ascii=False, separators=(",", ":"))}


def _compiler(template: str) -> typst.Compiler:
    """One compiler a thread and template: it keeps fonts and the parsed template, and must not be shared."""
    kept: dict[str, typst.Compiler] = _compilers.__dict__.setdefault("kept", {})
    if template not in kept:
        kept[template] = typst.Compiler(
            input=str(TEMPLATES / f"{template}.typ"),
            root=str(TEMPLATES),
            font_paths=[str(fonts.folder())],
            ignore_system_fonts=True,
        )
    return kept[template]
