"""`@action`: the frame of every verb. One transaction, one audit record, broken constraints in the user's words.

`Refused` is what the user can mend; anything else is our mistake and is not caught. `NotFound` is what one may not see.
"""

from __future__ import annotations

import fcntl
import functools
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, ParamSpec, Protocol, TypeVar

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from saiwu.audit.models import Record
from saiwu.audit.prepared import insert
from saiwu.rules.findings import Finding

P = ParamSpec("P")
T = TypeVar("T")


class Refused(Exception):  # noqa: N818 (a verdict, not an error of the program)
    """The verb was not done; nothing was written. `message` is Chinese and says where, what and how to mend.

    `rule` is the key of the rule or constraint, `clause` and `sentence` the words of the notice it rests on, `findings`
    those that stand against it, `field` the field of the form that decided.
    """

    def __init__(
        self,
        message: str,
        *,
        rule: str = "",
        clause: str | None = None,
        sentence: str | None = None,
        findings: tuple[Finding, ...] = (),
        field: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message, self.rule, self.clause, self.sentence = message, rule, clause, sentence
        self.findings, self.field = findings, field

    def __str__(self) -> str:
        return f"{self.message}（{self.clause}）" if self.clause else self.message


class NotFound(Exception):  # noqa: N818 (the door's 404)
    """There is no such thing for this viewer."""


class Actor(Protocol):
    """An account, a visitor or the system."""

    @property
    def audit_key(self) -> str:
        """`account:7`, `visitor` or `system`."""
        ...


Citation = Callable[[str], tuple[str | None, str | None]]
"""Rule key -> clause and sentence, as the rulebook in force gives them."""


@dataclass(slots=True)
class _Frame:
    role: str = ""
    competition: str = ""
    records: int = 0
    cite: Citation | None = None
    after: list[Callable[[], None]] = field(default_factory=list)


_frame: ContextVar[_Frame | None] = ContextVar("saiwu_frame", default=None)


def frame() -> _Frame:
    """The frame of the verb that is running. RuntimeError outside one."""
    current = _frame.get()
    if current is None:
        raise RuntimeError("rows are written inside an action only")
    return current


def action(verb: Callable[P, T]) -> Callable[P, T]:
    """Run a verb in one transaction of its own.

    On SQLite writers queue for a file lock first, so that they do not collide. A broken constraint becomes `Refused`
    with the key of its rule, and clause and sentence where the verb said from which rulebook to cite. RuntimeError where
    the verb left no audit record, or where one verb calls another.
    """

    @functools.wraps(verb)
    def framed(*args: P.args, **kwargs: P.kwargs) -> T:
        if _frame.get() is not None:
            raise RuntimeError(f"{verb.__qualname__} was called by another verb")
        current = _Frame()
        mark = _frame.set(current)
        try:
            with writers_turn(), transaction.atomic():
                outcome = verb(*args, **kwargs)
                if not current.records:
                    raise RuntimeError(f"{verb.__qualname__} left no audit record")
        except IntegrityError as error:
            raise _refusal(error, current) from error
        finally:
            _frame.reset(mark)
        return outcome

    return framed


def record(
    verb: str,
    of: models.Model | str,
    *,
    by: Actor,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    role: str = "",
) -> None:
    """Write the audit record of the running verb. `facts` hold no personal data: keys and digests only."""
    current = frame()
    insert(
        Record(
            at=at,
            actor=by.audit_key,
            role=role or current.role,
            verb=verb,
            object=of if isinstance(of, str) else key_of(of),
            facts=dict(facts or {}),
            competition=current.competition,
        )
    )
    current.records += 1


def key_of(row: models.Model) -> str:
    """`entry:123`."""
    return f"{row._meta.model_name}:{row.pk}"


@contextmanager
def writers_turn() -> Iterator[None]:
    """On SQLite, wait for the writers' file lock: its busy wait is no fair queue, a file lock nearly is."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    path = Path(f"{connection.settings_dict['NAME']}.writers")
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _refusal(error: IntegrityError, current: _Frame) -> Exception:
    constraint = _broken(error)
    if constraint is None:
        return error
    rule = constraint.violation_error_code or constraint.name
    clause, sentence = current.cite(rule) if current.cite else (None, None)
    return Refused(str(constraint.violation_error_message), rule=rule, clause=clause, sentence=sentence)


def _broken(error: IntegrityError) -> models.BaseConstraint | None:
    """The named constraint that was broken. PostgreSQL names it; SQLite names a check, and of a unique one the columns."""
    by_name, by_columns = _constraints()
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is not None:
        return by_name.get(diagnosis.constraint_name or "")
    text = str(error)
    if match := re.search(r"CHECK constraint failed: (\w+)", text):
        return by_name.get(match[1])
    if match := re.search(r"UNIQUE constraint failed: index '(\w+)'", text):
        return by_name.get(match[1])
    if match := re.search(r"UNIQUE constraint failed: (.+)", text):
        return by_columns.get(frozenset(match[1].split(", ")))
    return None


@cache
def _constraints() -> tuple[dict[str, models.BaseConstraint], dict[frozenset[str], models.BaseConstraint]]:
    by_name: dict[str, models.BaseConstraint] = {}
    by_columns: dict[frozenset[str], models.BaseConstraint] = {}
    for model in apps.get_app_config("saiwu").get_models():
        table = model._meta.db_table
        for constraint in model._meta.constraints:
            by_name[constraint.name] = constraint
            if isinstance(constraint, models.UniqueConstraint):
                columns = {field.name: field.column for field in model._meta.concrete_fields}
                by_columns[frozenset(f"{table}.{columns[name]}" for name in constraint.fields)] = constraint
    return by_name, by_columns
