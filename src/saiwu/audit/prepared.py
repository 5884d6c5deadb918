"""What verbs ask and insert again and again, compiled once: the same SQL with other values.

Django builds the SQL of a query anew each time, which costs more than to run it. What many people do in the same minute
keeps it: once in a thread and connection, since a compiler belongs to its connection. `make bench` shows what it saves.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.query import get_related_populators
from django.db.models.sql import InsertQuery

Row = TypeVar("Row", bound=models.Model)
Value = int | str

_NOTHING = type(None)
_AS_THEY_ARE: Mapping[type[models.Field[Any, Any]], frozenset[type]] = {
    models.CharField: frozenset({str, _NOTHING}),
    models.TextField: frozenset({str, _NOTHING}),
    models.IntegerField: frozenset({int, _NOTHING}),
    models.PositiveIntegerField: frozenset({int, _NOTHING}),
    models.ForeignKey: frozenset({int, _NOTHING}),
}
"""Which values a field hands to the database as they are; all others it prepares itself."""


class Prepared(Generic[Row]):
    """A query over rows. `build` makes it from its values, each of which must stand in it once, as it is given.

    Kept here rather than in a cache of the process: no row is, only the words of the question.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Row]], *examples: Value) -> None:
        """`examples`: a value of each parameter's type that stands nowhere else in the query."""
        self._build, self._examples = build, examples
        self._kept = threading.local()

    def first(self, *values: Value) -> Row | None:
        """The first row for these values. 1 SQL statement."""
        return next(iter(self.all(*values)), None)

    def all(self, *values: Value) -> list[Row]:
        """The rows for these values. 1 SQL statement."""
        connection = connections[DEFAULT_DB_ALIAS]
        kept = getattr(self._kept, "query", None)
        if kept is None or kept[0] is not connection:
            kept = self._kept.query = (connection, *self._compile())
        _, read, sql, parameters, places = kept
        asked = list(parameters)
        for place, value in zip(places, values, strict=True):
            asked[place] = value
        with connection.cursor() as cursor:
            cursor.execute(sql, asked)
            found: list[Row] = read(cursor.fetchall())
        return found

    def _compile(self) -> tuple[Any, ...]:
        queryset: Any = self._build(*self._examples)
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        places = [parameters.index(example) for example in self._examples]
        return _reader(compiler), sql, parameters, places


def _reader(compiler: Any) -> Callable[[Iterable[Sequence[Any]]], list[Any]]:
    """What makes models of the rows of a compiled query, as the ORM does for each query anew."""
    select, of = compiler.select, compiler.klass_info
    model, places = of["model"], of["select_fields"]
    start, end = places[0], places[-1] + 1
    names = [column[0].target.attname for column in select[start:end]]
    populators: Any = get_related_populators  # its stub is a version ahead
    related = populators(of, select, DEFAULT_DB_ALIAS)
    annotations = tuple((compiler.annotation_col_map or {}).items())
    converters = compiler.get_converters([column[0] for column in select])

    def read(rows: Iterable[Sequence[Any]]) -> list[Any]:
        made = []
        for row in compiler.apply_converters(rows, converters) if converters else rows:
            one = model.from_db(DEFAULT_DB_ALIAS, names, row[start:end])
            for populator in related:
                populator.populate(row, one)
            for name, place in annotations:
                setattr(one, name, row[place])
            made.append(one)
        return made

    return read


_inserts = threading.local()


def insert(row: Row) -> Row:
    """Insert a new row, and give it its id: `save(force_insert=True)` of a row that has neither parents nor signals."""
    connection = connections[DEFAULT_DB_ALIAS]
    values = []
    for field, name, as_they_are in _columns(type(row)):
        value = getattr(row, name)
        if type(value) not in as_they_are:
            value = field.get_db_prep_save(field.pre_save(row, True), connection)
        values.append(value)
    kept: dict[Any, Any] = _inserts.__dict__
    if kept.get("connection") is not connection:
        kept.clear()
        kept["connection"] = connection
    # A placeholder may depend on whether there is a value (bytes on PostgreSQL).
    key = (type(row), tuple(value is None for value in values))
    if key not in kept:
        query = InsertQuery(type(row))
        query.insert_values([column[0] for column in _columns(type(row))], [row])
        compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        compiler.returning_fields = [row._meta.pk]
        kept[key] = compiler.as_sql()[0][0]
    with connection.cursor() as cursor:
        cursor.execute(kept[key], values)
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return row


@cache
def _columns(model: type[models.Model]) -> tuple[tuple[Any, str, frozenset[type]], ...]:
    """Each field that is written, the name of its value, and the types of values that need no preparation."""
    return tuple(
        (field, field.attname, _AS_THEY_ARE.get(type(field), frozenset()))
        for field in model._meta.local_concrete_fields
        if not field.primary_key
    )
