"""What verbs ask and insert again and again, compiled once: the same SQL with other values.

Django builds the SQL of a query anew each time, which costs more than to run it. What many people do in the same minute
keeps it: once in a thread and connection, since a compiler belongs to its connection. `make bench` shows what it saves.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.sql import InsertQuery

Row = TypeVar("Row", bound=models.Model)
Value = int | str


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
        _, queryset, compiler, sql, parameters, places = kept
        asked = list(parameters)
        for place, value in zip(places, values, strict=True):
            asked[place] = value
        compiler.as_sql = lambda *_, **__: (sql, tuple(asked))
        return list(queryset._iterable_class(queryset))

    def _compile(self) -> tuple[Any, ...]:
        queryset: Any = self._build(*self._examples)
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        places = [parameters.index(example) for example in self._examples]
        queryset.query.get_compiler = lambda *_, **__: compiler
        return queryset, compiler, sql, parameters, places


_inserts = threading.local()


def insert(row: Row) -> Row:
    """Insert a new row, and give it its id: `save(force_insert=True)` of a row that has neither parents nor signals."""
    connection = connections[DEFAULT_DB_ALIAS]
    fields = [field for field in row._meta.local_concrete_fields if not field.primary_key]
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    kept: dict[Any, Any] = _inserts.__dict__
    if kept.get("connection") is not connection:
        kept.clear()
        kept["connection"] = connection
    # A placeholder may depend on whether there is a value (bytes on PostgreSQL).
    key = (type(row), tuple(value is None for value in values))
    if key not in kept:
        query = InsertQuery(type(row))
        query.insert_values(fields, [row])
        compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        compiler.returning_fields = [row._meta.pk]
        kept[key] = compiler.as_sql()[0][0]
    with connection.cursor() as cursor:
        cursor.execute(kept[key], values)
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return row
