"""What waits for a decision over the competition, by its deadline, with who must take it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from saiwu.competitions.queries import EventRow
from saiwu.competitions.queries.asked import AskedChange, AskedDecision
from saiwu.entries.queries.waivers import WaiverRow
from saiwu.rules.procedure import Role
from saiwu.web.committee.desks import approves_changes, due, may_settle
from saiwu.web.committee.words import KINDS, rule_title
from saiwu.web.desk import Desk
from saiwu.web.shared.countdown import Left, left


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits. `clause`: what it rests on; `who`: whose decision it is; `mine`: whether whoever sits there
    can settle it; `by`: until when it should be settled; `deed`: what `who` does with it."""

    title: str
    text: str
    clause: str
    who: Role
    mine: bool
    act: str
    address: str
    since: datetime
    by: datetime | None
    left: Left | None
    deed: str = "决定"


def todos(
    at: Desk,
    rows: Mapping[str, EventRow],
    decisions: tuple[AskedDecision, ...],
    waivers: tuple[WaiverRow, ...],
    changes: tuple[AskedChange, ...],
) -> tuple[Todo, ...]:
    """What must be decided: those that he can settle first, then by deadline."""
    found = [*_decisions(at, rows, decisions), *_waivers(at, rows, waivers), *_changes(at, rows, changes)]
    return tuple(sorted(found, key=lambda one: (not one.mine, one.by is None, one.by or one.since, one.since)))


def _decisions(at: Desk, rows: Mapping[str, EventRow], decisions: tuple[AskedDecision, ...]) -> Iterator[Todo]:
    for one in decisions:
        row = rows[one.event]
        options = f"可选：{'、'.join(one.options)}。" if one.options else "按先后列出有关编号。"
        mine = may_settle(at, one.may_take)
        yield _todo(
            at,
            title=f"{_name(row)}：{KINDS.get(one.kind, '裁定')}",
            text=f"{one.message}{options}",
            clause=one.clause,
            who=one.may_take,
            mine=mine,
            act="看选项并决定" if mine else "看内容",
            address=reverse("committee-decision", args=[at.site.slug, one.id]),
            since=one.raised_at,
            by=due(row, at.now),
        )


def _waivers(at: Desk, rows: Mapping[str, EventRow], waivers: tuple[WaiverRow, ...]) -> Iterator[Todo]:
    for one in waivers:
        row = rows[one.event]
        yield _todo(
            at,
            title=f"{one.unit}申请豁免：{one.who}",
            text=f"{_name(row)}，{rule_title(at.site.book, one.event, one.division, one.rule)}。承办单位的理由：{one.grounds}",
            clause="",
            who=one.may_settle,
            mine=may_settle(at, one.may_settle),
            act="看材料",
            address=reverse("committee-waiver", args=[at.site.slug, one.id]),
            since=one.asked_at,
            by=due(row, at.now),
        )


def _changes(at: Desk, rows: Mapping[str, EventRow], changes: tuple[AskedChange, ...]) -> Iterator[Todo]:
    term, who = at.site.book.changes, approves_changes(at)
    for one in changes:
        row = rows[one.event]
        values = "；".join(f"{value.label} {value.was or '（无）'} 改为 {value.now}" for value in one.values)
        yield _todo(
            at,
            title=f"{_name(row)}申请变更：{one.kind}",
            text=f"{values + '。' if values else ''}原因：{one.reason}",
            clause=(term.clause or "") if term else "",
            who=who,
            mine=may_settle(at, who),
            act="看申请",
            address=reverse("committee-change", args=[at.site.slug, one.id]),
            since=one.asked_at,
            by=due(row, at.now),
        )


def _todo(
    at: Desk,
    *,
    title: str,
    text: str,
    clause: str,
    who: Role,
    mine: bool,
    act: str,
    address: str,
    since: datetime,
    by: datetime | None,
) -> Todo:
    return Todo(title, text, clause, who, mine, act, address, since, by, left(at.now, by) if by else None)


def _name(row: EventRow) -> str:
    return row.rules.name or row.slug
