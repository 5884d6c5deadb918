"""The base of every typed piece of a rulebook, and where its values come from.

A *term* here is any mapping of a notice after its layers are laid: a chapter, a rule, a prize, a row of a table. Every
key may be missing (silence: the default of the language holds), 待定 (`pending`) or 无 (`none`); a typed field is then
None. The loader hands a mapping's `Meta` in under the reserved key `META`; tests may instead write
`AgeTerm(clause="五.1b", minimum=16, ...)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, PrivateAttr, model_validator

META = "\0meta"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value comes from (rulebook language §4): clauses, the first cited, or that it is assumed and why."""

    clauses: tuple[str, ...] = ()
    assumed: str | None = None


@dataclass(frozen=True, slots=True)
class Meta:
    """What the loader knows of one merged mapping.

    `path` is the whole key (`eligibility.age`), `key` its last part. `source` is that of the mapping as a finding cites
    it: the nearest layer's clause, else the next farther one's, else the assumption. `sources` has that of each key
    written. `pending` are the keys that are 待定, `none` those answered 无.
    `english` has the twins with `_en`, by the key without it.
    """

    path: str = ""
    key: str = ""
    source: Source = Source()
    sources: Mapping[str, Source] = field(default_factory=dict)
    pending: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()
    english: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)


class Term(BaseModel):
    """A typed, frozen mapping of the rulebook. Fields are the language's keys, with `_` after Python's own words."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True)

    _meta: Meta = PrivateAttr(default_factory=Meta)

    @model_validator(mode="wrap")
    @classmethod
    def _take_meta(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if not isinstance(data, Mapping):
            return handler(data)
        values = dict(data)
        meta = values.pop(META, None)
        if meta is None:
            clause = values.pop("clause", None) or ()
            clauses = (clause,) if isinstance(clause, str) else tuple(clause)
            assumed = values.pop("assumed", None)
            key = str(values.pop("id", ""))
            meta = Meta(key=key, source=Source(clauses, assumed))
        term = handler(values)
        term._meta = meta
        return term

    @property
    def meta(self) -> Meta:
        """Path, sources, and which keys are 待定 or 无."""
        return self._meta

    @property
    def id(self) -> str:
        """The id under which the mapping stands in its chapter (`age`, `theory`, `first`)."""
        return self._meta.key

    @property
    def clause(self) -> str | None:
        """The clause that a finding cites, or None where the rulebook only assumes."""
        return self._meta.source.clauses[0] if self._meta.source.clauses else None

    @property
    def clauses(self) -> tuple[str, ...]:
        """All clauses that are shown, the cited one first."""
        return self._meta.source.clauses

    @property
    def assumed(self) -> str | None:
        """Why this was assumed, where no clause says it; else None."""
        return None if self._meta.source.clauses else self._meta.source.assumed

    def is_pending(self, key: str) -> bool:
        """Whether this key is 待定 (to be announced)."""
        return key in self._meta.pending

    def is_none(self, key: str) -> bool:
        """Whether this key was answered 无 (there is none)."""
        return key in self._meta.none

    def english(self, key: str) -> str | tuple[str, ...] | None:
        """The twin of a text key with `_en`; None where there is none."""
        return self._meta.english.get(key)

    def source_of(self, key: str) -> Source:
        """Where the value of one key comes from; that of the mapping where the key is not written."""
        return self._meta.sources.get(key, self._meta.source)
