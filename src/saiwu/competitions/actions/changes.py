"""Change requests (七.二 of the founding notice; any notice's chapter `changes`): asked by the host, approved, in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Account
from saiwu.audit.frame import Refused, action, frame, record
from saiwu.competitions.models import ChangeRequest, Event, RulebookVersion
from saiwu.competitions.rulebooks import in_force
from saiwu.competitions.versions import next_files, put_in_force, reopen
from saiwu.rules.procedure import EventState, Open, Role
from saiwu.rules.rulebook import Rulebook
from saiwu.rules.rulebook.values import Who

KEYS: Mapping[str, tuple[str, ...]] = {
    "日期": ("stages.final.on", "stages.final.from", "stages.final.to"),
    "延期": ("stages.final.on", "stages.final.from", "stages.final.to"),
    "延长": ("dates.registration.to", "dates.preregistration.to"),
    "地点": ("stages.final.venue",),
    "名称": ("name",),
    "取消": (),
}
"""Which keys of an event's file each kind of change may set. 合并 is a rulebook of its own and is published as one."""

_APPROVERS = {Who.ORGANISER: (Role.ORGANISER, Role.COMMITTEE), Who.COMMITTEE: (Role.COMMITTEE, Role.ORGANISER)}


@action
def ask_change(*, event_id: int, kind: str, values: Mapping[str, str], reason: str, by: Account, at: datetime) -> int:
    """Ask for a change: `values` maps keys of the event's rulebook file (`stages.final.on`) to their new text.

    Raises Refused where the notice does not allow that kind, a key does not go with it, the reason is empty, or the
    rulebook as it would be is not in order. Returns the request's id.
    """
    event = begin("changes.ask", Event, event_id, by=by, at=at, related=("competition",))
    book = in_force(event.competition)
    if book.changes is None or kind not in book.changes.allowed:
        allowed = "、".join(book.changes.allowed) if book.changes else "无"
        raise Refused(f"通知允许的变更：{allowed}，没有“{kind}”。", rule="changes", field="kind")
    if kind not in KEYS:
        raise Refused(f"“{kind}”改动整份规则，请由组委会另行发布新一版规则文件。", rule="changes", field="kind")
    wrong = [key for key in values if key not in KEYS[kind]]
    if wrong or bool(KEYS[kind]) != bool(values):
        needed = "、".join(KEYS[kind]) or "不填"
        raise Refused(f"“{kind}”可以改动的项目：{needed}。", rule="changes", field="values")
    if not reason.strip():
        raise Refused("请写明变更的原因，主办单位据此决定，公众也会看到。", rule="changes", field="reason")
    before = {key: _written(book, event.slug, key) for key in values}
    if values:
        next_files(book, event.slug, dict(values), reason, at)  # what would not be in order is refused here already
    change = ChangeRequest.objects.create(
        event=event, kind=kind, values=dict(values), before=before, reason=reason, asked_by=by, asked_at=at
    )
    record("changes.ask", change, by=by, at=at, facts={"kind": kind, "values": dict(values), "before": before})
    return change.pk


@action
def approve_change(*, change_id: int, letter: str = "", remark: str = "", by: Account, at: datetime) -> None:
    """Approve a change: the rulebook's next version is in force at once, and every later page and document carries it.

    The organiser approves; the office may record his approval with the number of his letter.
    Raises Refused where somebody has settled it already or the office gives no letter number.
    """
    change = begin("changes.approve", ChangeRequest, change_id, by=by, at=at, related=("event__competition",))
    event = change.event
    book = in_force(event.competition)
    role = _may_settle(book, letter)
    what = f"{change.kind}变更（{book.events[event.slug].name}）：{change.reason}"
    version = put_in_force(event, change.values, what, at)
    if change.kind == "取消":
        event.state = EventState.CANCELLED
        event.save(update_fields=["state"])
    elif change.kind == "延长" and event.state == EventState.REVIEWING:
        reopen(event)
    _settle(change, Open.GRANTED, by, at, role, letter, remark, version)
    facts = {"version": version.version, "sha256": version.sha256, "letter": letter, "values": change.values}
    record("changes.approve", change, by=by, at=at, facts=facts)


@action
def refuse_change(*, change_id: int, remark: str, letter: str = "", by: Account, at: datetime) -> None:
    """Refuse a change, with a reason that the host sees. Raises Refused without one."""
    change = begin("changes.refuse", ChangeRequest, change_id, by=by, at=at, related=("event__competition",))
    if not remark.strip():
        raise Refused("请写明不同意的理由，承办单位会看到。", rule="changes", field="remark")
    role = _may_settle(in_force(change.event.competition), letter)
    _settle(change, Open.REFUSED, by, at, role, letter, remark, None)
    record("changes.refuse", change, by=by, at=at, facts={"letter": letter})


def _may_settle(book: Rulebook, letter: str) -> Role:
    role = Role(frame().role)
    approver = book.changes.approved_by if book.changes else None
    own = _APPROVERS.get(approver or Who.ORGANISER, (Role.ORGANISER,))[0]
    if role is not own and not letter.strip():
        raise Refused(f"由{own.chinese}决定。代为登记的，请填写其来文文号。", rule="changes", field="letter")
    return role


def _settle(
    change: ChangeRequest,
    state: Open,
    by: Account,
    at: datetime,
    role: Role,
    letter: str,
    remark: str,
    version: RulebookVersion | None,
) -> None:
    change.state, change.settled_by, change.settled_at, change.settled_role = state, by, at, role
    change.letter, change.remark, change.version = letter, remark, version
    change.save()


def _written(book: Rulebook, event: str, key: str) -> str:
    """The value that the key has now, as the public page shows it struck out; empty where it has none."""
    value: object = book.events[event]
    for part in key.split("."):
        name = "from_" if part == "from" else part
        value = value.get(part) if isinstance(value, Mapping) else getattr(value, name, None)
    return "" if value is None else str(value)
