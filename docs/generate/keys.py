"""rulebook-keys.md: what may be written where."""

from __future__ import annotations

from collections.abc import Iterator

from docs.generate.page import page, table
from saiwu.rules.rulebook.building import USUAL_NAMES
from saiwu.rules.rulebook.eligibility import BUILT_IN_FACTS, KINDS, Rule
from saiwu.rules.rulebook.explain import NOT_USED, UNSAID, UNUSED, shown
from saiwu.rules.rulebook.labels import FACT_NAMES, RULE_NAMES, label
from saiwu.rules.rulebook.shapes import (
    CHAPTERS,
    DIVISION,
    EVENT,
    NOTICE_ONLY,
    Fields,
    Ids,
    Listing,
    RuleShape,
    Scalar,
    Shape,
    Short,
    Words,
    fields_of,
    rule_fields,
)
from saiwu.rules.rulebook.terms import Term
from saiwu.rules.rulebook.values import LEVEL_NAMES, MOMENTS, NotAllowed, Who


def rulebook_keys() -> str:
    """Every key of the language, from the typed models: Chinese word, what may be written, what holds when it is not."""
    head = Fields(
        "notice", {key: shape for key, shape in NOTICE_ONLY.keys.items() if key not in CHAPTERS.keys}, NOTICE_ONLY.about,
        NOTICE_ONLY.model,
    )  # fmt: skip
    own = {key: EVENT.keys[key] for key in EVENT.keys if key not in CHAPTERS.keys}
    event = Fields("event", own, EVENT.about, EVENT.model)
    division = {key: DIVISION.keys[key] for key in DIVISION.keys if key not in CHAPTERS.keys}
    sections: dict[str, Fields] = {}
    parts = [
        _keys_of("Only in notice.yaml", head, sections),
        _keys_of("Of an event, in its file", event, sections),
        _keys_of("Of a division", Fields("division", division, DIVISION.about, DIVISION.model), sections),
        _keys_of("In any layer: notice.yaml, an event's file, a division", CHAPTERS, sections),
    ]
    done: set[str] = set()
    while left := [name for name in sections if name not in done]:
        for name in left:
            done.add(name)
            parts.append(_keys_of(name, sections[name], sections))
    return page(
        "Rulebook keys",
        [
            "What a notice's YAML may say, key by key. The page is made from the typed models of",
            "`src/saiwu/rules/rulebook/`; `saiwu rulebook schema` prints the same for editors. In every mapping",
            "`clause`, `assumed` and `note` may stand too; 待定 and 无 may stand for any value but `language` and",
            "`version`; a text key has a twin with `_en`. How to write one: [add a notice](add-a-notice.md).",
        ],
        *parts,
        *_rule_parts(),
        ["## Words", "", *table(["type", "one of"], _word_rows())],
        ["## Facts", "", "What `for`, `must_be` and `whom` may ask. A notice declares others under `facts`."],
        table(["fact", "中文", "answers"], _fact_rows()),
        ["## Ids that carry their names", "", *table(["under", "id", "中文"], _usual_rows())],
    )


def _keys_of(title: str, shape: Fields, sections: dict[str, Fields]) -> list[str]:
    rows = [
        (
            f"`{key}`",
            f"{label(key)}{UNUSED if key in NOT_USED else ''}",
            _written(inner, sections),
            _default(shape, key),
        )
        for key, inner in shape.keys.items()
    ]
    rows = [row for row in rows if not row[0].endswith("_en`")]
    about = [shape.about, ""] if shape.about else []
    return [f"## {title}", "", *about, *table(["key", "中文", "written", "where silent"], rows)]


def _written(shape: Shape, sections: dict[str, Fields]) -> str:
    """What may stand there, in a few words; a mapping with keys of its own becomes a section."""
    match shape:
        case Scalar():
            return _scalar(shape)
        case Listing():
            item = _written(shape.item, sections)
            return f"list: {item}" + ("; one alone will do" if shape.one_will_do else "")
        case Ids():
            return f"id → {_written(shape.item, sections)}"
        case Words():
            words = "、".join(shape.words) if shape.words else "word"
            return f"{words} → {_written(shape.item, sections)}"
        case Short():
            size = _written(shape.fields.keys[shape.key], sections)
            return f"{size}; or {_written(shape.fields, sections)}"
        case RuleShape():
            return "a rule, see [rules](#rules)"
        case Fields() if shape.model is DIVISION.model:
            return "[division](#of-a-division)"
        case Fields():
            sections.setdefault(shape.name, shape)
            return f"[{shape.name}](#{shape.name.lower()})"


_KNOWN_LISTS = {
    tuple(Who): "[who](#words)",
    tuple(LEVEL_NAMES.values()): "[level](#words)",
    MOMENTS: "[moment](#words)",
}


def _scalar(shape: Scalar) -> str:
    words = tuple(shape.schema.get("enum", ()))
    if words:
        return _KNOWN_LISTS.get(words) or "、".join(f"`{word}`" for word in words)
    allowed = shape.schema.get("description") or _allowed(shape)
    example = f", as `{shape.schema['examples'][0]}`" if shape.schema.get("examples") else ""
    return f"{allowed}{example}"


def _allowed(shape: Scalar) -> str:
    """What a value's own reader says is allowed, asked with a text that nothing allows."""
    try:
        shape.parse("\0")  # type: ignore[misc]
    except (NotAllowed, TypeError) as refused:
        return str(refused).partition("允许：")[2] or "text"
    return "text"


def _default(shape: Fields, key: str) -> str:
    fields = shape.model.model_fields if shape.model is not None else {}
    name = next((name for name, info in fields.items() if (info.alias or name) == key), None)
    if shape.model is None or name is None or fields[name].default_factory is not None:
        return ""
    default = fields[name].default
    return UNSAID.get((shape.model.__name__, key)) or ("" if isinstance(default, Term) else shown(default, name))


def _rule_parts() -> Iterator[list[str]]:
    common = {key: shape for key, shape in fields_of(Rule).keys.items() if key != "rule"}
    yield [
        "## Rules",
        "",
        "Under `eligibility`, id → a rule. Its kind is its id, or stands under `rule`. All kinds share:",
        "",
        *_keys_of("", Fields("rule", common, "", Rule), {})[2:],
    ]
    for kind in KINDS:
        fields = rule_fields(kind)
        own = {key: shape for key, shape in fields.keys.items() if key not in (*common, "rule")}
        title = f"### {kind} {RULE_NAMES[kind]}"
        if own:
            yield [title, *_keys_of("", Fields(kind, own, fields.about, fields.model), {})[1:]]
        else:
            yield [title, "", fields.about]


def _word_rows() -> Iterator[tuple[str, str]]:
    for words, name in _KNOWN_LISTS.items():
        yield name[1 : name.index("]")], "、".join(words)


def _fact_rows() -> Iterator[tuple[str, str, str]]:
    for fact, answers in BUILT_IN_FACTS.items():
        yield f"`{fact}`", FACT_NAMES[fact], "、".join(f"`{answer}`" for answer in answers) or "the notice's own words"


def _usual_rows() -> Iterator[tuple[str, str, str]]:
    for chapter, names in USUAL_NAMES.items():
        yield from ((f"`{chapter}`", f"`{key}`", name) for key, name in names.items())
