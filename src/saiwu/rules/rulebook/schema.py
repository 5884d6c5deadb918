"""The language as JSON Schema, for editors: keys, words and shapes. What needs the whole folder is for `check`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from saiwu.rules.rulebook.eligibility import KINDS
from saiwu.rules.rulebook.labels import label
from saiwu.rules.rulebook.reading import ALWAYS_KNOWN, ID
from saiwu.rules.rulebook.shapes import (
    EVENT,
    NOTICE,
    Fields,
    Ids,
    Listing,
    RuleShape,
    Scalar,
    Shape,
    Short,
    Words,
    rule_fields,
)
from saiwu.rules.rulebook.values import NONE, PENDING

_TEXT = {"type": ["string", "number", "boolean"]}
_OPEN = {"enum": [PENDING, NONE]}
_SOURCES: Mapping[str, Any] = {
    "clause": {
        "description": "条款：text.yaml 的键、键的列表，或本处的键 -> 条款",
        "anyOf": [_TEXT, {"type": "array", "items": _TEXT}, {"type": "object"}],
    },
    "assumed": {
        "description": "推定：通知未写，为什么取这个值；或本处的键 -> 理由",
        "anyOf": [_TEXT, {"type": "object"}],
    },
    "note": {"description": "备注，不起作用"},
}


def json_schema() -> dict[str, Any]:
    """One schema for both kinds of file: what says `language` is notice.yaml, else it is an event's file."""
    definitions: dict[str, Any] = {}
    notice = _fields(NOTICE, definitions, always=ALWAYS_KNOWN)
    event = _fields(EVENT, definitions)
    notice["required"] = ["language", "version", "name", "organisation"]
    event["required"] = ["name"]
    definitions["notice"], definitions["event"] = notice, event
    definitions["rule"] = {
        "description": "一条参赛资格规则；种类是它的 id，或写在 rule",
        "anyOf": [_OPEN, *({"$ref": f"#/$defs/rule_{kind}"} for kind in KINDS)],
    }
    for kind in KINDS:
        definitions[f"rule_{kind}"] = _fields(rule_fields(kind), definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "赛务规则文件，语言第 1 版",
        "description": "notice.yaml 与 events/*.yaml",
        "if": {"required": ["language"]},
        "then": {"$ref": "#/$defs/notice"},
        "else": {"$ref": "#/$defs/event"},
        "$defs": dict(sorted(definitions.items())),
    }


def _fields(shape: Fields, definitions: dict[str, Any], *, always: frozenset[str] = frozenset()) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for key, inner in shape.keys.items():
        value = _value(inner, definitions)
        properties[key] = {"description": label(key), **(value if key in always else {"anyOf": [_OPEN, value]})}
        if inner in (Scalar(), Listing(Scalar())):
            properties.setdefault(f"{key}_en", {"description": label(f"{key}_en"), "anyOf": [_OPEN, value]})
    return {
        "type": "object",
        "description": shape.about,
        "properties": {**properties, **_SOURCES},
        "additionalProperties": False,
    }


def _value(shape: Shape, definitions: dict[str, Any]) -> dict[str, Any]:
    match shape:
        case Scalar():
            return dict(shape.schema) or dict(_TEXT)
        case Listing():
            item = _value(shape.item, definitions)
            listing = {"type": "array", "items": item}
            return {"anyOf": [item, listing]} if shape.one_will_do else listing
        case Ids():
            item = _value(shape.item, definitions)
            return {
                "type": "object",
                "properties": dict(_SOURCES),
                "patternProperties": {f"^(?!(clause|assumed|note)$){ID.pattern}$": {"anyOf": [_OPEN, item]}},
                "additionalProperties": False,
            }
        case Words():
            item = {"anyOf": [_OPEN, _value(shape.item, definitions)]}
            if shape.words is None:
                return {"type": "object", "properties": dict(_SOURCES), "additionalProperties": item}
            words = {**dict.fromkeys(shape.words, item), **_SOURCES}
            return {"type": "object", "properties": words, "additionalProperties": False}
        case Short():
            size = _value(shape.fields.keys[shape.key], definitions)
            return {"anyOf": [size, _value(shape.fields, definitions)]}
        case RuleShape():
            return {"$ref": "#/$defs/rule"}
        case Fields():
            if shape.name not in definitions:
                definitions[shape.name] = {}
                definitions[shape.name] = _fields(shape, definitions)
            return {"$ref": f"#/$defs/{shape.name}"}
