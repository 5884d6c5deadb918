"""What the office does after the finals: confirm results, issue certificates, and at last the bulletin."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from saiwu.results.actions.bulletin import FINISHED
from saiwu.results.queries.of_competition import EventResults
from saiwu.rules.procedure import EventState, Role
from saiwu.web.committee.home.todos import Todo
from saiwu.web.desk import Desk


def finishing(at: Desk, results: tuple[EventResults, ...], uncertified: frozenset[str], *, out: bool) -> Iterator[Todo]:
    """`uncertified`: events of which nobody has a certificate yet; `out`: whether the bulletin is issued."""
    for one in results:
        name = one.row.rules.name or one.row.slug
        if one.may_confirm(at.now):
            yield _todo(
                at,
                title=f"{name}：确认成绩",
                text="公示期已满。申诉都已处理完的，确认后名次和奖项不再改变。",
                act="看名单，确认…",
                address=reverse("committee-confirm", args=[at.site.slug, one.row.slug]),
                one=one,
            )
        elif one.row.state is EventState.CONFIRMED and one.row.slug in uncertified:
            yield _todo(
                at,
                title=f"{name}：颁发证书",
                text="成绩已确认。颁发后每份证书都可以按编号或二维码查验。",
                act="颁发证书…",
                address=reverse("committee-certificates-issue", args=[at.site.slug, one.row.slug]),
                one=one,
            )
    if results and not out and all(one.row.state in FINISHED for one in results):
        yield _todo(
            at,
            title="发布通报",
            text="各赛项都已确认或取消。单位奖评定之后发布通报，发布后不再评定。",
            act="看草稿，发布…",
            address=reverse("committee-bulletin", args=[at.site.slug]),
            one=None,
        )


def _todo(at: Desk, *, title: str, text: str, act: str, address: str, one: EventResults | None) -> Todo:
    since = one.until if one and one.until else at.now
    return Todo(title, text, "", Role.COMMITTEE, True, act, address, since, None, None, deed="办理")
