"""How a verb begins: the row among those that `by` may see, locked, in a state and by a role that the table allows."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Protocol, TypeVar

from django.db import models
from django.db.models import Q

from saiwu.accounts.models import Account, Actor, Appointment, Scope, System, Visitor
from saiwu.audit.frame import NotFound, Refused, frame
from saiwu.audit.prepared import Prepared
from saiwu.rules import procedure
from saiwu.rules.procedure import Role

_NOBODY = -20250606
"""No row has this id."""


class Scoped(Protocol):
    """A row that lies in scopes. `scope_paths` are the look-ups from the model to each scope's id, nearest first."""

    scope_paths: tuple[str, ...]
    event_path: str | None
    competition_path: str | None


Row = TypeVar("Row", bound=models.Model)


def in_force(by: Account, at: datetime) -> models.QuerySet[Appointment]:
    """The account's appointments at that instant."""
    return by.appointments.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at)


def roles_over(by: Actor, scopes: set[int], at: datetime) -> frozenset[Role]:
    """The roles that the actor has over any of these scopes. 1 SQL statement for an account, none else."""
    if isinstance(by, System):
        return frozenset({Role.SYSTEM})
    if isinstance(by, Visitor):
        return frozenset({Role.VISITOR})
    if not by.is_active:
        return frozenset()
    return frozenset(Role(role) for role in in_force(by, at).filter(scope_id__in=scopes).values_list("role", flat=True))


def installation_scope() -> Scope:
    """The scope of the installation itself, made by `saiwu migrate`."""
    return Scope.objects.get(kind=Scope.Kind.INSTALLATION)


def begin(verb: str, model: type[Row], pk: int, *, by: Actor, at: datetime, related: tuple[str, ...] = ()) -> Row:
    """Find the row, lock it, and ask the procedure for role and state.

    Raises NotFound where the actor has no role at all over the row (what one may not see does not exist), Refused where
    his roles do not include one that may, or where the row or its event is in another state. 2 SQL statements.
    """
    step = procedure.step(verb)
    paths: tuple[str, ...] = getattr(model, "scope_paths", ())
    # Who holds his role over everything (a visitor, the system) needs no scope looked up.
    everywhere = isinstance(by, (Visitor, System))
    scopes = {} if everywhere else {f"scope_{n}": models.F(path) for n, path in enumerate(paths)}
    row: Row | None = _locked(model, related, tuple(scopes.items())).first(pk)
    if row is None:
        raise NotFound(f"{model._meta.model_name} {pk}")
    over = {getattr(row, name) for name in scopes}
    _take_role(verb, roles_over(by, over, at), f"{model._meta.model_name} {pk}")
    _check_state(step, row)
    return row


@cache
def _locked(model: type[Row], related: tuple[str, ...], scopes: tuple[tuple[str, models.F], ...]) -> Prepared[Row]:
    def build(pk: int) -> models.QuerySet[Row]:
        rows = model._default_manager.select_for_update(of=("self",)).filter(pk=pk).select_related(*related)
        located: models.QuerySet[Row] = rows.annotate(**dict(scopes)).order_by()[:1]
        return located

    return Prepared(build, _NOBODY)


def begin_at_large(verb: str, scope: Scope, *, by: Actor, at: datetime, competition: str = "") -> None:
    """The same for verbs that make the first row of a thing: only the role is asked. 1 SQL statement."""
    _take_role(verb, roles_over(by, {scope.pk}, at), f"scope {scope.pk}")
    frame().competition = competition


def begin_own(verb: str, account_id: int, *, at: datetime) -> Account:
    """The same for what people do to their own account: it is locked, active, and their first role goes on record.

    Raises NotFound where there is no such account that is active. 2 SQL statements.
    """
    account = Account.objects.select_for_update().filter(pk=account_id, is_active=True).first()
    if account is None:
        raise NotFound(f"account {account_id}")
    held = {Role(role) for role in in_force(account, at).values_list("role", flat=True)}
    allowed = held & procedure.step(verb).roles
    frame().role = next((role.value for role in Role if role in allowed), "")
    return account


def _take_role(verb: str, held: frozenset[Role], what: str) -> None:
    step = procedure.step(verb)
    if not held:
        raise NotFound(what)
    allowed = held & step.roles
    if not allowed:
        may = "、".join(role.chinese for role in Role if role in step.roles)
        raise Refused(f"“{step.chinese}”由{may}办理，您没有这项职责。", rule="role")
    frame().role = next(role for role in Role if role in allowed).value


def _check_state(step: procedure.Step, row: models.Model) -> None:
    state = getattr(row, "state", None)
    if step.starts and state not in step.starts:
        raise Refused(f"现在是“{_word(step, str(state))}”，不能{step.chinese}。", rule="state")
    event_path: str | None = getattr(row, "event_path", None)
    event: object = row
    for part in (event_path or "").split("__") if event_path else ():
        event = getattr(event, part)
    if step.while_ and event is not None:
        event_state = procedure.EventState(event.state)  # type: ignore[attr-defined]
        if event_state not in step.while_:
            raise Refused(f"本赛项现在是“{event_state.chinese}”，不能{step.chinese}。", rule="state")
    competition: object = event
    for part in (getattr(event, "competition_path", None) or "").split("__") if event is not None else ():
        if part:
            competition = getattr(competition, part)
    frame().competition = str(getattr(competition, "slug", ""))


def _word(step: procedure.Step, state: str) -> str:
    kinds: dict[
        procedure.Of, type[procedure.EventState | procedure.EntryState | procedure.Open | procedure.DrawState]
    ] = {
        procedure.Of.EVENT: procedure.EventState,
        procedure.Of.ENTRY: procedure.EntryState,
        procedure.Of.PREREGISTRATION: procedure.EntryState,
        procedure.Of.DRAW: procedure.DrawState,
    }
    return kinds.get(step.of, procedure.Open)(state).chinese
