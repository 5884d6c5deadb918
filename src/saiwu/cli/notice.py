"""What `--notice` means: the slug of a notice that ships, or a folder."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import NoReturn

import saiwu
from saiwu.rules.rulebook import NoRulebook, Rulebook, load


def open_notice(text: str) -> Rulebook:
    """The rulebook of a shipped notice (its slug) or of a folder.

    Exits with 2 and one Chinese message on stderr where there is none, or where it has errors.
    """
    try:
        loaded = load(folder_of(text))
    except (NoRulebook, OSError) as error:
        _refuse(f"读不了规则文件“{text}”：{error}。")
    if loaded.book is None:
        first = loaded.faults[0]
        _refuse(f"规则文件“{text}”有{len(loaded.faults)}处错误，先用 saiwu rulebook check 改正。第一处：{first}")
    return loaded.book


def folder_of(text: str) -> Path:
    """A folder, or the one of a notice that ships, by its slug."""
    folder = Path(text)
    shipped = Path(saiwu.__file__).parent / "notices" / text
    if not (folder / "notice.yaml").is_file() and re.fullmatch(r"[a-z][a-z0-9_-]*", text) and shipped.is_dir():
        return shipped
    return folder


def _refuse(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise SystemExit(2)
