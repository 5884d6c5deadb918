"""What may be written where: the shape of every mapping of the language, taken from the typed chapters.

The chapters say it once, as pydantic models; here their annotations become a few kinds of shape that the reader of
files (`reading.py`) and the JSON Schema (`schema.py`) walk. So a key added to a chapter is known everywhere.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BeforeValidator, WithJsonSchema

from saiwu.rules.rulebook.awards import Prize
from saiwu.rules.rulebook.book import Chapters, Division, Event, Notice
from saiwu.rules.rulebook.eligibility import KINDS, Rule
from saiwu.rules.rulebook.terms import Term
from saiwu.rules.rulebook.values import Keys, NotAllowed, OneOrMany

SOURCE_KEYS = ("clause", "assumed", "note")
"""May stand in any mapping (§4)."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value. `parse` raises NotAllowed; None: any text."""

    parse: Callable[[Any], Any] | None = None
    schema: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list in brackets. `one_will_do`: or one value alone."""

    item: Shape
    one_will_do: bool = False


@dataclass(frozen=True, slots=True)
class Ids:
    """A mapping from ids to things of one shape. `names` are the usual ids, which carry their names."""

    item: Shape


@dataclass(frozen=True, slots=True)
class Words:
    """A mapping from words (facts, components, kinds of question) to values; `words` None: any."""

    item: Shape
    words: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping with fixed keys."""

    name: str
    keys: Mapping[str, Shape]
    about: str = ""
    model: type[Term] | None = None

    def shape_of(self, key: str) -> Shape | None:
        """The shape under a key; a text key has a twin with `_en`."""
        if key in self.keys:
            return self.keys[key]
        twin = self.keys.get(key.removesuffix("_en")) if key.endswith("_en") else None
        free = twin == Scalar() or twin == Listing(Scalar())
        return twin if free else None

    @property
    def allowed(self) -> str:
        """The keys, as a message lists them."""
        return " ".join(sorted({*(key for key in self.keys if not key.endswith("_en")), *SOURCE_KEYS}))


@dataclass(frozen=True, slots=True)
class RuleShape:
    """An eligibility rule: its keys follow from its kind. `simple`: within any_of, kinds down to proof only."""

    simple: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that may stand here."""
        kinds = tuple(KINDS)
        return kinds[: kinds.index("proof") + 1] if self.simple else kinds


@dataclass(frozen=True, slots=True)
class Short:
    """A mapping that may be written as the one value of its first key (a prize as its size)."""

    fields: Fields
    key: str


Shape = Scalar | Listing | Ids | Words | Fields | RuleShape | Short


@cache
def fields_of(model: type[Term]) -> Fields:
    """The keys of a typed mapping, as the language spells them."""
    hints = get_type_hints(model, include_extras=True)
    keys = {info.alias or name: _shape(hints[name]) for name, info in model.model_fields.items()}
    return Fields(model.__name__, keys, (model.__doc__ or "").strip().split("\n")[0], model)


def _shape(hint: Any, extras: tuple[Any, ...] = ()) -> Shape:
    origin = get_origin(hint)
    if origin is Annotated:
        inner, *more = get_args(hint)
        return _shape(inner, (*more, *extras))
    if origin is tuple and get_args(hint)[1:] == (Ellipsis,):
        one_will_do = any(isinstance(extra, OneOrMany) for extra in extras)
        return Listing(_shape(get_args(hint)[0]), one_will_do)
    parse = next((extra.func for extra in extras if isinstance(extra, BeforeValidator)), None)
    schema = next((extra.json_schema for extra in extras if isinstance(extra, WithJsonSchema)), None) or {}
    if parse is not None:
        return Scalar(parse, schema)  # type: ignore[arg-type]
    if origin in (Union, types.UnionType):
        options = [option for option in get_args(hint) if option is not type(None)]
        if all(isinstance(option, type) and issubclass(option, Rule) for option in options):
            return RuleShape()
        return _shape(options[0], extras)
    if origin is Literal:
        return Scalar(_kind_parser(get_args(hint)), {"enum": list(get_args(hint))})
    if origin is not None and issubclass(origin, Mapping):
        words = next((extra.words for extra in extras if isinstance(extra, Keys)), None)
        item = _shape(get_args(hint)[1])
        if isinstance(item, Fields) and item.name == Prize.__name__:
            return Ids(Short(item, "size"))
        return Ids(item) if isinstance(item, (Fields, RuleShape)) else Words(item, words)
    if isinstance(hint, type) and issubclass(hint, Term):
        return fields_of(hint)
    return Scalar()


def _kind_parser(kinds: tuple[str, ...]) -> Callable[[Any], str]:
    def parse(value: Any) -> str:
        if value in kinds:
            return str(value)
        raise NotAllowed(value, " ".join(kinds))

    return parse


_KIND = Scalar(_kind_parser(tuple(KINDS)), {"enum": list(KINDS)})


@cache
def rule_fields(kind: str, *, simple: bool = False) -> Fields:
    """The keys of a rule of that kind."""
    base = fields_of(KINDS[kind])
    keys = {**base.keys, "rule": _KIND}
    if kind == "any_of":
        keys["rules"] = Ids(RuleShape(simple=True))
    return Fields(kind, keys, base.about, base.model)


EVENT: Fields = fields_of(Event)
"""An event's file."""

DIVISION: Fields = fields_of(Division)
"""One division, in notice.yaml or an event's file."""

CHAPTERS: Fields = fields_of(Chapters)
"""What any layer may say."""

NOTICE_ONLY: Fields = fields_of(Notice)
"""What is marked **notice**: neither inherited nor written in an event's file."""

NOTICE: Fields = Fields(
    "Notice", {**NOTICE_ONLY.keys, **CHAPTERS.keys, "divisions": Ids(DIVISION)}, NOTICE_ONLY.about, Notice
)
"""The whole of notice.yaml."""

NOT_INHERITED = frozenset({*NOTICE_ONLY.keys, "order"})
"""Top keys that stay in the layer that writes them: `name`, `order`, and what is marked **notice**."""
