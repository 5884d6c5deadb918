"""The merged rules of one division as JSON, and read again without the folder.

A published result carries them, so that anybody can compute it again. The JSON is the rulebook's own language after its
layers are laid and its days resolved: keys and text, 待定 and 无 included. Beside the keys stand, since JSON knows no
order and no source: `$order` (where keys are not in alphabetical order), `$source` (of the mapping, as a finding cites
it) and `$sources` (of keys that rest on something else).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from saiwu.rules.rulebook.book import USUAL_DIVISIONS, Division, Event, Rulebook
from saiwu.rules.rulebook.building import Builder
from saiwu.rules.rulebook.days import Days, Point, resolved
from saiwu.rules.rulebook.eligibility import AnyOfTerm, OwnFact, Rule
from saiwu.rules.rulebook.faults import Place
from saiwu.rules.rulebook.shapes import DIVISION, EVENT, NOTICE_ONLY
from saiwu.rules.rulebook.terms import Source
from saiwu.rules.rulebook.values import Relative, parse_when
from saiwu.rules.rulebook.yaml import Node

ORDER, SOURCE, SOURCES = "$order", "$source", "$sources"


def merged_division(
    book: Rulebook, event_id: str, division_id: str | None, moments: Mapping[str, datetime] | None = None
) -> dict[str, Any]:
    """All rules of one division (of the whole event where `division_id` is None), days resolved, with their sources.

    JSON of text, lists and mappings only. Raises KeyError where there is no such event or division.
    """
    event = book.event(event_id)
    division = None if division_id is None else event.division(division_id)
    tree = book.trees.events[event.id]
    node = tree.event if division is None else tree.divisions[division.id]
    node = Node(node.place, {key: value for key, value in node.entries.items() if key != "divisions"}, node.source)
    days = Days(book, event.id, None if division is None else division.id, moments)
    terms = resolved(book, event.id, None if division is None else division.id, moments)
    rules = _dated(_json(node), terms, days)
    facts = book.trees.notice.get("facts")
    document: dict[str, Any] = {
        "language": 1,
        "version": book.version,
        "competition": book.id,
        "name": book.head.name,
        "short_name": book.head.short_name,
        "class": book.head.class_,
        "region": book.head.region,
        "region_code": book.head.region_code,
        "time_zone": book.zone.key,
        "event": {"id": event.id, "name": event.name},
        "division": None if division is None else {"id": division.id, "name": division.name},
        "facts": _json(facts) if facts is not None and facts.is_mapping else {},
        "rules": rules,
    }
    if division is None:
        document["divisions"] = {
            ORDER: list(tree.divisions),
            **{key: merged_division(book, event.id, key, moments)["rules"] for key in tree.divisions},
        }
    cited = set(_clauses(document))
    document["text"] = {clause: sentence for clause, sentence in book.text.items() if clause in cited}
    return document


def from_merged(document: Mapping[str, Any]) -> Division | Event:
    """The typed rules of a document that `merged_division` made: an Event where its `division` is null.

    Raises ValueError where the document is not one.
    """
    try:
        return _built(document)
    except (KeyError, TypeError, AttributeError, AssertionError) as error:
        raise ValueError(f"not a merged rulebook: {error!r}") from error


def facts_of(document: Mapping[str, Any]) -> Mapping[str, OwnFact]:
    """The facts that the notice declares, out of such a document."""
    shape = NOTICE_ONLY.keys["facts"]
    made = Builder().by_id(_node(document["facts"], "facts"), shape.item, "facts")  # type: ignore[union-attr, arg-type]
    return made


def _built(document: Mapping[str, Any]) -> Division | Event:
    builder = Builder()
    rules = _node(document["rules"], "")
    if document["division"] is not None:
        key = document["division"]["id"]
        division = builder.chapters(rules, DIVISION, key=key, name=USUAL_DIVISIONS.get(key, ""))
        assert isinstance(division, Division)
        return division
    written = document.get("divisions", {})
    divisions = {
        key: builder.chapters(_node(written[key], ""), DIVISION, key=key, name=USUAL_DIVISIONS.get(key, ""))
        for key in written.get(ORDER, ())
    }
    event = builder.chapters(rules, EVENT, key=document["event"]["id"], extra={"divisions": divisions})
    assert isinstance(event, Event)
    return event


def _json(node: Node) -> Any:
    if node.text is not None:
        return node.text
    if not node.is_mapping:
        return [_json(item) for item in node.items]
    made: dict[str, Any] = {key: _json(value) for key, value in node.entries.items()}
    others = {
        key: _source(value.source)
        for key, value in node.entries.items()
        if not value.is_mapping and value.source != node.source and value.source != Source()
    }
    if list(node.entries) != sorted(node.entries):
        made[ORDER] = list(node.entries)
    if node.source != Source():
        made[SOURCE] = _source(node.source)
    if others:
        made[SOURCES] = others
    return made


def _source(source: Source) -> dict[str, Any]:
    written: dict[str, Any] = {}
    if source.clauses:
        written["clauses"] = list(source.clauses)
    if source.assumed is not None:
        written["assumed"] = source.assumed
    return written


def _node(value: Any, key: str, source: Source | None = None) -> Node:
    place = Place("", 1, key)
    if isinstance(value, str):
        return Node(place, value, source or Source())
    if isinstance(value, list):
        return Node(place, [_node(item, key) for item in value], source or Source())
    own = _read_source(value.get(SOURCE, {}))
    others = value.get(SOURCES, {})
    order = value.get(ORDER) or sorted(word for word in value if not word.startswith("$"))
    entries = {word: _node(value[word], word, _read_source(others[word]) if word in others else own) for word in order}
    return Node(place, entries, own)


def _read_source(written: Mapping[str, Any]) -> Source:
    return Source(tuple(written.get("clauses", ())), written.get("assumed"))


def _clauses(value: Any) -> list[str]:
    if isinstance(value, list):
        return [clause for item in value for clause in _clauses(item)]
    if not isinstance(value, dict):
        return []
    found = []
    for key, below in value.items():
        if key == SOURCE:
            found += below.get("clauses", [])
        elif key == SOURCES:
            found += [clause for source in below.values() for clause in source.get("clauses", [])]
        else:
            found += _clauses(below)
    return found


def _dated(rules: Any, terms: Division | Event, days: Days) -> Any:
    """Writes the resolved days into the JSON; what cannot be resolved stays as the notice says it."""
    for chapter in ("stages", "dates"):
        for span in _mappings(rules.get(chapter)).values():
            for key in ("on", "from", "to"):
                _resolve(span, key, days)
    _resolve(rules.get("entry"), "replace_until", days)
    for key, rule in terms.eligibility.items():
        _date_rule(rules["eligibility"][key], rule)
    for table, terms_of in (
        (rules.get("certificates"), terms.certificates),
        *((also.get("certificates"), terms.also_rank[key].certificates)
          for key, also in _mappings(rules.get("also_rank")).items()),
    ):  # fmt: skip
        if isinstance(table, dict) and terms_of is not None and isinstance(terms_of.on, date):
            _write(table, "on", terms_of.on.isoformat())
    return rules


def _mappings(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        return {}
    return {key: below for key, below in value.items() if isinstance(below, dict) and not key.startswith("$")}


def _resolve(mapping: Any, key: str, days: Days) -> None:
    if not isinstance(mapping, dict) or not isinstance(mapping.get(key), str) or mapping[key] in ("待定", "无"):
        return
    when = parse_when(mapping[key])
    if isinstance(when, Relative):
        point = days.first(when)
        if point is not None:
            mapping[key] = _iso(point)


def _iso(point: Point) -> str:
    return point.strftime("%Y-%m-%d %H:%M:%S") if isinstance(point, datetime) else point.isoformat()


def _date_rule(written: Any, rule: Rule) -> None:
    for key in ("on", "since"):
        day = getattr(rule, key, None)
        if isinstance(day, date):
            _write(written, key, day.isoformat())
    if isinstance(rule, AnyOfTerm):
        for key, inner in rule.rules.items():
            _date_rule(written["rules"][key], inner)


def _write(mapping: dict[str, Any], key: str, text: str) -> None:
    if key not in mapping and ORDER in mapping:
        mapping[ORDER] = [*mapping[ORDER], key]
    mapping[key] = text
