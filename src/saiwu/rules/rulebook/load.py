"""Reads a rulebook's folder: all faults in one pass, or the typed rulebook (§1 to §4, §18).

Each file is parsed once; its values get their sources and are judged by type; then the layers are laid, the whole is
checked, and only a rulebook without faults is built.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from saiwu.rules.rulebook import checks
from saiwu.rules.rulebook.afterwards import DEFAULT_RETENTION
from saiwu.rules.rulebook.book import USUAL_DIVISIONS, Notice, Rulebook
from saiwu.rules.rulebook.building import Builder
from saiwu.rules.rulebook.faults import Fault, Faults, Place, quoted
from saiwu.rules.rulebook.layers import LAYER, Nearness, divided, inherited, lay, with_final
from saiwu.rules.rulebook.reading import ID, ID_ALLOWED, Kinds, Reading, flat_texts
from saiwu.rules.rulebook.shapes import CHAPTERS, DIVISION, EVENT, NOTICE, NOTICE_ONLY
from saiwu.rules.rulebook.sources import Sources
from saiwu.rules.rulebook.trees import EventTree, Trees
from saiwu.rules.rulebook.yaml import MAX_CHARACTERS, Node, read

MAX_FILES = 300
MAX_DEPTH_OF_OVER = 5
UNREADABLE = "\0unreadable"
"""Stands for the text of a file whose fault has been told: its bytes are no text."""

TEXTS = frozenset({".yaml", ".yml", ".txt", ".csv", ".json", ".md"})


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of reading: the rulebook (None where there are faults), the faults, and what is 待定 (`remarks`).

    `files` are the texts that were read, by relative path.
    """

    book: Rulebook | None
    faults: tuple[Fault, ...]
    remarks: tuple[Fault, ...]
    files: Mapping[str, str] = field(default_factory=dict)


class NoRulebook(ValueError):  # noqa: N818
    """The folder cannot be read as a rulebook at all; the message is Chinese."""


def load(folder: Path) -> Loaded:
    """The rulebook in a folder. Raises NoRulebook where there is no notice.yaml to read."""
    if not (folder / "notice.yaml").is_file():
        raise NoRulebook(f"{folder} 里没有 notice.yaml")
    faults = Faults()
    files: dict[str, str] = {}
    others: set[str] = set()
    for path in sorted(folder.rglob("*")):
        name = readable(path.relative_to(folder).as_posix())
        if not path.is_file() or any(part.startswith(".") for part in PurePosixPath(name).parts):
            continue
        if len(files) + len(others) >= MAX_FILES:
            faults.add(Place(name), "文件过多", f"至多 {MAX_FILES} 个")
            break
        if path.suffix in TEXTS:
            text = _text_of(path, name, faults)
            files[name] = text if text is not None else UNREADABLE
        else:
            others.add(name)
    _read_under(folder, files, faults)
    return load_files(readable(folder.resolve().name), files, others=frozenset(others), faults=faults)


def readable(name: str) -> str:
    """A file's name as text: one that is no UTF-8 still has a line that can be printed."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _text_of(path: Path, name: str, faults: Faults) -> str | None:
    """The text, or None where it cannot be read and the fault is told."""
    content = path.read_bytes()
    if len(content) > 4 * MAX_CHARACTERS:
        faults.add(Place(name), "文件过大", f"不超过 {MAX_CHARACTERS} 字")
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if name.startswith("schemes/"):
            # Tables for other programs: those that read them know their encoding.
            return content.decode("gb18030", errors="replace")
        line = content.count(b"\n", 0, error.start) + 1
        faults.add(Place(name, line), "不是 UTF-8 文字", "用 UTF-8 保存的文件")
        return None


def _read_under(folder: Path, files: dict[str, str], faults: Faults) -> None:
    """Add the notice.yaml and text.yaml of the folders that `over` names, by their path from this folder."""
    here = ""
    for _ in range(MAX_DEPTH_OF_OVER):
        over = _over(files.get(posixpath.join(here, "notice.yaml"), ""))
        if over is None:
            return
        here = posixpath.normpath(posixpath.join(here, over))
        for name in ("notice.yaml", "text.yaml"):
            path = folder / here / name
            key = posixpath.join(here, name)
            if key in files:
                return
            if path.is_file():
                text = _text_of(path, key, faults)
                files[key] = text if text is not None else UNREADABLE


_OVER = re.compile(
    r"^([\"']?)over\1[ \t]*:[ \t]+(?:\"(?P<double>[^\"\n]+)\"|'(?P<single>[^'\n]+)'|(?P<plain>[^\s\"'#][^\n]*))",
    re.MULTILINE,
)


def _over(notice: str) -> str | None:
    """What a notice.yaml says with `over`, without reading it all: that comes when its layer is laid."""
    match = _OVER.search(notice.replace("\r", "\n"))
    if match is None:
        return None
    return match["double"] or match["single"] or re.split(r"\s#", match["plain"])[0].strip()


def load_files(
    name: str,
    files: Mapping[str, str],
    *,
    others: frozenset[str] = frozenset(),
    faults: Faults | None = None,
) -> Loaded:
    """The rulebook made of these texts, by relative path. Never raises, whatever the texts hold.

    `name` becomes the competition's id. `over: ../folder` finds `../folder/notice.yaml` and its text.yaml among the
    files. `others` are files that exist but are no text.
    """
    return _Loading(name, dict(files), others, faults or Faults()).run()


@dataclass(slots=True)
class _File:
    """One file of keys, its sources fixed and its values judged."""

    name: str
    tree: Node


@dataclass(slots=True)
class _Loading:
    name: str
    files: dict[str, str]
    others: frozenset[str]
    faults: Faults
    kinds: Kinds = field(default_factory=Kinds)
    text: dict[str, str] = field(default_factory=dict)
    text_en: dict[str, str] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)

    def run(self) -> Loaded:
        if "notice.yaml" not in self.files:
            self.faults.add(Place("notice.yaml"), "没有这个文件", "规则文件夹里的 notice.yaml")
            return Loaded(None, self.faults.sorted(), (), self.files)
        texts = self._texts("text.yaml")
        self.text = {key: node.text or "" for key, node in texts.items()}
        own_text = dict(self.text)
        self._translation(texts)
        sources = Sources(None if "text.yaml" in self.unreadable else own_text, self.faults)
        notice = self._fixed("notice.yaml", sources)
        events = {path: self._fixed(path, sources) for path in self._event_files()}
        under = self._under(notice, "", ())
        for tree in (notice, *events.values(), *under):
            self.kinds.learn(tree)
        reading = Reading(self.faults, self.kinds)
        notice = reading.conform(notice, NOTICE)
        events = {path: reading.conform(tree, EVENT) for path, tree in events.items() if path not in self.unreadable}
        under = [reading.conform(tree, NOTICE) for tree in under]
        if not self.unreadable:
            checks.clauses(texts, sources.cited | set((notice.get("duties") or notice).entries), self.faults)
            checks.duties(notice, own_text, self.faults)
        if self.files.get("notice.txt", UNREADABLE) != UNREADABLE:
            checks.sentences(texts, self.files["notice.txt"], self.faults)
        if "notice.yaml" in self.unreadable:
            # What the other files lay over it, or take out of it, cannot be judged.
            return Loaded(None, self.faults.sorted(), (), self.files)
        trees = self._lay(notice, under, events)
        checks.everything(trees, frozenset(self.files) | self.others, self.faults)
        faults = self.faults.sorted()
        book = None if faults else build(self.name, trees, self.text, self.text_en, self.files)
        return Loaded(book, faults, trees.pending(), self.files)

    def _texts(self, path: str) -> Mapping[str, Node]:
        if path not in self.files:
            return {}
        tree = self._tree(path)
        if tree is None or not tree.is_mapping:
            self.unreadable.add(path)
        return flat_texts(tree, self.faults)

    def _translation(self, texts: Mapping[str, Node]) -> None:
        for key, node in self._texts("text.en.yaml").items():
            if key not in texts:
                self.faults.add(node.place, "text.yaml 里没有这一条", "text.yaml 里的条款")
            self.text_en[key] = node.text or ""

    def _fixed(self, path: str, sources: Sources) -> Node:
        top = Place(path)
        tree = self._tree(path) if path in self.files else Node(top, {})
        if tree is None:
            self.unreadable.add(path)
        if tree is not None and not tree.is_mapping:
            self.faults.add(top, "应是键和值", "键: 值，一行一个")
            self.unreadable.add(path)
            tree = None
        return sources.fix(tree) if tree is not None else Node(top, {})

    def _tree(self, path: str) -> Node | None:
        text = self.files[path]
        return None if text == UNREADABLE else read(text, path, self.faults)

    def _event_files(self) -> list[str]:
        found = []
        for path in sorted(self.files):
            folder, file = posixpath.split(path)
            if folder != "events":
                continue
            stem, suffix = posixpath.splitext(file)
            if suffix == ".yml":
                self.faults.add(Place(path), "扩展名不是 .yaml", "events/*.yaml")
            elif suffix == ".yaml" and ID.fullmatch(stem) is None:
                self.faults.add(Place(path), f"文件名{quoted(stem)}不能作赛项的 id", ID_ALLOWED)
            elif suffix == ".yaml":
                found.append(path)
        return found

    def _under(self, notice: Node, here: str, seen: tuple[str, ...]) -> list[Node]:
        """The notices laid underneath, the nearest first, their clauses renamed where this one's text differs."""
        over = notice.get("over")
        if over is None or over.text is None or over.is_pending or over.is_none:
            return []
        folder = posixpath.normpath(posixpath.join(here, over.text))
        path = posixpath.join(folder, "notice.yaml")
        if path not in self.files or path == "notice.yaml":
            self.faults.add(
                over.place, f"没有{quoted(posixpath.join(over.text, 'notice.yaml'))}", "另一规则文件夹的相对路径"
            )
            return []
        if folder in seen or len(seen) >= MAX_DEPTH_OF_OVER:
            self.faults.add(over.place, "over 绕成了圈或过深", f"至多 {MAX_DEPTH_OF_OVER} 层、不绕回来")
            return []
        text_path = posixpath.join(folder, "text.yaml")
        texts = {key: node.text or "" for key, node in self._texts(text_path).items()}
        rename = {
            key: f"{posixpath.basename(folder)}:{key}"
            for key, sentence in texts.items()
            if self.text.get(key, sentence) != sentence
        }
        tree = self._fixed(path, Sources(None if text_path in self.unreadable else texts, self.faults, rename))
        for key, sentence in texts.items():
            self.text.setdefault(rename.get(key, key), sentence)
        return [tree, *self._under(tree, folder, (*seen, folder))]

    def _lay(self, notice: Node, under: list[Node], events: Mapping[str, Node]) -> Trees:
        base: Node | None = None
        for tree in reversed(under):
            layer = lay(inherited(tree), base, LAYER, self.faults)
            self._nearness(base, tree, layer)
            base = layer
        whole = lay(inherited(notice), base, LAYER, self.faults)
        self._nearness(base, notice, whole)
        laid: dict[str, EventTree] = {}
        for path, tree in events.items():
            merged = lay(inherited(tree), whole, LAYER, self.faults)
            self._nearness(whole, tree, merged)
            own = {key: value for key, value in tree.entries.items() if key in ("name", "name_en", "order")}
            event = with_final(Node(tree.place, {**own, **merged.entries}, merged.source, merged.origin))
            divisions = merged.get("divisions")
            laid[PurePosixPath(path).stem] = EventTree(
                path,
                event,
                {
                    key: with_final(divided(merged, division, self.faults))
                    for key, division in (divisions.entries if divisions is not None else {}).items()
                    if division.is_mapping
                },
                divisions,
            )
        return Trees(notice, with_final(whole), laid)

    def _nearness(self, far: Node | None, near: Node, merged: Node) -> None:
        divisions = merged.get("divisions")
        if far is not None and divisions is not None:
            nearness = Nearness(far.place.file)
            nearness.compare(far, near, divisions.entries)
            nearness.tell(self.faults)


def build(
    name: str, trees: Trees, text: Mapping[str, str], text_en: Mapping[str, str], files: Mapping[str, str]
) -> Rulebook:
    """The typed rulebook of trees that have no fault."""
    builder = Builder()
    own = Node(
        trees.notice.place,
        {key: value for key, value in trees.notice.entries.items() if NOTICE_ONLY.shape_of(key) is not None},
        trees.notice.source,
    )
    head: Any = builder.term(own, NOTICE_ONLY)
    assert isinstance(head, Notice)
    for_all = Node(
        trees.for_all.place,
        {key: value for key, value in trees.for_all.entries.items() if key != "divisions"},
        trees.for_all.source,
    )
    events = {}
    for key in trees.in_order():
        tree = trees.events[key]
        divisions = {
            division: builder.chapters(node, DIVISION, key=division, name=USUAL_DIVISIONS.get(division, ""))
            for division, node in tree.divisions.items()
        }
        entries = {word: value for word, value in tree.event.entries.items() if word != "divisions"}
        event = Node(tree.event.place, entries, tree.event.source, tree.event.origin)
        events[key] = builder.chapters(event, EVENT, key=key, extra={"divisions": divisions})
    answered = {what: when for what, when in DEFAULT_RETENTION.items() if not _says(trees.notice, what)}
    return Rulebook(
        id=name,
        head=head,
        text=text,
        text_en=text_en,
        facts=head.facts,
        events=events,
        unit_awards=head.unit_awards,
        changes=head.changes,
        retention={**answered, **head.retention},
        working_days=head.working_days,
        duties=head.duties,
        chapters=builder.chapters(for_all, CHAPTERS, key=""),
        trees=trees,
        files=files,
    )


def _says(notice: Node, what: str) -> bool:
    return notice.at("retention", what) is not None
