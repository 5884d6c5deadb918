"""Reads one YAML file into a tree whose every node knows its line and its whole key; scalars stay text (§2).

What YAML allows and the language does not (anchors, aliases, tags, merge keys, several documents, repeated keys, empty
values, full-width punctuation in YAML's own places) becomes a fault. Size and depth are bounded, since anybody may
upload a file. What the keys mean is not judged here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from saiwu.rules.rulebook.faults import Faults, Place, quoted
from saiwu.rules.rulebook.terms import Source
from saiwu.rules.rulebook.values import NONE, PENDING

MAX_CHARACTERS = 400_000
MAX_DEPTH = 40
MAX_NODES = 100_000
MAX_COMMAS = 20
"""How many full-width commas are mended to see what else is wrong: each costs one more reading."""

BROKEN = "\0broken"
"""Stands for a value that has a fault already, so that nothing else complains of it."""


@dataclass(slots=True)
class Node:
    """A value as written: text, a list, or a mapping.

    `place` is that of its key. `source` and `origin` are set later: where the value comes from, and, of a mapping that
    several layers made, the farthest place where it is written. `flow` and `plain`: within brackets; without quotes.
    """

    place: Place
    value: str | list[Node] | dict[str, Node]
    source: Source = field(default_factory=Source)
    origin: Place | None = None
    flow: bool = False
    plain: bool = False

    @property
    def text(self) -> str | None:
        """The scalar, or None."""
        return self.value if isinstance(self.value, str) else None

    @property
    def items(self) -> list[Node]:
        """The list's members; none where this is no list."""
        return self.value if isinstance(self.value, list) else []

    @property
    def entries(self) -> dict[str, Node]:
        """The mapping's values by key; empty where this is no mapping."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def is_mapping(self) -> bool:
        """Whether keys and values are written here."""
        return isinstance(self.value, dict)

    @property
    def is_pending(self) -> bool:
        """待定; what is broken waits alike."""
        return self.value == PENDING or self.value == BROKEN

    @property
    def is_none(self) -> bool:
        """无."""
        return self.value == NONE

    def get(self, key: str) -> Node | None:
        """The value under a key, if this is a mapping that has it."""
        return self.entries.get(key)

    def at(self, *path: str) -> Node | None:
        """The value under a path of keys."""
        node: Node | None = self
        for key in path:
            node = node.get(key) if node is not None else None
        return node


def broken(place: Place) -> Node:
    """A node whose fault has been told."""
    return Node(place, BROKEN)


def read(text: str, file: str, faults: Faults) -> Node | None:
    """The file's tree (an empty mapping where it holds nothing), or None where it cannot be read. Never raises."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _read(lines, file, faults, frozenset())


def _read(text: str, file: str, faults: Faults, commas: frozenset[tuple[int, int]]) -> Node | None:
    """`commas`: line and column (from 0) of what follows a comma that was full-width and has been mended."""
    top = Place(file, 1, "")
    if len(text) > MAX_CHARACTERS:
        faults.add(top, f"文件过大（{len(text)} 字）", f"不超过 {MAX_CHARACTERS} 字")
        return None
    if match := re.search("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff", text):
        faults.add(_line_place(file, text, match.start()), "含有不可见的控制字符", "可以打印的文字")
        return None
    try:
        return _Reader(text, file, faults, commas).document() or Node(top, {})
    except MarkedYAMLError as error:
        mended = _without_full_width_colons(text, file, faults)
        if mended is not None:
            return _read(mended, file, faults, commas)
        comma = _full_width_comma(text, error) if len(commas) < MAX_COMMAS else None
        if comma is not None:
            follows = comma + 1 + len(text[comma + 1 :]) - len(text[comma + 1 :].lstrip())
            place = text.count("\n", 0, follows), follows - text.rfind("\n", 0, follows) - 1
            return _read(f"{text[:comma]},{text[comma + 1 :]}", file, faults, commas | {place})
        line = _line_of(error, text)
        reason = "冒号后缺空格" if _NO_SPACE.match(text.split("\n")[line - 1]) else _reason(error)
        faults.add(Place(file, line, _key_on(text, line)), f"不是合规的 YAML（{reason}）", _YAML_ALLOWED)
    except _TooMuchError as error:
        faults.add(error.place, str(error), f"至多 {MAX_DEPTH} 层、{MAX_NODES} 项")
    except (YAMLError, ValueError, LookupError, AssertionError, AttributeError, TypeError) as error:
        # ruamel.yaml answers some malformed text with Python's own errors; to the writer they are all one.
        faults.add(top, f"不是合规的 YAML（{quoted(error)}）", _YAML_ALLOWED)
    return None


_NO_SPACE = re.compile(r"\s*(?:- +)?[\w\-.]+:[^\s:]")

_YAML_ALLOWED = "键、半角冒号加空格、值，同级对齐，列表写在半角方括号内"


class _TooMuchError(Exception):
    def __init__(self, place: Place, message: str) -> None:
        super().__init__(message)
        self.place = place


class _Reader:
    """Composes the nodes of one document from the events of the parser."""

    def __init__(self, text: str, file: str, faults: Faults, commas: frozenset[tuple[int, int]]) -> None:
        self.file = file
        self.faults = faults
        self.commas = commas
        self.count = 0
        self.events: Iterator[Event] = iter(YAML(typ="safe", pure=True).parse(text))

    def document(self) -> Node | None:
        """The first document; what a second one adds is told, and read all the same."""
        roots: list[Node] = []
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                if roots:
                    self.faults.add(
                        self._place(event, "---"), "一个文件里有多个文档", "一个文件一个文档，不用 --- 分隔"
                    )
                first = next(self.events)
                roots.append(self._node(first, self._place(first, ""), 0, flow=False))
        mappings = [root for root in roots if root.is_mapping]
        if not mappings:
            return next((root for root in roots if root.text != ""), None)
        return Node(
            mappings[0].place, {key: value for root in reversed(mappings) for key, value in root.entries.items()}
        )

    def _place(self, event: Event, key: str) -> Place:
        return Place(self.file, event.start_mark.line + 1, key)

    def _node(self, event: Any, place: Place, depth: int, *, flow: bool) -> Node:
        self.count += 1
        if depth > MAX_DEPTH:
            raise _TooMuchError(place, "层次过深")
        if self.count > MAX_NODES:
            raise _TooMuchError(place, "内容过多")
        if isinstance(event, AliasEvent):
            self.faults.add(place, f"不用别名（*{event.anchor}）", "把值再写一遍")
            return broken(place)
        self._refuse_decorations(event, place)
        if isinstance(event, ScalarEvent):
            return Node(place, event.value.strip(), flow=flow, plain=event.style is None or event.style == "")
        if isinstance(event, SequenceStartEvent):
            return self._sequence(place, depth, flow=flow or bool(event.flow_style))
        if isinstance(event, MappingStartEvent):
            return self._mapping(place, depth, flow=flow or bool(event.flow_style))
        raise ValueError(f"unexpected event {type(event).__name__}")

    def _point_out_comma(self, event: Event, place: Place) -> None:
        """Tells of a full-width comma before that member of the list or mapping at `place`."""
        mark = event.start_mark
        if (mark.line, mark.column) in self.commas:
            here = Place(self.file, mark.line + 1, place.key)
            self.faults.add(here, "括号里的“，”是全角", "各项之间用半角逗号；若是文字的一部分，加引号")

    def _refuse_decorations(self, event: Any, place: Place) -> None:
        if getattr(event, "anchor", None) is not None:
            self.faults.add(place, f"不用锚点（&{event.anchor}）", "直接写值")
        tag = getattr(event, "tag", None)
        if tag is not None:
            short = str(tag).replace("tag:yaml.org,2002:", "!!")
            self.faults.add(place, f"不用标签（{short}）", "直接写值")

    def _sequence(self, place: Place, depth: int, *, flow: bool) -> Node:
        items: list[Node] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            self._point_out_comma(event, place)
            nested = isinstance(event, (MappingStartEvent, SequenceStartEvent))
            key = f"{place.key}.{len(items) + 1}".lstrip(".") if nested else place.key
            item = self._node(event, self._place(event, key), depth + 1, flow=flow)
            if item.text == "":
                self.faults.add(item.place, "列表里有空的值", "写上值，或删去这一项")
                continue
            if flow and item.plain and item.text is not None and "，" in item.text:
                self.faults.add(
                    item.place, f"{quoted(item.text)}里的“，”是全角", "列表各项之间用半角逗号；若是文字的一部分，加引号"
                )
                item = broken(item.place)
            items.append(item)
        return Node(place, items, flow=flow)

    def _mapping(self, place: Place, depth: int, *, flow: bool) -> Node:
        entries: dict[str, Node] = {}
        while not isinstance(key_event := next(self.events), MappingEndEvent):
            self._point_out_comma(key_event, place)
            if not isinstance(key_event, ScalarEvent):
                here = self._place(key_event, place.key)
                self._node(key_event, here, depth + 1, flow=flow)
                value_event = next(self.events)
                self._node(value_event, here, depth + 1, flow=flow)
                self.faults.add(here, "键不是文字", "一个词作键")
                continue
            key = key_event.value.strip()
            here = self._place(key_event, f"{place.key}.{key}".lstrip("."))
            self._refuse_decorations(key_event, here)
            value = self._node(next(self.events), here, depth + 1, flow=flow)
            if key == "<<" and not key_event.style:
                self.faults.add(here, "不用合并键（<<）", "把值写在这里")
            elif match := re.match(r"([^：:]+)([：:])", key) if value.text == "" else None:
                # In brackets YAML takes the whole of `on：2025-10-18`, `on:2025-10-18` or `on:` for a key.
                at = Place(here.file, here.line, f"{place.key}.{match[1].strip()}".lstrip("."))
                self.faults.add(at, *_colon_fault(match[2], key[match.end() :]))
                entries[match[1].strip()] = broken(at)
            elif flow and (match := _TWO_IN_ONE.search(value.text or "") if value.plain else None):
                self.faults.add(here, "括号里的“，”和“：”是全角", f"半角逗号，再写 {match[1]}、半角冒号和空格")
                entries[key] = broken(here)
            elif key in entries:
                self.faults.add(here, "键重复", "每个键只写一次")
            elif key == "":
                self.faults.add(here, "键是空的", "一个词作键")
            elif value.text == "":
                self.faults.add(here, *_EMPTY)
                entries[key] = broken(here)
            else:
                entries[key] = value
        return Node(place, entries, flow=flow)


_TWO_IN_ONE = re.compile(r"，\s*([a-z][a-z0-9_-]*)\s*[：:]")
"""`{per: 参赛单位，at_most：2}` is one value to YAML; Chinese prose has no such word of Latin letters before a colon."""

_EMPTY = ("值是空的", "一个值、待定或无，不写则删去这一行")


def _colon_fault(colon: str, value: str) -> tuple[str, str]:
    if colon == "：":
        return "键后的“：”是全角", "半角冒号加空格"
    return ("冒号后缺空格", "半角冒号加空格") if value.strip() else _EMPTY


_FULL_WIDTH_KEY = re.compile(
    r"^(?P<before>\s*(?:- +)?)(?P<key>[\w\-.]+)(?:\s*(?P<colon>：)|:(?=[\u3000\xa0]))[ \t\u3000\xa0]*(?=\S|$)"
)


def _without_full_width_colons(text: str, file: str, faults: Faults) -> str | None:
    """The text with a half-width colon after each key that has a full-width one, all pointed out; None without any."""
    lines = text.split("\n")
    any_found = False
    for number, line in enumerate(lines):
        if (match := _FULL_WIDTH_KEY.match(line)) and not line[match.end() :].startswith("#"):
            wrong = "键后的“：”是全角" if match["colon"] else "冒号后的空格是全角"
            faults.add(Place(file, number + 1, _key_on(text, number + 1)), wrong, "半角冒号加空格")
            lines[number] = f"{match['before']}{match['key']}: {line[match.end() :]}"
            any_found = True
    return "\n".join(lines) if any_found else None


_BEFORE_A_KEY = re.compile(r"，\s*[\w.\-]+\s*$")


def _full_width_comma(text: str, error: MarkedYAMLError) -> int | None:
    """Where the full-width comma is that made brackets unreadable: `{per: 参赛单位，at_most: 2}`; None without any."""
    if error.problem_mark is None or "expected ',' or" not in (error.problem or ""):
        return None
    at: int = error.problem_mark.index
    if text[at : at + 1] == "，":
        return at
    match = _BEFORE_A_KEY.search(text, error.context_mark.index if error.context_mark else 0, at)
    return match.start() if match else None


def _line_of(error: MarkedYAMLError, text: str) -> int:
    """The line to mend, from 1: where a bracket or quote that is never closed was opened, else where it went wrong."""
    problem, opened = error.problem_mark, error.context_mark
    mark = problem or opened
    if mark is None:
        return 1
    if problem is not None and opened is not None and opened.line < problem.line:
        lines = text.split("\n")
        ended = not "".join(lines[problem.line :]).strip()
        outdented = not ended and _indent(lines[problem.line]) <= _indent(lines[opened.line])
        said = error.context or ""
        if "quoted scalar" in said or "simple key" in said or ("flow" in said and (ended or outdented)):
            mark = opened
    return int(min(mark.line + 1, text.rstrip().count("\n") + 1))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _line_place(file: str, text: str, position: int) -> Place:
    line = text.count("\n", 0, position) + 1
    return Place(file, line, _key_on(text, line))


_KEY = re.compile(r"(?P<indent>\s*(?:- +)?)(?P<key>[\w\-.]+)\s*[:：]")


def _key_on(text: str, line: int) -> str:
    """The key that a line begins with, whole, as far as indentation tells in a file that cannot be parsed."""
    keys: list[str] = []
    indent = MAX_CHARACTERS
    for written in reversed(text.split("\n")[:line]):
        match = _KEY.match(written)
        if match is not None and len(match["indent"]) < indent:
            keys.append(match["key"])
            indent = len(match["indent"])
        elif not keys and match is None and written.strip():
            return ""
        if indent == 0:
            break
    return ".".join(reversed(keys))


_REASONS = (
    ("mapping values are not allowed", "这里不能有冒号，看看上一行或引号"),
    ("could not find expected ':'", "键后缺冒号"),
    ("found character '\\t'", "缩进用了制表符"),
    ("cannot start any token", "有不能开头的字符，请加引号"),
    ("expected <block end>", "缩进没有对齐"),
    ("expected ',' or", "括号里缺半角逗号或缺右括号"),
    ("while scanning a quoted scalar", "引号没有闭合"),
    ("found unexpected end of stream", "引号或括号没有闭合"),
)


def _reason(error: MarkedYAMLError) -> str:
    said = f"{error.context or ''} {error.problem or ''}"
    return next((chinese for english, chinese in _REASONS if english in said), "结构有误")
