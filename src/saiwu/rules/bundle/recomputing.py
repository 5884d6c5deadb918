"""A published bundle computed again: what differs, by path."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from saiwu.rules.bundle.reading import Read, read
from saiwu.rules.bundle.signing import signed_by_its_key
from saiwu.rules.bundle.writing import FORMAT, RULES_VERSION, outcome, shown_marks
from saiwu.rules.canonical import NotCanonical, sha256
from saiwu.rules.marking import scale_of
from saiwu.rules.results import compute


class UnknownRules(ValueError):  # noqa: N818
    """Computed by a version of the rules that is not known here."""

    def __init__(self, version: object) -> None:
        super().__init__(f"不认识的规则版本“{version}”，本程序能重算的是：{RULES_VERSION}")


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that is not what follows from the rest. Both as JSON text; nothing there: 无."""

    path: str
    published: str
    recomputed: str

    def __str__(self) -> str:
        return f"{self.path}: {self.published}, {self.recomputed}"


def recompute(document: Mapping[str, Any]) -> list[Difference]:
    """All differences, in the document's order; empty where it agrees.

    Raises NotABundle where it cannot be read, UnknownRules, and NotReady where its rulebook cannot compute a result.
    """
    if isinstance(document, Mapping) and document.get("format") == FORMAT and document.get("rules") != RULES_VERSION:
        raise UnknownRules(document.get("rules"))
    given = read(document)
    return list(_differences(document, given))


def _differences(document: Mapping[str, Any], given: Read) -> Iterator[Difference]:
    rulebook = document["rulebook"]
    yield from _named(document, rulebook)
    try:
        digest = sha256(rulebook)
    except NotCanonical:
        digest = ""
    yield from _compared("rulebook_sha256", document["rulebook_sha256"], digest)
    scale = scale_of(given.rules)
    published = {entry["code"]: entry["components"] for entry in document["entries"]}
    for entry in given.entries:
        for path, shown in shown_marks(entry, scale):
            yield from _compared(f"entries.{entry.code}.{path}", _at(published[entry.code], path), shown)
    result = compute(given.rules, given.entries, given.decisions, notice_class=given.notice_class)
    recomputed = outcome(result)
    yield from _compared("result", _by_code(document["result"]), _by_code(recomputed["result"]))
    order = [row.get("code") if isinstance(row, Mapping) else None for row in document["result"]]
    expected = [row["code"] for row in recomputed["result"]]
    if order != expected and sorted(map(str, order)) == sorted(expected):
        yield from _compared("result", order, expected)
    yield from _compared("awards", document["awards"], recomputed["awards"])
    if not signed_by_its_key(document):
        yield Difference("signature", "签名", "与文件内容不符")


def _named(document: Mapping[str, Any], rulebook: Mapping[str, Any]) -> Iterator[Difference]:
    """What the head says of the rulebook is what the rulebook says of itself."""
    division = rulebook.get("division")
    for key, own in (
        ("competition", rulebook.get("competition")),
        ("event", (rulebook.get("event") or {}).get("id")),
        ("division", None if division is None else division.get("id")),
    ):
        yield from _compared(key, document[key], own)


def _by_code(rows: Any) -> Any:
    """Rows under their codes, so that a path names the entry and not its number in the list."""
    if isinstance(rows, list) and all(isinstance(row, Mapping) and isinstance(row.get("code"), str) for row in rows):
        found = {row["code"]: row for row in rows}
        if len(found) == len(rows):
            return {
                code: {key: _by_code(value) if key == "members" else value for key, value in row.items()}
                for code, row in found.items()
            }
    return rows


def _at(components: Any, path: str) -> Any:
    value = {"components": components}
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None  # type: ignore[assignment]
    return value


_NOTHING = object()


def _compared(path: str, published: Any, recomputed: Any) -> Iterator[Difference]:
    if isinstance(published, Mapping) and isinstance(recomputed, Mapping):
        for key in dict.fromkeys((*recomputed, *published)):
            yield from _compared(f"{path}.{key}", published.get(key, _NOTHING), recomputed.get(key, _NOTHING))
    elif type(published) is not type(recomputed) or published != recomputed:
        yield Difference(path, _said(published), _said(recomputed))


def _said(value: Any) -> str:
    return "无" if value is _NOTHING else json.dumps(value, ensure_ascii=False)
