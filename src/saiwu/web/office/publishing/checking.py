"""What came of checking a rulebook's files: all faults in one pass, or the rulebook with what is open, explained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import saiwu
from saiwu.competitions.rulebooks import digest_of
from saiwu.rules import cases
from saiwu.rules.rulebook import Fault, Loaded, Rulebook, load, load_files, missing_for
from saiwu.rules.rulebook.explain import explain
from saiwu.rules.rulebook.faults import Faults
from saiwu.rules.rulebook.labels import labelled
from saiwu.rules.rulebook.load import UNREADABLE

NOTICES = Path(saiwu.__file__).parent / "notices"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the explanation: a heading, a bold line, a paragraph (`text`), or a list (`items`)."""

    kind: str
    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the explanation, to be folded: of the notice, of what all events share, of an event."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A rulebook as it was checked. `book` is None where there are faults; `faults` may also be cases that fail.

    `remarks` are what is 待定, each with its key in words; `missing` what publishing needs, in words.
    """

    slug: str
    files: Mapping[str, str]
    book: Rulebook | None
    faults: tuple[Fault, ...]
    remarks: tuple[tuple[Fault, str], ...]
    missing: tuple[str, ...]

    @property
    def in_order(self) -> bool:
        """Whether it can be published."""
        return self.book is not None and not self.faults and not self.missing

    @property
    def divisions(self) -> int:
        """How many divisions its events have."""
        return sum(len(event.divisions) for event in self.book.events.values()) if self.book else 0

    @property
    def sha256(self) -> str:
        """The digest under which the version will be known."""
        return digest_of(self.files)

    def chapters(self) -> tuple[Chapter, ...]:
        """The explanation."""
        return tuple(_chapters(explain(self.book))) if self.book else ()


def shipped() -> tuple[tuple[str, str], ...]:
    """The notices that come with the software: folder and name."""
    found = []
    for path in sorted(NOTICES.iterdir()):
        if (path / "notice.yaml").is_file():
            book = load(path).book
            found.append((path.name, (book.head.name if book else None) or path.name))
    return tuple(found)


def check_shipped(name: str, slug: str) -> Checked:
    """Check one of them, under the id that its competition is to have."""
    return _checked(slug, load_files(slug, load(NOTICES / name).files))


def check(slug: str, files: Mapping[str, str], faults: Faults) -> Checked:
    """Check an uploaded one; `faults` are those that its files have already."""
    return _checked(slug, load_files(slug, files, faults=faults))


def _checked(slug: str, loaded: Loaded) -> Checked:
    text = loaded.files.get(cases.FILE, UNREADABLE)
    examples = cases.examine(loaded.book, "" if text == UNREADABLE else text)
    missing = missing_for(loaded.book, None, None, "publish") if loaded.book else []
    return Checked(
        slug=slug,
        files=loaded.files,
        book=loaded.book,
        faults=(*sorted((*loaded.faults, *examples.errors)), *examples.failing),
        remarks=tuple((one, labelled(one.key)) for one in (*loaded.remarks, *examples.waiting)),
        missing=tuple(labelled(key) for key in missing),
    )


def _chapters(markdown: str) -> Iterator[Chapter]:
    """`explain` writes a small part of Markdown: headings of three kinds, bold lines, lists, paragraphs."""
    title, lines = "", []
    for line in [*markdown.splitlines(), "## "]:
        if not line.startswith("## "):
            lines.append(line)
            continue
        blocks = tuple(_blocks(lines))
        if title and blocks:
            yield Chapter(title, blocks)
        title, lines = line.removeprefix("## "), []


def _blocks(lines: list[str]) -> Iterator[Block]:
    items: list[str] = []
    for line in [*lines, ""]:
        if line.startswith("- "):
            items.append(line.removeprefix("- "))
            continue
        if items:
            yield Block("list", items=tuple(items))
            items = []
        if line.startswith("### "):
            yield Block("heading", line.removeprefix("### "))
        elif line.startswith("**") and line.endswith("**"):
            yield Block("bold", line.strip("*"))
        elif line:
            yield Block("text", line)
