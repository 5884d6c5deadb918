"""Appointing people to roles over a competition or one of its events."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Account, Actor, Appointment
from saiwu.audit.frame import Refused, action, record
from saiwu.competitions.models import Competition, Event
from saiwu.rules.procedure import Role

OVER_COMPETITION = frozenset({Role.COMMITTEE, Role.ORGANISER, Role.SUPERVISOR, Role.ARBITER})
OVER_EVENT = frozenset({Role.HOST, Role.REGISTRAR, Role.JUDGE, Role.CHIEF_JUDGE, Role.SUPERVISOR, Role.ARBITER})
APART = (frozenset({Role.REGISTRAR, Role.SUPERVISOR}), frozenset({Role.JUDGE, Role.CHIEF_JUDGE}))
"""Whoever codes or watches does not mark, and the other way round, within one event (七.三: fairness)."""


@action
def appoint(
    *,
    competition_id: int,
    account_id: int,
    role: Role,
    event: str | None = None,
    until: datetime | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Appoint an account to a role over the competition, or over one event of it. Returns the appointment's id.

    Raises Refused where the role does not go with that scope, where the event is unknown, or where the account holds a
    role in the same event that must be kept apart (registrar or supervisor against judge, ended ones included), or this
    one already.
    """
    competition = begin("competitions.appoint", Competition, competition_id, by=by, at=at)
    allowed = OVER_EVENT if event else OVER_COMPETITION
    if role not in allowed:
        place = "单个赛项" if event else "整场竞赛"
        raise Refused(f"“{role.chinese}”不能聘任到{place}。", rule="appointment", field="role")
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    if account is None:
        raise Refused("没有这个账号，或账号已停用。", rule="appointment", field="account")
    scope = competition.scope
    if event:
        row = Event.objects.filter(competition=competition, slug=event).select_related("scope").first()
        if row is None:
            raise Refused(f"没有“{event}”这个赛项。", rule="appointment", field="event")
        scope = row.scope
        _keep_apart(account, role, row)
    again = account.appointments.filter(Q(until__isnull=True) | Q(until__gt=at), role=role, scope=scope)
    if again.exists():  # the competition's row is locked: a second click finds the first
        raise Refused("此人已有这项聘任。", rule="appointment", field="role")
    appointment = Appointment.objects.create(account=account, role=role, scope=scope, since=at, until=until)
    facts = {"account": account.audit_key, "role": role.value, "over": event or competition.slug}
    record("competitions.appoint", appointment, by=by, at=at, facts=facts)
    return appointment.pk


@action
def end_appointment(*, competition_id: int, appointment_id: int, by: Actor, at: datetime) -> None:
    """End an appointment over the competition or one of its events, from this instant on. What it did stays on record.

    Raises Refused where the competition has no such appointment in force, or where it is one's own over the
    competition: whoever ends that shuts himself out.
    """
    competition = begin("competitions.end_appointment", Competition, competition_id, by=by, at=at)
    within = Q(scope=competition.scope) | Q(scope__event__competition=competition)
    in_force = Q(until__isnull=True) | Q(until__gt=at)
    rows = Appointment.objects.select_for_update(of=("self",)).filter(within, in_force, pk=appointment_id)
    appointment = rows.select_related("scope").first()
    if appointment is None:
        raise Refused("这项聘任已经结束。", rule="appointment")
    if isinstance(by, Account) and by.pk == appointment.account_id and appointment.scope_id == competition.scope_id:
        raise Refused("不能解除自己对整场竞赛的聘任，请由另一位办理。", rule="appointment")
    appointment.until = max(at, appointment.since + timedelta(microseconds=1))
    appointment.save(update_fields=["until"])
    facts = {"account": f"account:{appointment.account_id}", "role": appointment.role}
    record("competitions.end_appointment", appointment, by=by, at=at, facts=facts)


def _keep_apart(account: Account, role: Role, event: Event) -> None:
    held = {Role(value) for value in account.appointments.filter(scope=event.scope).values_list("role", flat=True)}
    for one, other in (APART, APART[::-1]):
        if role in one and held & other:
            clash = next(iter(held & other))
            raise Refused(
                f"此人在本赛项已任{clash.chinese}，不能再任{role.chinese}：编码、监督的人不评分。",
                rule="appointment",
                field="role",
            )
