"""The notices that ship, and how their files are read by the tests."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

import saiwu
from saiwu.rules.rulebook import Loaded, Rulebook, load

NOTICES = Path(saiwu.__file__).parent / "notices"
SLUGS = sorted(folder.name for folder in NOTICES.iterdir() if (folder / "notice.yaml").is_file())


@cache
def loaded(slug: str) -> Loaded:
    return load(NOTICES / slug)


def book_of(slug: str) -> Rulebook:
    book = loaded(slug).book
    assert book is not None, loaded(slug).faults
    return book


def written(slug: str, file: str) -> Any:
    """A file's content as the language reads it: every scalar is text."""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = "1.2"  # type: ignore[assignment]
    return _as_text(yaml.compose(NOTICES / slug / file))


def _as_text(node: Any) -> Any:
    if node.id == "mapping":
        return {key.value: _as_text(value) for key, value in node.value}
    if node.id == "sequence":
        return [_as_text(item) for item in node.value]
    return node.value


def squeezed(text: str) -> str:
    """Without white space."""
    return re.sub(r"\s+", "", text)


def not_quoted(notice: str, sentences: list[str]) -> list[str]:
    """The parts of a notice that no sentence quotes, in order, white space and punctuation alone left out."""
    whole = squeezed(notice)
    covered = [False] * len(whole)
    for sentence in map(squeezed, sentences):
        start = whole.find(sentence)
        while start >= 0:
            covered[start : start + len(sentence)] = [True] * len(sentence)
            start = whole.find(sentence, start + 1)
    parts = "".join("\n" if done else letter for letter, done in zip(whole, covered, strict=True)).split("\n")
    return [part for part in parts if re.search(r"\w", part)]
